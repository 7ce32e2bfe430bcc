/**
 * `limbeck revision`: writes a new revision.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Rename } from "../autogenerate/renames.ts";
import { LimbeckError } from "../errors.ts";
import type { RevisionDirective } from "../migration/directives.ts";
import { currentDirectory } from "../platform/process.ts";
import { decideRevision, type RevisionDecision } from "../script/new_revision.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { newRevisionId } from "../script/template.ts";
import { type Draft, draftByComparison, draftByHand, type DraftStart } from "./draft_revisions.ts";
import { runPostWriteHooks } from "./post_write_hooks.ts";
import type { CompareOptions } from "./compare.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import { type RevisionInfo, revisionInfo } from "./result.ts";
import { EMPTY_BODY, renderBody, type RevisionBody } from "./revision_body.ts";
import { writeRevision } from "./write_revision.ts";

/** What `revision` takes. */
export interface RevisionOptions extends CommandOptions, CompareOptions {
  /** What the revision does: one line, and more where there is more to say. */
  readonly message?: string;
  /** Compare the database with the target that env.ts links. */
  readonly autogenerate?: boolean;
  /** Write a file also where nothing differs. */
  readonly empty?: boolean;
  /** TypeScript or SQL; default `revisionFormat` of the configuration, else `"ts"`. */
  readonly format?: "ts" | "sql";
  /** The id to give it; default 12 random hex digits. */
  readonly revId?: string;
  /** What it follows; default `head`. */
  readonly head?: string;
  /** It may follow a revision that is no head: a new branch begins there. */
  readonly splice?: boolean;
  /** Names that the branch gets. */
  readonly branchLabels?: readonly string[];
  /** The version location to write into, where there are several; from the working directory. */
  readonly versionPath?: string;
  /** Revisions of other branches that must be applied before it: ids, beginnings of ids, or labels. */
  readonly dependsOn?: readonly string[];
}

/** What `revision` and `merge` return. */
export interface RevisionResult {
  /** What was written; nothing where the database is what the target says. */
  readonly revisions: readonly RevisionInfo[];
  /** What a person should know before the revision is applied, a sentence each. */
  readonly warnings: readonly string[];
  /** The `postWriteHooks` that failed, a `HOOK_FAILED` each; the files are kept. */
  readonly failedHooks: readonly LimbeckError[];
  /** What has only another name, and is renamed. */
  readonly renames: readonly Rename[];
  /** Whether what is written, tried on a copy of the schema, leads to the target; null where that was not tried. */
  readonly verified: boolean | null;
}

/**
 * Writes a new revision on the head, or on what is named. With `autogenerate`, the database must be at head, and the file
 * holds what makes it what the target says, and the way back.
 *
 * @throws `MULTIPLE_HEADS`, `NOT_A_HEAD`, `NOT_AT_HEAD`, `TARGET_MISSING`, `TARGET_INVALID`, `DUPLICATE_REVISION` and
 *   others; nothing is written then
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const draft = () => commands.revision({ message: "add user bio", autogenerate: true });
 * ```
 */
export async function revision(options: RevisionOptions = {}): Promise<RevisionResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const directive = startingDirective(options);
  // What cannot be is refused before a database is asked.
  const { downRevisions } = decide(project, map, options, directive, undefined);
  const drafts = await draftAll(project, map, options, { command: "revision", downRevisions, directive });
  const files = planFiles(project, map, options, directive, drafts);
  const written = await writeFiles(project, map, files, drafts.flatMap(({ warnings }) => warnings));
  return { ...written, renames: drafts.flatMap(({ renames }) => renames), verified: allVerified(drafts) };
}

function allVerified(drafts: readonly Draft[]): boolean | null {
  if (drafts.some(({ verified }) => verified === false)) return false;
  return drafts.some(({ verified }) => verified === true) ? true : null;
}

type DirectiveStart = DraftStart["directive"];

function startingDirective(options: RevisionOptions): DirectiveStart {
  const { message = "", revId = newRevisionId(), head, splice, branchLabels, dependsOn, versionPath } = options;
  return {
    revId,
    message,
    ...(head === undefined ? {} : { head }),
    ...(splice === undefined ? {} : { splice }),
    ...(branchLabels === undefined ? {} : { branchLabels }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(versionPath === undefined ? {} : { versionPath }),
  };
}

/** Where the file of a directive stands; `previous` is the one that it follows where it names nothing. */
function decide(
  { config }: Project,
  map: RevisionMap,
  { cwd = currentDirectory() }: RevisionOptions,
  directive: DirectiveStart,
  previous: string | undefined,
): RevisionDecision {
  const { revId = newRevisionId(), head = previous, splice, branchLabels, dependsOn, versionPath } = directive;
  return decideRevision(map, {
    revId,
    head,
    splice,
    branchLabels,
    dependsOn,
    versionPath: versionPath === undefined ? undefined : resolve(cwd, versionPath),
    versionLocations: config.versionLocations,
    recursive: config.recursiveVersionLocations,
  });
}

async function draftAll(
  project: Project,
  map: RevisionMap,
  options: RevisionOptions,
  start: DraftStart,
): Promise<readonly Draft[]> {
  const copy = (): DraftStart => ({ ...start, directive: { ...start.directive } });
  if (options.autogenerate) {
    return named(await project.run((context) => draftByComparison(context, map, copy(), options)));
  }
  if (!project.config.revisionEnvironment) return [];
  return named(await project.forEachDatabase((settings) => draftByHand(settings, copy())));
}

/** Several databases share a file only where it can tell them apart. */
function named(drafts: readonly Draft[]): readonly Draft[] {
  const names = new Set(drafts.map(({ database }) => database));
  if (drafts.length < 2 || (!names.has(undefined) && names.size === drafts.length)) return drafts;
  throw new LimbeckError(
    "USAGE",
    "Cannot write one revision for several databases: env.ts calls runMigrations more than once without naming each",
    {
      hint: 'Name them in env.ts: context.configure({ name: "users", … }), or let env.ts choose one: -x db=NAME',
    },
  );
}

/** A file that is to be written. */
interface PlannedFile {
  readonly directive: DirectiveStart;
  readonly body: RevisionBody;
  readonly templateArgs: Draft["templateArgs"];
  readonly format: "ts" | "sql";
  readonly decide: (map: RevisionMap, previous: string | undefined) => RevisionDecision;
}

/** The files: the n-th directives of all databases become one. What cannot be written throws here, before the first. */
function planFiles(
  project: Project,
  map: RevisionMap,
  options: RevisionOptions,
  directive: DirectiveStart,
  drafts: readonly Draft[],
): readonly PlannedFile[] {
  const format = options.format ?? project.config.revisionFormat;
  const decider = (of: DirectiveStart): PlannedFile["decide"] => (present, previous) =>
    decide(project, present, options, of, previous);
  if (drafts.length === 0) {
    return [{ directive, body: EMPTY_BODY, templateArgs: undefined, format, decide: decider(directive) }];
  }
  const count = Math.max(...drafts.map(({ directives }) => directives.length));
  const files = Array.from({ length: count }, (_, place) => {
    const parts = drafts.flatMap((draft) => {
      const own = draft.directives[place];
      return own === undefined ? [] : [{ draft, own }];
    });
    const [first] = parts;
    const isEmpty = parts.every(({ own }) => own.upgrade.length === 0);
    if (first === undefined || (isEmpty && options.autogenerate && !options.empty)) return [];
    const body = isEmpty && parts.every(({ own }) => own.downgrade?.length === 0)
      ? EMPTY_BODY
      : renderBody(parts.map(({ draft, own }) => bodyPart(draft, own)), format);
    const templateArgs = Object.assign({}, ...drafts.map((draft) => draft.templateArgs));
    return [{ directive: first.own, body, templateArgs, format, decide: decider(first.own) }];
  }).flat();
  // The first one is checked again: a hook may have changed where it stands.
  files[0]?.decide(map, undefined);
  return files;
}

function bodyPart({ database, current, dialect, renderAsBatch }: Draft, { upgrade, downgrade }: RevisionDirective) {
  return { database, current, dialect, renderAsBatch, upgrade, downgrade };
}

async function writeFiles(
  { config }: Project,
  before: RevisionMap,
  files: readonly PlannedFile[],
  warnings: readonly string[],
): Promise<Omit<RevisionResult, "renames" | "verified">> {
  let map = before;
  const written: string[] = [];
  const failedHooks: LimbeckError[] = [];
  for (const { directive, body, templateArgs, format, decide } of files) {
    const decision = decide(map, written.at(-1));
    const file = await writeRevision(config, map, { decision, message: directive.message, format, body, templateArgs });
    map = file.map;
    written.push(decision.revision);
    failedHooks.push(...await runPostWriteHooks(config, file.path));
  }
  return { revisions: written.map((id) => revisionInfo(map, map.get(id))), warnings, failedHooks };
}
