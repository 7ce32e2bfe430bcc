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
