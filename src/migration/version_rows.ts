/**
 * The version rows: which there must be, and the smallest change that gets there.
 *
 * @module
 */
import { byDowns, reach, type RevisionMap } from "../script/revision_map.ts";

/** One change of one row. */
export type RowChange =
  | { readonly kind: "insert"; readonly version: string }
  | { readonly kind: "update"; readonly from: string; readonly to: string }
  | { readonly kind: "delete"; readonly version: string };

/**
 * The version rows for a set of applied revisions: those that no other applied revision stands on, over down revisions and
 * dependencies. This one rule is all that branches, merges and dependencies mean for the table.
 *
 * @param applied full ids; what they stand on is applied too and need not be named
 * @returns sorted
 */
export function maximal(map: RevisionMap, applied: Iterable<string>): readonly string[] {
  const indices = [...new Set(applied)].map((id) => map.indexOf(id));
  const implied = reach(map, indices.flatMap((index) => map.nodes[index]!.downs), byDowns);
  return indices.filter((index) => implied[index] === 0).map((index) => map.nodes[index]!.revision.revision).sort();
}

/**
 * The smallest change from some rows to others: what stays is not touched, one row is rewritten where one goes and one
 * comes. Deletes come first, then updates, then inserts.
 *
 * @param oldRows the rows that are there; of those that go, the last ones are rewritten (Alembic keeps a merge's last parent)
 * @param newRows the rows that shall be there; of those that come, the last ones take over a row
 */
export function rowChanges(oldRows: readonly string[], newRows: readonly string[]): readonly RowChange[] {
  const [old, wanted] = [new Set(oldRows), new Set(newRows)];
  const going = [...old].filter((row) => !wanted.has(row));
  const coming = [...wanted].filter((row) => !old.has(row));
  const updates = Math.min(going.length, coming.length);
  const deleted = going.slice(0, going.length - updates);
  const inserted = coming.slice(0, coming.length - updates);
  const rewritten = going.slice(going.length - updates);
  const taking = coming.slice(coming.length - updates);
  return [
    ...deleted.map((version) => ({ kind: "delete" as const, version })),
    ...rewritten.map((from, place) => ({ kind: "update" as const, from, to: taking[place]! })),
    ...inserted.map((version) => ({ kind: "insert" as const, version })),
  ];
}

/** The rows along a run. Only their changes are held, so that a long run over many branches stays small. */
export interface RowTimeline {
  /** Adds a step: rows that go (absent ones are left out) and rows that come. Returns the smallest change. */
  change(going: readonly string[], coming: readonly string[]): readonly RowChange[];
  /** The rows after that many steps, sorted. Asked for in the order of the steps, each answer builds on the last. */
  at(steps: number): readonly string[];
}

/**
 * Follows the rows along a run.
 *
 * @param first the rows before it
 */
export function createRowTimeline(first: readonly string[]): RowTimeline {
  const present = new Set(first);
  const history: { readonly gone: readonly string[]; readonly come: readonly string[] }[] = [];
  let seen = { steps: 0, rows: new Set(first) };
  return {
    change(going, coming) {
      const gone = going.filter((row) => present.has(row) && !coming.includes(row));
      const come = coming.filter((row) => !present.has(row));
      for (const row of gone) present.delete(row);
      for (const row of come) present.add(row);
      history.push({ gone, come });
      return rowChanges(gone, come);
    },
    at(steps) {
      if (steps < seen.steps) seen = { steps: 0, rows: new Set(first) };
      for (const { gone, come } of history.slice(seen.steps, steps)) {
        for (const row of gone) seen.rows.delete(row);
        for (const row of come) seen.rows.add(row);
      }
      seen.steps = steps;
      return [...seen.rows].sort();
    },
  };
}
