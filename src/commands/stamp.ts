/**
 * `limbeck stamp`: sets the version rows, and runs nothing.
 *
 * @module
 */
import { type MigrationContext, runPlan } from "../migration/context.ts";
import { type Plan, planStamp, type Step } from "../migration/plan.ts";
import { rowChanges } from "../migration/version_rows.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { mergeReports, type MigrateResult, noteDatabase } from "./result.ts";

/** What `stamp` takes. */
export interface StampOptions extends CommandOptions {
  /** Revision arguments; `base` takes the rows away. */
  readonly targets: readonly string[];
  /** Take all other rows away first, also those of revisions that no file has. */
  readonly purge?: boolean;
}

/**
 * Sets the version rows as if the targets had been applied. All of it is decided before anything is changed, and changed
 * in one transaction.
 *
 * @returns a step for each target
 * @throws `REVISION_NOT_FOUND`, `MULTIPLE_HEADS`, `VERSION_UNKNOWN` (not with `purge`), `VERSION_CONFLICT`
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * // A database that was made by something else, and is at head.
 * export const adopt = () => commands.stamp({ targets: ["head"], url: "file:app.db" });
 * ```
 */
export async function stamp(options: StampOptions): Promise<MigrateResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  // Targets that are wrong are refused before a database is asked; those that count from its rows wait for it.
  if (options.targets.every((target) => !/^([^@]+@)?[+-]|current/.test(target))) planStamp(map, [], options.targets);
  const purge = options.purge === true;
  const run = (context: MigrationContext) => noteDatabase(context, runStamp(context, map, options.targets, purge));
  return mergeReports(await project.run(run), map);
}

async function runStamp(context: MigrationContext, map: RevisionMap, targets: readonly string[], purge: boolean) {
  let planned: readonly Step[] = [];
  const report = await runPlan(context, {
    first: (rows) => {
      const plan = planStamp(map, rows, targets, { purge });
      planned = plan.steps;
      return inOneStep(plan);
    },
  });
  const [ran] = report.steps;
  const steps = ran === undefined ? [] : planned.map((step, place) => ({ ...ran, step, ms: place === 0 ? ran.ms : 0 }));
  return { steps, heads: report.heads };
}

/** The steps of a plan as one, so that one transaction takes them all. */
function inOneStep(plan: Plan): Plan {
  const [first, last] = [plan.steps[0], plan.steps.at(-1)];
  if (first === undefined || last === undefined) return plan;
  const { rowsBefore } = first;
  const { rowsAfter } = last;
  const step: Step = {
    direction: "stamp",
    revision: null,
    from: rowsBefore.filter((row) => !rowsAfter.includes(row)),
    to: rowsAfter.filter((row) => !rowsBefore.includes(row)),
    rowsBefore,
    rowsAfter,
    changes: rowChanges(rowsBefore, rowsAfter),
  };
  return { ...plan, steps: [step] };
}
