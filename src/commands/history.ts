/**
 * `limbeck history`: the revisions, newest first.
 *
 * @module
 */
import { historyRevisions } from "../script/traverse.ts";
import { currentRevisions } from "./current.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { revisionInfo, type RevisionsResult } from "./result.ts";

/** What `history` takes. */
export interface HistoryOptions extends CommandOptions {
  /** `a:b`, `a:`, `:b`; `current` on either side is the database's. */
  readonly range?: string;
  /** Ask the database where it stands. */
  readonly indicateCurrent?: boolean;
}

/** What `history` returns. */
export interface HistoryResult extends RevisionsResult {
  /** The version rows, where the database was asked. */
  readonly current: readonly string[];
}

/**
 * Lists the revisions, newest first. The database is asked only where the range says `current`, or `indicateCurrent` is
 * set.
 *
 * @throws `RANGE_INVALID`, `REVISION_NOT_FOUND`
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const newest = async () => (await commands.history()).revisions[0]?.message;
 * ```
 */
export async function history(options: HistoryOptions = {}): Promise<HistoryResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const ask = options.indicateCurrent === true || /\bcurrent\b/.test(options.range ?? "");
  const current = ask ? await currentRevisions(project) : [];
  const revisions = historyRevisions(map, options.range, current);
  return { revisions: revisions.map((revision) => revisionInfo(map, revision)), current };
}
