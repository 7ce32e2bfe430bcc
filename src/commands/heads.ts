/**
 * `limbeck heads`: the revisions that nothing revises.
 *
 * @module
 */
import { type CommandOptions, openProject } from "./project.ts";
import { revisionInfo, type RevisionsResult } from "./result.ts";

/**
 * Lists the heads. Reads files only: no user code runs, and no database is asked.
 *
 * @throws `SCRIPT_LOCATION_NOT_FOUND`, `REVISION_INVALID` and what else is wrong with the graph
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const count = async () => (await commands.heads()).revisions.length;
 * ```
 */
export async function heads(options: CommandOptions = {}): Promise<RevisionsResult> {
  const map = await (await openProject(options)).revisions();
  return { revisions: map.heads.map((id) => revisionInfo(map, map.get(id))) };
}
