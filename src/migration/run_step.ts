/**
 * One step of a plan: the revision's operations and its version row, in one transaction.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import { createRecorder, type Recorded } from "../operations/recorder.ts";
import type { Operation } from "../operations/registry.ts";
import { userFrame } from "../platform/load_error.ts";
import { EMPTY_SCHEMA } from "../schema/model.ts";
import type { Revision } from "../script/revision.ts";
import type { Step } from "./plan.ts";
import { type Direction, placeOf, type RevisionScript } from "./revision_script.ts";
import { type Sink, unlessInterrupted } from "./sink.ts";

/** What a step did. */
export interface StepResult {
  /** How many statements were run, those of the version table not counted. */
  readonly statements: number;
}

/** Thrown inside when a transaction that was begun for plain statements turns out to need a rebuild. */
const RESTART = Symbol("restart with the transaction prepared for a rebuild");

/** Thrown inside when the rows are not those that the step was planned for. */
export const MOVED = Symbol("another process has moved the database");

/** What a step needs beside the plan. */
export interface StepOptions {
  /** What the revision does. */
  readonly script: RevisionScript;
  /** What env.ts calls the database: `op.database`. */
  readonly database?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Attempt extends StepOptions {
  readonly sink: Sink;
  readonly dialect: Dialect;
  readonly step: Step;
  readonly transactional: boolean;
  rebuild: boolean;
  begun: boolean;
  /** Something was committed that a rollback does not take back. */
  committed: boolean;
  statements: number;
}

/**
 * Runs one step and moves the version rows, all in one transaction unless the revision says otherwise. What fails is
 * rolled back.
 *
 * A SQLite transaction must know before it begins that a table will be rebuilt. Operations are recorded before anything
 * runs, so it does, except where `op.query` comes before the rebuild: then the transaction is rolled back, and the
 * revision is run once more in one that is prepared.
 *
 * @throws {@linkcode MOVED} where the version rows are not `step.rowsBefore`; `STATEMENT_FAILED`, `REVISION_FAILED`
 */
export async function runStep(
  sink: Sink,
  dialect: Dialect,
  step: Step,
  options: StepOptions,
): Promise<StepResult> {
  const attempt = (rebuild: boolean): Attempt => ({
    ...options,
    sink,
    dialect,
    step,
    transactional: step.revision?.transaction ?? true,
    rebuild,
    begun: false,
    committed: false,
    statements: 0,
  });
  try {
    return await runAttempt(attempt(false));
  } catch (error) {
    if (error !== RESTART) throw error;
    return await runAttempt(attempt(true));
  }
}

async function runAttempt(attempt: Attempt): Promise<StepResult> {
  const { sink, dialect, step, script, signal } = attempt;
  const recorder = createRecorder({
    dialect: dialect.name,
    database: attempt.database,
    placeholder: (number) => dialect.writer.placeholder(number),
    query: async (sql, params) => {
      await flush(attempt, recorder.take());
      return await sink.query(sql, params);
    },
  });
  try {
    await unlessInterrupted(script(recorder), signal).catch((error) => {
      throw error === RESTART || error === MOVED ? error : failure(error, attempt);
    });
    await flush(attempt, recorder.take());
    await sink.changeVersionRows(step.changes);
    if (attempt.transactional) await sink.commit();
    return { statements: attempt.statements };
  } catch (error) {
    await sink.rollback();
    throw error === RESTART || error === MOVED ? error : failure(error, attempt);
  }
}

/** Runs what was recorded, beginning the transaction before the first of it. */
async function flush(attempt: Attempt, recorded: readonly Recorded[]): Promise<void> {
  const { dialect } = attempt;
  const rebuild = recorded.some(({ operation }) => dialect.mayRebuild(operation));
  if (!attempt.begun) await begin(attempt, attempt.rebuild || rebuild);
  else if (rebuild && !attempt.rebuild) throw RESTART;
  const origins = new Map(recorded.map(({ operation, origin }) => [operation, origin]));
  for (const group of dialect.group(recorded.map(({ operation }) => operation))) {
    try {
      await runGroup(attempt, group);
    } catch (error) {
      throw failure(error, attempt, origins.get(group[0] as Operation));
    }
  }
}

async function begin(attempt: Attempt, rebuild: boolean): Promise<void> {
  const { sink, step, transactional } = attempt;
  if (transactional) await sink.begin({ rebuild });
  attempt.begun = true;
  attempt.rebuild = rebuild;
  const rows = await sink.versionRows();
  if (rows.join() !== [...step.rowsBefore].sort().join()) throw MOVED;
}

async function runGroup(attempt: Attempt, group: readonly Operation[]): Promise<void> {
  const { sink, dialect, transactional } = attempt;
  const before = group.some((operation) => dialect.needsSchema(operation)) ? await sink.inspect(group) : EMPTY_SCHEMA;
  for (const statement of dialect.compile(group, { writer: dialect.writer, before })) {
    if (transactional && statement.transactional === false) {
      // As Alembic's autocommit block: what came before is committed, the rest goes on in a transaction of its own.
      await sink.commit();
      attempt.committed ||= attempt.statements > 0;
      await sink.run(statement);
      await sink.begin({ rebuild: attempt.rebuild });
      attempt.committed = true;
    } else {
      await sink.run(statement);
      if (!transactional) attempt.committed = true;
    }
    attempt.statements++;
  }
  await sink.done(group);
}

/** The error of a step: which revision, which line of its file, which place in the statement. */
function failure(error: unknown, { step, committed }: Attempt, origin?: Recorded["origin"]): unknown {
  if (isLimbeckError(error) && (error.code === "INTERRUPTED" || "revision" in error.facts)) return error;
  const { revision } = step;
  if (revision === null) return error;
  const found = origin === undefined || origin instanceof Error ? userFrame(origin ?? error, revision.path) : origin;
  // An error of ours that no operation stands behind (a commit that fails) was thrown while env.ts waited: not its line.
  const frame = origin === undefined && isLimbeckError(error) && found?.path !== revision.path ? undefined : found;
  const known = isLimbeckError(error);
  const { sql, position } = known ? error.facts : {};
  const at = typeof sql === "string" && typeof position === "number" ? { at: { ...placeOf(sql, position - 1) } } : {};
  return new LimbeckError(known ? error.code : "REVISION_FAILED", sentence(step.direction, revision, error), {
    hint: known ? error.hint : undefined,
    facts: {
      ...(known ? error.facts : {}),
      ...at,
      ...(committed ? { partlyApplied: true } : {}),
      revision: revision.revision,
      path: frame?.path ?? revision.path,
      ...(frame === undefined ? {} : { line: frame.line, column: frame.column }),
    },
    cause: error,
  });
}

function sentence(direction: Step["direction"], revision: Revision, error: unknown): string {
  const title = revision.message === "" ? "" : ` (${revision.message})`;
  return `Cannot ${direction satisfies Direction | "stamp"} ${revision.revision}${title}: ${messageOf(error)}`;
}
