import { statement } from "../ddl/statement.ts";
import { displayName, findColumn, sameName } from "../schema/edit.ts";
import type { ForeignKey, Index, ObjectName, Schema, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameColumn`. */
export interface RenameColumn {
  readonly kind: "renameColumn";
  readonly table: ObjectName;
  readonly column: string;
  readonly newName: string;
}

/**
 * The schema with a column renamed wherever it is named by structure: the table's keys and indexes, and the foreign
 * keys that refer to it. Expressions (checks, predicates) are text, and are left to the database.
 */
export function renamedColumn(schema: Schema, name: ObjectName, from: string, to: string): Schema {
  const each = (column: string): string => column === from ? to : column;
  const all = (columns: readonly string[]): readonly string[] => columns.map(each);
  const index = (found: Index): Index => ({
    ...found,
    parts: found.parts.map((part) => part.column === undefined ? part : { ...part, column: each(part.column) }),
    ...(found.include === undefined ? {} : { include: all(found.include) }),
  });
  const own = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: each(column.name) })),
    ...(table.primaryKey === undefined
      ? {}
      : { primaryKey: { ...table.primaryKey, columns: all(table.primaryKey.columns) } }),
    uniques: table.uniques.map((unique) => ({ ...unique, columns: all(unique.columns) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: all(key.columns) })),
    indexes: table.indexes.map(index),
  });
  const referring = (key: ForeignKey): ForeignKey =>
    key.references.table === name.name && key.references.schema === name.schema
      ? { ...key, references: { ...key.references, columns: all(key.references.columns) } }
      : key;
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const changed = sameName(table, name) ? own(table) : table;
      return { ...changed, foreignKeys: changed.foreignKeys.map(referring) };
    }),
  };
}

/**
 * Gives a column another name; what it holds, and the keys and indexes on it, stay.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameColumn("users", "name", "full_name");
 * }
 * ```
 */
export const renameColumn: OperationType<RenameColumn, [table: Name, column: string, newName: string]> = {
  kind: "renameColumn",
  create(table, column, newName) {
    requireName("renameColumn", column);
    requireName("renameColumn", newName);
    return { kind: "renameColumn", table: toName("renameColumn", table), column, newName };
  },
  args: ({ table, column, newName }) => [fromName(table), column, newName],
  reverse: ({ table, column, newName }) => [
    data<RenameColumn>({ kind: "renameColumn", table, column: newName, newName: column }),
  ],
  apply(schema, { table, column, newName }) {
    const found = tableOf(schema, table, "renameColumn");
    if (findColumn(found, column) === undefined) {
      throw invalid("renameColumn", `"${displayName(table)}" has no column "${column}"`);
    }
    if (findColumn(found, newName) !== undefined) {
      throw invalid("renameColumn", `"${displayName(table)}" has a column "${newName}" already`);
    }
    return renamedColumn(schema, table, column, newName);
  },
  compile: ({ table, column, newName }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} RENAME COLUMN ${writer.identifier(column)} TO ${writer.identifier(newName)}`,
    ),
  ],
};
