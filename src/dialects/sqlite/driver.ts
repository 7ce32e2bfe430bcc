/**
 * Sessions with SQLite files and libSQL servers, through `@libsql/client`.
 *
 * A file is opened with one connection only: pragmas and transactions are a session's. The native call blocks the whole
 * process, so it waits for a lock but shortly, and the waiting is done here, where it can be stopped.
 *
 * @module
 */
import { setImmediate as immediate, setTimeout as sleep } from "node:timers/promises";
import type { Client, InArgs, InValue, ResultSet, Transaction } from "@libsql/client";
import type { SqlValue } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import type { Connection, ConnectionSource, QueryResult, TransactionOptions, WaitOptions } from "../dialect.ts";
import {
  findViolations,
  guardDrop,
  newViolations,
  type RunQuery,
  violationError,
  type Violations,
} from "./foreign_keys.ts";
import { checkIntegrity } from "./integrity.ts";
import { beginLocked, commitLocked, executeAlone, onlyReads, type Waiter, waitForLock } from "./lock.ts";
import { openError } from "./open_error.ts";
import { splitScript } from "./split.ts";
import { statementError } from "./statement_error.ts";
import { type Place, placeOf } from "./url.ts";

/** How long a lock is waited for where nothing else is configured, in milliseconds. */
const LOCK_TIMEOUT = 60_000;
/** How long the native call may block while it waits, in milliseconds. */
const NATIVE_BUSY_TIMEOUT = 50;
/** How long the event loop may stand still for statements that follow each other, in milliseconds. */
const STANDSTILL = 20;

interface Session extends Waiter {
  readonly client: Client;
  /** The path of the file; undefined for a database in memory or on a server. */
  readonly path: string | undefined;
  /** Whether the client was opened here, and is closed here. */
  readonly owned: boolean;
  transaction: Transaction | undefined;
  /** Foreign keys were enforced before the transaction turned them off. */
  restoreKeys: boolean;
  /** What was violated before a rebuild; undefined where nothing has to be checked. */
  violations: Violations | undefined;
  /** The tables that were made anew in the open transaction. */
  readonly rebuilt: Set<string>;
  /** The end of what was asked for last. */
  last: Promise<unknown>;
  /** Something may have been written. */
  committed: boolean;
  /** When the event loop had its last turn. */
  turned: number;
}

/**
 * Opens a session.
 *
 * @param source a url (see {@linkcode placeOf}) or a libSQL client
 * @param wait how it waits, now and later, for another process's lock; the signal is heard only here, later see `cancel`
 * @throws `CONNECTION_FAILED`, `URL_INVALID`, `LOCK_TIMEOUT`, `INTERRUPTED`
 */
export async function connect(source: ConnectionSource, wait: Partial<WaitOptions> = {}): Promise<Connection> {
  const opened = "client" in source
    ? { client: source.client as Client, description: "the given libSQL client", path: undefined, owned: false }
    : await open(placeOf(source.url, source.directory));
  const session: Session = {
    ...opened,
    timeout: wait.timeout ?? LOCK_TIMEOUT,
    onWait: wait.onWait,
    transaction: undefined,
    restoreKeys: false,
    violations: undefined,
    rebuilt: new Set(),
    last: Promise.resolve(),
    committed: false,
    turned: performance.now(),
    wake: undefined,
  };
  const stop = (): void => session.wake?.();
  wait.signal?.addEventListener("abort", stop);
  try {
    // Reads the file's header: opening alone does not.
    await waitForLock(session, async () => {
      await session.client.executeMultiple(isLocal(session) ? "PRAGMA schema_version" : "SELECT 1");
    });
  } catch (error) {
    if (session.owned) session.client.close();
    throw openError(session, error);
  } finally {
    wait.signal?.removeEventListener("abort", stop);
  }
  return connection(session);
}

async function open(place: Place): Promise<Pick<Session, "client" | "description" | "path" | "owned">> {
  const { createClient } = await import("@libsql/client");
  try {
    const client = createClient({ url: place.url, intMode: "bigint", concurrency: 1, timeout: NATIVE_BUSY_TIMEOUT });
    return { client, description: place.description, path: place.path, owned: true };
  } catch (error) {
    throw openError(place, error);
  }
}

const isLocal = ({ client }: Session): boolean => client.protocol === "file";

function connection(session: Session): Connection {
  return {
    description: session.description,
    query: (sql, params = []) => inTurn(session, () => query(session, sql, params)),
    begin: (options) => inTurn(session, () => begin(session, options)),
    commit: () => inTurn(session, () => commit(session)),
    rollback: () => inTurn(session, () => rollback(session)),
    cancel: () => Promise.resolve(session.wake?.()),
    close: () => inTurn(session, () => close(session)),
  };
}

/**
 * Ends the session. SQLite moves what stands in a write-ahead log into the file when the last connection is closed, but
 * libSQL keeps a connection until its statements are collected: a file that is copied after the run would be as before it.
 */
async function close(session: Session): Promise<void> {
  await rollback(session);
  if (!session.owned) return;
  try {
    // Without a log it does nothing, and it waits for nobody.
    if (isLocal(session) && session.committed) await session.client.executeMultiple("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // What was not moved is as safe in the log, where everybody reads it: the run has not failed.
  } finally {
    session.client.close();
  }
}

/** Runs something when all that was asked for before has ended: there is one connection, and one transaction on it. */
function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const result = session.last.then(work);
  session.last = result.catch(() => undefined);
  return result;
}

async function query<Row>(session: Session, sql: string, params: readonly SqlValue[]): Promise<QueryResult<Row>> {
  // SQLite would run the first statement and drop the others without a word.
  if (sql.includes(";") && splitScript(sql).length > 1) {
    throw new LimbeckError("STATEMENT_FAILED", "Cannot run several statements as one", {
      hint: "Give each statement its own op.execute",
      facts: { sql },
    });
  }
  const rebuilt = /\bdrop\b/i.test(sql) ? await guardDrop(internal(session), sql) : undefined;
  const result = toResult<Row>(await run(session, sql, params));
  if (rebuilt !== undefined) session.rebuilt.add(rebuilt);
  return result;
}

async function run(session: Session, sql: string, params: readonly SqlValue[] = []): Promise<ResultSet> {
  const args: InArgs = params.map(toArgument);
  try {
    return await execute(session, { sql, args });
  } catch (error) {
    throw error instanceof LimbeckError ? error : statementError(sql, error);
  } finally {
    await hearSignals(session);
  }
}

/** Lets the process hear what came while native calls blocked it: Ctrl-C, above all. */
async function hearSignals(session: Session): Promise<void> {
  if (!isLocal(session) || performance.now() - session.turned < STANDSTILL) return;
  // Node hears signals between its timers and its immediates.
  await sleep(0);
  await immediate();
  session.turned = performance.now();
}

function execute(session: Session, statement: { readonly sql: string; readonly args: InArgs }): Promise<ResultSet> {
  const { client, transaction, owned } = session;
  if (!isLocal(session)) return waitForLock(session, () => (transaction ?? client).execute(statement));
  // It holds the lock.
  if (transaction !== undefined) return transaction.execute(statement);
  session.committed ||= !onlyReads(statement.sql);
  return executeAlone(session, client, statement, owned);
}

const internal = (session: Session): RunQuery => async <Row>(sql: string, params: readonly string[] = []) =>
  toResult<Row>(await run(session, sql, params)).rows;

/** The client binds every number as a REAL; a whole one is meant as an INTEGER. */
function toArgument(value: SqlValue): InValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  return value instanceof Date ? BigInt(value.valueOf()) : value;
}

function toResult<Row>({ columns, rows, rowsAffected }: ResultSet): QueryResult<Row> {
  return {
    rows: rows.map((row) => Object.fromEntries(columns.map((column) => [column, toValue(row[column])])) as Row),
    rowCount: columns.length === 0 ? rowsAffected : undefined,
  };
}

/** An integer is a number where it is safe, else a bigint; a blob is bytes. */
function toValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}

async function enforcesKeys(session: Session): Promise<boolean> {
  const [row] = await internal(session)<{ foreign_keys: number }>("PRAGMA foreign_keys");
  return Number(row?.foreign_keys) === 1;
}

async function begin(session: Session, { rebuild = false }: TransactionOptions = {}): Promise<void> {
  if (session.transaction !== undefined) throw new LimbeckError("INTERNAL", "Cannot begin: a transaction is open");
  // Inside a transaction the pragma does nothing, and dropping a table deletes what refers to it by ON DELETE CASCADE.
  if (rebuild && isLocal(session) && await enforcesKeys(session)) {
    await run(session, "PRAGMA foreign_keys = OFF");
    session.restoreKeys = true;
  }
  try {
    const { client } = session;
    session.transaction = isLocal(session)
      ? await beginLocked(session, client)
      : await waitForLock(session, () => client.transaction("write"));
    if (rebuild) await prepareRebuild(session);
  } catch (error) {
    await rollback(session);
    throw error instanceof LimbeckError ? error : statementError("BEGIN IMMEDIATE", error);
  }
}

async function prepareRebuild(session: Session): Promise<void> {
  if (!await enforcesKeys(session)) {
    session.violations = await findViolations(internal(session));
  } else if (isLocal(session)) {
    throw new LimbeckError(
      "UNSUPPORTED",
      "Cannot rebuild a table: the given client works on several connections at once",
      {
        hint: "Do not use the client for anything else meanwhile, or configure a url",
      },
    );
  }
}

async function commit(session: Session): Promise<void> {
  if (session.transaction === undefined) throw new LimbeckError("INTERNAL", "Cannot commit: no transaction is open");
  try {
    if (session.violations !== undefined) {
      const violations = newViolations(session.violations, await findViolations(internal(session)));
      if (violations.length > 0) throw violationError(violations);
    }
    if (isLocal(session)) await checkIntegrity(internal(session), session.rebuilt);
    session.committed = true;
    if (isLocal(session)) await commitLocked(session, session.transaction);
    else await session.transaction.commit();
  } catch (error) {
    await rollback(session);
    throw error instanceof LimbeckError ? error : statementError("COMMIT", error);
  }
  await end(session);
}

async function rollback(session: Session): Promise<void> {
  // SQLite may have rolled back by itself (disk full).
  if (session.transaction !== undefined && !session.transaction.closed) await session.transaction.rollback();
  await end(session);
}

async function end(session: Session): Promise<void> {
  session.transaction?.close();
  session.transaction = undefined;
  session.violations = undefined;
  session.rebuilt.clear();
  if (!session.restoreKeys) return;
  session.restoreKeys = false;
  await run(session, "PRAGMA foreign_keys = ON");
}
