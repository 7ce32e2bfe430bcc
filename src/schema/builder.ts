/**
 * A target written by hand: tables, enums and all else as plain data, tables in the shape that `op.createTable` takes.
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
import type { DeclaredRename } from "./declared_rename.ts";
import type {
  Collation,
  Comment,
  CompositeType,
  Domain,
  EnumType,
  Extension,
  Grant,
  OtherObject,
  Policy,
  Routine,
  Sequence,
  Trigger,
  View,
} from "./objects.ts";

/** A column of {@linkcode table}: numbers and booleans may stand for themselves as a default. */
export interface ColumnDefinition extends Omit<Column, "default"> {
  /** What it was called before: its values are kept. */
  readonly renamedFrom?: string;
  /** The default: a SQL expression (`"'draft'"`, `"now()"`), a number or a boolean. */
  readonly default?: string | number | boolean | undefined;
}

/** An index of {@linkcode table}: `columns` may be bare names. */
export interface IndexDefinition extends Omit<Index, "parts"> {
  readonly columns: readonly (string | IndexPart)[];
}

/** What is the same in {@linkcode table} and in the model. */
type TableOptions = Omit<
  Table,
  keyof ObjectName | "columns" | "primaryKey" | "uniques" | "foreignKeys" | "checks" | "indexes"
>;

/** What {@linkcode table} takes beside the name: what `op.createTable` takes. */
export interface TableDefinition extends TableOptions {
  /** What it was called before, in the same schema: its rows are kept. */
  readonly renamedFrom?: string;
  readonly columns: readonly ColumnDefinition[];
  /** The columns of the key, or the key with its name. */
  readonly primaryKey?: readonly string[] | PrimaryKey;
  readonly uniques?: readonly UniqueConstraint[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly checks?: readonly CheckConstraint[];
  readonly indexes?: readonly IndexDefinition[];
}

/** A table of {@linkcode table}. */
export interface DefinedTable extends Table {
  readonly renames?: readonly DeclaredRename[];
}

/** A domain: without checks, where it has none. */
export interface DomainDefinition extends Omit<Domain, "checks"> {
  readonly checks?: Domain["checks"];
}

/** What {@linkcode defineSchema} takes. */
export interface SchemaDefinition {
  readonly tables?: readonly DefinedTable[];
  readonly enums?: readonly EnumType[];
  /** Schemas without any object in them; those of objects are found. */
  readonly schemas?: readonly string[];
  readonly extensions?: readonly Extension[];
  readonly domains?: readonly DomainDefinition[];
  readonly compositeTypes?: readonly CompositeType[];
  readonly collations?: readonly Collation[];
  readonly sequences?: readonly Sequence[];
  readonly views?: readonly View[];
  /** Functions, procedures and aggregates, by their whole CREATE statements. */
  readonly routines?: readonly Routine[];
  readonly triggers?: readonly Trigger[];
  readonly policies?: readonly Policy[];
  readonly objects?: readonly OtherObject[];
  readonly comments?: readonly Comment[];
  readonly grants?: readonly Grant[];
}

/** A schema of {@linkcode defineSchema}. */
export interface DefinedSchema extends Schema {
  readonly renames?: readonly DeclaredRename[];
}

function toName(name: string | ObjectName): ObjectName {
  return typeof name === "string" ? { name } : compact<ObjectName>({ name: name.name, schema: name.schema });
}

function toColumn({ default: value, renamedFrom: _, ...column }: ColumnDefinition): Column {
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
export function table(name: string | ObjectName, definition: TableDefinition): DefinedTable {
  const { primaryKey: key, columns, renamedFrom, indexes = [], ...rest } = definition;
  const renames = [
    ...(renamedFrom === undefined ? [] : [{ table: toName(name), from: renamedFrom }]),
    ...columns.flatMap(({ name: column, renamedFrom: from }) =>
      from === undefined ? [] : [{ table: toName(name), column, from }]
    ),
  ];
  return compact<DefinedTable>({
    uniques: [],
    foreignKeys: [],
    checks: [],
    ...rest,
    ...toName(name),
    columns: columns.map(toColumn),
    primaryKey: key === undefined || "columns" in key ? key : { columns: key },
    indexes: indexes.map(toIndex),
    renames: renames.length === 0 ? undefined : renames,
  });
}

/** An enumerated type of a schema (PostgreSQL). */
export function enumType(name: string | ObjectName, values: readonly string[]): EnumType {
  return { ...toName(name), values };
}

/** A schema, for `target` in env.ts. It speaks about tables and enums, and about other objects where it has some. */
export function defineSchema(definition: SchemaDefinition): DefinedSchema {
  const { schemas = [], tables = [], domains = [], ...others } = definition;
  const lists = {
    ...others,
    tables: tables.map(({ renames: _, ...rest }): Table => rest),
    domains: domains.map((domain): Domain => ({ checks: [], ...domain })),
  };
  const { comments, grants, ...named } = lists;
  const renames = tables.flatMap((each) => each.renames ?? []);
  const objects = Object.values(named).flatMap((list): readonly ObjectName[] => list ?? []);
  return {
    ...EMPTY_SCHEMA,
    ...Object.fromEntries(Object.entries(named).map(([kind, list]) => [kind, sorted(list ?? [])])),
    ...compact<Pick<Schema, "comments" | "grants">>({ comments, grants } as Pick<Schema, "comments" | "grants">),
    schemas: [...new Set([...schemas, ...objects.flatMap(({ schema }) => schema ?? [])])].sort(compareText),
    ...(renames.length === 0 ? {} : { renames }),
  };
}

const sorted = (objects: readonly ObjectName[]): readonly ObjectName[] => [...objects].sort(compareNames);
