/**
 * The migration context: one open database, and the plan that is run on it.
 *
 * @module
 */
import type { Connection, ConnectionSource, Dialect, Lock, WaitOptions } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError } from "../errors.ts";
import { displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { withVersionApply } from "./on_version_apply.ts";
import type { Plan, Step } from "./plan.ts";
import type { ConfigureOptions } from "./environment.ts";
import { loadRevisionScript, preloadScripts, type RevisionScript } from "./revision_script.ts";
import { MOVED, runStep } from "./run_step.ts";
import { connectionSink, type Sink, throwIfInterrupted } from "./sink.ts";
import { ensureVersionTable, readVersionRows } from "./version_table.ts";

/** What happens during a run, for who shows it. */
export type ProgressEvent =
  | { readonly type: "connected"; readonly description: string }
  | { readonly type: "waiting"; readonly holder: string }
  | { readonly type: "begin"; readonly step: Step }
  | { readonly type: "end"; readonly step: Step; readonly ms: number; readonly statements: number }
  | { readonly type: "note"; readonly text: string };

/** One step that was run. */
export interface StepReport {
  readonly step: Step;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly statements: number;
}

/** What a run did. */
export interface RunReport {
  readonly steps: readonly StepReport[];
  /** The version rows afterwards, sorted. */
  readonly heads: readonly string[];
}

/** Decides the steps from the rows of the version table. Pure, called again when another process has moved the rows. */
export interface Planner {
  first(rows: readonly string[]): Plan;
  /** Plans what is left of the first plan; left out where a moved database is an error (downgrade, stamp). */
  again?(rows: readonly string[], first: Plan): Plan;
}

/** Everything that a context is made of. */
export interface ContextSettings {
  readonly dialect: Dialect;
  readonly source: ConnectionSource;
  readonly versionTable: ObjectName;
  /** What env.ts configured. */
  readonly options: ConfigureOptions;
  /** env.ts, for messages. */
  readonly envFile: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((event: ProgressEvent) => void) | undefined;
  /** Milliseconds from any fixed point: `performance.now`. */
  readonly now: () => number;
}

/** An open database that revisions are run on. */
export interface MigrationContext extends ContextSettings {
  readonly connection: Connection;
}

/** How long a run waits for another one's lock where nothing else is configured, in milliseconds. */
export const DEFAULT_LOCK_TIMEOUT = 60_000;

/**
 * Opens the database, does the work, and closes it.
 *
 * @throws `CONNECTION_FAILED`, and what the work throws
 */
export async function withContext<T>(
  settings: ContextSettings,
  work: (context: MigrationContext) => Promise<T>,
): Promise<T> {
  throwIfInterrupted(settings.signal);
  const connection = await settings.dialect.connect(settings.source, waiting(settings));
  const cancel = (): void => void connection.cancel().catch(() => undefined);
  settings.signal?.addEventListener("abort", cancel, { once: true });
  try {
    settings.progress?.({ type: "connected", description: connection.description });
    return await work({ ...settings, connection });
  } finally {
    settings.signal?.removeEventListener("abort", cancel);
    await connection.close();
  }
}

/** The version rows of a context's database, sorted. */
export function currentRows({ dialect, connection, versionTable }: MigrationContext): Promise<readonly string[]> {
  return readVersionRows(dialect, connection, versionTable);
}

/**
 * Plans and runs: reads the rows, takes the lock, reads them again, and runs each step in a transaction of its own.
 * Where nothing is to be done, no lock is taken and nothing is written.
 *
 * @throws what a step throws, with the facts `applied` (revisions run before it) and `heads`
 */
export async function runPlan(context: MigrationContext, planner: Planner): Promise<RunReport> {
  const rows = await currentRows(context);
  const first = planner.first(rows);
  for (const text of first.notes) context.progress?.({ type: "note", text });
  if (first.steps.length === 0) return { steps: [], heads: rows };

  const lock = await acquire(context);
  try {
    await ensureVersionTable(context.dialect, context.connection, context.versionTable);
    return await runLocked(context, planner, rows, first);
  } finally {
    await lock?.release();
  }
}

function acquire(context: MigrationContext): Promise<Lock | null> {
  const { dialect, source, versionTable } = context;
  return dialect.lock(source, { key: displayName(versionTable), ...waiting(context) });
}

function waiting({ options, signal, progress }: ContextSettings): WaitOptions {
  return {
    timeout: options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT,
    signal,
    onWait: (holder) => progress?.({ type: "waiting", holder }),
  };
}

async function runLocked(
  context: MigrationContext,
  planner: Planner,
  rows: readonly string[],
  first: Plan,
): Promise<RunReport> {
  const { dialect, connection, versionTable, signal, progress } = context;
  const note = (text: string): void => progress?.({ type: "note", text });
  const sink = connectionSink(dialect, connection, versionTable, signal, note);
  const done: StepReport[] = [];
  let heads = rows;
  let plan = first;
  try {
    // The rows may have moved while this process waited for the lock.
    let present = await currentRows(context);
    while (true) {
      if (present.join() !== heads.join()) plan = replan(planner, present, first);
      heads = present;
      const moved = await runSteps(context, sink, plan.steps, (report) => {
        done.push(report);
        heads = report.step.rowsAfter;
      });
      if (!moved) return { steps: done, heads: [...heads].sort() };
      present = await currentRows(context);
    }
  } catch (error) {
    throw withProgress(error, done, heads);
  }
}

function replan(planner: Planner, rows: readonly string[], first: Plan): Plan {
  if (planner.again !== undefined) return planner.again(rows, first);
  throw new LimbeckError("VERSION_CONFLICT", "Cannot go on: another process has moved the database", {
    hint: "Look at it with limbeck current, then run the command again",
    facts: { heads: rows },
  });
}

/** Loads every file before the first of them runs, so that one that cannot be loaded stops the run before it begins. */
export async function loadScripts(
  steps: readonly Step[],
  dialect: Dialect,
): Promise<readonly { readonly step: Step; readonly script: RevisionScript }[]> {
  await preloadScripts(steps);
  const loaded: { readonly step: Step; readonly script: RevisionScript }[] = [];
  for (const step of steps) {
    const { revision, direction } = step;
    const script = revision === null || direction === "stamp"
      ? () => Promise.resolve()
      : await loadRevisionScript(revision, direction, dialect);
    loaded.push({ step, script });
  }
  return loaded;
}

/** Runs steps in order; true where the rows were found moved before one of them. */
async function runSteps(
  context: MigrationContext,
  sink: Sink,
  steps: readonly Step[],
  report: (done: StepReport) => void,
): Promise<boolean> {
  const { dialect, progress, now, options, signal } = context;
  for (const { step, script } of await loadScripts(steps, dialect)) {
    throwIfInterrupted(signal);
    progress?.({ type: "begin", step });
    const start = now();
    try {
      const { statements } = await runStep(withVersionApply(sink, step, context), dialect, step, {
        script,
        database: options.name,
        signal,
      });
      const ms = Math.round(now() - start);
      report({ step, ms, statements });
      progress?.({ type: "end", step, ms, statements });
    } catch (error) {
      if (error === MOVED) return true;
      throw error;
    }
  }
  return false;
}

/** The error with what was applied before it, and where the database stands. */
function withProgress(error: unknown, done: readonly StepReport[], heads: readonly string[]): unknown {
  if (!isLimbeckError(error)) return error;
  return new LimbeckError(error.code, error.message, {
    hint: error.hint,
    facts: {
      ...error.facts,
      applied: done.flatMap(({ step }) => step.revision === null ? [] : [step.revision.revision]),
      heads: [...heads],
    },
    cause: error.cause ?? error,
  });
}
