/**
 * Autogenerate: the operations that turn one schema into another.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";
import { compareEnums } from "./compare_enums.ts";
import { compareTables, pairTables } from "./compare_tables.ts";
import type { Change, Comparison } from "./comparison.ts";
import { isIncluded } from "./filters.ts";
import { orderChanges } from "./order.ts";

/** What a comparison found. */
export interface ComparisonResult {
  /** In an order in which they succeed. Empty where nothing differs. */
  readonly operations: readonly Operation[];
  /** What the user should know before running them, a sentence each. */
  readonly warnings: readonly string[];
}

function createSchemas({ current, written, dialect, filters }: Comparison): readonly Change[] {
  if (!dialect.capabilities.schemas) return [];
  return written.schemas
    .filter((name) => !current.schemas.includes(name))
    .filter((name) => isIncluded(filters, { type: "schema", name, schema: name, current: undefined, target: { name } }))
    .map((name) => ({ phase: "createSchema", operations: [{ kind: "createSchema", name }] }));
}

/**
 * Compares what a database looks like with what it should look like. Schemas are made, never dropped. Nothing is taken
 * for a rename: a step before this one gives a `current` in which the renames are done.
 *
 * @param comparison both schemas, and how they are compared
 * @example
 * ```ts
 * import { compareSchemas } from "./compare_schemas.ts";
 * import { EMPTY_SCHEMA, type Schema } from "../schema/model.ts";
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
 *     capabilities: { schemas: true, enums: true, alterConstraints: true, uniqueIndexIsConstraint: false },
 *     canonicalType: (type) => type,
 *     canonicalExpression: (expression) => expression,
 *     conversion: () => undefined,
 *   },
 * });
 * console.assert(operations[0]?.kind === "createTable");
 * ```
 */
export function compareSchemas(comparison: Comparison): ComparisonResult {
  const pairs = pairTables(comparison);
  const { changes, warnings } = compareTables(comparison, pairs);
  const all = [...createSchemas(comparison), ...compareEnums(comparison, pairs.left), ...changes];
  return { operations: orderChanges(all, comparison), warnings };
}
