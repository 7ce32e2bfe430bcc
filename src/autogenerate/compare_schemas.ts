/**
 * Autogenerate: the operations that turn one schema into another.
 *
 * @module
 */
import { withExcluded } from "./excluded.ts";
import type { Operation } from "../operations/registry.ts";
import { compareEnums } from "./compare_enums.ts";
import { compareObjects } from "./compare_objects.ts";
import { compareRemarks, type Gone } from "./compare_remarks.ts";
import { compareTables, pairTables } from "./compare_tables.ts";
import type { Change, Comparison } from "./comparison.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { keepSequences } from "../schema/serials.ts";
import { ownersOf, refIn, refKey, refTo } from "../schema/refs.ts";
import type { Schema } from "../schema/model.ts";
import { tableName } from "./object_kinds.ts";
import { isIncluded } from "./filters.ts";
import { effectsOf } from "./effects.ts";
import { orderChanges } from "./order.ts";
import { recreateDependents } from "./recreate.ts";

/** What a comparison found. */
export interface ComparisonResult {
  /** In an order in which they succeed. Empty where nothing differs. */
  readonly operations: readonly Operation[];
  /** What the user should know before running them, a sentence each. */
  readonly warnings: readonly string[];
}

function compareSchemaNames(
  { current, written, dialect, filters, includeSchemas, kinds }: Comparison,
): readonly Change[] {
  if (!dialect.capabilities.schemas) return [];
  // Only who speaks about everything can want a schema to go.
  const dropped = includeSchemas && kinds.includes("objects")
    ? current.schemas.filter((name) => !written.schemas.includes(name))
    : [];
  const drops = dropped
    .filter((name) => isIncluded(filters, { type: "schema", name, schema: name, current: { name }, target: undefined }))
    .map((name): Change => ({ phase: "dropSchema", operations: [{ kind: "dropSchema", name }] }));
  const creates = written.schemas
    .filter((name) => !current.schemas.includes(name))
    .filter((name) => isIncluded(filters, { type: "schema", name, schema: name, current: undefined, target: { name } }))
    .map((name): Change => ({ phase: "createSchema", operations: [{ kind: "createSchema", name }] }));
  return [...creates, ...drops];
}

/** What is there no more after the changes, and what is there again. */
function goneIn({ sequences, tables }: Schema, changes: readonly Change[], remade: ReadonlySet<string>): Gone {
  const effects = changes.flatMap(({ operations }) => operations).map(effectsOf);
  const dropped = new Set(effects.flatMap(({ drops }) => drops).map(refKey));
  const behindSerials = tables.flatMap((table) => keepSequences(table, table).sequences);
  for (const { ownedBy, ...sequence } of [...sequences, ...behindSerials]) {
    const owner = ownedBy && refIn("column", tableName(ownedBy), ownedBy.column);
    const goes = owner !== undefined && [owner, ...ownersOf(owner)].some((each) => dropped.has(refKey(each)));
    if (goes) dropped.add(refKey(refTo("sequence", sequence)));
  }
  const created = new Set(effects.flatMap(({ creates }) => creates).map(refKey));
  const is = (keys: ReadonlySet<string>, ref: ObjectRef): boolean =>
    [ref, ...ownersOf(ref)].some((each) => keys.has(refKey(each)));
  return {
    created: effects.flatMap(({ creates }) => creates),
    isRemade: (ref) => is(remade, ref) || (is(dropped, ref) && is(created, ref)),
    isDropped: (ref) => is(dropped, ref) && !is(created, ref) && !is(remade, ref),
  };
}

/**
 * Compares what a database looks like with what it should look like. Schemas are dropped only for a target that
 * speaks about everything. Nothing is taken
 * for a rename: a step before this one gives a `current` in which the renames are done.
 *
 * @param given both schemas, and how they are compared
 * @example
 * ```ts
 * import { compareSchemas } from "./compare_schemas.ts";
 * import { createWriter } from "../ddl/writer.ts";
 * import { EMPTY_SCHEMA, type Schema } from "../schema/model.ts";
 *
 * const writer = createWriter({ keywords: new Set(), literal: String, placeholder: () => "?" });
 *
 * const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
 * const written: Schema = {
 *   ...EMPTY_SCHEMA,
 *   tables: [{ name: "users", columns: [{ name: "bio", type: "text" }], ...none }],
 * };
 * const { operations } = compareSchemas({
 *   current: EMPTY_SCHEMA,
 *   target: written,
 *   written,
 *   kinds: ["tables"],
 *   convention: "postgres",
 *   dialect: {
 *     capabilities: { schemas: true, enums: true, alterConstraints: true, uniqueIndexIsConstraint: false, replaceView: true, foldsCase: false },
 *     isNeverNull: () => false,
 *     writer,
 *     canonicalType: (type) => type,
 *     canonicalExpression: (expression) => expression,
 *     conversion: () => undefined,
 *   },
 * });
 * console.assert(operations[0]?.kind === "createTable");
 * ```
 */
export function compareSchemas(given: Comparison): ComparisonResult {
  const comparison = withExcluded(given);
  const pairs = pairTables(comparison);
  const { changes: ofTables, warnings } = compareTables(comparison, pairs);
  const { changes: ofObjects, replaceable } = compareObjects(comparison);
  const found = [...compareSchemaNames(comparison), ...compareEnums(comparison, pairs.left), ...ofTables, ...ofObjects];
  const { changes, remade } = recreateDependents({ comparison, changes: found, replaceable, kept: pairs.kept });
  const all = [...changes, ...compareRemarks(comparison, goneIn(comparison.current, changes, remade))];
  return { operations: orderChanges(all, comparison), warnings };
}
