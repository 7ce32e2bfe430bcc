/**
 * `limbeck show`: everything about some revisions.
 *
 * @module
 */
import type { Revision } from "../script/revision.ts";
import { resolveRevisions } from "../script/resolve.ts";
import { resolveError } from "../script/resolve_error.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { currentRevisions } from "./current.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import { revisionInfo, type RevisionsResult } from "./result.ts";

/** What `show` takes. */
export interface ShowOptions extends CommandOptions {
  /** `head`, `heads`, `current`, an id or the beginning of one, a label… */
  readonly target: string;
}

/**
 * The revisions that an argument means. The database is asked only where it says `current`.
 *
 * @throws `REVISION_NOT_FOUND` also for `base`, which is no revision; `MULTIPLE_HEADS`, `AMBIGUOUS_REVISION`
 */
export async function show(options: ShowOptions): Promise<RevisionsResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const revisions = await findRevisions(project, map, options.target, "show");
  return { revisions: revisions.map((revision) => revisionInfo(map, revision)) };
}

/**
 * The revisions that an argument means, at least one.
 *
 * @param action what an error says cannot be done
 */
export async function findRevisions(
  project: Project,
  map: RevisionMap,
  target: string,
  action: string,
): Promise<readonly Revision[]> {
  const asksDatabase = /(^|@)current\b/.test(target) && map.find(target) === undefined;
  const rows = asksDatabase ? await currentRevisions(project) : undefined;
  const context = { action, ...(rows === undefined ? {} : { rows }) };
  const found = resolveRevisions(map, target, context);
  if (found.length > 0) return found;
  throw resolveError("REVISION_NOT_FOUND", {
    action,
    symbol: target,
    why: rows !== undefined
      ? rows.length === 0 ? "the database is at base" : "no row of the database lies on that branch"
      : map.nodes.length === 0
      ? "there are no revisions yet"
      : "it means no revision",
    hint: "List what is there with: limbeck history",
    facts: { revision: target },
  });
}
