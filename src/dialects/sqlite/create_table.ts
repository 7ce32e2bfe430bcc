/**
 * CREATE TABLE and CREATE INDEX as SQLite writes them, and the refusal of what it has no words for.
 *
 * @module
 */
import { columnDefinition } from "../../ddl/definitions.ts";
import { type Statement, statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import { createIndexSql } from "../../operations/create_index.ts";
import { createTableSql, tableElements } from "../../operations/create_table.ts";
import type { Column, Index, ObjectName, Table, UniqueConstraint } from "../../schema/model.ts";
import { isWord, tokenize, withoutParentheses } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/** The error for what SQLite cannot do. */
export function unsupported(what: string, hint: string, facts: { readonly [key: string]: string } = {}): LimbeckError {
  return new LimbeckError("UNSUPPORTED", `Cannot ${what} on SQLite`, { hint, facts });
}

/** Whether a default is written without parentheses: a literal, a signed number, a name such as `CURRENT_TIMESTAMP`. */
export function isPlainDefault(expression: string): boolean {
  const tokens = tokenize(expression);
  const signed = isWord(tokens[0], "-") || isWord(tokens[0], "+");
  const value = tokens[signed ? 1 : 0];
  if (value === undefined || tokens.length !== (signed ? 2 : 1)) return false;
  return value.kind === "number" || (!signed && value.kind !== "operator" && value.kind !== "variable");
}

/** A column whose default stands in parentheses where SQLite asks for them. */
function writable(column: Column): Column {
  if (column.identity !== undefined) {
    throw unsupported(
      `make "${column.name}" an identity column`,
      "Use an integer primary key, with autoincrement: true if its numbers must never come back",
    );
  }
  const value = column.default;
  if (value === undefined || isPlainDefault(value)) return column;
  const tokens = tokenize(value);
  return withoutParentheses(tokens).length < tokens.length ? column : { ...column, default: `(${value})` };
}

/** A column as `ADD COLUMN` takes it. */
export function columnSql(column: Column): string {
  return columnDefinition(writer, writable(column));
}

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

/** `CREATE INDEX`. Throws `UNSUPPORTED` for what only PostgreSQL's indexes have. */
export function createIndexStatement(
  table: ObjectName,
  index: Index,
  options: { readonly ifNotExists?: boolean } = {},
): Statement {
  refuseSchema(table);
  refuseIndex(index);
  const { using: _, ...rest } = index;
  return statement(createIndexSql(writer, table, rest, options));
}

/** The elements of a table; AUTOINCREMENT can only stand in its column's definition, with the primary key. */
function elements(table: Table): readonly string[] {
  const counting = table.columns.find(({ autoincrement }) => autoincrement);
  if (counting === undefined) return tableElements(writer, { ...table, columns: table.columns.map(writable) });
  const { primaryKey, ...rest } = table;
  if (primaryKey?.columns.join("\0") !== counting.name) {
    throw unsupported(
      `keep autoincrement on "${counting.name}" of "${table.name}", which is not its primary key,`,
      `Take it away first: op.alterColumn("${table.name}", "${counting.name}", { autoincrement: false })`,
    );
  }
  const key = `${
    primaryKey.name === undefined ? "" : ` CONSTRAINT ${writer.identifier(primaryKey.name)}`
  } PRIMARY KEY AUTOINCREMENT`;
  return tableElements(writer, { ...rest, columns: table.columns.map(writable) })
    .map((element, index) => table.columns[index] === counting ? element + key : element);
}

/** The table without its indexes. Throws `UNSUPPORTED` for what only PostgreSQL's tables have. */
export function createTableStatement(
  table: Table,
  options: { readonly ifNotExists?: boolean | undefined } = {},
): Statement {
  refuseSchema(table);
  for (const unique of table.uniques) refuseUnique(table, unique);
  for (const { references } of table.foreignKeys) {
    refuseSchema({ name: references.table, ...(references.schema === undefined ? {} : { schema: references.schema }) });
  }
  const kinds = [table.strict ? "STRICT" : "", table.withoutRowid ? "WITHOUT ROWID" : ""].filter((kind) => kind !== "");
  const suffix = kinds.length === 0 ? "" : ` ${kinds.join(", ")}`;
  return statement(createTableSql(writer, table, elements(table), { ...options, suffix }));
}

/** The table and its indexes. Throws `UNSUPPORTED` for what only PostgreSQL's tables have. */
export function createTableStatements(table: Table, ifNotExists = false): readonly Statement[] {
  const options = ifNotExists ? { ifNotExists } : {};
  return [
    createTableStatement(table, options),
    ...table.indexes.map((index) => createIndexStatement(table, index, options)),
  ];
}
