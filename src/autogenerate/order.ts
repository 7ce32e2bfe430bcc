/**
 * The order in which changes succeed.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";
import { compareNames } from "../schema/edit.ts";
import { type Change, PHASES } from "./comparison.ts";

const phaseOf = ({ phase }: Change): number => PHASES.indexOf(phase);

/** What concerns no table that stays: before all tables, or after them. */
function stageOf({ phase, table }: Change): number {
  if (table !== undefined) return 1;
  return phase === "dropTable" || phase === "dropEnum" ? 2 : 0;
}

/** By phase; within one, by table; else in the order in which they were found. */
function byPhase(a: Change, b: Change): number {
  const byTable = a.table === undefined || b.table === undefined ? 0 : compareNames(a.table, b.table);
  return phaseOf(a) - phaseOf(b) || byTable;
}

/** The changes of one table side by side, so that one rebuild makes them all. */
function byTable(a: Change, b: Change): number {
  const tables = a.table === undefined || b.table === undefined ? 0 : compareNames(a.table, b.table);
  return stageOf(a) - stageOf(b) || tables || phaseOf(a) - phaseOf(b);
}

/**
 * The operations of changes, in an order in which they succeed: schemas, types, foreign keys that go, tables, columns,
 * constraints, indexes, and last what is dropped.
 *
 * @param alterConstraints whether constraints are added without rebuilding the table; if not, the changes of one
 * table are neighbours
 */
export function orderChanges(changes: readonly Change[], alterConstraints: boolean): readonly Operation[] {
  return changes.toSorted(alterConstraints ? byPhase : byTable).flatMap(({ operations }) => operations);
}
