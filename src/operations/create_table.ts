import {
  checkDefinition,
  columnDefinition,
  excludeDefinition,
  foreignKeyDefinition,
  primaryKeyDefinition,
  uniqueDefinition,
} from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact, displayName, findTable, nameOf, withNamed } from "../schema/edit.ts";
import type {
  CheckConstraint,
  Column,
  ExcludeConstraint,
  ForeignKey,
  ObjectName,
  PrimaryKey,
  Table,
  UniqueConstraint,
} from "../schema/model.ts";
import {
  type ColumnInput,
  fromName,
  invalid,
  type Name,
  requireColumns,
  requireSql,
  toColumn,
  toName,
} from "./arguments.ts";
import { createIndexSql, fromIndex, type IndexInput, toIndex } from "./create_index.ts";
import type { DropTable } from "./drop_table.ts";
import { inheriting } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** What a table has beside its columns, keys, constraints and indexes. */
export type TableOptions = Omit<
  Table,
  | keyof ObjectName
  | "columns"
  | "primaryKey"
  | "uniques"
  | "foreignKeys"
  | "checks"
  | "indexes"
  | "exclusions"
  | "unmodelled"
>;

/** The keys, constraints and indexes of a table as they are written in a revision. */
export interface TableParts {
  /** The columns of the key, or the key with its name. */
  readonly primaryKey?: readonly string[] | PrimaryKey;
  readonly uniques?: readonly UniqueConstraint[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly checks?: readonly CheckConstraint[];
  readonly exclusions?: readonly ExcludeConstraint[];
  readonly indexes?: readonly IndexInput[];
}

/** What `op.createTable` takes beside the name. */
export interface TableInput extends TableParts, TableOptions {
  /** The columns, in their order. A partition's are its parent's: the list may be empty. */
  readonly columns: readonly ColumnInput[];
  readonly ifNotExists?: boolean;
}

/** The data of `op.createTable`. */
export interface CreateTable {
  readonly kind: "createTable";
  readonly table: Table;
  readonly ifNotExists?: boolean;
}

function toPrimaryKey(key: TableInput["primaryKey"]): PrimaryKey | undefined {
  if (key === undefined) return undefined;
  const primaryKey = "columns" in key ? key : { columns: key };
  requireColumns("createTable", primaryKey.columns);
  return primaryKey;
}

/**
 * A table as data.
 *
 * @throws `OPERATION_INVALID` for what is no table, and for one that has a column or an index twice
 */
export function toTable(kind: string, name: Name, input: Omit<TableInput, "ifNotExists">): Table {
  if (!Array.isArray(input?.columns)) throw invalid(kind, "a table is an object with a list of columns");
  const { columns, primaryKey, uniques = [], foreignKeys = [], checks = [], exclusions, indexes = [], ...options } =
    input;
  const table = compact<Table>({
    ...toName(kind, name),
    columns: columns.map((column) => toColumn(kind, column)),
    primaryKey: toPrimaryKey(primaryKey),
    uniques,
    foreignKeys,
    checks,
    exclusions,
    indexes: indexes.map((index) => toIndex(kind, index)),
    ...options,
  });
  for (const { expression } of checks) requireSql(kind, "the condition of a check", expression);
  requireSql(kind, "what the table is partitioned by", options.partitionBy);
  requireSql(kind, "the bound of the partition", options.partitionOf?.bound);
  refuseTwice(kind, table.columns, "columns");
  refuseTwice(kind, table.indexes, "indexes");
  return table;
}

function refuseTwice(kind: string, list: readonly { readonly name?: string }[], what: string): void {
  const names = new Set<string>();
  for (const { name } of list) {
    if (name === undefined) continue;
    if (names.has(name)) throw invalid(kind, `there are two ${what} "${name}"`);
    names.add(name);
  }
}

function fromPrimaryKey(key: PrimaryKey | undefined): TableInput["primaryKey"] {
  return key !== undefined && Object.keys(key).length === 1 ? key.columns : key;
}

const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;

/** The columns that a table does not take over from a parent. */
function writtenColumns({ columns, partitionOf }: Table): readonly Column[] {
  return partitionOf === undefined ? columns.filter(({ inherited }) => !inherited) : [];
}

/** What stands between the parentheses of `CREATE TABLE`, an element each. */
export function tableElements(writer: SqlWriter, table: Table): readonly string[] {
  return [
    ...writtenColumns(table).map((column) => columnDefinition(writer, column)),
    ...(table.primaryKey === undefined ? [] : [primaryKeyDefinition(writer, table.primaryKey)]),
    ...table.uniques.map((unique) => uniqueDefinition(writer, unique)),
    ...table.foreignKeys.map((key) => foreignKeyDefinition(writer, key)),
    ...table.checks.map((check) => checkDefinition(writer, check)),
    ...(table.exclusions ?? []).map((exclusion) => excludeDefinition(writer, exclusion)),
  ];
}

/** `CREATE TABLE`, an element a line, with what a dialect puts behind the parenthesis. */
export function createTableSql(
  writer: SqlWriter,
  table: Table,
  elements: readonly string[],
  options: { readonly ifNotExists?: boolean | undefined; readonly suffix?: string } = {},
): string {
  const head = options.ifNotExists ? "CREATE TABLE IF NOT EXISTS" : "CREATE TABLE";
  return `${head} ${writer.name(table)} (\n  ${elements.join(",\n  ")}\n)${options.suffix ?? ""}`;
}

/**
 * Makes a table with its columns, keys, constraints and indexes.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createTable("posts", {
 *     columns: [
 *       { name: "id", type: "integer", nullable: false },
 *       { name: "author_id", type: "integer", nullable: false },
 *       { name: "title", type: "text", nullable: false, default: "''" },
 *     ],
 *     primaryKey: ["id"],
 *     foreignKeys: [{
 *       name: "posts_author_id_fkey",
 *       columns: ["author_id"],
 *       references: { table: "users", columns: ["id"] },
 *       onDelete: "cascade",
 *     }],
 *     indexes: [{ name: "posts_title_idx", columns: ["title"] }],
 *   });
 * }
 * ```
 */
export const createTable: OperationType<CreateTable, [name: Name, table: TableInput]> = {
  kind: "createTable",
  create: (name, { ifNotExists, ...input }) =>
    compact<CreateTable>({ kind: "createTable", table: toTable("createTable", name, input), ifNotExists }),
  args({ table, ifNotExists }) {
    const { name: _, schema: __, columns, primaryKey, uniques, foreignKeys, checks, exclusions, indexes, ...rest } =
      table;
    const { definition, unmodelled, ...options } = rest;
    return [
      fromName(table),
      compact<TableInput>({
        columns,
        primaryKey: fromPrimaryKey(primaryKey),
        uniques: unlessEmpty(uniques),
        foreignKeys: unlessEmpty(foreignKeys),
        checks: unlessEmpty(checks),
        exclusions,
        indexes: unlessEmpty(indexes.map(fromIndex)),
        ...options,
        // Only where the parts do not say everything.
        definition: unmodelled === undefined ? undefined : definition,
        ifNotExists,
      }),
    ];
  },
  reverse: ({ table }) => [data<DropTable>({ kind: "dropTable", table: nameOf(table) })],
  apply(schema, { table, ifNotExists }) {
    if (findTable(schema, table) !== undefined) {
      if (ifNotExists) return schema;
      throw invalid("createTable", `there is a table "${displayName(table)}" already`);
    }
    return { ...schema, tables: withNamed(schema.tables, inheriting(schema, table)) };
  },
  compile({ table, ifNotExists }, { writer }) {
    return [
      statement(createTableSql(writer, table, tableElements(writer, table), { ifNotExists })),
      ...table.indexes.map((index) =>
        statement(createIndexSql(writer, table, index, ifNotExists ? { ifNotExists } : {}))
      ),
    ];
  },
};
