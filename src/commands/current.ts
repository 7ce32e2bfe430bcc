/**
 * `limbeck current`: where the database stands.
 *
 * @module
 */
import { currentRows } from "../migration/context.ts";
import { byDowns, reach } from "../script/revision_map.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import {
  type DatabaseInfo,
  type DatabaseRows,
  noteDatabase,
  type RevisionInfo,
  revisionInfo,
  type Standing,
  standingOf,
} from "./result.ts";

/** What `current` returns. */
export interface CurrentResult extends Standing {
  readonly databases: readonly CurrentDatabase[];
  /** What is known of them; a row whose revision is not in the folder is left out. */
  readonly revisions: readonly RevisionInfo[];
  /** Heads that are applied because a row depends on them: they have no row of their own. */
  readonly implied: readonly RevisionInfo[];
}

/** Where one database stands, and the ids of the heads that its rows imply. */
export interface CurrentDatabase extends DatabaseInfo {
  readonly implied: readonly string[];
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
  const standing = standingOf(map, await standingRows(project));
  const databases = standing.databases.map((each) => ({ ...each, implied: impliedHeads(map, each.heads) }));
  const implied = new Set(databases.flatMap((each) => each.implied));
  const info = (id: string): RevisionInfo => revisionInfo(map, map.get(id));
  return {
    ...standing,
    databases,
    revisions: standing.heads.filter((id) => map.find(id) !== undefined).map(info),
    implied: [...implied].map(info),
  };
}

/** The heads that some rows imply over dependencies, without the rows themselves. */
function impliedHeads(map: RevisionMap, rows: readonly string[]): readonly string[] {
  const known = rows.flatMap((id) => map.findIndex(id) ?? []);
  const applied = reach(map, known, byDowns);
  return map.heads.filter((id) => applied[map.indexOf(id)] === 1 && !rows.includes(id));
}

function standingRows(project: Project): Promise<readonly DatabaseRows[]> {
  return project.run((context) => noteDatabase(context, currentRows(context).then((heads) => ({ heads }))));
}

/** The version rows of all the databases that env.ts configures, sorted, each once. */
export async function currentRevisions(project: Project): Promise<readonly string[]> {
  return [...new Set((await standingRows(project)).flatMap(({ heads }) => heads))].sort();
}
