/**
 * Where a run's statements go. Nothing else knows whether a database or a script is at the other end.
 *
 * @module
 */
import type { SqlValue, Statement } from "../ddl/statement.ts";
import type { Connection, Dialect, TransactionOptions } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { changeVersionRows, readVersionRows } from "./version_table.ts";
import type { RowChange } from "./version_rows.ts";

/** The receiver of a run's statements. */
export interface Sink {
  begin(options: TransactionOptions): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  run(statement: Statement): Promise<void>;
  query(sql: string, params: readonly SqlValue[]): Promise<readonly unknown[]>;
  /** What the database looks like at this point. */
  inspect(): Promise<Schema>;
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
    begin: (options) => guarded(() => connection.begin(options)),
    commit: () => guarded(() => connection.commit()),
    rollback: () => connection.rollback(),
    run: async ({ sql, params }) => {
      await guarded(() => connection.query(sql, params));
    },
    query: async (sql, params) => (await guarded(() => connection.query(sql, params))).rows,
    inspect: () => guarded(() => dialect.inspect(connection, { schemas: "all" })),
    versionRows: () => guarded(() => readVersionRows(dialect, connection, versionTable)),
    changeVersionRows: (changes) => guarded(() => changeVersionRows(dialect, connection, versionTable, changes)),
  };
}

/** Throws `INTERRUPTED` where the signal says so. */
export function throwIfInterrupted(signal: AbortSignal | undefined, cause?: unknown): void {
  if (signal?.aborted) throw new LimbeckError("INTERRUPTED", "Interrupted", { cause });
}
