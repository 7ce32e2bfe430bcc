/**
 * `limbeck current`: where the database stands.
 *
 * @module
 */
import { currentRows } from "../migration/context.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { isAtHead, type RevisionInfo, revisionInfo } from "./result.ts";

/** What `current` returns. */
export interface CurrentResult {
  /** The version rows, sorted. */
  readonly heads: readonly string[];
  /** Whether these are all the heads that there are. */
  readonly isHead: boolean;
  /** What is known of them; a row whose revision is not in the folder is left out. */
  readonly revisions: readonly RevisionInfo[];
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
  const heads = [...new Set((await project.run(currentRows)).flat())].sort();
  const known = heads.flatMap((id) => map.find(id) ?? []);
  return { heads, isHead: isAtHead(map, heads), revisions: known.map((revision) => revisionInfo(map, revision)) };
}
