import { uniqueDefinition, usingIndexDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findTable } from "../schema/edit.ts";
import type { ObjectName, Schema, Table, UniqueConstraint } from "../schema/model.ts";
import {
  fromName,
  invalid,
  type Name,
  requireColumns,
  requireColumnsOf,
  requireFreeName,
  tableOf,
  toName,
} from "./arguments.ts";
import type { CreateIndex } from "./create_index.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createUniqueConstraint` takes beside name, table and columns. */
export interface UniqueConstraintOptions extends Omit<UniqueConstraint, "name" | "columns"> {
  /** A unique index that is there, on the same columns: the constraint takes it over, and its name (PostgreSQL). */
  readonly usingIndex?: string;
}

/** The data of `op.createUniqueConstraint`. */
export interface CreateUniqueConstraint {
  readonly kind: "createUniqueConstraint";
  readonly table: ObjectName;
  readonly unique: UniqueConstraint;
  readonly usingIndex?: string;
}

/** The table without the index that a constraint takes over. Throws `OPERATION_INVALID` where there is none. */
export function withoutIndex(table: Table, index: string | undefined, kind: string): Table {
  if (index === undefined) return table;
  const left = table.indexes.filter(({ name }) => name !== index);
  if (left.length < table.indexes.length) return { ...table, indexes: left };
  throw invalid(kind, `"${displayName(table)}" has no index "${index}"`);
}

/** What makes the index again that went with the constraint that had taken it over. */
export function indexTaken(before: Schema, table: ObjectName, name: string | undefined): readonly CreateIndex[] {
  const index = findTable(before, table)?.indexes.find((each) => name !== undefined && each.name === name);
  return index === undefined ? [] : [{ kind: "createIndex", table, index }];
}

/**
 * Adds a unique constraint. A null name leaves the naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createUniqueConstraint("users_email_key", "users", ["email"]);
 * }
 * ```
 */
export const createUniqueConstraint: OperationType<
  CreateUniqueConstraint,
  [name: string | null, table: Name, columns: readonly string[], options?: UniqueConstraintOptions]
> = {
  kind: "createUniqueConstraint",
  create(name, table, columns, { usingIndex, ...options } = {}) {
    requireColumns("createUniqueConstraint", columns);
    return compact<CreateUniqueConstraint>({
      kind: "createUniqueConstraint",
      table: toName("createUniqueConstraint", table),
      unique: compact<UniqueConstraint>({ name: name ?? undefined, columns, ...options }),
      usingIndex,
    });
  },
  args({ table, unique: { name, columns, ...others }, usingIndex }) {
    const options = compact<UniqueConstraintOptions>({ ...others, usingIndex });
    const args = [name ?? null, fromName(table), columns] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, unique: { name = null, columns }, usingIndex = name }, before) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: name ?? usingIndex,
      type: "unique",
      ...(usingIndex === null ? { columns } : {}),
    }),
    ...indexTaken(before, table, usingIndex ?? undefined),
  ],
  apply(schema, { table, unique, usingIndex }) {
    const before = tableOf(schema, table, "createUniqueConstraint");
    requireFreeName("createUniqueConstraint", before, unique.name);
    requireColumnsOf("createUniqueConstraint", before, unique.columns);
    return editTable(schema, table, (found) => ({
      ...withoutIndex(found, usingIndex, "createUniqueConstraint"),
      uniques: [...found.uniques, usingIndex === undefined ? unique : { name: usingIndex, ...unique }],
    }));
  },
  compile: ({ table, unique, usingIndex }, { writer }) => {
    const head = `ALTER TABLE ${writer.name(table)} ADD`;
    if (usingIndex !== undefined) {
      return [statement(`${head} ${usingIndexDefinition(writer, "UNIQUE", unique, usingIndex)}`)];
    }
    return [statement(`${head} ${uniqueDefinition(writer, unique)}`, [{
      kind: "mayFail",
      reason: `"${displayName(table)}" may have rows that are equal in ${unique.columns.join(", ")}`,
    }])];
  },
};
