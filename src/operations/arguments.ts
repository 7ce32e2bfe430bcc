/**
 * What the operations have in common in how they are called.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { displayName, findTable, nameOf } from "../schema/edit.ts";
import type { Column, IndexPart, ObjectName, Schema, Table } from "../schema/model.ts";
import { faultOfSql } from "./sql_text.ts";

/** A table, index or type: its name, or its name and schema. */
export type Name = string | ObjectName;

/** A part of an index: a column's name, or an object that says more. */
export type IndexPartInput = string | IndexPart;

/** A column as it is written in a revision: numbers and booleans may stand for themselves as a default. */
export interface ColumnInput extends Omit<Column, "default"> {
  /** The default: a SQL expression (`"'draft'"`, `"now()"`), a number or a boolean. */
  readonly default?: string | number | boolean | undefined;
}

/** The name and schema of what may be a bare name. Throws `OPERATION_INVALID` for an empty one. */
export function toName(kind: string, name: Name): ObjectName {
  const object: ObjectName = typeof name === "string" ? { name } : nameOf(name);
  requireName(kind, object.name);
  return object;
}

/** The shortest form of a name: bare where it has no schema. */
export function fromName(name: ObjectName): Name {
  return name.schema === undefined ? name.name : nameOf(name);
}

/** Throws `OPERATION_INVALID` unless the value is a name. */
export function requireName(kind: string, name: unknown): void {
  if (typeof name !== "string" || name === "") {
    throw invalid(kind, `a name is missing (got ${JSON.stringify(name) ?? String(name)})`);
  }
}

/** Throws `OPERATION_INVALID` unless the value is a list of at least one name. */
export function requireColumns(kind: string, columns: unknown): void {
  if (!Array.isArray(columns) || columns.length === 0) throw invalid(kind, "the list of columns is empty");
  for (const column of columns) requireName(kind, column);
}

/** A column whose default is SQL text. Throws `OPERATION_INVALID` for a column without a name or a type. */
export function toColumn(kind: string, input: ColumnInput): Column {
  if (input === null || typeof input !== "object") {
    throw invalid(kind, 'a column is an object, as { name: "id", type: "integer" }');
  }
  requireName(kind, input.name);
  if (typeof input.type !== "string") throw invalid(kind, `column "${input.name}" has no type`);
  const { default: value, ...column } = input;
  requireColumnSql(kind, input.name, input);
  return value === undefined ? column : { ...column, default: defaultText(value) };
}

/**
 * Throws `OPERATION_INVALID` unless a text can stand inside of a statement. Nothing is said of undefined and null, which
 * mean that there is none.
 *
 * @param what what it is called in the message: `the default of "price"`
 */
export function requireSql(kind: string, what: string, text: unknown): void {
  if (text === undefined || text === null) return;
  if (typeof text !== "string") throw invalid(kind, `${what} is no SQL text (got ${JSON.stringify(text)})`);
  const fault = faultOfSql(text);
  if (fault !== undefined) throw invalid(kind, `${what} is no SQL expression: ${fault} (${text})`);
}

/** Throws `OPERATION_INVALID` where one of a column's SQL texts cannot stand in a statement. */
export function requireColumnSql(
  kind: string,
  name: string,
  { type, default: value, generated }: {
    readonly type?: string | undefined;
    readonly default?: unknown;
    readonly generated?: Column["generated"] | null | undefined;
  },
): void {
  // SQLite's columns need no type.
  if (type !== "") requireSql(kind, `the type of "${name}"`, type);
  if (typeof value === "string") requireSql(kind, `the default of "${name}"`, value);
  requireSql(kind, `the expression of "${name}"`, generated?.expression);
}

/** A default as SQL text. */
export function defaultText(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "true" : "false") : String(value);
}

/** A part of an index in its long form. */
export function toIndexPart(kind: string, part: IndexPartInput): IndexPart {
  if (typeof part !== "string") {
    requireSql(kind, "a part of an index", part.expression);
    return part;
  }
  requireName(kind, part);
  return { column: part };
}

/** A part of an index in its shortest form. */
export function fromIndexPart(part: IndexPart): IndexPartInput {
  return part.column !== undefined && Object.keys(part).length === 1 ? part.column : part;
}

/** The table that an operation is about. Throws `OPERATION_INVALID` where the schema has none of that name. */
export function tableOf(schema: Schema, name: ObjectName, kind: string): Table {
  const table = findTable(schema, name);
  if (table === undefined) throw noTable(kind, schema, name);
  return table;
}

/** Throws `OPERATION_INVALID` unless a table has the columns. In which case their names are written is left to the database. */
export function requireColumnsOf(kind: string, table: Table, columns: readonly string[]): void {
  const known = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  const missing = columns.find((column) => !known.has(column.toLowerCase()));
  if (missing === undefined) return;
  throw noColumn(kind, table, missing);
}

/** What is called so in another case: the usual slip. */
function alike(list: readonly ObjectName[], { name, schema }: ObjectName): string {
  const other = list.find((each) => each.schema === schema && each.name.toLowerCase() === name.toLowerCase());
  return other === undefined ? "" : `, only "${displayName(other)}"`;
}

/** The error for a table that is not there. */
export function noTable(kind: string, { tables }: Schema, name: ObjectName): LimbeckError {
  return invalid(kind, `there is no table "${displayName(name)}"${alike(tables, name)}`);
}

/** The error for a column that is not there. */
export function noColumn(kind: string, table: Table, column: string): LimbeckError {
  return invalid(kind, `"${displayName(table)}" has no column "${column}"${alike(table.columns, { name: column })}`);
}

/** Throws `OPERATION_INVALID` where a table has a constraint of that name. */
export function requireFreeName(kind: string, table: Table, name: string | undefined): void {
  const { primaryKey, uniques, foreignKeys, checks, exclusions = [] } = table;
  const constraints = [primaryKey, ...uniques, ...foreignKeys, ...checks, ...exclusions];
  if (name === undefined || !constraints.some((each) => each?.name === name)) return;
  throw invalid(kind, `"${displayName(table)}" has a constraint "${name}" already`);
}

/** The error for an operation that can never be right. */
export function invalid(kind: string, reason: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", `Cannot record op.${kind}: ${reason}`, { facts: { operation: kind } });
}
