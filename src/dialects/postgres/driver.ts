/**
 * Sessions with a PostgreSQL server through `pg`, or with a PGlite: one of our own, or one that the user has opened.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlValue } from "../../ddl/statement.ts";
import { isLimbeckError, LimbeckError } from "../../errors.ts";
import type { ConnectionSource } from "../dialect.ts";
import { connectionFailure, sqlState } from "./failures.ts";
import { openPglite, type Pglite } from "./pglite.ts";
import { type ConnectionSettings, parseUrl, UNVERIFIED } from "./url.ts";
import { dateText } from "./writer.ts";

/** One result of the driver. */
export interface RawResult {
  readonly rows: readonly { readonly [column: string]: unknown }[];
  readonly rowCount?: number | null;
  /** The command tag's word: `SELECT`, `COMMIT`, `ROLLBACK`. */
  readonly command?: string;
}

/** An open session, whatever the driver. */
export interface Session {
  /** For messages; no password in it. */
  readonly description: string;
  /** Without parameters the text may hold several statements, and the answer is a list. Throws the driver's errors. */
  run(sql: string, params?: readonly SqlValue[]): Promise<RawResult | readonly RawResult[]>;
  /** Whether the server's process is not the one that answered the log-in: a pooler stands between. */
  readonly pooled: boolean;
  /** Whether only this process can open the database: nothing has to be locked. */
  readonly embedded: boolean;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** The part of `pg`'s Client that is used. */
interface Client {
  readonly processID?: number | null;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly password?: unknown;
  readonly ssl?: unknown;
  connect(): Promise<unknown>;
  query(config: object): Promise<RawResult | readonly RawResult[]>;
  on(event: "error", listener: (error: Error) => void): unknown;
  end(): Promise<void>;
  release?(destroy?: boolean): void;
}

type ClientClass = new (settings: object) => Client;

interface Pool {
  readonly Client: ClientClass;
  readonly options: object;
  connect(): Promise<Client>;
}

type Parser = (text: string) => unknown;

/** The oldest major version that is supported. */
const OLDEST = 14;

const INT8 = 20;

/** date, time, timestamp, timestamptz, interval, timetz and their arrays: kept as text, which loses nothing. */
const AS_TEXT = new Set([1082, 1083, 1114, 1184, 1186, 1266, 1182, 1183, 1115, 1185, 1187, 1270]);

/** An `int8` as a number where that is exact, else as a bigint. */
export const parseInt8: Parser = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

interface TypeParsers {
  getTypeParser(oid: number, format?: string): Parser;
}

function typesOf(defaults: TypeParsers): TypeParsers {
  return {
    getTypeParser(oid, format) {
      if (format === "binary") return defaults.getTypeParser(oid, format);
      if (oid === INT8) return parseInt8;
      return AS_TEXT.has(oid) ? String : defaults.getTypeParser(oid, format);
    },
  };
}

/** A parameter as `pg` sends it: its own way with dates would depend on the time zone of this machine. */
function bound(value: SqlValue): unknown {
  if (value instanceof Date) return dateText(value);
  if (typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

async function loadPg(): Promise<{ readonly Client: ClientClass; readonly types: TypeParsers }> {
  return (await import("pg")).default;
}

function describeClient({ user, host, port, database }: Client): string {
  const place = host?.includes("/") || host?.includes(":") ? `[${host}]` : host ?? "";
  return `postgres://${user ?? ""}@${place}:${port ?? ""}/${database ?? ""}`;
}

async function stop(client: Client): Promise<void> {
  const { host, port, user, database, password, ssl, processID } = client;
  const other = new (client.constructor as ClientClass)({ host, port, user, database, password, ssl });
  await other.connect();
  try {
    await other.query({ text: "SELECT pg_cancel_backend($1)", values: [processID] });
  } finally {
    await other.end();
  }
}

/** A connected client as a session, with the server's version checked. */
async function clientSession(client: Client, own: boolean, close: () => Promise<void>): Promise<Session> {
  const types = typesOf((await loadPg()).types);
  const description = describeClient(client);
  let running: object | undefined;
  const run: Session["run"] = async (text, params) => {
    const mine = running = {};
    try {
      return await client.query({ text, types, ...(params === undefined ? {} : { values: params.map(bound) }) });
    } finally {
      if (running === mine) running = undefined;
    }
  };
  const answer = await run(
    "SELECT current_setting('server_version') AS version, pg_backend_pid() AS pid",
  ) as RawResult;
  const { version, pid } = answer.rows[0] as { version: string; pid: number };
  if (Number.parseInt(version) < OLDEST) {
    throw new LimbeckError("CONNECTION_FAILED", `Cannot work with ${description}: it is PostgreSQL ${version}`, {
      hint: `Use PostgreSQL ${OLDEST} or newer`,
      facts: { serverVersion: version },
    });
  }
  if (own) await noticeLostClients(run);
  return {
    description,
    run,
    pooled: pid !== client.processID,
    embedded: false,
    // Of a pooler's session the server's process is not known, and another's must not be hit.
    cancel: () => pid === client.processID ? stopStatement(client, () => running) : Promise.resolve(),
    close,
  };
}

/** How long a statement has after it was asked to stop, before it is asked again, in milliseconds. */
const AGAIN = 200;

/** Stops the statement that runs. The server may take the request before the statement, and forget it: it is told again. */
async function stopStatement(client: Client, running: () => object | undefined): Promise<void> {
  const statement = running();
  do {
    await stop(client);
    if (statement !== undefined && running() === statement) await sleep(AGAIN, undefined, { ref: false });
  } while (statement !== undefined && running() === statement);
}

/** Lets the server end what runs for a process that was killed, so that its lock is free soon. */
async function noticeLostClients(run: Session["run"]): Promise<void> {
  try {
    await run("SET client_connection_check_interval = 500");
  } catch (error) {
    // A server on a system that cannot tell (Windows) takes 0 only.
    if (sqlState(error) !== "22023") throw error;
  }
}

async function connectClient(settings: ConnectionSettings): Promise<Client> {
  const { Client } = await loadPg();
  const { mayUpgrade, ...config } = settings;
  const client = new Client(config);
  // Without a listener a server that goes away ends this process; the statement that runs, or the next one, fails too.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const { host = "", port = 0, user = "", database = "" } = client;
    const failure = connectionFailure(error, { description: describeClient(client), host, port, user, database });
    if (!mayUpgrade || sqlState(error) !== "28000") throw failure;
    try {
      return await connectClient({ ...settings, ssl: UNVERIFIED, mayUpgrade: false });
    } catch (again) {
      // A server without TLS says only that: what it answered first is the reason.
      throw isLimbeckError(again) && again.facts["serverCode"] !== undefined ? again : failure;
    }
  }
}

async function openUrl(url: string): Promise<Session> {
  if (/^pglite:/i.test(url)) {
    const pglite = await openPglite(url);
    return pgliteSession(pglite, url, () => pglite.close());
  }
  const client = await connectClient(parseUrl(url));
  try {
    return await clientSession(client, true, () => client.end());
  } catch (error) {
    await client.end();
    throw error;
  }
}

function pgliteSession(pglite: Pglite, description: string, close: () => Promise<void>): Session {
  const parsers: Record<number, Parser> = { [INT8]: parseInt8 };
  for (const oid of AS_TEXT) parsers[oid] = String;
  const result = ({ rows, affectedRows }: { rows: RawResult["rows"]; affectedRows?: number }): RawResult => ({
    rows,
    rowCount: affectedRows ?? rows.length,
  });
  return {
    description,
    run: async (sql, params) => {
      if (params !== undefined) return result(await pglite.query(sql, params.map(bound), { parsers }));
      return (await pglite.exec(sql, { parsers })).map(result);
    },
    pooled: false,
    embedded: true,
    // It runs inside this process, which waits for it.
    cancel: () => Promise.resolve(),
    close,
  };
}

const has = (value: object, method: string): boolean => typeof Reflect.get(value, method) === "function";

const isPglite = (client: object): client is Pglite => has(client, "exec") && "waitReady" in client;
const isPool = (client: object): client is Pool => "totalCount" in client && has(client, "connect");

/** Whether the source is a single client that the user has opened: its lock has to be taken on the client itself. */
export function isSingleClient(source: ConnectionSource): boolean {
  if (!("client" in source) || typeof source.client !== "object" || source.client === null) return false;
  return !isPool(source.client);
}

function unreachable(error: unknown): LimbeckError {
  return connectionFailure(error, {
    description: "the database of the client that env.ts configures",
    host: "its host",
    port: 0,
    user: "its user",
    database: "its database",
  });
}

async function openPool(pool: Pool, own: boolean): Promise<Session> {
  try {
    if (own) {
      // Not from the pool: with one place in it, whoever has that place would wait for itself.
      const client = new pool.Client(pool.options);
      client.on("error", () => {});
      await client.connect();
      return await clientSession(client, true, () => client.end());
    }
    const client = await pool.connect();
    return await clientSession(client, false, () => Promise.resolve(client.release?.()));
  } catch (error) {
    throw unreachable(error);
  }
}

/**
 * Opens a session.
 *
 * @param source a url (`postgres:`, `postgresql:`, `pglite:`), a `pg` Client or Pool, or a PGlite. A client is left open
 *   by `close`; of a pool one client is checked out, and given back by `close`
 * @param own asks for a session that nobody else uses, also where the source is a pool
 * @throws `CONNECTION_FAILED`, `URL_INVALID`
 */
export async function openSession(source: ConnectionSource, own = false): Promise<Session> {
  if ("url" in source) return await openUrl(source.url);
  const client = source.client as object;
  if (isPglite(client)) return pgliteSession(client, "pglite", () => Promise.resolve());
  if (isPool(client)) return await openPool(client, own);
  if (!has(client, "query")) {
    throw new LimbeckError("CONNECTION_FAILED", "Cannot use the client that env.ts configures: it has no method query");
  }
  const open = client as Client;
  try {
    if (Reflect.get(open, "_connected") === false) await open.connect();
    return await clientSession(open, false, () => Promise.resolve());
  } catch (error) {
    throw unreachable(error);
  }
}
