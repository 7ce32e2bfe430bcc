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

/** What something was called before, in the same schema. */
interface Renamed {
  readonly renamedFrom?: string;
}

/** An enum of {@linkcode enumType}. */
export interface DefinedEnum extends EnumType {
  readonly renames?: readonly DeclaredRename[];
}

/** A domain: without checks, where it has none. */
export interface DomainDefinition extends Omit<Domain, "checks">, Renamed {
  readonly checks?: Domain["checks"];
}

/** What {@linkcode defineSchema} takes. */
export interface SchemaDefinition {
  readonly tables?: readonly DefinedTable[];
  readonly enums?: readonly DefinedEnum[];
  /** Schemas without any object in them; those of objects are found. */
  readonly schemas?: readonly string[];
  readonly extensions?: readonly Extension[];
  readonly domains?: readonly DomainDefinition[];
  readonly compositeTypes?: readonly (CompositeType & Renamed)[];
  readonly collations?: readonly Collation[];
  readonly sequences?: readonly (Sequence & Renamed)[];
  readonly views?: readonly (View & Renamed)[];
  /** Functions, procedures and aggregates, by their whole CREATE statements. */
  readonly routines?: readonly (Routine & Renamed)[];
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

/** What {@linkcode enumType} takes beside the name and the values. */
export interface EnumOptions extends Renamed {
  /** The old names of values, by the new ones: what rows hold stays. */
  readonly renamedValues?: { readonly [value: string]: string };
}

/**
 * An enumerated type of a schema (PostgreSQL).
 *
 * @example
 * ```ts
 * import { enumType } from "./builder.ts";
 *
 * const mood = enumType("mood", ["unhappy", "ok"], { renamedFrom: "feeling", renamedValues: { unhappy: "sad" } });
 * console.assert(mood.values.length === 2);
 * ```
 */
export function enumType(
  name: string | ObjectName,
  values: readonly string[],
  { renamedFrom, renamedValues = {} }: EnumOptions = {},
): DefinedEnum {
  const object = toName(name);
  const renames: readonly DeclaredRename[] = [
    ...(renamedFrom === undefined ? [] : [{ object, from: renamedFrom }]),
    ...Object.entries(renamedValues).map(([value, from]) => ({ object, value, from })),
  ];
  return { ...object, values, ...(renames.length === 0 ? {} : { renames }) };
}

/** An object of the model, and what it was called before. */
type Defined = ObjectName & Renamed & { readonly renames?: readonly DeclaredRename[] };

function renamesOf({ renamedFrom, renames = [], ...object }: Defined): readonly DeclaredRename[] {
  return [...(renamedFrom === undefined ? [] : [{ object: toName(object), from: renamedFrom }]), ...renames];
}

const asObject = ({ renamedFrom: _, renames: __, ...object }: Defined): ObjectName => object;

/** A schema, for `target` in env.ts. It speaks about tables and enums, and about other objects where it has some. */
export function defineSchema(definition: SchemaDefinition): DefinedSchema {
  const { schemas = [], domains = [], comments, grants, ...others } = definition;
  const lists = { tables: [], ...others, domains: domains.map((domain) => ({ checks: [], ...domain })) };
  const objects = Object.values(lists).flatMap((list): readonly Defined[] => list ?? []);
  const renames = objects.flatMap(renamesOf);
  const named = Object.entries(lists).map(([kind, list]) => [kind, sorted((list ?? []).map(asObject))]);
  return {
    ...EMPTY_SCHEMA,
    ...Object.fromEntries(named),
    ...compact<Pick<Schema, "comments" | "grants">>({ comments, grants } as Pick<Schema, "comments" | "grants">),
    schemas: [...new Set([...schemas, ...objects.flatMap(({ schema }) => schema ?? [])])].sort(compareText),
    ...(renames.length === 0 ? {} : { renames }),
  };
}

const sorted = (objects: readonly ObjectName[]): readonly ObjectName[] => [...objects].sort(compareNames);
