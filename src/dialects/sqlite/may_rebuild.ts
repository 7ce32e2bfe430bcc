/**
 * Which operations ALTER TABLE cannot do, so that the table may have to be made anew.
 *
 * @module
 */
import type { AlterColumn } from "../../operations/alter_column.ts";
import { flatten, type Operation } from "../../operations/registry.ts";
import type { Column, ObjectName } from "../../schema/model.ts";
import { isPlainDefault } from "./column_sql.ts";
import { isWord, textOf, tokenize } from "./tokenizer.ts";

/** An operation on one table that may be part of a rebuild. */
export type TableOperation = Operation & { readonly table: ObjectName };

const TABLE_OPERATIONS: ReadonlySet<string> = new Set([
  "addColumn",
  "alterColumn",
  "alterTable",
  "createCheckConstraint",
  "createForeignKey",
  "createIndex",
  "createPrimaryKey",
  "createUniqueConstraint",
  "dropColumn",
  "dropConstraint",
  "dropIndex",
]);

/** Whether it is one. */
export function isTableOperation(operation: Operation): operation is TableOperation {
  return TABLE_OPERATIONS.has(operation.kind);
}

/** https://sqlite.org/lang_altertable.html#alter_table_add_column: what it refuses, also where only a filled table is refused. */
export function canAdd({ default: value, generated, nullable, autoincrement }: Column): boolean {
  if (autoincrement || generated?.stored || (generated !== undefined && nullable === false)) return false;
  if (value === undefined) return nullable !== false;
  const word = textOf(tokenize(value)).toUpperCase();
  if (nullable === false && word === "NULL") return false;
  return isPlainDefault(value) && !word.startsWith("CURRENT_");
}

/** Whether it gives a new name, and changes nothing else. */
export const onlyRenames = ({ changes }: AlterColumn): boolean =>
  Object.keys(changes).every((key) => key === "newName");

/**
 * Whether the operation may have to rebuild its table. Dropping a table counts: with keys enforced, SQLite would first
 * delete its rows, and with them the rows that refer to them by ON DELETE CASCADE.
 */
export function mayRebuild(operation: Operation): boolean {
  switch (operation.kind) {
    case "addColumn":
      return !canAdd(operation.column);
    case "alterColumn":
      return !onlyRenames(operation);
    case "batchAlterTable":
      if (operation.recreate === "always") return true;
      return operation.recreate !== "never" && flatten([operation]).some(mayRebuild);
    case "createIndex":
    case "dropIndex":
      return false;
    case "dropTable":
      return true;
    case "execute":
      // As op.dropTable: with foreign keys on, DROP TABLE deletes the children's rows without a word.
      return dropsTable(operation.sql);
    default:
      return isTableOperation(operation);
  }
}

/** Whether a statement begins with DROP TABLE, whatever stands between the words. */
function dropsTable(sql: string): boolean {
  const [drop, table] = tokenize(sql);
  return isWord(drop, "DROP") && isWord(table, "TABLE");
}

/**
 * Whether `compile` needs the schema. It has to be the whole one, not the operation's table alone: a rebuild makes the
 * views and triggers of other tables again where they name this table.
 */
export function needsSchema(operation: Operation): boolean {
  if (operation.kind === "addColumn" && operation.ifNotExists) return true;
  if (operation.kind === "batchAlterTable") {
    return operation.recreate === "always" || flatten([operation]).some(needsSchema);
  }
  return operation.kind !== "dropTable" && operation.kind !== "execute" && mayRebuild(operation);
}
