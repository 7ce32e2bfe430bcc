/**
 * Revisions and steps as lines of text: Alembic's information, in its order.
 *
 * @module
 */
import type { DryRunStep } from "../commands/dry_run.ts";
import type { RevisionInfo } from "../commands/result.ts";
import type { Step } from "../migration/plan.ts";
import type { Output } from "./output.ts";

type Styles = Pick<Output, "style">;
type Statement = DryRunStep["statements"][number];

const list = (ids: readonly string[]): string => ids.length === 0 ? "<base>" : ids.join(", ");

const KINDS = ["labels", "head", "current", "branchpoint", "mergepoint"] as const;

/** The marks behind a revision: labels, `(head)`, `(current)`, `(branchpoint)`, `(mergepoint)`; those of `kinds`, in its order. */
function marks(
  info: RevisionInfo,
  current: readonly string[],
  { style }: Styles,
  kinds: readonly (typeof KINDS)[number][] = KINDS,
): string {
  const words = {
    labels: info.branchLabels.length === 0 ? "" : style("cyan", `(${info.branchLabels.join(", ")})`),
    head: info.isHead ? style("green", info.isEffectiveHead ? "(head)" : "(effective head)") : "",
    current: current.includes(info.revision) ? style("yellow", "(current)") : "",
    branchpoint: info.isBranchPoint ? "(branchpoint)" : "",
    mergepoint: info.isMergePoint ? "(mergepoint)" : "",
  };
  return kinds.map((kind) => words[kind]).filter((word) => word !== "").map((word) => ` ${word}`).join("");
}

/** `1975ea83b712 (users) (head)`: a line of `heads`. */
export function headLine(info: RevisionInfo, styles: Styles): string {
  return styles.style("bold", info.revision) + marks(info, [], styles, ["labels", "head"]);
}

/** `1975ea83b712 (head) (mergepoint)`: a line of `current`. */
export function currentLine(info: RevisionInfo, styles: Styles): string {
  return styles.style("bold", info.revision) + marks(info, [], styles);
}

/** A branch point and what it branches into, a blank line after it: `branches`. */
export function branchLines(
  info: RevisionInfo,
  into: readonly RevisionInfo[],
  verbose: boolean,
  styles: Styles,
): readonly string[] {
  const pad = " ".repeat(info.revision.length);
  const arrows = into.map((child) => {
    const title = verbose && child.message !== "" ? `, ${child.message}` : "";
    return `${pad} -> ${styles.style("bold", child.revision)}${marks(child, [], styles)}${title}`;
  });
  const head = verbose ? revisionLines(info, [], styles) : [currentLine(info, styles)];
  return [...head, ...arrows, ""];
}

/** `ae1027a6acf0 -> 1975ea83b712 (head), add user bio`: a line of `history`. */
export function historyLine(info: RevisionInfo, current: readonly string[], styles: Styles): string {
  const dependencies = info.dependsOn.length === 0 ? "" : ` (${info.dependsOn.join(", ")})`;
  const title = info.message === "" ? "" : `, ${info.message}`;
  return `${list(info.downRevision)}${dependencies} -> ${styles.style("bold", info.revision)}` +
    marks(info, current, styles) + title;
}

/** The whole of a revision: `history -v`, `current -v`, `heads -v`. */
export function revisionLines(info: RevisionInfo, current: readonly string[], styles: Styles): readonly string[] {
  const labels = info.branchLabels.length === 0 ? [] : [`Branch names: ${info.branchLabels.join(", ")}`];
  return [
    `Rev: ${styles.style("bold", info.revision)}` +
    marks(info, current, styles, ["head", "branchpoint", "mergepoint", "current"]),
    `${info.isMergePoint ? "Merges" : "Parent"}: ${list(info.downRevision)}`,
    ...(info.dependsOn.length === 0 ? [] : [`Also depends on: ${info.dependsOn.join(", ")}`]),
    ...(info.isBranchPoint ? [`Branches into: ${info.children.join(", ")}`] : []),
    ...labels,
    `Path: ${info.path}`,
    "",
    ...info.doc.split("\n").map((line) => line === "" ? "" : `    ${line}`),
    "",
  ];
}

/** `Running upgrade ae1027a6acf0 -> 1975ea83b712, add user bio`: the beginning of a line of progress. */
export function stepLine({ direction, from, to, revision }: Step, { style }: Styles): string {
  const title = revision === null || revision.message === "" ? "" : `, ${revision.message}`;
  const way = `${list(from)} -> ${list(to)}`;
  return `${style("dim", `Running ${direction}`, "stderr")} ${way}${title}`;
}

/** A step of a dry run: what would be run, as a script with its dangers in comments. */
export function dryRunLines({ step, database, statements, unknown }: DryRunStep): readonly string[] {
  const title = step.revision === null || step.revision.message === "" ? "" : `, ${step.revision.message}`;
  return [
    `-- Running ${step.direction} ${list(step.from)} -> ${list(step.to)}${title}` +
    (database === null ? "" : ` [${database}]`),
    "",
    ...statements.flatMap(statementLines),
    ...(unknown === null ? [] : [`-- ${unknown}`, ""]),
  ];
}

/** A statement with its dangers in comments, and a blank line. */
export function statementLines(statement: Statement): readonly string[] {
  return [...statementNotes(statement), `${statement.sql};`, ""];
}

function statementNotes({ hazards = [], params = [], transactional }: Statement): readonly string[] {
  const isNoted = hazards.some(({ kind }) => kind === "notTransactional");
  return [
    ...hazards.map(({ kind, reason, advice }) => `-- ${kind}: ${reason}${advice === undefined ? "" : `. ${advice}`}`),
    ...(transactional === false && !isNoted ? ["-- runs outside of a transaction"] : []),
    ...(params.length === 0 ? [] : [`-- with ${params.map((value) => shown(value)).join(", ")}`]),
  ].map((line) => line.replace(/\s+/g, " "));
}

const shown = (value: unknown): string =>
  value instanceof Uint8Array
    ? `${value.length} bytes`
    : typeof value === "bigint"
    ? `${value}`
    : JSON.stringify(value);

/** A statement as `--json` shows it. */
export function hazardousStatement({ sql, params, hazards = [], transactional }: Statement): unknown {
  return {
    sql,
    hazards,
    ...(params === undefined || params.length === 0 ? {} : { params }),
    ...(transactional === false ? { transactional } : {}),
  };
}

/** A duration for people. */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 6000) / 10} min`;
}
