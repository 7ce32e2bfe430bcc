/**
 * What the commands return: the documents of `--json`.
 *
 * @module
 */
import type { ContextSettings, RunReport } from "../migration/context.ts";
import type { Revision } from "../script/revision.ts";
import type { RevisionMap } from "../script/revision_map.ts";

/** A revision, with what the graph makes of it. */
export interface RevisionInfo {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly message: string;
  /** The whole text at the head of the file. */
  readonly doc: string;
  readonly path: string;
  readonly createDate: string | null;
  /** Nothing revises it. */
  readonly isHead: boolean;
  /** It is a head that nothing depends on either, so that it has a row of its own when all is applied. */
  readonly isEffectiveHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  /** The revisions that revise it. */
  readonly children: readonly string[];
}

/** What `heads`, `branches`, `history` and `show` return. */
export interface RevisionsResult {
  readonly revisions: readonly RevisionInfo[];
}

/** One step that was run. */
export interface StepInfo {
  /** What env.ts calls the database; null where it has no name. */
  readonly database: string | null;
  readonly revision: string | null;
  readonly direction: "upgrade" | "downgrade" | "stamp";
  readonly message: string;
  readonly path: string | null;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly statements: number;
}

/** Where one database stands. */
export interface DatabaseInfo {
  /** What env.ts calls it; null where it has no name. */
  readonly database: string | null;
  /** The version rows, sorted. */
  readonly heads: readonly string[];
  /** Whether these are all the heads that there are. */
  readonly isHead: boolean;
}

/** Where all the databases stand that env.ts configures. */
export interface Standing {
  /** The version rows of any of them, sorted. */
  readonly heads: readonly string[];
  /** Whether each of them is at all the heads that there are. */
  readonly isHead: boolean;
  /** Each of them, in the order of env.ts. */
  readonly databases: readonly DatabaseInfo[];
}

/** What `upgrade`, `downgrade` and `stamp` return. */
export interface MigrateResult extends Standing {
  /** In the order applied. */
  readonly steps: readonly StepInfo[];
}

/** What is known of one database: its rows, and what env.ts calls it. */
export interface DatabaseRows {
  readonly database: string | null;
  readonly heads: readonly string[];
}

/** A revision with what the graph makes of it. */
export function revisionInfo(map: RevisionMap, revision: Revision): RevisionInfo {
  const { revision: id, dependsOn, message, doc, path, createDate } = revision;
  const children = map.children(id);
  return {
    revision: id,
    downRevision: [...new Set(revision.downRevisions)],
    branchLabels: map.labels(id),
    dependsOn,
    message,
    doc,
    path,
    createDate,
    isHead: map.isHead(id),
    isEffectiveHead: map.isEffectiveHead(id),
    isBase: map.isBase(id),
    isBranchPoint: children.length > 1,
    isMergePoint: map.isMergePoint(id),
    children,
  };
}

/** Whether version rows are all the heads. */
export function isAtHead(map: RevisionMap, rows: readonly string[]): boolean {
  return [...rows].sort().join() === [...map.effectiveHeads].sort().join();
}

/** Where databases stand, together and each. */
export function standingOf(map: RevisionMap, rows: readonly DatabaseRows[]): Standing {
  const databases = rows.map(({ database, heads }) => ({ database, heads, isHead: isAtHead(map, heads) }));
  return {
    heads: [...new Set(rows.flatMap(({ heads }) => heads))].sort(),
    isHead: databases.every(({ isHead }) => isHead),
    databases,
  };
}

/** Does the work of a command on one database, and notes which it is. */
export async function noteDatabase<T>(
  { options }: Pick<ContextSettings, "options">,
  work: Promise<T>,
): Promise<T & { readonly database: string | null }> {
  return { ...await work, database: options.name ?? null };
}

/** The reports of one or several databases as one result. */
export function mergeReports(reports: readonly (RunReport & DatabaseRows)[], map: RevisionMap): MigrateResult {
  const steps = reports.flatMap((report) => report.steps.map((each) => ({ ...each, database: report.database })));
  return {
    steps: steps.map(({ step, ms, statements, database }) => ({
      database,
      revision: step.revision?.revision ?? null,
      direction: step.direction,
      message: step.revision?.message ?? "",
      path: step.revision?.path ?? null,
      ms,
      statements,
    })),
    ...standingOf(map, reports),
  };
}
