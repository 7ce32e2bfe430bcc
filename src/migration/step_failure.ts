/**
 * What a step that fails is reported as: which revision, which line of its file, and what it leaves behind.
 *
 * @module
 */
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import type { Recorded } from "../operations/recorder.ts";
import { userFrame } from "../platform/load_error.ts";
import type { Revision } from "../script/revision.ts";
import type { Step } from "./plan.ts";
import { type Direction, placeOf } from "./revision_script.ts";

/** How far a step has come. */
export interface StepProgress {
  readonly step: Step;
  /** Something was committed that a rollback does not take back. */
  readonly committed: boolean;
  /** Where the last operation was recorded that is committed with all before it. */
  readonly kept: Recorded["origin"] | undefined;
}

/** The error of a step: which revision, which line of its file, which place in the statement. */
export function failure(error: unknown, progress: StepProgress, origin?: Recorded["origin"]): unknown {
  const { revision } = progress.step;
  const partly = partlyApplied(progress);
  if (isLimbeckError(error) && error.code === "INTERRUPTED") {
    const { message, facts, cause } = error;
    return new LimbeckError("INTERRUPTED", message, { facts: { ...facts, ...partly }, cause });
  }
  if (isLimbeckError(error) && "revision" in error.facts) return error;
  if (revision === null) return error;
  const found = origin === undefined ? userFrame(error, revision.path) : recordedAt(origin, revision);
  // An error of ours that no operation stands behind (a commit that fails) was thrown while env.ts waited: not its line.
  const frame = origin === undefined && isLimbeckError(error) && found?.path !== revision.path ? undefined : found;
  const known = isLimbeckError(error);
  const { sql, position } = known ? error.facts : {};
  const at = typeof sql === "string" && typeof position === "number" ? { at: { ...placeOf(sql, position - 1) } } : {};
  return new LimbeckError(known ? error.code : "REVISION_FAILED", sentence(progress.step.direction, revision, error), {
    hint: known ? error.hint : undefined,
    facts: {
      ...(known ? error.facts : {}),
      ...at,
      ...partly,
      revision: revision.revision,
      path: frame?.path ?? revision.path,
      ...(frame === undefined ? {} : { line: frame.line, column: frame.column }),
    },
    cause: error,
  });
}

/** Where an operation was recorded. */
function recordedAt(origin: Recorded["origin"], { path }: Revision): Exclude<Recorded["origin"], Error> | undefined {
  return origin instanceof Error ? userFrame(origin, path) : origin;
}

/** What is left behind by a revision that fails: that there may be something, and up to which line it is all there. */
function partlyApplied({ committed, kept, step: { revision } }: StepProgress): LimbeckError["facts"] {
  if (!committed) return {};
  const place = kept === undefined || revision === null ? undefined : recordedAt(kept, revision);
  return { partlyApplied: true, ...(place?.path === revision?.path && place ? { committedLine: place.line } : {}) };
}

function sentence(direction: Step["direction"], revision: Revision, error: unknown): string {
  const title = revision.message === "" ? "" : ` (${revision.message})`;
  return `Cannot ${direction satisfies Direction | "stamp"} ${revision.revision}${title}: ${messageOf(error)}`;
}
