/**
 * A target written by hand: tables and enums as plain data, in the shapes that `op.createTable` takes.
 *
 * @module
 */
import { compact, compareNames, compareText } from "./edit.ts";
import {
  type CheckConstraint,
  type Column,
  EMPTY_SCHEMA,
  type ForeignKey,
  type Index,
  type IndexPart,
  type ObjectName,
  type PrimaryKey,
  type Schema,
  type Table,
  type UniqueConstraint,
} from "./model.ts";
import type { EnumType, Trigger, View } from "./objects.ts";

/** A column of {@linkcode table}: numbers and booleans may stand for themselves as a default. */
export interface ColumnDefinition extends Omit<Column, "default"> {
  /** The default: a SQL expression (`"'draft'"`, `"now()"`), a number or a boolean. */
  readonly default?: string | number | boolean | undefined;
}

/** An index of {@linkcode table}: `columns` may be bare names. */
export interface IndexDefinition extends Omit<Index, "parts"> {
  readonly columns: readonly (string | IndexPart)[];
}

/** What {@linkcode table} takes beside the name: what `op.createTable` takes. */
export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  /** The columns of the key, or the key with its name. */
  readonly primaryKey?: readonly string[] | PrimaryKey;
  readonly uniques?: readonly UniqueConstraint[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly checks?: readonly CheckConstraint[];
  readonly indexes?: readonly IndexDefinition[];
  readonly comment?: string;
  /** SQLite: `STRICT`. */
  readonly strict?: boolean;
  /** SQLite: `WITHOUT ROWID`. */
  readonly withoutRowid?: boolean;
}

/** What {@linkcode defineSchema} takes. */
export interface SchemaDefinition {
  readonly tables?: readonly Table[];
  readonly enums?: readonly EnumType[];
  /** Schemas without any table or enum in them; those of tables and enums are found. */
  readonly schemas?: readonly string[];
  readonly views?: readonly View[];
  readonly triggers?: readonly Trigger[];
}

function toName(name: string | ObjectName): ObjectName {
  return typeof name === "string" ? { name } : compact<ObjectName>({ name: name.name, schema: name.schema });
}

function toColumn({ default: value, ...column }: ColumnDefinition): Column {
  return value === undefined ? column : { ...column, default: String(value) };
}

function toIndex({ columns, ...index }: IndexDefinition): Index {
  return { ...index, parts: columns.map((part) => typeof part === "string" ? { column: part } : part) };
}

/**
 * A table of a schema.
 *
 * @param name its name, or name and schema
 * @example
 * ```ts
 * import { defineSchema, table } from "./builder.ts";
 *
 * export default defineSchema({
 *   tables: [
 *     table("users", {
 *       columns: [{ name: "id", type: "integer", nullable: false }, { name: "email", type: "text", nullable: false }],
 *       primaryKey: ["id"],
 *       uniques: [{ columns: ["email"] }],
 *     }),
 *   ],
 * });
 * ```
 */
export function table(name: string | ObjectName, definition: TableDefinition): Table {
  const { primaryKey: key, columns, indexes = [], uniques = [], foreignKeys = [], checks = [] } = definition;
  return compact<Table>({
    ...toName(name),
    columns: columns.map(toColumn),
    primaryKey: key === undefined || "columns" in key ? key : { columns: key },
    uniques,
    foreignKeys,
    checks,
    indexes: indexes.map(toIndex),
    comment: definition.comment,
    strict: definition.strict,
    withoutRowid: definition.withoutRowid,
  });
}

/** An enumerated type of a schema (PostgreSQL). */
export function enumType(name: string | ObjectName, values: readonly string[]): EnumType {
  return { ...toName(name), values };
}

/** A schema, for `target` in env.ts. */
export function defineSchema(definition: SchemaDefinition): Schema {
  const { tables = [], enums = [], schemas = [], views = [], triggers = [] } = definition;
  const used = [...tables, ...enums, ...views].flatMap(({ schema }) => schema === undefined ? [] : [schema]);
  return {
    ...EMPTY_SCHEMA,
    schemas: [...new Set([...schemas, ...used])].sort(compareText),
    enums: [...enums].sort(compareNames),
    tables: [...tables].sort(compareNames),
    views: [...views].sort(compareNames),
    triggers: [...triggers].sort(compareNames),
  };
}
