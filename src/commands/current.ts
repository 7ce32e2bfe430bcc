/**
 * `limbeck current`: where the database stands.
 *
 * @module
 */
import { currentRows } from "../migration/context.ts";
import { byDowns, reach } from "../script/revision_map.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import { isAtHead, type RevisionInfo, revisionInfo } from "./result.ts";

/** What `current` returns. */
export interface CurrentResult {
  /** The version rows, sorted. */
  readonly heads: readonly string[];
  /** Whether these are all the heads that there are. */
  readonly isHead: boolean;
  /** What is known of them; a row whose revision is not in the folder is left out. */
  readonly revisions: readonly RevisionInfo[];
  /** Heads that are applied because a row depends on them: they have no row of their own. */
  readonly implied: readonly RevisionInfo[];
}

/**
 * Asks the database for its revisions. Writes nothing: also the version table is not made.
 *
 * @throws `CONNECTION_FAILED`
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const ready = async () => (await commands.current({ url: "file:app.db" })).isHead;
 * ```
 */
export async function current(options: CommandOptions = {}): Promise<CurrentResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const heads = await currentRevisions(project);
  const known = heads.filter((id) => map.find(id) !== undefined);
  const applied = reach(map, known.map((id) => map.indexOf(id)), byDowns);
  const implied = map.heads.filter((id) => applied[map.indexOf(id)] === 1 && !known.includes(id));
  const info = (id: string): RevisionInfo => revisionInfo(map, map.get(id));
  return { heads, isHead: isAtHead(map, heads), revisions: known.map(info), implied: implied.map(info) };
}

/** The version rows of all the databases that env.ts configures, sorted, each once. */
export async function currentRevisions(project: Project): Promise<readonly string[]> {
  return [...new Set((await project.run(currentRows)).flat())].sort();
}
