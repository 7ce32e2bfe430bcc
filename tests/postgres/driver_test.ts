import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { connect } from "../../src/dialects/postgres/connection.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { parseUrl } from "../../src/dialects/postgres/url.ts";
import { isLimbeckError, type LimbeckError } from "../../src/errors.ts";
import { createDatabase, postgresUrl, runSql, withDatabase } from "../support/postgres_server.ts";
import { withConnection } from "./session.ts";

async function failureOf(promise: Promise<unknown>): Promise<LimbeckError> {
  const error = await promise.then(() => undefined, (thrown) => thrown);
  assert.ok(isLimbeckError(error), `not a LimbeckError: ${error}`);
  return error;
}

const URLS: readonly (readonly [url: string, settings: object])[] = [
  ["postgres://u:p@h:5433/d", { host: "h", port: 5433, user: "u", password: "p", database: "d", ssl: false }],
  ["postgresql://u@h/d", { host: "h", user: "u", database: "d", mayUpgrade: true }],
  ["postgres://u:p%40%2F@h/d", { password: "p@/" }],
  ["postgres://u@[::1]:5432/d", { host: "::1", port: 5432 }],
  ["postgres://u@%2Fvar%2Frun/d", { host: "/var/run" }],
  ["postgres:///d?host=/tmp&port=6000&user=me", { host: "/tmp", port: 6000, user: "me", database: "d" }],
  ["postgres://h/d?sslmode=disable", { ssl: false, mayUpgrade: false }],
  ["postgres://h/d?sslmode=require", { ssl: { rejectUnauthorized: false }, mayUpgrade: false }],
  ["postgres://h/d?sslmode=verify-full", { ssl: { rejectUnauthorized: true } }],
  ["postgres://h/d?options=-c%20a%3D1&application_name=x", { options: "-c a=1", application_name: "x" }],
  ["postgres://h/d?connect_timeout=3", { connectionTimeoutMillis: 3000, application_name: "limbeck" }],
];

for (const [url, expected] of URLS) {
  test(`the url ${url}`, () => {
    const settings = parseUrl(url) as unknown as Record<string, unknown>;
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, settings[key]])), expected);
  });
}

test("verify-ca checks the authority and not the name, verify-full both", () => {
  const names = ["verify-ca", "verify-full"].map((mode) => parseUrl(`postgres://h/d?sslmode=${mode}`).ssl);
  assert.deepEqual(names.map((ssl) => ssl && ssl.checkServerIdentity !== undefined), [true, false]);
});

test("a url that cannot be read is refused without repeating it", () => {
  for (
    const url of [
      "postgres://u:se#cret@:x/d",
      "postgres://u:secret@h:99999/d",
      "postgres://u:secret%@h/d",
      "postgres://u:secret@h/d?sslmode=maybe",
      "postgres://u:secret@a,b/d",
    ]
  ) {
    assert.throws(() => parseUrl(url), (error) => {
      assert.ok(isLimbeckError(error) && error.code === "URL_INVALID");
      return !JSON.stringify(error.toJSON()).includes("secret");
    }, url);
  }
});

test("what keeps from connecting is one clear sentence, without the password", async () => {
  const good = new URL(await postgresUrl());
  const port = await closedPort();
  const cases: readonly (readonly [change: (url: URL) => void, reason: RegExp])[] = [
    [(url) => url.port = String(port), /no server listens on 127\.0\.0\.1:\d+$/],
    [(url) => url.password = "wrong-secret", /the server refuses the password of "postgres"$/],
    [(url) => url.pathname = "/nowhere", /there is no database "nowhere"$/],
    [
      (url) => url.hostname = "no-such-host.invalid",
      /the host "no-such-host\.invalid" (is unknown|cannot be looked up)$/,
    ],
    [
      (url) => url.searchParams.set("host", "/no/such/folder"),
      /there is no socket of a server in "\/no\/such\/folder"/,
    ],
    [(url) => url.searchParams.set("sslmode", "require"), /does not support SSL/],
  ];
  for (const [change, reason] of cases) {
    const url = new URL(good);
    change(url);
    const error = await failureOf(connect({ url: url.href }));
    assert.equal(error.code, "CONNECTION_FAILED");
    assert.match(error.message, reason);
    assert.doesNotMatch(JSON.stringify(error.toJSON()), /secret|limbeck@/);
  }
});

async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 1;
}

test("the description names user, host, port and database, and no password", async () => {
  await withConnection((connection, url) => {
    const { username, port, pathname } = new URL(url);
    assert.equal(connection.description, `postgres://${username}@127.0.0.1:${port}${pathname}`);
    return Promise.resolve();
  });
});

test("a statement that fails says what the server says, and where", async () => {
  await withConnection(async (connection) => {
    const sql = "SELECT '\u{1f600}', nothing FROM pg_class";
    const error = await failureOf(connection.query(sql));
    assert.equal(error.code, "STATEMENT_FAILED");
    assert.equal(error.message, 'PostgreSQL says: column "nothing" does not exist');
    assert.deepEqual(error.facts, { sql, serverCode: "42703", position: sql.indexOf("nothing") + 1 });

    await connection.query("CREATE TABLE t (a integer CONSTRAINT t_key UNIQUE); INSERT INTO t VALUES (1)");
    const twice = await failureOf(connection.query("INSERT INTO t VALUES ($1)", [1]));
    assert.deepEqual(
      [twice.facts["serverCode"], twice.facts["constraint"], twice.facts["table"], twice.facts["detail"]],
      ["23505", "t_key", "t", "Key (a)=(1) already exists."],
    );
  });
});

test("dates come as text, int8 as numbers where they are exact, and rows are counted", async () => {
  await withConnection(async (connection) => {
    await connection.query("SET timezone = 'UTC'");
    const { rows, rowCount } = await connection.query(
      "SELECT 1::int8 AS a, 9007199254740993 AS b, '2026-01-02'::date AS c, '2026-01-02 03:04:05.123456+00'::timestamptz AS d," +
        " '{\"x\":1}'::jsonb AS e, ARRAY['a','b'] AS f, 1.50::numeric AS g",
    );
    assert.equal(rowCount, 1);
    assert.deepEqual(rows, [{
      a: 1,
      b: 9007199254740993n,
      c: "2026-01-02",
      d: "2026-01-02 03:04:05.123456+00",
      e: { x: 1 },
      f: ["a", "b"],
      g: "1.50",
    }]);
  });
});

test("transactions commit and roll back; a commit after a failure is no commit", async () => {
  await withConnection(async (connection) => {
    await connection.query("CREATE TABLE t (a integer)");
    await connection.rollback();
    await connection.begin();
    await connection.query("INSERT INTO t VALUES (1)");
    await connection.commit();
    await connection.begin({ rebuild: true });
    await connection.query("INSERT INTO t VALUES (2)");
    await connection.rollback();
    await connection.begin();
    await failureOf(connection.query("SELECT nothing"));
    assert.equal((await failureOf(connection.commit())).code, "STATEMENT_FAILED");
    assert.deepEqual((await connection.query("SELECT a FROM t")).rows, [{ a: 1 }]);
  });
});

test("cancel stops the statement that runs", async () => {
  await withConnection(async (connection) => {
    const running = failureOf(connection.query("SELECT pg_sleep(600)"));
    await connection.cancel();
    assert.equal((await running).facts["serverCode"], "57014");
    assert.deepEqual((await connection.query("SELECT 1 AS a")).rows, [{ a: 1 }]);
  });
});

test("cancel stops a statement that reaches the server after it", async () => {
  const { default: pg } = await import("pg");
  const { url, drop } = await createDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { connection: { stream } } = client as unknown as { connection: { stream: Socket } };
  const connection = await connect({ client });
  try {
    stream.cork();
    const running = failureOf(connection.query("SELECT pg_sleep(600)"));
    const cancelled = connection.cancel();
    await sleep(400);
    stream.uncork();
    assert.equal((await running).facts["serverCode"], "57014");
    await cancelled;
  } finally {
    await connection.close();
    await client.end();
    await drop();
  }
});

test("a server that ends the session is an error of the next statement, and nothing worse", async () => {
  await withConnection(async (connection, url) => {
    const { rows: [row] } = await connection.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await runSql(url, `SELECT pg_terminate_backend(${row?.pid})`);
    const error = await failureOf(connection.query("SELECT 1"));
    assert.ok(error.code === "CONNECTION_FAILED" || error.facts["serverCode"] === "57P01", error.message);
  });
});

test("a client or pool that the user has opened is used, and left open", async () => {
  const { default: pg } = await import("pg");
  const { url, drop } = await createDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    for (const source of [{ client }, { client: pool }]) {
      const connection = await postgres.connect(source);
      assert.deepEqual((await connection.query("SELECT $1::int8 AS a", [1n])).rows, [{ a: 1 }]);
      const lock = await postgres.lock(source, { key: "limbeck_version", timeout: 0 });
      await lock?.release();
      await connection.close();
    }
    assert.equal((await client.query("SELECT 1 AS a")).rows[0].a, 1);
    assert.equal((await pool.query("SELECT 1 AS a")).rows[0].a, 1);
    assert.equal(pool.idleCount, 1);
  } finally {
    await client.end();
    await pool.end();
    await drop();
  }
});

test("a PGlite that is not installed is named, with how to install it", async () => {
  const error = await failureOf(connect({ url: "pglite:./nowhere" }));
  assert.equal(error.code, "CONNECTION_FAILED");
  assert.equal(error.hint, "Install it: npm install @electric-sql/pglite");
});

test("hasTable finds a table in the search path and in a schema", async () => {
  await withDatabase(async (url) => {
    await runSql(
      url,
      'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Order" (a integer); CREATE TABLE users (a integer)',
    );
    const connection = await postgres.connect({ url });
    const found = await Promise.all(
      [{ name: "users" }, { schema: "My App", name: "Order" }, { name: "Order" }, { schema: "no", name: "users" }]
        .map((name) => postgres.hasTable(connection, name)),
    );
    assert.deepEqual(found, [true, true, false, false]);
    await connection.close();
  });
});
