/**
 * The run lock: a session advisory lock, taken by asking again and again.
 *
 * A blocking `pg_advisory_lock()` holds a snapshot while it waits, and so deadlocks with a `CREATE INDEX CONCURRENTLY`
 * of the holder; each question here is a statement of its own, outside a transaction.
 *
 * @module
 */
import { createHash, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { LimbeckError } from "../../errors.ts";
import type { ConnectionSource, Lock, LockOptions } from "../dialect.ts";
import { connectionOf, type PostgresConnection } from "./connection.ts";
import { isSingleClient, openSession } from "./driver.ts";

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;
/** How long a wait lasts before it is worth a word, and how long until the next one. */
const SILENCE = 2_000;
const REPEAT = 5_000;

/** The 64-bit number that stands for the lock; advisory locks are of one database already. */
export function lockNumber(key: string): bigint {
  return createHash("sha256").update(`limbeck\0${key}`).digest().readBigInt64BE();
}

/**
 * Takes the lock, on a session of its own. Of a single client that the user has opened there is no second session: the
 * lock is taken on that client.
 *
 * @returns null for a PGlite, which has one session only
 * @throws `LOCK_TIMEOUT` naming who holds it, `INTERRUPTED`, `CONNECTION_FAILED` (also behind a pooler that gives every
 *   transaction another session, where no session lock can be held)
 */
export async function takeLock(source: ConnectionSource, options: LockOptions): Promise<Lock | null> {
  // Opening a folder a second time would harm it.
  if ("url" in source && /^pglite:/i.test(source.url)) return null;
  const session = await openSession(source, true);
  if (session.embedded) return null;
  const connection = connectionOf(session);
  const number = lockNumber(options.key);
  try {
    await wait(connection, number, options);
    if (session.pooled && !isSingleClient(source)) await requireOwnSession(source, number);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    async release() {
      try {
        await connection.query("SELECT pg_advisory_unlock($1::bigint)", [number]);
      } finally {
        await connection.close();
      }
    },
  };
}

async function tryLock(connection: PostgresConnection, number: bigint): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1::bigint) AS taken", [
    number,
  ]);
  return rows[0]?.taken === true;
}

async function wait(connection: PostgresConnection, number: bigint, options: LockOptions): Promise<void> {
  const { timeout, signal, onWait } = options;
  const begun = performance.now();
  let nextWord = SILENCE;
  for (let pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    if (signal?.aborted) throw interrupted();
    if (await tryLock(connection, number)) return;
    const waited = performance.now() - begun;
    if (waited >= timeout) throw await timedOut(connection, number, timeout);
    if (waited >= nextWord) {
      nextWord = waited + REPEAT;
      onWait?.(await holderOf(connection, number));
    }
    // Half of the pause at random, so that those who wait do not ask in step.
    const jittered = pause / 2 + randomInt(pause / 2 + 1);
    await sleep(Math.min(jittered, timeout - waited), undefined, signal === undefined ? {} : { signal }).catch(() => {
      throw interrupted();
    });
  }
}

function interrupted(): LimbeckError {
  return new LimbeckError("INTERRUPTED", "Interrupted while waiting for the lock");
}

async function timedOut(connection: PostgresConnection, number: bigint, timeout: number): Promise<LimbeckError> {
  const holder = await holderOf(connection, number);
  const waited = timeout === 0 ? "" : ` (waited ${timeout / 1000} s)`;
  return new LimbeckError("LOCK_TIMEOUT", `Cannot take the lock of the migrations: ${holder} holds it${waited}`, {
    hint: "Wait for the other run to end; if it hangs, end its session with pg_terminate_backend(pid)",
    facts: { holder },
  });
}

interface Holder {
  readonly pid: number;
  readonly application: string | null;
  readonly address: string | null;
  readonly seconds: number | null;
}

const HOLDER = `
SELECT a.pid, a.application_name AS application, host(a.client_addr) AS address,
  floor(extract(epoch FROM now() - a.state_change))::integer AS seconds
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint`;

async function holderOf(connection: PostgresConnection, number: bigint): Promise<string> {
  const { rows: [holder] } = await connection.query<Holder>(HOLDER, [number]);
  if (holder === undefined) return "another session";
  const { pid, application, address, seconds } = holder;
  const facts = [
    ...(application ? [application] : []),
    ...(address === null ? [] : [`from ${address}`]),
    ...(seconds === null ? [] : [`for ${seconds} s`]),
  ];
  return `process ${pid}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

/** Behind a pooler: a second session must not get the lock that is held, as it does where both share the server's. */
async function requireOwnSession(source: ConnectionSource, number: bigint): Promise<void> {
  const probe = connectionOf(await openSession(source, true));
  try {
    if (!await tryLock(probe, number)) return;
    await probe.query("SELECT pg_advisory_unlock($1::bigint)", [number]);
  } finally {
    await probe.close();
  }
  throw new LimbeckError(
    "CONNECTION_FAILED",
    `Cannot lock ${probe.description}: a pooler gives each transaction another session`,
    {
      hint: "Connect to the server itself, or to the pooler in session mode",
    },
  );
}
