/** A database compared with a target, without a project. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createClient } from "@libsql/client";
import { compareMetadata, defineSchema, produceMigrations, table } from "limbeck";
import { runSql, withDatabase } from "../support/postgres_server.ts";

const target = defineSchema({
  tables: [
    table("users", {
      columns: [{ name: "id", type: "integer", nullable: false }, { name: "full_name", type: "text" }],
      primaryKey: ["id"],
    }),
  ],
});
const USERS = "CREATE TABLE users (id integer PRIMARY KEY NOT NULL, name text)";

test("compareMetadata says what a SQLite file lacks, and changes nothing", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "limbeck-metadata-"));
  try {
    const client = createClient({ url: `file:${join(cwd, "app.db")}` });
    await client.executeMultiple(`${USERS}; CREATE TABLE limbeck_version (version_num text PRIMARY KEY)`);
    const options = { url: "file:app.db", cwd, target };
    const { operations, statements, renames, warnings } = await compareMetadata(options);
    assert.deepEqual(operations.map(({ kind }) => kind), ["renameColumn"]);
    assert.deepEqual(statements.map(({ sql }) => sql), ["ALTER TABLE users RENAME COLUMN name TO full_name"]);
    assert.deepEqual(renames.map(({ given }) => given), [false]);
    assert.match(warnings.join(), /Taken for a rename/);

    // A client of the application's stays open.
    const again = await compareMetadata({ connection: client, target, noRenames: true });
    assert.deepEqual(again.operations.map(({ kind }) => kind), ["addColumn", "dropColumn"]);
    const filtered = await compareMetadata({
      connection: client,
      target,
      includeObject: (_, __, type) => type !== "table",
    });
    assert.deepEqual(filtered.operations, []);
    await client.executeMultiple(statements.map(({ sql }) => `${sql};`).join("\n"));
    assert.deepEqual((await compareMetadata({ connection: client, target })).operations, []);
    client.close();
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

test("produceMigrations gives the way back, and tries the way there", async () => {
  await withDatabase(async (url) => {
    await runSql(url, USERS);
    const { operations, downgrade, verified } = await produceMigrations({
      url,
      target: { kind: "sqlText", text: "CREATE TABLE users (id integer PRIMARY KEY NOT NULL, name text DEFAULT 'x')" },
    });
    assert.deepEqual(operations.map(({ kind }) => kind), ["alterColumn"]);
    assert.deepEqual(downgrade, [
      { kind: "alterColumn", table: { name: "users" }, column: "name", changes: { default: null } },
    ]);
    assert.equal(verified, true);
  });
});

test("what is missing is said", async () => {
  await assert.rejects(compareMetadata({ target }), { code: "URL_MISSING" });
  await assert.rejects(compareMetadata({ url: ":memory:" }), { code: "TARGET_MISSING" });
  await assert.rejects(compareMetadata({ url: ":memory:", target: { kind: "sqlText", text: "CREATE TABEL" } }), {
    code: "TARGET_INVALID",
  });
});
