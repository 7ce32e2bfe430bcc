/**
 * A revision: one file of the versions folder, as its header describes it.
 *
 * @module
 */

/** One revision file. Only its header is known: nothing of it has been run. */
export interface Revision {
  /** The id, e.g. `1975ea83b712`. */
  readonly revision: string;
  /** The ids of the revisions that this one follows: none at a base, several at a merge. */
  readonly downRevisions: readonly string[];
  /** The names that this file gives to its branch. */
  readonly branchLabels: readonly string[];
  /** Ids, unique beginnings of ids, or labels of revisions of other branches that must be applied before. */
  readonly dependsOn: readonly string[];
  /** The first line of `doc`. */
  readonly message: string;
  /** The comment at the head of the file, without the comment marks. */
  readonly doc: string;
  /** What follows `Create Date:` in the doc. */
  readonly createDate: string | null;
  /** The absolute path of the file. */
  readonly path: string;
  /** What the file is written in. */
  readonly format: "ts" | "sql";
  /** Whether it runs in a transaction. */
  readonly transaction: boolean;
}
