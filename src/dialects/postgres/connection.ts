/**
 * A session as the {@linkcode Connection} that the rest of limbeck sees.
 *
 * @module
 */
import type { SqlValue } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import type { Connection, ConnectionSource, QueryResult } from "../dialect.ts";
import { openSession, type RawResult, type Session } from "./driver.ts";
import { statementFailure } from "./failures.ts";

/** A connection with what the dialect itself needs of it. */
export interface PostgresConnection extends Connection {
  readonly session: Session;
  /** Whether a transaction that was begun here is open. */
  inTransaction(): boolean;
  /** Runs several statements in one round trip; the rows of each. */
  batch(sql: string): Promise<readonly RawResult["rows"][]>;
}

/**
 * Opens a connection.
 *
 * @param source see {@linkcode openSession}
 * @throws `CONNECTION_FAILED`, `URL_INVALID`
 */
export async function connect(source: ConnectionSource): Promise<PostgresConnection> {
  return connectionOf(await openSession(source));
}

/** The connection of an open session. */
export function connectionOf(session: Session): PostgresConnection {
  const { description } = session;
  let open = false;
  const run = async (sql: string, params?: readonly SqlValue[]): Promise<readonly RawResult[]> => {
    try {
      const answer = await session.run(sql, params);
      return Array.isArray(answer) ? answer : [answer as RawResult];
    } catch (error) {
      throw statementFailure(error, sql, description);
    }
  };
  return {
    description,
    session,
    inTransaction: () => open,
    batch: async (sql) => (await run(sql)).map(({ rows }) => rows),
    async query<Row>(sql: string, params?: readonly SqlValue[]): Promise<QueryResult<Row>> {
      const last = (await run(sql, params)).at(-1);
      return { rows: (last?.rows ?? []) as readonly Row[], rowCount: last?.rowCount ?? undefined };
    },
    async begin() {
      await run("BEGIN");
      open = true;
    },
    async commit() {
      open = false;
      const [result] = await run("COMMIT");
      if (result?.command !== "ROLLBACK") return;
      throw new LimbeckError("STATEMENT_FAILED", "Cannot commit: a statement of the transaction had failed", {
        facts: { sql: "COMMIT" },
      });
    },
    async rollback() {
      if (!open) return;
      open = false;
      await run("ROLLBACK");
    },
    cancel: () => session.cancel(),
    close: () => session.close(),
  };
}
