/** limbeck as a library: the commands as functions, values back, nothing printed. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { createClient } from "@libsql/client";
import { commands, isLimbeckError, type ProgressEvent } from "limbeck";
import { linkDrizzle } from "../cli/run_script.ts";

const SCHEMA = `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
`;

async function inProject(work: (cwd: string) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), "limbeck-library-"));
  const printed: unknown[] = [];
  const [out, err] = [process.stdout.write, process.stderr.write];
  try {
    mkdirSync(join(cwd, "src"));
    writeFileSync(join(cwd, "src/schema.ts"), SCHEMA);
    linkDrizzle(cwd);
    await commands.init({ cwd });
    process.stdout.write = process.stderr.write = (text: unknown) => printed.push(text) > 0;
    await work(cwd);
  } finally {
    process.stdout.write = out;
    process.stderr.write = err;
    rmSync(cwd, { recursive: true, force: true });
  }
  assert.deepEqual(printed, []);
}

test("the loop as functions", async () => {
  await inProject(async (cwd) => {
    const options = { cwd, url: `file:${join(cwd, "app.db")}` };
    const { revisions } = await commands.revision({ ...options, message: "first", autogenerate: true });
    const [first] = revisions;
    assert.ok(first !== undefined);
    assert.match(readFileSync(first.path, "utf8"), /op\.createTable\("users"/);

    const events: ProgressEvent[] = [];
    const up = await commands.upgrade({ ...options, target: "head", progress: (event) => events.push(event) });
    assert.deepEqual(up.heads, [first.revision]);
    assert.deepEqual(up.steps.map(({ revision, direction }) => [revision, direction]), [[first.revision, "upgrade"]]);
    assert.deepEqual(events.map(({ type }) => type), ["connected", "begin", "end"]);

    assert.deepEqual((await commands.revision({ ...options, autogenerate: true })).revisions, []);
    assert.equal((await commands.current(options)).isHead, true);
    assert.deepEqual((await commands.heads({ cwd })).revisions.map(({ message }) => message), ["first"]);
    assert.deepEqual((await commands.history({ cwd })).revisions.map(({ revision }) => revision), [first.revision]);
    assert.deepEqual((await commands.downgrade({ ...options, target: "base" })).heads, []);
  });
});

test("an error is a value with a code and facts", async () => {
  await inProject(async (cwd) => {
    await assert.rejects(commands.upgrade({ cwd, url: "file:app.db", target: "nope" }), (error) => {
      assert.ok(isLimbeckError(error));
      assert.equal(error.code, "REVISION_NOT_FOUND");
      return true;
    });
  });
});

test("a signal stops an upgrade and rolls it back", async () => {
  await inProject(async (cwd) => {
    writeFileSync(
      join(cwd, "migrations/versions/a1.ts"),
      `export const revision = "a1";\nexport const downRevision = null;\nexport async function upgrade(op) {
  op.execute("create table half (x)");\n  await op.query("select 1");\n  globalThis.reached();\n  await new Promise((done) => setTimeout(done, 5000));\n}\n`,
    );
    const url = `file:${join(cwd, "app.db")}`;
    const controller = new AbortController();
    Object.assign(globalThis, { reached: () => controller.abort() });
    await assert.rejects(commands.upgrade({ cwd, url, target: "head", signal: controller.signal }), {
      code: "INTERRUPTED",
    });
    const client = createClient({ url });
    const { rows } = await client.execute("select name from sqlite_schema where name = 'half'");
    client.close();
    assert.equal(rows.length, 0);
  });
});

test("a client of the application's own is used, and left open", async () => {
  await inProject(async (cwd) => {
    const client = createClient({ url: `file:${join(cwd, "own.db")}` });
    Object.assign(globalThis, { ownClient: client });
    writeFileSync(
      join(cwd, "migrations/env.ts"),
      `export default async function env(context) {
  context.configure({ connection: globalThis.ownClient, target: () => import("../src/schema.ts") });
  await context.runMigrations();
}\n`,
    );
    await commands.revision({ cwd, message: "first", autogenerate: true });
    await commands.upgrade({ cwd, target: "head" });
    await client.execute("insert into users (name) values ('still open')");
    assert.equal((await client.execute("select * from users")).rows.length, 1);
    client.close();
  });
});
