/**
 * Revisions and steps as lines of text: Alembic's information, in its order.
 *
 * @module
 */
import type { RevisionInfo } from "../commands/result.ts";
import type { Step } from "../migration/plan.ts";
import type { Output } from "./output.ts";

type Styles = Pick<Output, "style">;

const list = (ids: readonly string[]): string => ids.length === 0 ? "<base>" : ids.join(", ");

/** The marks behind a revision: labels, `(head)`, `(current)`, `(branchpoint)`, `(mergepoint)`. */
function marks(info: RevisionInfo, current: readonly string[], { style }: Styles): string {
  const words = [
    info.branchLabels.length === 0 ? "" : style("cyan", `(${info.branchLabels.join(", ")})`),
    info.isHead ? style("green", info.isEffectiveHead ? "(head)" : "(effective head)") : "",
    current.includes(info.revision) ? style("yellow", "(current)") : "",
    info.isBranchPoint ? "(branchpoint)" : "",
    info.isMergePoint ? "(mergepoint)" : "",
  ];
  return words.filter((word) => word !== "").map((word) => ` ${word}`).join("");
}

/** `1975ea83b712 (head)`: a line of `heads` and `current`. */
export function headLine(info: RevisionInfo, styles: Styles): string {
  return styles.style("bold", info.revision) +
    marks({ ...info, isBranchPoint: false, isMergePoint: false }, [], styles);
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
    `Rev: ${styles.style("bold", info.revision)}${marks({ ...info, branchLabels: [] }, current, styles)}`,
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

/** A duration for people. */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 6000) / 10} min`;
}
