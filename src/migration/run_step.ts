/**
 * One step of a plan: the revision's operations and its version row, in one transaction.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { segments } from "../operations/autocommit_block.ts";
import { insertBatches } from "../operations/bulk_insert.ts";
import { createRecorder, type Recorded, type Recorder } from "../operations/recorder.ts";
import type { Operation } from "../operations/registry.ts";
import { EMPTY_SCHEMA } from "../schema/model.ts";
import type { Step } from "./plan.ts";
import type { RevisionScript } from "./revision_script.ts";
import { type Sink, unlessInterrupted } from "./sink.ts";
import { failure, type StepProgress } from "./step_failure.ts";

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

interface Attempt extends StepOptions, StepProgress {
  readonly sink: Sink;
  readonly dialect: Dialect;
  readonly transactional: boolean;
  rebuild: boolean;
  begun: boolean;
  /** What runs now is in a block that is outside of the transaction. */
  outside: boolean;
  committed: boolean;
  /** The revision, which is not to run in a transaction, begins and ends some itself. */
  ownTransaction: boolean;
  /** Where the last operation that is done was recorded. */
  done: Recorded["origin"] | undefined;
  kept: Recorded["origin"] | undefined;
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
    outside: false,
    committed: false,
    ownTransaction: false,
    done: undefined,
    kept: undefined,
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
  const { sink, step, script, signal } = attempt;
  const { recorder, queries } = recordAttempt(attempt);
  sink.foresight?.begin();
  try {
    await unlessInterrupted(script(recorder), signal).catch((error) => {
      throw queries.broken?.error ?? (error === RESTART || error === MOVED ? error : failure(error, attempt));
    });
    // A query that nobody awaited runs before the commit too; what broke in one is thrown, whoever caught it.
    await unlessInterrupted(queries.tail, signal);
    if (queries.broken !== undefined) throw queries.broken.error;
    await flush(attempt, recorder.take());
    await sink.changeVersionRows(step.changes);
    if (attempt.transactional) await sink.commit();
    sink.foresight?.settle();
    return { statements: attempt.statements };
  } catch (error) {
    await queries.tail;
    await sink.rollback();
    throw error === RESTART || error === MOVED ? error : failure(error, attempt);
  }
}

/** The queries of one attempt: they run one after the other, also where they were asked for at once. */
interface Queries {
  tail: Promise<unknown>;
  /** What went wrong in the operations before a query. The revision cannot go on, even where its code caught it. */
  broken: { readonly error: unknown } | undefined;
}

function recordAttempt(attempt: Attempt): { readonly recorder: Recorder; readonly queries: Queries } {
  const { sink, dialect } = attempt;
  const queries: Queries = { tail: Promise.resolve(), broken: undefined };
  const recorder = createRecorder({
    dialect: dialect.name,
    database: attempt.database,
    placeholder: (number) => dialect.writer.placeholder(number),
    query: (sql, params) => {
      const recorded = recorder.take();
      const origin = new Error("asked here");
      const result = queries.tail.then(async () => {
        if (queries.broken !== undefined) throw queries.broken.error;
        try {
          await flush(attempt, recorded, dialect.mayRebuild({ kind: "execute", sql }));
        } catch (error) {
          queries.broken = { error };
          throw error;
        }
        return await sink.query(sql, params).catch((error) => {
          throw failure(error, attempt, origin);
        });
      });
      queries.tail = result.catch(() => undefined);
      return result;
    },
  });
  return { recorder, queries };
}

/** Runs what was recorded, beginning the transaction before the first of it. */
async function flush(attempt: Attempt, recorded: readonly Recorded[], queryRebuilds = false): Promise<void> {
  const { dialect } = attempt;
  const all = recorded.flatMap(withHeld);
  for (const { operation, origin } of all) refuseTransactionControl(attempt, operation, origin);
  for (const { operation, origin } of recorded) refuseBackfill(attempt, operation, origin);
  const rebuild = queryRebuilds || recorded.some(({ operation }) => dialect.mayRebuild(operation));
  if (!attempt.begun) await begin(attempt, attempt.rebuild || rebuild);
  else if (rebuild && !attempt.rebuild && attempt.transactional) await prepareRebuild(attempt);
  await foresee(attempt, recorded);
  const origins = new Map(all.map(({ operation, origin }) => [operation, origin]));
  for (const { autocommit, operations } of segments(recorded.map(({ operation }) => operation))) {
    const run = (): Promise<void> => runGroups(attempt, operations, origins);
    await (autocommit ? outside(attempt, run) : run());
  }
}

/** What was recorded, and what it holds. */
function withHeld(recorded: Recorded): readonly Recorded[] {
  return [recorded, ...(recorded.held ?? []).flatMap(withHeld)];
}

async function runGroups(
  attempt: Attempt,
  operations: readonly Operation[],
  origins: ReadonlyMap<Operation, Recorded["origin"]>,
): Promise<void> {
  const { dialect } = attempt;
  for (const group of dialect.group(operations)) {
    try {
      for (const part of partsOf(dialect, group)) await runGroup(attempt, part);
      attempt.done = origins.get(group.at(-1) as Operation);
      if (!attempt.transactional || attempt.outside) attempt.kept = attempt.done;
    } catch (error) {
      throw failure(error, attempt, origins.get(group[0] as Operation));
    }
  }
}

/** Ends the transaction, runs something, and goes on in a new transaction. Outside of one already, it is run as it is. */
async function outside(attempt: Attempt, work: () => Promise<void>): Promise<void> {
  const { sink, step } = attempt;
  if (!attempt.transactional || attempt.outside) return await work();
  await sink.commit();
  // Also before it has succeeded: a failed CREATE INDEX CONCURRENTLY leaves an invalid index behind.
  attempt.committed = true;
  attempt.kept = attempt.done;
  attempt.outside = true;
  await work();
  attempt.outside = false;
  await sink.begin({ rebuild: attempt.rebuild });
  const rows = await sink.versionRows();
  if (rows.join() === [...step.rowsBefore].sort().join()) return;
  throw new LimbeckError("VERSION_CONFLICT", "another process has moved the database meanwhile", {
    hint: "Look at it with limbeck current",
    facts: { heads: rows },
  });
}

/** A transaction that is prepared for a rebuild. What is committed cannot be run again: then it goes on in another one. */
async function prepareRebuild(attempt: Attempt): Promise<void> {
  if (!attempt.committed) throw RESTART;
  await attempt.sink.commit();
  attempt.kept = attempt.done;
  attempt.rebuild = true;
  await attempt.sink.begin({ rebuild: true });
}

const TRANSACTION_CONTROL =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:begin|commit|end|abort|start\s+transaction|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b))\b/i;

/** Refuses what would end the revision's transaction behind its back: all or nothing would be a lie then. */
function refuseTransactionControl(attempt: Attempt, operation: Operation, origin: Recorded["origin"]): void {
  if (operation.kind !== "execute" || !TRANSACTION_CONTROL.test(operation.sql)) return;
  if (!attempt.transactional) {
    attempt.ownTransaction = true;
    return;
  }
  const error = new LimbeckError("OPERATION_INVALID", "a revision runs in a transaction that limbeck begins and ends", {
    hint: "Take the statement out, or say export const transaction = false (-- transaction: false)",
    facts: { sql: operation.sql },
  });
  throw failure(error, attempt, origin);
}

/** Refuses what is sure to fail, before anything that was recorded with it is done. */
async function foresee(attempt: Attempt, recorded: readonly Recorded[]): Promise<void> {
  const { foresight } = attempt.sink;
  if (foresight === undefined) return;
  for (const { operation, origin } of recorded) {
    try {
      if (!await foresight.check(operation)) return;
    } catch (error) {
      throw failure(error, attempt, origin);
    }
  }
}

/** Refuses to fill a table in the one transaction that it is meant to avoid. */
function refuseBackfill(attempt: Attempt, operation: Operation, origin: Recorded["origin"]): void {
  if (!attempt.transactional || operation.kind !== "backfill") return;
  const error = new LimbeckError("OPERATION_INVALID", "op.backfill runs outside of a transaction, batch by batch", {
    hint: "Say export const transaction = false in the revision, or put it into op.autocommitBlock((op) => { … })",
  });
  throw failure(error, attempt, origin);
}

async function begin(attempt: Attempt, rebuild: boolean): Promise<void> {
  const { sink, step, transactional } = attempt;
  if (transactional) await sink.begin({ rebuild });
  attempt.begun = true;
  attempt.rebuild = rebuild;
  const rows = await sink.versionRows();
  if (rows.join() !== [...step.rowsBefore].sort().join()) throw MOVED;
}

/** What of a group is compiled and run at once: an insert of many rows goes batch by batch. */
function* partsOf({ capabilities }: Dialect, group: readonly Operation[]): Generator<readonly Operation[]> {
  const [only] = group;
  if (only?.kind !== "bulkInsert") yield group;
  else for (const batch of insertBatches(only, capabilities.parameters ?? Infinity)) yield [batch];
}

async function runGroup(attempt: Attempt, group: readonly Operation[]): Promise<void> {
  const { sink, dialect } = attempt;
  const transactional = attempt.transactional && !attempt.outside;
  const [only] = group;
  if (only?.kind === "backfill" && sink.backfill !== undefined) {
    attempt.committed = true;
    await sink.backfill(only);
    attempt.statements++;
    return await sink.done(group);
  }
  // Outside of a transaction too, what is more than one statement is done or not done. Raw SQL is its author's business.
  const alone = !transactional && !attempt.ownTransaction && group.every(({ kind }) => kind !== "execute");
  const rebuild = alone && group.some((operation) => dialect.mayRebuild(operation));
  if (rebuild) await sink.begin({ rebuild });
  const asks = (operation: Operation): boolean =>
    dialect.needsSchema(operation) || (sink.reads === true && dialect.usesSchema?.(operation) === true);
  const before = group.some(asks) ? await sink.inspect(group) : EMPTY_SCHEMA;
  const statements = dialect.compile(group, {
    writer: dialect.writer,
    before,
    connected: sink.connected ?? false,
  });
  const together = rebuild ||
    (alone && statements.length > 1 && statements.every((statement) => statement.transactional !== false));
  if (together && !rebuild) await sink.begin({});
  for (const statement of statements) {
    if (statement.transactional === false) {
      // As Alembic's autocommit block: what came before is committed, the rest goes on in a transaction of its own.
      attempt.committed = true;
      await outside(attempt, () => sink.run(statement));
    } else {
      await sink.run(statement);
      if (!transactional && !together) attempt.committed = true;
    }
    attempt.statements++;
  }
  if (together) {
    await sink.commit();
    attempt.committed = true;
  }
  await sink.done(group);
}
