/**
 * What a database looks like, as plain readonly data. Knows no dialect. This page has the tables and the whole;
 * `objects.ts` has what there is beside tables.
 *
 * Types and expressions are SQL text in the database's own words. `schema` is left out for an object in the default
 * schema (PostgreSQL: `public`, or what `search_path` says; SQLite has no other).
 *
 * @module
 */
import type {
  Collation,
  Comment,
  CompositeType,
  DefaultPrivilege,
  Dependency,
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

/** The name of an object that lives in a schema. */
export interface ObjectName {
  readonly name: string;
  readonly schema?: string;
}

/** A generated column's rule. */
export interface Generated {
  /** The SQL expression, without the parentheses around it. */
  readonly expression: string;
  /** Kept on disk (`STORED`) or computed when read (`VIRTUAL`). */
  readonly stored: boolean;
}

/** An identity column (PostgreSQL `GENERATED … AS IDENTITY`); what is left out is the server's default. */
export interface Identity {
  /** `always` refuses a given value, `byDefault` takes it. */
  readonly generation: "always" | "byDefault";
  readonly start?: number | string;
  readonly increment?: number | string;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
}

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** The database's own words: `"varchar(255)"`, `"timestamptz"`, `"text[]"`. Empty for an untyped SQLite column. */
  readonly type: string;
  /** Whether NULL is allowed; left out means yes, as in SQL. Columns of a primary key are never nullable on PostgreSQL. */
  readonly nullable?: boolean;
  /** The default, as a SQL expression: `"0"`, `"'draft'"`, `"now()"`. */
  readonly default?: string;
  readonly generated?: Generated;
  readonly identity?: Identity;
  /** SQLite's `AUTOINCREMENT`, on the column of an `INTEGER PRIMARY KEY`. */
  readonly autoincrement?: boolean;
  readonly collation?: string;
  readonly comment?: string;
  /** PostgreSQL: how long values are kept (`external`, `main`…), where it is not the type's own way. */
  readonly storage?: string;
  /** PostgreSQL: `pglz` or `lz4`, where one is asked for. */
  readonly compression?: string;
  /** PostgreSQL: the statistics target, where one is asked for. */
  readonly statistics?: number;
  /** PostgreSQL: the column comes from a parent table (`INHERITS`) and is not written in `CREATE TABLE`. */
  readonly inherited?: boolean;
}

/** When a deferrable constraint is checked. */
export interface Deferrability {
  readonly deferrable?: boolean;
  readonly initially?: "immediate" | "deferred";
}

/** A primary key. */
export interface PrimaryKey extends Deferrability {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  /** PostgreSQL 18: the last column is a range, and must not overlap (`WITHOUT OVERLAPS`). */
  readonly withoutOverlaps?: boolean;
  /** Storage parameters of its index, as in `WITH (fillfactor = 70)`. */
  readonly with?: { readonly [parameter: string]: string };
}

/** A UNIQUE constraint (not a unique index). */
export interface UniqueConstraint extends Deferrability {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly include?: readonly string[];
  readonly withoutOverlaps?: boolean;
  readonly with?: { readonly [parameter: string]: string };
}

/** What a foreign key does when the row that it refers to is deleted or changed; left out means `no action`. */
export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** A foreign key. */
export interface ForeignKey extends Deferrability {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly schema?: string; readonly columns: readonly string[] };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** The columns that `set null` or `set default` touches when a row is deleted; left out means all. */
  readonly onDeleteColumns?: readonly string[];
  /** `MATCH FULL`; left out means simple. */
  readonly match?: "full";
  /** The rows that are there have not been checked. */
  readonly notValid?: boolean;
  /** PostgreSQL 18: `NOT ENFORCED`. */
  readonly notEnforced?: boolean;
  /** PostgreSQL 18: the last column is a `PERIOD`. */
  readonly period?: boolean;
}

/** A CHECK constraint. */
export interface CheckConstraint {
  readonly name?: string;
  /** The SQL expression, without the parentheses around it. */
  readonly expression: string;
  /** The rows that are there have not been checked. */
  readonly notValid?: boolean;
  /** PostgreSQL: children and partitions do not take it over. */
  readonly noInherit?: boolean;
  /** PostgreSQL 18: `NOT ENFORCED`. */
  readonly notEnforced?: boolean;
}

/** An EXCLUDE constraint (PostgreSQL). */
export interface ExcludeConstraint extends Deferrability {
  readonly name?: string;
  /** The access method; left out means `btree`. */
  readonly using?: string;
  readonly parts: readonly (IndexPart & { readonly operator: string })[];
  readonly include?: readonly string[];
  readonly where?: string;
  readonly with?: { readonly [parameter: string]: string };
}

/** How one part of an index is sorted and compared; what is left out is the database's default. */
export interface IndexSort {
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly opclass?: string;
  readonly collation?: string;
}

/** One part of an index: a column, or an expression (without the parentheses around it). */
export type IndexPart =
  | (IndexSort & { readonly column: string; readonly expression?: never })
  | (IndexSort & { readonly expression: string; readonly column?: never });

/** An index. */
export interface Index {
  readonly name?: string;
  readonly parts: readonly IndexPart[];
  readonly unique?: boolean;
  /** The predicate of a partial index, as a SQL expression. */
  readonly where?: string;
  /** The access method; left out means `btree`. */
  readonly using?: string;
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters, as in `WITH (fillfactor = 70)`. */
  readonly with?: { readonly [parameter: string]: string };
  readonly tablespace?: string;
  /** The index of the partitioned table that this one is a part of: it is not made by itself. */
  readonly partOf?: ObjectName;
  /** PostgreSQL: built `ON ONLY` a partitioned table, or left behind by a failed `CONCURRENTLY`: not used. */
  readonly invalid?: boolean;
  /** The whole CREATE statement, where the database keeps it (SQLite): how it is made again. Not compared. */
  readonly definition?: string;
}

/** A table with all that belongs to it. */
export interface Table extends ObjectName {
  readonly columns: readonly Column[];
  readonly primaryKey?: PrimaryKey;
  readonly uniques: readonly UniqueConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
  /** SQLite: `STRICT`. */
  readonly strict?: boolean;
  /** SQLite: `WITHOUT ROWID`. */
  readonly withoutRowid?: boolean;
  /** The whole CREATE statement, where the database keeps it (SQLite): how it is made again. Not compared. */
  readonly definition?: string;
  /** What the definition says and the model has no word for: `ON CONFLICT REPLACE`. */
  readonly unmodelled?: readonly string[];
  readonly exclusions?: readonly ExcludeConstraint[];
  /** PostgreSQL: what stands behind `PARTITION BY`: `"RANGE (created_at)"`. */
  readonly partitionBy?: string;
  /** PostgreSQL: the table that this one is a partition of, and which: `"FOR VALUES FROM (1) TO (10)"`, `"DEFAULT"`. */
  readonly partitionOf?: { readonly table: string; readonly schema?: string; readonly bound: string };
  readonly inherits?: readonly ObjectName[];
  readonly unlogged?: boolean;
  readonly tablespace?: string;
  /** PostgreSQL: the access method, where it is not the default one. */
  readonly using?: string;
  /** Storage parameters, as in `WITH (fillfactor = 70)`. */
  readonly with?: { readonly [parameter: string]: string };
  /** Row-level security; `forced` holds for the owner too. Left out means none. */
  readonly rowSecurity?: "enabled" | "forced" | "forcedOnly";
  /** PostgreSQL: `full`, `nothing`, or the name of an index; left out means by the primary key. */
  readonly replicaIdentity?: "full" | "nothing" | { readonly index: string };
  /** PostgreSQL: the index by which `CLUSTER` sorts. */
  readonly clusteredOn?: string;
}

/** Everything that is known of a database, or that a target asks for. Lists are sorted by schema and name. */
export interface Schema {
  /** The schemas other than the default one. */
  readonly schemas: readonly string[];
  readonly extensions: readonly Extension[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly Domain[];
  readonly compositeTypes: readonly CompositeType[];
  readonly collations: readonly Collation[];
  readonly sequences: readonly Sequence[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly routines: readonly Routine[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly objects: readonly OtherObject[];
  readonly comments: readonly Comment[];
  readonly grants: readonly Grant[];
  readonly defaultPrivileges: readonly DefaultPrivilege[];
  /** Which object needs which, as far as the database says. Not compared: it gives the order. */
  readonly dependencies: readonly Dependency[];
  /** What was found and the model has no place for: `text search configuration "english_ext"`. */
  readonly unmodelled: readonly string[];
}

/** The kinds of object that a {@linkcode Schema} lists. */
export type ObjectKind =
  | Exclude<keyof Schema, "dependencies" | "unmodelled">
  /** What tables have beside columns, keys and indexes: partitions, inheritance, storage, comments, forced row security. */
  | "tableOptions"
  /** Whether tables have row-level security. */
  | "rowSecurity";

/** Every kind of object: what SQL text, or a database, speaks about. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  "collations",
  "comments",
  "compositeTypes",
  "defaultPrivileges",
  "domains",
  "enums",
  "extensions",
  "grants",
  "objects",
  "policies",
  "routines",
  "rowSecurity",
  "schemas",
  "sequences",
  "tableOptions",
  "tables",
  "triggers",
  "views",
];

/** A database with nothing in it. */
export const EMPTY_SCHEMA: Schema = {
  schemas: [],
  extensions: [],
  enums: [],
  domains: [],
  compositeTypes: [],
  collations: [],
  sequences: [],
  tables: [],
  views: [],
  routines: [],
  triggers: [],
  policies: [],
  objects: [],
  comments: [],
  grants: [],
  defaultPrivileges: [],
  dependencies: [],
  unmodelled: [],
};
