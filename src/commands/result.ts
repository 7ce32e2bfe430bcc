/**
 * What the commands return: the documents of `--json`.
 *
 * @module
 */
import type { RunReport } from "../migration/context.ts";
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
  readonly revision: string | null;
  readonly direction: "upgrade" | "downgrade" | "stamp";
  readonly message: string;
  readonly path: string | null;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly statements: number;
}

/** What `upgrade`, `downgrade` and `stamp` return. */
export interface MigrateResult {
  /** In the order applied. */
  readonly steps: readonly StepInfo[];
  /** The version rows afterwards, sorted. */
  readonly heads: readonly string[];
  /** Whether these are all the heads that there are. */
  readonly isHead: boolean;
}

/** A revision with what the graph makes of it. */
export function revisionInfo(map: RevisionMap, revision: Revision): RevisionInfo {
  const { revision: id, downRevisions, dependsOn, message, doc, path, createDate } = revision;
  const children = map.children(id);
  return {
    revision: id,
    downRevision: downRevisions,
    branchLabels: map.labels(id),
    dependsOn,
    message,
    doc,
    path,
    createDate,
    isHead: map.isHead(id),
    isEffectiveHead: map.isEffectiveHead(id),
    isBase: downRevisions.length === 0,
    isBranchPoint: children.length > 1,
    isMergePoint: downRevisions.length > 1,
    children,
  };
}

/** Whether version rows are all the heads. */
export function isAtHead(map: RevisionMap, rows: readonly string[]): boolean {
  return [...rows].sort().join() === [...map.effectiveHeads].sort().join();
}

/** The reports of one or several databases as one result. */
export function mergeReports(reports: readonly RunReport[], map: RevisionMap): MigrateResult {
  const heads = [...new Set(reports.flatMap((report) => report.heads))].sort();
  return {
    steps: reports.flatMap((report) => report.steps).map(({ step, ms, statements }) => ({
      revision: step.revision?.revision ?? null,
      direction: step.direction,
      message: step.revision?.message ?? "",
      path: step.revision?.path ?? null,
      ms,
      statements,
    })),
    heads,
    isHead: isAtHead(map, heads),
  };
}
