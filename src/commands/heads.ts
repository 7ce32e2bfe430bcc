/**
 * `limbeck heads`: the revisions that nothing revises.
 *
 * @module
 */
import { type CommandOptions, openProject } from "./project.ts";
import { revisionInfo, type RevisionsResult } from "./result.ts";

/** What `heads` takes. */
export interface HeadsOptions extends CommandOptions {
  /** Leave out those that another revision depends on: what is left has a row of its own when all is applied. */
  readonly resolveDependencies?: boolean;
}

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
export async function heads(options: HeadsOptions = {}): Promise<RevisionsResult> {
  const map = await (await openProject(options)).revisions();
  const ids = options.resolveDependencies ? map.effectiveHeads : map.heads;
  return { revisions: ids.map((id) => revisionInfo(map, map.get(id))) };
}
