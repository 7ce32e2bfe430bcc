/**
 * `limbeck upgrade`: applies revisions up to a target.
 *
 * @module
 */
import { type Planner, runPlan } from "../migration/context.ts";
import { planUpgrade } from "../migration/plan.ts";
import { resolveRevisions } from "../script/resolve.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { mergeReports, type MigrateResult, noteDatabase } from "./result.ts";

/** What `upgrade` takes. */
export interface UpgradeOptions extends CommandOptions {
  /** `head`, `heads`, an id or the beginning of one, a branch label, `+1`…; or several of these. */
  readonly target: string | readonly string[];
}

/**
 * Applies what is missing up to a target, each revision in a transaction of its own.
 *
 * @returns the steps in the order applied, and the version rows afterwards
 * @throws `REVISION_NOT_FOUND`, `MULTIPLE_HEADS`, `STATEMENT_FAILED` and others
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const migrate = () => commands.upgrade({ target: "head", url: "file:app.db" });
 * ```
 */
export async function upgrade(options: UpgradeOptions): Promise<MigrateResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  resolveEarly(map, options.target);
  const planner: Planner = {
    first: (rows) => planUpgrade(map, rows, options.target),
    // Relative targets (+1) mean what they meant at first, whatever another process has applied since.
    again: (rows, { targets }) => planUpgrade(map, rows, targets),
  };
  return mergeReports(await project.run((context) => noteDatabase(context, runPlan(context, planner))), map);
}

/** Refuses a target that cannot be meant before a database is asked; what counts from its rows waits for it. */
export function resolveEarly(map: RevisionMap, target: string | readonly string[]): void {
  // Where nothing has been written yet, what is wrong with env.ts is more to the point.
  if (map.revisions.length === 0) return;
  const targets = [target].flat();
  if (!targets.some((each) => /[+-]\d+$|current/.test(each))) resolveRevisions(map, targets, { action: "upgrade to" });
}
