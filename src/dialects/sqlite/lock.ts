/**
 * Waiting for the lock of a local file, so that nothing is left behind.
 *
 * A statement that libSQL has prepared is finalised by the garbage collector only. One that was refused because of a lock
 * counts as running until then: no COMMIT succeeds beside it, a statement outside a transaction answers as if it were
 * done and is not committed, and the file stays locked, even when it is closed. What may meet a lock therefore goes
 * through `executeMultiple`, which keeps no statement; when that has taken the lock, the rest cannot be refused.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, InArgs, ResultSet, Transaction } from "@libsql/client";
import { LimbeckError } from "../../errors.ts";
import type { WaitOptions } from "../dialect.ts";
import { isBusy } from "./statement_error.ts";

/** How long a wait lasts before it is worth a word, and how long until the next one, in milliseconds. */
const SILENCE = 2_000;
const REPEAT = 5_000;

/** A wait that can be ended from outside. */
export interface Waiter extends Pick<WaitOptions, "timeout" | "onWait"> {
  /** The database, for messages. */
  readonly description: string;
  /** Ends the wait, with `INTERRUPTED`; undefined while nothing waits. */
  wake: (() => void) | undefined;
}

/**
 * Runs something again and again, until no other process's lock is in its way.
 *
 * @param work must leave nothing behind where it is refused
 * @throws `LOCK_TIMEOUT`, `INTERRUPTED`, and what the work throws
 */
export async function waitForLock<T>(waiter: Waiter, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  const stop = new AbortController();
  let nextWord = SILENCE;
  try {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isBusy(error)) throw error;
        const waited = performance.now() - since;
        if (waited >= waiter.timeout) throw lockTimeout(waiter, error);
        waiter.wake = () => stop.abort();
        if (waited >= nextWord) {
          nextWord = waited + REPEAT;
          waiter.onWait?.(`another process has "${waiter.description}" locked`);
        }
      }
      // Uneven, so that those who wait do not come in step.
      await sleep(5 + Math.random() * 45, undefined, { signal: stop.signal }).catch((cause) => {
        throw new LimbeckError("INTERRUPTED", "Interrupted while waiting for the database's lock", { cause });
      });
    }
  } finally {
    waiter.wake = undefined;
  }
}

function lockTimeout({ description, timeout }: Waiter, cause: unknown): LimbeckError {
  const held = timeout === 0
    ? "another process holds its lock"
    : `another process has held its lock for ${timeout / 1000} s`;
  return new LimbeckError("LOCK_TIMEOUT", `Cannot use "${description}": ${held}`, {
    hint: "Wait until it is done, or find and end the process that keeps a transaction open",
    cause,
  });
}

/** What a transaction holds of the file. */
type LockKind = "read" | "write";

const TAKE = { read: "SELECT 1 FROM sqlite_schema LIMIT 1", write: "ROLLBACK; BEGIN IMMEDIATE" } as const;
const PROBE = { read: TAKE.read, write: "BEGIN IMMEDIATE; ROLLBACK" } as const;

/** Begins a transaction, and waits for its lock. */
export function beginLocked(waiter: Waiter, client: Client, kind: LockKind = "write"): Promise<Transaction> {
  return waitForLock(waiter, async () => {
    // Takes no lock yet, so that it is never refused.
    const transaction = await client.transaction("deferred");
    try {
      await transaction.executeMultiple(TAKE[kind]);
      return transaction;
    } catch (error) {
      transaction.close();
      throw error;
    }
  });
}

/** Commits, once no reader is in the way. The client's own commit() gives the transaction up there. */
export function commitLocked(waiter: Waiter, transaction: Transaction): Promise<void> {
  return waitForLock(waiter, () => transaction.executeMultiple("COMMIT"));
}

const READS = new Set(["SELECT", "VALUES", "EXPLAIN"]);
const WRITES = new Set([
  ...["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"],
  ...["CREATE", "DROP", "ALTER", "REINDEX", "ANALYZE", "VACUUM"],
]);
const FIRST_WORD = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*([a-z]+)/i;

const firstWord = (sql: string): string => FIRST_WORD.exec(sql)?.[1]?.toUpperCase() ?? "";

/** Whether a statement surely changes nothing. */
export const onlyReads = (sql: string): boolean => READS.has(firstWord(sql));

/**
 * Runs a statement outside a transaction.
 *
 * Where that changes nothing it runs in one of its own, as SQLite itself has it. Elsewhere the lock is only waited for:
 * that it is still free when the statement comes is likely, not certain.
 *
 * @param owned whether the client was opened here. One that the application gave may be of a version whose session loses
 *   its pragmas with a transaction.
 */
export async function executeAlone(
  waiter: Waiter,
  client: Client,
  statement: { readonly sql: string; readonly args: InArgs },
  owned: boolean,
): Promise<ResultSet> {
  const word = firstWord(statement.sql);
  const kind = READS.has(word) ? "read" : WRITES.has(word) ? "write" : undefined;
  if (kind === undefined) return await waitForLock(waiter, () => client.execute(statement));
  if (!owned || word === "VACUUM") {
    await waitForLock(waiter, () => client.executeMultiple(PROBE[kind]));
    return await waitForLock(waiter, () => client.execute(statement));
  }
  const transaction = await beginLocked(waiter, client, kind);
  try {
    const result = await transaction.execute(statement);
    await commitLocked(waiter, transaction);
    return result;
  } finally {
    transaction.close();
  }
}
