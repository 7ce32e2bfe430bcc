/**
 * What a database holds beside tables: types, sequences, views, routines, and what is said about objects. Plain
 * readonly data, like the tables of `model.ts`.
 *
 * Where a structure of our own would only repeat SQL, an object is known by its whole CREATE statement, as the server
 * prints it.
 *
 * @module
 */
import type { Index, ObjectName } from "./model.ts";

/** The kinds of object that something can refer to, depend on, comment on, or grant. */
export type RefKind =
  | "schema"
  | "extension"
  | "type"
  | "domain"
  | "collation"
  | "sequence"
  | "table"
  | "column"
  | "constraint"
  | "index"
  | "view"
  | "materializedView"
  | "routine"
  | "trigger"
  | "policy"
  | "object";

/** Which object is meant. Two refs mean the same object when `refKey` of them is equal. */
export interface ObjectRef extends ObjectName {
  readonly kind: RefKind;
  /** The table (or view) that a column, constraint, index, trigger, policy or rule belongs to; `schema` is the table's. */
  readonly table?: string;
  /** A routine's argument types, as they identify it: `"integer, text"`. */
  readonly arguments?: string;
  /** What kind of {@linkcode OtherObject} it is: `"rule"`, `"statistics"`. */
  readonly type?: string;
}

/** An enumerated type (PostgreSQL). */
export interface EnumType extends ObjectName {
  /** The labels, in their order. */
  readonly values: readonly string[];
}

/** A domain: a type with a default and checks of its own (PostgreSQL). */
export interface Domain extends ObjectName {
  readonly type: string;
  readonly collation?: string;
  /** Whether NULL is allowed; left out means yes. */
  readonly nullable?: boolean;
  readonly default?: string;
  readonly checks: readonly { readonly name?: string; readonly expression: string; readonly notValid?: boolean }[];
}

/** A composite type (PostgreSQL). */
export interface CompositeType extends ObjectName {
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly collation?: string }[];
}

/** A collation (PostgreSQL). */
export interface Collation extends ObjectName {
  readonly provider: "libc" | "icu" | "builtin";
  readonly locale: string;
  /** Left out means true. */
  readonly deterministic?: boolean;
}

/** A sequence of its own (PostgreSQL). Those behind identity and serial columns are part of their column. */
export interface Sequence extends ObjectName {
  /** `smallint`, `integer` or `bigint`; left out means `bigint`. */
  readonly type?: string;
  readonly start?: number | string;
  readonly increment?: number | string;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
  readonly unlogged?: boolean;
  /** The column with which it is dropped. */
  readonly ownedBy?: { readonly table: string; readonly schema?: string; readonly column: string };
}

/** An extension (PostgreSQL). */
export interface Extension {
  readonly name: string;
  /** Where its objects are; left out means the default schema, or wherever the extension says. */
  readonly schema?: string;
  /** Compared only where it is given. */
  readonly version?: string;
}

/** A view or a materialized view. */
export interface View extends ObjectName {
  /** What it selects, without a semicolon. */
  readonly query: string;
  /** Its columns, where they are not called as the query calls them. */
  readonly columns?: readonly string[];
  readonly materialized?: boolean;
  /** `WITH (…)`: `security_barrier`, `check_option`, storage parameters. */
  readonly with?: { readonly [parameter: string]: string };
  /** A materialized view's. */
  readonly indexes?: readonly Index[];
  /** What its columns are, as the database says: whether it can be replaced in place. Not compared. */
  readonly shape?: readonly { readonly name: string; readonly type: string }[];
  /** The whole CREATE statement, where the database keeps it (SQLite): how it is made again. Not compared. */
  readonly definition?: string;
}

/** A function, procedure or aggregate (PostgreSQL). */
export interface Routine extends ObjectName {
  /** Its argument types, as they identify it: `"integer, text"`; empty for none. */
  readonly arguments: string;
  readonly type: "function" | "procedure" | "aggregate";
  /** The whole CREATE statement (`CREATE OR REPLACE FUNCTION …`), without a semicolon. */
  readonly definition: string;
  /**
   * What cannot be replaced in place (result type, names and defaults of the arguments): where it differs the routine
   * is dropped and made again. Not compared by itself.
   */
  readonly signature?: string;
}

/** A trigger. `schema` is its table's. */
export interface Trigger extends ObjectName {
  readonly table: string;
  /** The whole CREATE statement, without a semicolon. */
  readonly definition: string;
  /** When it fires (PostgreSQL's `ENABLE REPLICA TRIGGER`…); left out means `enabled`. */
  readonly enabled?: "disabled" | "replica" | "always";
}

/** A row-level security policy (PostgreSQL). `schema` is its table's. */
export interface Policy extends ObjectName {
  readonly table: string;
  /** Left out means true. */
  readonly permissive?: boolean;
  /** Left out means `all`. */
  readonly command?: "all" | "select" | "insert" | "update" | "delete";
  /** Left out means everybody (`PUBLIC`). */
  readonly roles?: readonly string[];
  readonly using?: string;
  readonly withCheck?: string;
}

/** An object of any other kind (a rule, extended statistics, an event trigger…), known by how it is made and dropped. */
export interface OtherObject extends ObjectName {
  /** In words: `"rule"`, `"statistics"`, `"event trigger"`. */
  readonly type: string;
  readonly table?: string;
  /** The whole CREATE statement, without a semicolon. */
  readonly definition: string;
  /** The statement that drops it. */
  readonly drop: string;
}

/** What is said about an object. The comments of tables and columns are fields of theirs. */
export interface Comment {
  readonly on: ObjectRef;
  readonly text: string;
}

/** What a role may do with an object. The owner's own rights are left out. */
export interface Grant {
  readonly on: ObjectRef;
  /** Columns, where the right is for these alone. */
  readonly columns?: readonly string[];
  /** The role; `"PUBLIC"` means everybody. */
  readonly to: string;
  /** In upper case and sorted: `["INSERT", "SELECT"]`. */
  readonly privileges: readonly string[];
  readonly withGrantOption?: boolean;
  /** The right is one that the role has by default, and has been taken away. */
  readonly revoked?: boolean;
}

/** What roles may do with objects that are made later (`ALTER DEFAULT PRIVILEGES`). */
export interface DefaultPrivilege {
  /** The role that makes the objects. */
  readonly for: string;
  /** Only in this schema; left out means everywhere. */
  readonly schema?: string;
  readonly objects: "tables" | "sequences" | "functions" | "types" | "schemas";
  readonly to: string;
  readonly privileges: readonly string[];
  readonly withGrantOption?: boolean;
  readonly revoked?: boolean;
}

/** One object needs another: it is made after it, and dropped before it. */
export interface Dependency {
  readonly from: ObjectRef;
  readonly on: ObjectRef;
}
