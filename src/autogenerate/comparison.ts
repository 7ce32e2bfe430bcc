/**
 * What a comparison is given, and what the parts of it find.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import type { Operation } from "../operations/registry.ts";
import type { CompareColumn } from "../schema/compare_column.ts";
import { keyOf, sameName } from "../schema/edit.ts";
import type { ObjectKind, ObjectName, Schema } from "../schema/model.ts";
import type { NamingConvention } from "../schema/naming.ts";
import type { Filters } from "./filters.ts";

/** What a comparison asks of a dialect. */
export type ComparingDialect = Pick<
  Dialect,
  "writer" | "capabilities" | "canonicalType" | "canonicalExpression" | "conversion" | "isNeverNull"
>;

/** Two schemas to be compared, and how. */
export interface Comparison {
  /** What the database looks like. */
  readonly current: Schema;
  /** What it should look like, in the database's own spelling: `dialect.normalize` of `nameSchema(written, convention)`. */
  readonly target: Schema;
  /** The same as its author wrote it: what is made is made from this, and a name that is left out here may differ. */
  readonly written: Schema;
  /** What the target speaks about: objects of other kinds are left alone. */
  readonly kinds: readonly ObjectKind[];
  readonly dialect: ComparingDialect;
  /** How what has no name is called when it is made; null leaves it without. */
  readonly convention: NamingConvention | null;
  readonly filters?: Filters;
  /** The keys of what the filters leave alone; see `withExcluded`. */
  readonly excluded?: ReadonlySet<string>;
  /** Tables that are nobody's business: the version table. */
  readonly ignore?: readonly ObjectName[];
  /** Whether objects in schemas that the target does not mention are dropped. Left out means no. */
  readonly includeSchemas?: boolean | undefined;
  /** Whether a column's type is compared, or how. Left out means yes. */
  readonly compareType?: boolean | CompareColumn | undefined;
  /** Whether a column's default is compared, or how. Left out means yes. */
  readonly compareServerDefault?: boolean | CompareColumn | undefined;
}

/** When a change is made, in this order, where nothing says that something else needs it earlier. */
export const PHASES = [
  "createSchema",
  "createExtension",
  "dropObject",
  "dropTrigger",
  "dropPolicy",
  "dropView",
  "type",
  "createSequence",
  "dropForeignKey",
  "dropIndex",
  "dropConstraint",
  "dropGenerated",
  "createTable",
  "alterTable",
  "column",
  "createRoutine",
  "addGenerated",
  "createConstraint",
  "createIndex",
  "moveRows",
  "createForeignKey",
  "ownSequence",
  "dropColumn",
  "dropTable",
  "createView",
  "createTrigger",
  "createPolicy",
  "createObject",
  "comment",
  "grant",
  "dropRoutine",
  "dropSequence",
  "dropType",
  "dropExtension",
  "dropSchema",
] as const;

/** When a change is made. */
export type Phase = (typeof PHASES)[number];

/** Operations that stay together. */
export interface Change {
  readonly phase: Phase;
  /** The table that is changed; left out for what concerns none, or makes or drops one. */
  readonly table?: ObjectName;
  /** Of two that alter the same object: the one that comes before what it needs changes, or the one after that. */
  readonly side?: "before" | "after";
  readonly operations: readonly Operation[];
}

/** What a part of the comparison found. */
export interface Findings {
  readonly changes: readonly Change[];
  /** What the user should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** Puts findings together, in order. */
export function mergeFindings(findings: readonly Findings[]): Findings {
  return {
    changes: findings.flatMap(({ changes }) => changes),
    warnings: findings.flatMap(({ warnings }) => warnings),
  };
}

/** Whether an object that is only in the database lies where the target has a say. */
export function speaksAbout({ written, includeSchemas }: Comparison, { schema }: ObjectName): boolean {
  return schema === undefined || includeSchemas === true || written.schemas.includes(schema);
}

/** Whether a table is to be left alone whatever it looks like. */
export function isIgnored({ ignore = [] }: Comparison, table: ObjectName): boolean {
  return ignore.some((each) => sameName(each, table));
}

/** A map from an object's name to the object. */
export function byName<T extends ObjectName>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((element) => [keyOf(element), element]));
}
