/**
 * Where a run's statements go: to a database here, into a script in script_sink.ts. Nothing else knows which.
 *
 * @module
 */
import type { SqlValue, Statement } from "../ddl/statement.ts";
import type { Connection, Dialect, TransactionOptions } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import type { Operation } from "../operations/registry.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { changeVersionRows, readVersionRows } from "./version_table.ts";
import type { RowChange } from "./version_rows.ts";

/** The receiver of a run's statements. */
export interface Sink {
  /** Whether `inspect` costs no more than a question to a database. */
  readonly reads?: boolean;
  begin(options: TransactionOptions): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  run(statement: Statement): Promise<void>;
  query(sql: string, params: readonly SqlValue[]): Promise<readonly unknown[]>;
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
 */
export function connectionSink(
  dialect: Dialect,
  connection: Connection,
  versionTable: ObjectName,
  signal?: AbortSignal,
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
  return {
    reads: true,
    begin: (options) => guarded(() => connection.begin(options)),
    commit: () => guarded(() => connection.commit()),
    rollback: () => connection.rollback(),
    run: async ({ sql, params }) => {
      await guarded(() => connection.query(sql, params));
    },
    query: async (sql, params) => (await guarded(() => connection.query(sql, params))).rows,
    done: () => Promise.resolve(),
    inspect: () => guarded(() => dialect.inspect(connection, { schemas: "all" })),
    versionRows: () => guarded(() => readVersionRows(dialect, connection, versionTable)),
    changeVersionRows: (changes) => guarded(() => changeVersionRows(dialect, connection, versionTable, changes)),
  };
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
