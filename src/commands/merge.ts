/**
 * `limbeck merge`: joins branches by a revision with several down revisions.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { decideRevision, type RevisionDecision } from "../script/new_revision.ts";
import { newRevisionId } from "../script/template.ts";
import { draftByHand } from "./draft_revisions.ts";
import { runPostWriteHooks } from "./post_write_hooks.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import { revisionInfo } from "./result.ts";
import type { RevisionResult } from "./revision.ts";
import { EMPTY_BODY } from "./revision_body.ts";
import { writeRevision } from "./write_revision.ts";

/** What `merge` takes. */
export interface MergeOptions extends CommandOptions {
  /** What to join: `heads`, ids or beginnings of ids, labels, `label@head`… */
  readonly targets: readonly string[];
  /** Default `merge A and B`. */
  readonly message?: string;
  /** The id to give it; default 12 random hex digits. */
  readonly revId?: string;
  readonly branchLabels?: readonly string[];
  /** The targets may be revisions that are no heads. */
  readonly splice?: boolean;
}

/**
 * Writes an empty revision on all of the targets.
 *
 * @throws `USAGE` where the targets are fewer than two revisions; `NOT_A_HEAD`, `OVERLAPPING_REVISIONS`,
 *   `REVISION_NOT_FOUND`, `DUPLICATE_REVISION`; nothing is written then
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const join = () => commands.merge({ targets: ["heads"], message: "join users and orders" });
 * ```
 */
export async function merge(options: MergeOptions): Promise<RevisionResult> {
  const project = await openProject(options);
  const { config } = project;
  const map = await project.revisions();
  const decision = decideRevision(map, {
    revId: options.revId ?? newRevisionId(),
    head: options.targets,
    splice: options.splice,
    branchLabels: options.branchLabels,
    versionLocations: config.versionLocations,
    recursive: config.recursiveVersionLocations,
  });
  requireSeveral(options.targets, decision);
  const message = options.message ?? `merge ${decision.downRevisions.join(" and ")}`;
  const templateArgs = await askEnvironment(project, message, decision);
  const file = await writeRevision(config, map, {
    decision,
    message,
    format: config.revisionFormat,
    body: EMPTY_BODY,
    templateArgs,
  });
  const failedHooks = await runPostWriteHooks(config, file.path);
  return {
    revisions: [revisionInfo(file.map, file.map.get(decision.revision))],
    warnings: [],
    verified: null,
    failedHooks,
    renames: [],
  };
}

function requireSeveral(targets: readonly string[], { downRevisions }: RevisionDecision): void {
  if (downRevisions.length > 1) return;
  const [only] = downRevisions;
  throw new LimbeckError(
    "USAGE",
    `Cannot merge "${targets.join(" ")}": it means ${
      only === undefined ? "no revision" : `one revision only, "${only}"`
    }`,
    {
      hint: "A merge joins two or more: name them, or see what there is with limbeck heads",
      facts: { targets, revisions: downRevisions },
    },
  );
}

/** What env.ts adds to the template, where the configuration says that it is asked. */
async function askEnvironment(
  project: Project,
  message: string,
  { revision, downRevisions }: RevisionDecision,
): Promise<{ readonly [name: string]: string } | undefined> {
  if (!project.config.revisionEnvironment) return undefined;
  const start = { command: "revision" as const, downRevisions, directive: { revId: revision, message } };
  const drafts = await project.forEachDatabase((settings) => draftByHand(settings, start));
  return Object.assign({}, ...drafts.map(({ templateArgs }) => templateArgs));
}
