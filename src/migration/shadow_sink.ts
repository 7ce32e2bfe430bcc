import type { Connection, Dialect } from "../dialects/dialect.ts";
import type { ObjectName } from "../schema/model.ts";
import { onlyChangesRows } from "./script_sink.ts";
import { connectionSink, type Sink } from "./sink.ts";

/**
 * A sink that runs what changes the tables on a scratch database, to know what they look like.
 *
 * The changes of rows are left out: the tables are what counts, and a revision may be about rows that are only there in
 * the real database.
 */
export function shadowSink(
  dialect: Dialect,
  connection: Connection,
  versionTable: ObjectName,
  signal?: AbortSignal,
): Sink {
  const { backfill: _, foresight: __, ...sink } = connectionSink(dialect, connection, versionTable, signal);
  return {
    ...sink,
    run: async (statement) => onlyChangesRows(statement.sql) ? undefined : await sink.run(statement),
    query: async (sql, params) => onlyChangesRows(sql) ? [] : await sink.query(sql, params),
  };
}
