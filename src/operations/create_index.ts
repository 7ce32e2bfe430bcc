import { indexDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { Index, ObjectName } from "../schema/model.ts";
import {
  fromIndexPart,
  fromName,
  type IndexPartInput,
  invalid,
  type Name,
  requireColumnsOf,
  requireName,
  requireSql,
  tableOf,
  toIndexPart,
  toName,
} from "./arguments.ts";
import type { DropIndex } from "./drop_index.ts";
import { isPartOf, withParts } from "./inheritance.ts";
import { materializedViewOf, withViewIndex } from "./view_indexes.ts";
import type { OperationType } from "./operation.ts";

/** An index inside `op.createTable`: `columns` may be bare names. */
export interface IndexInput extends Omit<Index, "parts"> {
  readonly columns: readonly IndexPartInput[];
}

/** What `op.createIndex` takes beside name, table and columns. */
export interface CreateIndexOptions extends Omit<Index, "name" | "parts"> {
  /** Build without blocking writes; runs outside a transaction (PostgreSQL). */
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
  /** On a partitioned table and not on its partitions (PostgreSQL's `ON ONLY`). */
  readonly only?: boolean;
}

/** The data of `op.createIndex`. */
export interface CreateIndex {
  readonly kind: "createIndex";
  readonly table: ObjectName;
  readonly index: Index;
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
  readonly only?: boolean;
}

/** An index as data. Throws `OPERATION_INVALID` where it has no parts. */
export function toIndex(kind: string, { columns, ...index }: IndexInput): Index {
  if (!Array.isArray(columns) || columns.length === 0) throw invalid(kind, "the list of columns is empty");
  requireSql(kind, "the predicate of an index", index.where);
  return { ...index, parts: columns.map((part) => toIndexPart(kind, part)) };
}

/** An index as `op.createTable` takes it. */
export function fromIndex({ parts, name, definition: _, ...index }: Index): IndexInput {
  return { ...(name === undefined ? {} : { name }), columns: parts.map(fromIndexPart), ...index };
}

/** `CREATE INDEX`, as the operations that make an index write it. */
export function createIndexSql(
  writer: SqlWriter,
  table: ObjectName,
  index: Index,
  options: { readonly concurrently?: boolean; readonly ifNotExists?: boolean; readonly only?: boolean } = {},
): string {
  return [
    index.unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX",
    options.concurrently ? "CONCURRENTLY" : "",
    options.ifNotExists ? "IF NOT EXISTS" : "",
    index.name === undefined ? "" : writer.identifier(index.name),
    options.only ? "ON ONLY" : "ON",
    indexDefinition(writer, table, index),
  ].filter((word) => word !== "").join(" ");
}

/**
 * Makes an index. `columns` are names, or objects that say more: `{ column: "created_at", order: "desc" }`,
 * `{ expression: "lower(email)" }`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createIndex("posts_slug_key", "posts", ["slug"], { unique: true, where: "deleted_at is null" });
 * }
 * ```
 */
export const createIndex: OperationType<
  CreateIndex,
  [name: string, table: Name, columns: readonly IndexPartInput[], options?: CreateIndexOptions]
> = {
  kind: "createIndex",
  create(name, table, columns, { concurrently, ifNotExists, only, ...index } = {}) {
    requireName("createIndex", name);
    return compact<CreateIndex>({
      kind: "createIndex",
      table: toName("createIndex", table),
      index: toIndex("createIndex", { name, columns, ...index }),
      concurrently,
      ifNotExists,
      only,
    });
  },
  args({ table, index: { name, parts, definition: _, ...index }, concurrently, ifNotExists, only }) {
    const options = compact<CreateIndexOptions>({ ...index, concurrently, ifNotExists, only });
    const args = [name ?? "", fromName(table), parts.map(fromIndexPart)] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, index, concurrently }) => [
    compact<DropIndex>({ kind: "dropIndex", name: index.name ?? "", table, concurrently }),
  ],
  apply(schema, operation) {
    const { table, index, concurrently, ifNotExists, only } = operation;
    if (materializedViewOf(schema, table) !== undefined) return withViewIndex(schema, operation);
    const found = tableOf(schema, table, "createIndex");
    const there = found.indexes.find(({ name }) => name === index.name);
    // What a failed build has left behind is in nobody's way.
    if (there !== undefined && !(concurrently && there.invalid)) {
      if (ifNotExists) return schema;
      throw invalid("createIndex", `"${displayName(table)}" has an index "${index.name}" already`);
    }
    const named = index.parts.flatMap(({ column }) => column ?? []);
    requireColumnsOf("createIndex", found, [...named, ...index.include ?? []]);
    const parts = schema.tables.some((each) => isPartOf(each, table));
    const made = only && parts ? { ...index, invalid: true } : index;
    const others = found.indexes.filter((each) => each !== there);
    const after = editTable(schema, table, (each) => ({ ...each, indexes: [...others, made] }));
    return only || !parts ? after : withParts(after, table, index);
  },
  compile(operation, { writer }) {
    const sql = createIndexSql(writer, operation.table, operation.index, operation);
    return [operation.concurrently ? { sql, transactional: false } : statement(sql)];
  },
};
