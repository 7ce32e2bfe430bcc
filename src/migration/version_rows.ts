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
