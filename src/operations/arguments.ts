/**
 * What the operations have in common in how they are called.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { displayName, findTable, nameOf } from "../schema/edit.ts";
import type { Column, IndexPart, ObjectName, Schema, Table } from "../schema/model.ts";

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
  return value === undefined ? column : { ...column, default: defaultText(value) };
}

/** A default as SQL text. */
export function defaultText(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "true" : "false") : String(value);
}

/** A part of an index in its long form. */
export function toIndexPart(kind: string, part: IndexPartInput): IndexPart {
  if (typeof part !== "string") return part;
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
  if (table === undefined) throw invalid(kind, `there is no table "${displayName(name)}"`);
  return table;
}

/** The error for an operation that can never be right. */
export function invalid(kind: string, reason: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", `Cannot record op.${kind}: ${reason}`, { facts: { operation: kind } });
}
