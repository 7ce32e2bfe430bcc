/**
 * A plan written as a script, without a connection.
 *
 * @module
 */
import type { Connection } from "../dialects/dialect.ts";
import { type ContextSettings, loadScripts } from "./context.ts";
import { modelSink } from "./model_sink.ts";
import { withVersionApply } from "./on_version_apply.ts";
import type { Plan, Step } from "./plan.ts";
import { runStep } from "./run_step.ts";
import { replayFailed, scriptSink } from "./script_sink.ts";
import { shadowSink } from "./shadow_sink.ts";
import { type Sink, throwIfInterrupted } from "./sink.ts";
import { createVersionTable, ensureVersionTable } from "./version_table.ts";

/** What a script is about. */
export interface OfflinePlan {
  readonly plan: Plan;
  /** The version rows that the script starts from. */
  readonly rows: readonly string[];
  /** The steps that lead from base to those rows: asked for where a step has to know what the database looks like. */
  readonly history: () => readonly Step[];
}

/** What a script needs of a context. */
export type OfflineSettings = Pick<
  ContextSettings,
  "dialect" | "versionTable" | "options" | "envFile" | "signal"
>;

/** A plan as a script. */
export interface Script {
  /** The script; empty where there is nothing to do. */
  readonly text: string;
  /** How many statements each step has, those of the version table not counted. */
  readonly statements: readonly number[];
}

/**
 * Writes a plan as a script: each step in a transaction, as it would be run.
 *
 * What an operation has to know of the database is found by replaying the revisions from base: in the dialect's scratch
 * database, which is exact, or else over the model. No rows are in either.
 *
 * @throws `OFFLINE_UNSUPPORTED` where a revision reads the database, and what a step throws
 */
export async function writeScript(settings: OfflineSettings, { plan, rows, history }: OfflinePlan): Promise<Script> {
  const { dialect, versionTable, options, signal } = settings;
  const scratch: Connection[] = [];
  const sink = scriptSink({
    dialect,
    versionTable,
    rows,
    openShadow: () => openShadow(settings, history(), scratch),
  });
  try {
    if (rows.length === 0 && plan.steps.length > 0) sink.createVersionTable();
    const statements: number[] = [];
    for (const { step, script } of await loadScripts(plan.steps, dialect)) {
      throwIfInterrupted(signal);
      sink.comment(runningLine(step));
      const own = withVersionApply(sink, step, settings);
      statements.push((await runStep(own, dialect, step, { script, database: options.name, signal })).statements);
    }
    return { text: sink.text(), statements };
  } finally {
    for (const connection of scratch) await connection.close();
  }
}

/** The script that only makes the version table where it is missing. */
export function versionTableScript({ dialect, versionTable }: OfflineSettings): string {
  return `${dialect.script.statement(createVersionTable(dialect.writer, versionTable, true))}\n`;
}

/** `Running upgrade a -> b, message`, as a run says it. */
function runningLine({ direction, from, to, revision }: Step): string {
  const side = (ids: readonly string[]): string => ids.length === 0 ? "<base>" : ids.join(", ");
  const message = revision === null || revision.message === "" ? "" : `, ${revision.message}`;
  return `Running ${direction} ${side(from)} -> ${side(to)}${message}`;
}

/** A sink that stands where the history ends. */
async function openShadow(
  { dialect, versionTable, options, signal }: OfflineSettings,
  history: readonly Step[],
  opened: Connection[],
): Promise<Sink> {
  let sink = modelSink();
  if (dialect.script.scratch !== null) {
    const connection = await dialect.connect(dialect.script.scratch);
    opened.push(connection);
    await ensureVersionTable(dialect, connection, versionTable);
    sink = shadowSink(dialect, connection, versionTable, signal);
  }
  for (const { step, script } of await loadScripts(history, dialect)) {
    try {
      await runStep(sink, dialect, step, { script, database: options.name, signal });
    } catch (error) {
      throw replayFailed(error);
    }
  }
  return sink;
}
