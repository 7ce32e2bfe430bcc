import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { diff } from "../../src/commands/diff.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { postgresUrl, withDatabase } from "../support/postgres_server.ts";

const folder = mkdtempSync(join(tmpdir(), "limbeck-diff-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, sql: string): string {
  writeFileSync(join(folder, name), sql);
  return name;
}

async function scratches(url: string): Promise<number> {
  const connection = await postgres.connect({ url });
  try {
    const { rows } = await connection.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_database WHERE datname LIKE 'limbeck\\_scratch\\_%'",
    );
    return rows[0]?.n ?? -1;
  } finally {
    await connection.close();
  }
}

test("a database and a SQL file: the scratch database is gone afterwards, also where the file fails", async () => {
  await withDatabase(async (url) => {
    const before = await scratches(url);
    const options = { cwd: folder, from: url };
    const { statements } = await diff({ ...options, to: file("new.sql", "CREATE TABLE t (id serial PRIMARY KEY)") });
    assert.deepEqual(statements.map(({ sql }) => sql), [
      "CREATE TABLE t (\n  id serial NOT NULL,\n  CONSTRAINT t_pkey PRIMARY KEY (id)\n)",
    ]);
    const bad = file("bad.sql", "CREATE TABLE a (x integer);\nSELECT * FROM nowhere;");
    await assert.rejects(diff({ ...options, to: bad }), { code: "TARGET_INVALID", message: /line 2 fails: .*nowhere/ });
    assert.equal(await scratches(url), before);
  });
});

test("a file with a subscription: its scratch database is dropped all the same", async () => {
  const url = await postgresUrl();
  const before = await scratches(url);
  const sub = file("sub.sql", "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)");
  await diff({ cwd: folder, from: "empty", to: sub, devUrl: url });
  assert.equal(await scratches(url), before);
});

test("what pg_dump writes is read, and what it sets does not last", async () => {
  const dump = file(
    "dump.sql",
    `\\restrict abc
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.t (id integer);
\\unrestrict abc
`,
  );
  const plain = file("plain.sql", "CREATE TABLE t (id integer)");
  const { operations } = await diff({ cwd: folder, from: dump, to: plain, devUrl: await postgresUrl() });
  assert.deepEqual(operations, []);
});

test("who may not make a database is told which right is missing", async () => {
  await withDatabase(async (url) => {
    const connection = await postgres.connect({ url });
    const role = `limbeck_weak_${Date.now()}`;
    await connection.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    try {
      const weak = new URL(url);
      [weak.username, weak.password] = [role, "x"];
      await assert.rejects(diff({ cwd: folder, from: "empty", to: file("one.sql", "SELECT 1"), devUrl: weak.href }), {
        code: "SCRATCH_UNAVAILABLE",
        message: /the right CREATEDB is missing/,
        hint: /--dev-url.*pglite/,
      });
    } finally {
      await connection.query(`DROP ROLE ${role}`);
      await connection.close();
    }
  });
});

test("a column keeps its default while the values of its type change; a default that goes is taken away before", async () => {
  const sql = (values: string, status: string): string =>
    `CREATE TYPE s AS ENUM (${values}); CREATE TABLE t (a s NOT NULL DEFAULT '${status}', b text DEFAULT 'new'::s::text)`;
  const kinds = async (name: string, from: string, to: string): Promise<readonly string[]> => {
    const options = { cwd: folder, devUrl: await postgresUrl(), dialect: "postgres" };
    const { operations } = await diff({ ...options, from: file(`${name}1.sql`, from), to: file(`${name}2.sql`, to) });
    return operations.map(({ kind, ...rest }) => "column" in rest ? `${kind} ${rest.column}` : kind);
  };
  const old = sql("'new', 'old'", "new");
  assert.deepEqual(await kinds("kept", old, sql("'old', 'new'", "new")), [
    "alterColumn b",
    "alterEnum",
    "alterColumn b",
  ]);
  assert.deepEqual(await kinds("gone", sql("'new', 'old'", "old"), sql("'new'", "new")), [
    "alterColumn a",
    "alterColumn b",
    "alterEnum",
    "alterColumn a",
    "alterColumn b",
  ]);
});

test("a view that SQLite has quoted anew is the same view", async () => {
  const from = file("quoted.sql", 'CREATE TABLE people (name TEXT); CREATE VIEW v AS SELECT "name" FROM "people";');
  const to = file("plain.sql", "CREATE TABLE people (name TEXT); CREATE VIEW v AS SELECT Name\n  FROM people;");
  const { operations } = await diff({ cwd: folder, from, to, dialect: "sqlite" });
  assert.deepEqual(operations, []);
});
