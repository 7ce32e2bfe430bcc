import {
  checkDefinition,
  columnDefinition,
  foreignKeyDefinition,
  primaryKeyDefinition,
  uniqueDefinition,
} from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact, displayName, findTable, nameOf, withNamed } from "../schema/edit.ts";
import type { CheckConstraint, ForeignKey, PrimaryKey, Table, UniqueConstraint } from "../schema/model.ts";
import { type ColumnInput, fromName, invalid, type Name, requireColumns, toColumn, toName } from "./arguments.ts";
import { createIndexSql, fromIndex, type IndexInput, toIndex } from "./create_index.ts";
import type { DropTable } from "./drop_table.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createTable` takes beside the name. */
export interface TableInput {
  readonly columns: readonly ColumnInput[];
  /** The columns of the key, or the key with its name. */
  readonly primaryKey?: readonly string[] | PrimaryKey;
  readonly uniques?: readonly UniqueConstraint[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly checks?: readonly CheckConstraint[];
  readonly indexes?: readonly IndexInput[];
  readonly comment?: string;
  /** SQLite: `STRICT`. */
  readonly strict?: boolean;
  /** SQLite: `WITHOUT ROWID`. */
  readonly withoutRowid?: boolean;
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

function fromPrimaryKey(key: PrimaryKey | undefined): TableInput["primaryKey"] {
  return key !== undefined && key.name === undefined ? key.columns : key;
}

const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;

/** What stands between the parentheses of `CREATE TABLE`, an element each. */
export function tableElements(writer: SqlWriter, table: Table): readonly string[] {
  return [
    ...table.columns.map((column) => columnDefinition(writer, column)),
    ...(table.primaryKey === undefined ? [] : [primaryKeyDefinition(writer, table.primaryKey)]),
    ...table.uniques.map((unique) => uniqueDefinition(writer, unique)),
    ...table.foreignKeys.map((key) => foreignKeyDefinition(writer, key)),
    ...table.checks.map((check) => checkDefinition(writer, check)),
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
  create(name, input) {
    if (!Array.isArray(input?.columns)) throw invalid("createTable", "a table is an object with a list of columns");
    const table = compact<Table>({
      ...toName("createTable", name),
      columns: input.columns.map((column) => toColumn("createTable", column)),
      primaryKey: toPrimaryKey(input.primaryKey),
      uniques: input.uniques ?? [],
      foreignKeys: input.foreignKeys ?? [],
      checks: input.checks ?? [],
      indexes: (input.indexes ?? []).map((index) => toIndex("createTable", index)),
      comment: input.comment,
      strict: input.strict,
      withoutRowid: input.withoutRowid,
    });
    return compact<CreateTable>({ kind: "createTable", table, ifNotExists: input.ifNotExists });
  },
  args({ table, ifNotExists }) {
    return [
      fromName(table),
      compact<TableInput>({
        columns: table.columns,
        primaryKey: fromPrimaryKey(table.primaryKey),
        uniques: unlessEmpty(table.uniques),
        foreignKeys: unlessEmpty(table.foreignKeys),
        checks: unlessEmpty(table.checks),
        indexes: unlessEmpty(table.indexes.map(fromIndex)),
        comment: table.comment,
        strict: table.strict,
        withoutRowid: table.withoutRowid,
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
    return { ...schema, tables: withNamed(schema.tables, table) };
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
