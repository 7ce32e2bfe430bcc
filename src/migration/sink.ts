/**
 * Where a run's statements go: to a database here, into a script in script_sink.ts. Nothing else knows which.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlValue, Statement } from "../ddl/statement.ts";
import type { Connection, Dialect, TransactionOptions } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { type Backfill, requireFillable } from "../operations/backfill.ts";
import type { Operation } from "../operations/registry.ts";
import { displayName, findNamed } from "../schema/edit.ts";
import type { ObjectName, Schema, Table } from "../schema/model.ts";
import { createForesight, type Foresight, leavesTables } from "./foresight.ts";
import { runBackfill } from "./run_backfill.ts";
import { changeVersionRows, readVersionRows } from "./version_table.ts";
import type { RowChange } from "./version_rows.ts";

/** The receiver of a run's statements. */
export interface Sink {
  /** Whether `inspect` costs no more than a question to a database. */
  readonly reads?: boolean;
  /** Whether statements are run, or would be, and not written to a script. */
  readonly connected?: boolean;
  /** What is known before a statement is sent; left out where nothing is sent. */
  readonly foresight?: Foresight;
  begin(options: TransactionOptions): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  run(statement: Statement): Promise<void>;
  query(sql: string, params: readonly SqlValue[]): Promise<readonly unknown[]>;
  /** Runs an `op.backfill` in batches, outside of a transaction; where this is missing, its one statement is run. */
  backfill?(operation: Backfill): Promise<void>;
  /** What the database looks like at this point; asked for before a group of operations that has to know. */
  inspect(group: readonly Operation[]): Promise<Schema>;
  /** Told of a group of operations when its statements have been run. */
  done(group: readonly Operation[]): Promise<void>;
  /** The rows of the version table at this point, sorted. */
  versionRows(): Promise<readonly string[]>;
  changeVersionRows(changes: readonly RowChange[]): Promise<void>;
}

/**
 * A sink that runs everything on a connection.
 *
 * @param signal stops the run before its next statement, with `INTERRUPTED`
 * @param note called with how far a long operation is
 */
export function connectionSink(
  dialect: Dialect,
  connection: Connection,
  versionTable: ObjectName,
  signal?: AbortSignal,
  note?: (text: string) => void,
): Sink {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    throwIfInterrupted(signal);
    try {
      return await work();
    } catch (error) {
      // A statement that was cancelled because of the signal fails with the server's words for that.
      throwIfInterrupted(signal, error);
      throw error;
    }
  };
  const inspect = (): Promise<Schema> => guarded(() => dialect.inspect(connection, { schemas: "all" }));
  const { missingTypes } = dialect;
  const foresight = createForesight({
    inspect,
    hasTable: (name) => guarded(() => dialect.hasTable(connection, name)),
    missingTypes: missingTypes && ((types) => guarded(() => missingTypes(connection, types))),
  });
  return {
    reads: true,
    connected: true,
    foresight,
    begin: (options) => guarded(() => connection.begin(options)),
    commit: () => guarded(() => connection.commit()),
    rollback: () => connection.rollback(),
    run: async ({ sql, params }) => {
      await guarded(() => connection.query(sql, params));
    },
    query: async (sql, params) => {
      if (!leavesTables(sql)) foresight.forget();
      return (await guarded(() => connection.query(sql, params))).rows;
    },
    backfill: async (operation) => {
      const { tables } = await guarded(() => dialect.inspect(connection, { tables: [operation.table] }));
      await runBackfill(operation, {
        writer: dialect.writer,
        key: keyFor(dialect, tables, operation),
        query: (sql, params) => guarded(() => connection.query(sql, params)),
        wait: (milliseconds) => guarded(() => sleep(milliseconds, undefined, signal === undefined ? {} : { signal })),
        note,
      });
    },
    done: () => Promise.resolve(),
    inspect,
    versionRows: () => guarded(() => readVersionRows(dialect, connection, versionTable)),
    changeVersionRows: (changes) => guarded(() => changeVersionRows(dialect, connection, versionTable, changes)),
  };
}

/** What a backfill goes along. Throws `OPERATION_INVALID` where there is nothing of the kind. */
function keyFor(dialect: Dialect, tables: readonly Table[], operation: Backfill): readonly string[] {
  const table = findNamed(tables, operation.table);
  const name = displayName(operation.table);
  if (table === undefined) throw new LimbeckError("OPERATION_INVALID", `Cannot fill "${name}": there is no such table`);
  requireFillable(table, operation);
  const key = dialect.rowKey(table);
  if (key !== undefined) return key;
  throw new LimbeckError("OPERATION_INVALID", `Cannot fill "${name}" in batches: it has no primary key to go along`, {
    hint: "Give it one, or change all rows at once with op.execute",
  });
}

/** Throws `INTERRUPTED` where the signal says so. */
export function throwIfInterrupted(signal: AbortSignal | undefined, cause?: unknown): void {
  if (signal?.aborted) throw new LimbeckError("INTERRUPTED", "Interrupted", { cause });
}

/**
 * The outcome of some work, or `INTERRUPTED` as soon as the signal says so: code of the user's that waits for something
 * else is not waited for. What it does afterwards meets the sink's own check.
 */
export function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new LimbeckError("INTERRUPTED", "Interrupted"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
