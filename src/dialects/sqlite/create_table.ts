/**
 * CREATE TABLE and CREATE INDEX as SQLite writes them, and the refusal of what it has no words for.
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import { createIndexSql } from "../../operations/create_index.ts";
import { createTableSql, tableElements } from "../../operations/create_table.ts";
import type { Index, ObjectName, Table, UniqueConstraint } from "../../schema/model.ts";
import { indexNames, parseIndex } from "./parse_index.ts";
import { parseDefinition } from "./parse_table.ts";
import { editDefinition } from "./edit_definition.ts";
import { keyClause, tableSuffix, writable } from "./column_sql.ts";
import { unsupported } from "./refusals.ts";
import { writer } from "./writer.ts";

function refuseSchema({ name, schema }: ObjectName): void {
  if (schema !== undefined) {
    throw unsupported(`use the schema "${schema}" of "${name}"`, "Leave the schema out: SQLite has none");
  }
}

function refuseUnique(table: Table, { columns, deferrable, nullsNotDistinct }: UniqueConstraint): void {
  const what = `make (${columns.join(", ")}) of "${table.name}" unique`;
  if (deferrable) throw unsupported(`${what}, checked later`, "Leave out deferrable");
  if (nullsNotDistinct) throw unsupported(`${what} with equal NULLs`, "Leave out nullsNotDistinct");
}

function refuseIndex(index: Index): void {
  const foreign = [
    index.using !== undefined && index.using !== "btree" ? `using ${index.using}` : "",
    index.include === undefined ? "" : "include",
    index.nullsNotDistinct ? "nullsNotDistinct" : "",
    index.with === undefined ? "" : "with",
    index.parts.some(({ opclass }) => opclass !== undefined) ? "opclass" : "",
    index.parts.some(({ nulls }) => nulls !== undefined) ? "nulls" : "",
  ].find((word) => word !== "");
  if (foreign !== undefined) {
    throw unsupported(`make the index "${index.name}" with ${foreign}`, "Leave it out: only PostgreSQL has it");
  }
}

/** An index's stored statement, where it still says what the index is: a column may have another name by now. */
function storedIndex(table: ObjectName, { definition, ...index }: Index): string | undefined {
  if (definition === undefined) return undefined;
  const names = indexNames(definition);
  const text = ({ parts, where, unique = false }: Index, name: string | undefined, of: string): string =>
    JSON.stringify([name, of, parts, where ?? null, unique]);
  const same =
    text(parseIndex(names.name, definition), names.name, names.table) === text(index, index.name, table.name);
  return same ? definition : undefined;
}

/** `CREATE INDEX`. Throws `UNSUPPORTED` for what only PostgreSQL's indexes have. */
export function createIndexStatement(
  table: ObjectName,
  index: Index,
  options: { readonly ifNotExists?: boolean } = {},
): Statement {
  refuseSchema(table);
  refuseIndex(index);
  const stored = options.ifNotExists ? undefined : storedIndex(table, index);
  if (stored !== undefined) return statement(stored);
  const { using: _, ...rest } = index;
  return statement(createIndexSql(writer, table, rest, options));
}

/** The elements of a table; AUTOINCREMENT can only stand in its column's definition, with the primary key. */
function elements(table: Table): readonly string[] {
  const { key, counting, primaryKey } = keyClause(table, table);
  const { primaryKey: _, ...rest } = table;
  const written = { ...rest, ...(primaryKey === undefined ? {} : { primaryKey }) };
  return tableElements(writer, { ...written, columns: table.columns.map(writable) })
    .map((element, index) => table.columns[index] === counting ? element + key : element);
}

/**
 * The statement that made a table, changed where it says something else than the table now: what it says beyond the model
 * (`ON CONFLICT`) stays. Names that were only made up may be missing.
 */
function storedTable(table: Table, ifNotExists: boolean): string | undefined {
  const { definition } = table;
  if (definition === undefined) return undefined;
  const stored = parseDefinition(definition);
  const { body, changed } = editDefinition(stored, table, { namesMayMiss: true, referenced: () => undefined });
  if (!changed && !ifNotExists && stored.name === table.name) return definition;
  return `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${writer.name(table)} ${body}`;
}

/** Throws `UNSUPPORTED` for a table with what only PostgreSQL's have. */
export function checkTable(table: Table): void {
  refuseSchema(table);
  for (const unique of table.uniques) refuseUnique(table, unique);
  for (const { references } of table.foreignKeys) {
    refuseSchema({ name: references.table, ...(references.schema === undefined ? {} : { schema: references.schema }) });
  }
}

/** The table without its indexes. Throws `UNSUPPORTED` for what only PostgreSQL's tables have. */
export function createTableStatement(
  table: Table,
  options: { readonly ifNotExists?: boolean | undefined } = {},
): Statement {
  checkTable(table);
  const stored = storedTable(table, options.ifNotExists ?? false);
  if (stored !== undefined) return statement(stored);
  return statement(createTableSql(writer, table, elements(table), { ...options, suffix: tableSuffix(table) }));
}

/** The table and its indexes. Throws `UNSUPPORTED` for what only PostgreSQL's tables have. */
export function createTableStatements(table: Table, ifNotExists = false): readonly Statement[] {
  const options = ifNotExists ? { ifNotExists } : {};
  return [
    createTableStatement(table, options),
    ...table.indexes.map((index) => createIndexStatement(table, index, options)),
  ];
}
