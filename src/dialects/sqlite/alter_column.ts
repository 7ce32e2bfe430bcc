/**
 * What libSQL can do to a column in place, and SQLite cannot: `ALTER TABLE … ALTER COLUMN … TO …`.
 *
 * It changes the definition and looks at no row, so that only taking NOT NULL away is safe. A new default would become
 * the value of the rows that were there when the column was added, which hold none; a new type would leave values as they
 * are; a new check or key would hold for new rows only (measured: docs/decisions/0010).
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import type { AlterColumn } from "../../operations/alter_column.ts";
import { findTable } from "../../schema/edit.ts";
import type { Schema } from "../../schema/model.ts";
import { parseDefinition, type WrittenElement } from "./parse_table.ts";
import { writer } from "./writer.ts";

/** The column's definition without NOT NULL; undefined where it says more than can be left to libSQL. */
function withoutNotNull({ column, clauses, before, after }: WrittenElement): string | undefined {
  const [refused, ...more] = clauses.filter(({ clause }) => clause.kind === "nullable" && !clause.nullable);
  if (column === undefined || refused === undefined || more.length > 0) return undefined;
  // A key's column cannot be changed, and a comment would be lost.
  const isKey = clauses.some(({ clause }) => clause.kind === "primaryKey" || clause.kind === "unique");
  if (isKey || `${before}${after}`.trim() !== "") return undefined;
  const kept = clauses.filter((each) => each !== refused);
  return column.nameText + column.typeText +
    kept.map(({ space, text }) => `${space === "" ? " " : space}${text}`).join("");
}

/**
 * The statement that does it in place.
 *
 * @returns undefined where the table has to be made anew
 */
export function alterInPlace({ table, column, changes }: AlterColumn, schema: Schema): Statement | undefined {
  const found = findTable(schema, table);
  const isNotNullOnly = changes.nullable === true && Object.keys(changes).length === 1;
  if (!isNotNullOnly || found?.definition === undefined || found.primaryKey?.columns.includes(column)) return undefined;
  const element = parseDefinition(found.definition).elements.find((each) => each.column?.name === column);
  const definition = element && withoutNotNull(element);
  if (definition === undefined) return undefined;
  return statement(
    `ALTER TABLE ${writer.identifier(table.name)} ALTER COLUMN ${writer.identifier(column)} TO ${definition}`,
  );
}
