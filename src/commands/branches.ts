/**
 * `limbeck branches`: where the history forks.
 *
 * @module
 */
import { newestFirst } from "../script/newest_first.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { type RevisionInfo, revisionInfo, type RevisionsResult } from "./result.ts";

/** What `branches` returns. */
export interface BranchesResult extends RevisionsResult {
  /** What each of them branches into, in load order. */
  readonly into: readonly (readonly RevisionInfo[])[];
}

/**
 * Lists the branch points, newest first, and what they branch into. Reads files only.
 *
 * @throws `SCRIPT_LOCATION_NOT_FOUND`, `REVISION_INVALID` and what else is wrong with the graph
 */
export async function branches(options: CommandOptions = {}): Promise<BranchesResult> {
  const map = await (await openProject(options)).revisions();
  const info = (id: string): RevisionInfo => revisionInfo(map, map.get(id));
  const all = new Uint8Array(map.nodes.length).fill(1);
  const revisions = newestFirst(map, all, map.heads.map((id) => map.indexOf(id)))
    .map((index) => map.nodes[index]!.revision.revision)
    .filter((id) => map.isBranchPoint(id))
    .map(info);
  return { revisions, into: revisions.map(({ children }) => children.map(info)) };
}
