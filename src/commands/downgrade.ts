/**
 * `limbeck downgrade`: takes revisions back down to a target.
 *
 * @module
 */
import { runPlan } from "../migration/context.ts";
import { planDowngrade } from "../migration/plan.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { mergeReports, type MigrateResult, noteDatabase } from "./result.ts";

/** What `downgrade` takes. */
export interface DowngradeOptions extends CommandOptions {
  /** `base`, an id or the beginning of one, `-1`, `label@base`… */
  readonly target: string;
}

/**
 * Takes back what is above a target, each revision in a transaction of its own.
 *
 * @returns the steps in the order taken back, and the version rows afterwards
 * @throws `REVISION_NOT_FOUND`, `RELATIVE_INVALID`, `STATEMENT_FAILED` and others
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const takeBack = () => commands.downgrade({ target: "-1", url: "file:app.db" });
 * ```
 */
export async function downgrade(options: DowngradeOptions): Promise<MigrateResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const planner = { first: (rows: readonly string[]) => planDowngrade(map, rows, options.target) };
  return mergeReports(await project.run((context) => noteDatabase(context, runPlan(context, planner))), map);
}
