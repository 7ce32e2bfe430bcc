/**
 * What a database looks like, as plain readonly data. Imports nothing, knows no dialect.
 *
 * Types and expressions are SQL text in the database's own words. `schema` is left out for an object in the default
 * schema (PostgreSQL: `public`, or what `search_path` says; SQLite has no other).
 *
 * @module
 */

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
}

/** A primary key. */
export interface PrimaryKey {
  readonly name?: string;
  readonly columns: readonly string[];
}

/** When a deferrable constraint is checked. */
export interface Deferrability {
  readonly deferrable?: boolean;
  readonly initially?: "immediate" | "deferred";
}

/** A UNIQUE constraint (not a unique index). */
export interface UniqueConstraint extends Deferrability {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: boolean;
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
}

/** A CHECK constraint. */
export interface CheckConstraint {
  readonly name?: string;
  /** The SQL expression, without the parentheses around it. */
  readonly expression: string;
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
}

/** An enumerated type (PostgreSQL). */
export interface EnumType extends ObjectName {
  /** The labels, in their order. */
  readonly values: readonly string[];
}

/** An object that is known by its text only: a view or a trigger, whose `definition` is the whole CREATE statement. */
export interface TextObject extends ObjectName {
  readonly definition: string;
  /** The table that a trigger is on. */
  readonly table?: string;
}

/** Everything that is known of a database, or that a target asks for. Lists are sorted by schema and name. */
export interface Schema {
  /** The schemas other than the default one. */
  readonly schemas: readonly string[];
  readonly enums: readonly EnumType[];
  readonly tables: readonly Table[];
  readonly views: readonly TextObject[];
  readonly triggers: readonly TextObject[];
}

/** The kinds of object that a {@linkcode Schema} lists. */
export type ObjectKind = keyof Schema;

/** A database with nothing in it. */
export const EMPTY_SCHEMA: Schema = { schemas: [], enums: [], tables: [], views: [], triggers: [] };
