/**
 * `limbeck upgrade --dry-run` and `downgrade --dry-run`: the plan and its SQL, with a connection, and nothing changed.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import { isLimbeckError } from "../errors.ts";
import { currentRows, loadScripts, type MigrationContext } from "../migration/context.ts";
import { type Plan, planDowngrade, planUpgrade, type Step } from "../migration/plan.ts";
import type { RevisionScript } from "../migration/revision_script.ts";
import { runStep } from "../migration/run_step.ts";
import { type PreviewSink, previewSink } from "./preview_sink.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { resolveEarly } from "./upgrade.ts";

/** What a dry run takes. */
export interface DryRunOptions extends CommandOptions {
  readonly direction: "upgrade" | "downgrade";
  /** As `upgrade` or `downgrade` takes it. */
  readonly target: string | readonly string[];
}

/** A step that would be run. */
export interface DryRunStep {
  readonly step: Step;
  /** What env.ts calls the database; null where it has no name. */
  readonly database: string | null;
  readonly statements: readonly Statement[];
  /** Why there may be more than `statements`, or why they may fail, a sentence; null where that is all. */
  readonly unknown: string | null;
}

/** What a dry run returns. */
export interface DryRunResult {
  readonly steps: readonly DryRunStep[];
  /** The version rows as they would be afterwards, sorted. */
  readonly heads: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Plans a run and writes the SQL of its revisions, without running any of it. A revision that reads the database
 * (`op.query`) is known only up to there.
 *
 * @throws what the run itself would throw before its first statement
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const statements = async () =>
 *   (await commands.dryRun({ direction: "upgrade", target: "head" })).steps.flatMap((each) => each.statements);
 * ```
 */
export async function dryRun(options: DryRunOptions): Promise<DryRunResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const { direction, target } = options;
  const targets = [target].flat();
  if (direction === "upgrade") resolveEarly(map, targets);
  const results = await project.run(async (context) => {
    const rows = await currentRows(context);
    const plan = direction === "upgrade"
      ? planUpgrade(map, rows, targets)
      : planDowngrade(map, rows, targets.join(" "));
    return { steps: await preview(context, plan), heads: plan.steps.at(-1)?.rowsAfter ?? rows, notes: plan.notes };
  });
  return {
    steps: results.flatMap(({ steps }) => steps),
    heads: [...new Set(results.flatMap(({ heads }) => heads))].sort(),
    notes: results.flatMap(({ notes }) => notes),
  };
}

async function preview(context: MigrationContext, plan: Plan): Promise<readonly DryRunStep[]> {
  const sink = previewSink(context);
  const steps: DryRunStep[] = [];
  try {
    for (const { step, script } of await loadScripts(plan.steps, context.dialect)) {
      steps.push(await previewStep(context, sink, step, script));
    }
    return steps;
  } finally {
    await sink.close();
  }
}

async function previewStep(
  { dialect, options, signal }: MigrationContext,
  sink: PreviewSink,
  step: Step,
  script: RevisionScript,
): Promise<DryRunStep> {
  sink.next(step.rowsBefore);
  const database = options.name ?? null;
  try {
    await runStep(sink, dialect, step, { script, database: options.name, signal });
    return { step, database, statements: sink.statements(), unknown: failing(sink) };
  } catch (error) {
    const doubt = sink.doubt();
    const guess = isLimbeckError(error) && ["OFFLINE_UNSUPPORTED", "OPERATION_INVALID"].includes(error.code);
    if (doubt === null || !guess) throw error;
    return { step, database, statements: sink.statements(), unknown: `What follows depends on ${doubt}` };
  }
}

function failing(sink: PreviewSink): string | null {
  const reason = sink.refused();
  return reason === null ? null : `A copy of the tables without rows refuses one of these: ${reason}`;
}
