/**
 * Renames of tables and columns, with what bears their names: the sequence of a `serial` column is called after both, and
 * a column whose sequence has another name is no longer `serial`.
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { compileDefault } from "../../operations/registry.ts";
import type { RenameColumn } from "../../operations/rename_column.ts";
import type { RenameTable } from "../../operations/rename_table.ts";
import { findTable, nameOf } from "../../schema/edit.ts";
import type { Table } from "../../schema/model.ts";
import { serialSequenceName } from "../../schema/serials.ts";
import { integerOfSerial } from "./types.ts";
import { writer } from "./writer.ts";

/** Gives the sequences of serial columns the names that they would have been made with. */
function followSequences(
  table: Table,
  renamed: { readonly table: string; readonly column: (name: string) => string },
): readonly Statement[] {
  return table.columns.flatMap(({ name, type }) => {
    const [old, now] = [serialSequenceName(table.name, name), serialSequenceName(renamed.table, renamed.column(name))];
    if (integerOfSerial(type) === undefined || old === now) return [];
    const sequence = writer.name(nameOf({ ...table, name: old }));
    return [statement(`ALTER SEQUENCE ${sequence} RENAME TO ${writer.identifier(now)}`)];
  });
}

/** Writes a rename. */
export function compileRename(operation: RenameTable | RenameColumn, context: CompileContext): readonly Statement[] {
  const table = findTable(context.before, operation.table);
  const rename = compileDefault(operation, context);
  if (table === undefined) return rename;
  if (operation.kind === "renameTable") {
    return [...rename, ...followSequences(table, { table: operation.newName, column: (name) => name })];
  }
  const { column, newName } = operation;
  const only = { ...table, columns: table.columns.filter(({ name }) => name === column) };
  return [...rename, ...followSequences(only, { table: table.name, column: () => newName })];
}
