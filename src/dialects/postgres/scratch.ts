/**
 * Scratch databases: made on a server, dropped when they are closed.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { isLimbeckError, LimbeckError, messageOf } from "../../errors.ts";
import type { ConnectionSource, Scratch } from "../dialect.ts";
import { connect, type PostgresConnection } from "./connection.ts";
import { isPgliteInstalled } from "./pglite.ts";
import { writer } from "./writer.ts";

const PREFIX = "limbeck_scratch_";

/** After so many seconds a database that nobody is connected to was left behind by a process that was killed. */
const STALE = 3600;

const ALTERNATIVES = "Name a server on which one can be made with --dev-url, or install @electric-sql/pglite";

function unavailable(reason: string, cause?: unknown): LimbeckError {
  return new LimbeckError("SCRATCH_UNAVAILABLE", `Cannot make a scratch database: ${reason}`, {
    hint: ALTERNATIVES,
    cause,
  });
}

function asScratch(connection: PostgresConnection, close: () => Promise<void>): Scratch {
  return {
    ...connection,
    reset: async () => {
      await connection.query("RESET SESSION AUTHORIZATION");
      await connection.query("RESET ALL");
    },
    close,
  };
}

/** Drops what killed processes have left behind; another process may be doing the same. */
async function dropStale(server: PostgresConnection): Promise<void> {
  const { rows } = await server.query<{ name: string }>(
    `SELECT d.datname AS name FROM pg_database d WHERE d.datname ~ $1
      AND to_timestamp(substr(d.datname, $2, 10)::bigint) < now() - make_interval(secs => $3)
      AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
      AND pg_has_role(d.datdba, 'USAGE') ORDER BY 1`,
    [`^${PREFIX}[0-9]{10}_`, PREFIX.length + 1, STALE],
  );
  for (const { name } of rows) {
    // What cannot be dropped now (somebody connects, it holds a subscription) is none of this run's business.
    await server.query(`DROP DATABASE IF EXISTS ${writer.identifier(name)}`).catch(() => undefined);
  }
}

/** Drops the subscriptions of a database, without a word to their publishers: with one it could not be dropped. */
async function dropSubscriptions(connection: PostgresConnection): Promise<void> {
  await connection.query("ROLLBACK");
  await connection.query("RESET SESSION AUTHORIZATION");
  const { rows } = await connection.query<{ name: string }>(
    `SELECT s.subname AS name FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
      WHERE d.datname = current_database() ORDER BY 1`,
  );
  for (const { name } of rows) {
    const subscription = writer.identifier(name);
    await connection.query(`ALTER SUBSCRIPTION ${subscription} DISABLE`);
    await connection.query(`ALTER SUBSCRIPTION ${subscription} SET (slot_name = NONE)`);
    await connection.query(`DROP SUBSCRIPTION ${subscription}`);
  }
}

async function createDatabase(server: PostgresConnection): Promise<string> {
  const { rows } = await server.query<{ seconds: string }>("SELECT floor(extract(epoch FROM now()))::text AS seconds");
  const name = `${PREFIX}${rows[0]?.seconds}_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  try {
    await server.query(`CREATE DATABASE ${writer.identifier(name)}`);
  } catch (error) {
    if (isLimbeckError(error) && error.facts["serverCode"] === "42501") {
      throw unavailable(`the user of ${server.description} may not (the right CREATEDB is missing)`, error);
    }
    throw unavailable(messageOf(error), error);
  }
  return name;
}

/** The url of another database on the same server. */
function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  other.searchParams.delete("dbname");
  return other.href;
}

async function onServer(url: string): Promise<Scratch> {
  const server = await connect({ url });
  const drop = async (name: string): Promise<void> => {
    try {
      await server.query(`DROP DATABASE IF EXISTS ${writer.identifier(name)} WITH (FORCE)`);
    } finally {
      await server.close();
    }
  };
  let name: string;
  try {
    await dropStale(server);
    name = await createDatabase(server);
  } catch (error) {
    await server.close();
    throw error;
  }
  try {
    const connection = await connect({ url: urlOf(url, name) });
    return asScratch(connection, async () => {
      try {
        await dropSubscriptions(connection).finally(() => connection.close());
      } finally {
        await drop(name);
      }
    });
  } catch (error) {
    await drop(name);
    throw error;
  }
}

/**
 * Opens an empty database: on the server of a `postgres://` url, else a PGlite in memory.
 *
 * @param server where it may be made
 * @throws `SCRATCH_UNAVAILABLE` where neither is possible
 */
export async function openScratch(server?: ConnectionSource): Promise<Scratch> {
  if (server !== undefined && "url" in server && /^postgres(ql)?:/i.test(server.url)) return await onServer(server.url);
  if (!isPgliteInstalled()) throw unavailable("no server is named, and there is no PGlite");
  const connection = await connect({ url: "pglite:" });
  return asScratch(connection, () => connection.close());
}
