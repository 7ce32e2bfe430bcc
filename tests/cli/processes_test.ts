/** Several processes at once, and one that is stopped: real processes on real databases. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dialectOf } from "../../src/dialects/registry.ts";
import { createDatabase } from "../support/postgres_server.ts";
import { checkoutRunner, run } from "./run_script.ts";

interface World {
  readonly directory: string;
  readonly url: string;
  readonly environment: Record<string, string | undefined>;
}

const DATABASES: readonly {
  readonly name: string;
  create(directory: string): Promise<{ url: string; drop(): Promise<void> }>;
}[] = [
  {
    name: "sqlite",
    create: (directory) =>
      Promise.resolve({ url: pathToFileURL(join(directory, "app.db")).href, drop: () => Promise.resolve() }),
  },
  { name: "postgres", create: () => createDatabase() },
];

const ENV = `export default async function env(context) {
  context.configure({ url: context.requireEnv("DATABASE_URL") });
  await context.runMigrations();
}
`;

function revisionFile(id: string, parent: string | null, body: string): string {
  return `export const revision = "${id}";\nexport const downRevision = ${JSON.stringify(parent)};\n` +
    `export async function upgrade(op) {\n${body}\n}\nexport function downgrade(op) {}\n`;
}

async function inProject(
  database: (typeof DATABASES)[number],
  revisions: readonly string[],
  work: (world: World) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "limbeck-processes-"));
  const { url, drop } = await database.create(directory);
  try {
    mkdirSync(join(directory, "migrations/versions"), { recursive: true });
    writeFileSync(join(directory, "limbeck.json"), "{}");
    writeFileSync(join(directory, "migrations/env.ts"), ENV);
    revisions.forEach((body, index) => {
      const parent = index === 0 ? null : `r${index - 1}`;
      writeFileSync(join(directory, `migrations/versions/r${index}.ts`), revisionFile(`r${index}`, parent, body));
    });
    await work({ directory, url, environment: { ...process.env, NO_COLOR: "1", DATABASE_URL: url } });
  } finally {
    await drop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function query(url: string, sql: string): Promise<readonly { readonly [column: string]: unknown }[]> {
  const dialect = await dialectOf({ url });
  const connection = await dialect.connect({ url });
  try {
    return (await connection.query(sql)).rows;
  } finally {
    await connection.close();
  }
}

for (const database of DATABASES) {
  describe(database.name, () => {
    test("10 processes at once: every revision runs once, and all exit 0", async () => {
      const revisions = [
        '  op.execute("create table log (revision text)");\n  op.execute("insert into log values (\'r0\')");',
        ...[1, 2, 3, 4].map((n) =>
          `  op.execute("insert into log values ('r${n}')");\n  op.createTable("t${n}", { columns: [{ name: "x", type: "integer" }] });`
        ),
      ];
      await inProject(database, revisions, async ({ directory, url, environment }) => {
        const upgrade = () => run([...checkoutRunner.command, "upgrade", "head"], directory, environment);
        const results = await Promise.all(Array.from({ length: 10 }, upgrade));
        for (const { exit, stderr } of results) assert.equal(exit, 0, stderr);
        const rows = await query(
          url,
          "select revision, count(*) as times from log group by revision order by revision",
        );
        assert.deepEqual(
          rows.map((row) => [row["revision"], Number(row["times"])]),
          [0, 1, 2, 3, 4].map((n) => [`r${n}`, 1]),
        );
        assert.deepEqual(await query(url, "select version_num from limbeck_version"), [{ version_num: "r4" }]);
        const ran = results.map(({ stderr }) => stderr.match(/Running upgrade/g)?.length ?? 0);
        assert.ok(ran.some((count) => count > 0));
      });
    });

    if (database.name === "sqlite") {
      test("a run that waits for the write lock says so, and goes on when it is free", async () => {
        const first = '  op.createTable("done", { columns: [{ name: "x", type: "integer" }] });';
        await inProject(database, [first], async ({ directory, url, environment }) => {
          const holder = await (await dialectOf({ url })).connect({ url });
          await holder.begin();
          const [program = "", ...args] = checkoutRunner.command;
          const child = spawn(program, [...args, "upgrade", "head"], {
            cwd: directory,
            env: environment as NodeJS.ProcessEnv,
          });
          let stderr = "";
          let released: Promise<void> | undefined;
          const exit = await new Promise<number | null>((done) => {
            child.on("close", (code) => done(code));
            child.stderr.on("data", (chunk) => {
              stderr += chunk;
              if (/Waiting for .* another process has ".*app\.db" locked/.test(stderr)) released ??= holder.rollback();
            });
          });
          await released;
          assert.equal(exit, 0, stderr);
          await holder.query("insert into done values (1)");
          await holder.close();
        });
      });
    }

    if (database.name === "sqlite") {
      for (const journal of ["delete", "wal"]) {
        test(`killed in the middle of a rebuild (journal: ${journal}): the file is as before, and the next run does all`, async () => {
          // More than SQLite's cache holds, so that the rebuild is in the file when the process dies.
          const first = `
  op.execute("create table big (id integer primary key, a integer, b text)");
  op.execute("create table child (p references big (id) on delete cascade)");
  op.execute("with recursive c (n) as (select 1 union all select n + 1 from c where n < 100000) insert into big select n, n, 'the text of row ' || n from c");
  op.execute("insert into child values (1)");`;
          const second = `
  op.alterColumn("big", "a", { type: "text" });
  await op.query("select 1");
  if (process.env.HANG) {
    console.log("rebuilt");
    await new Promise((done) => setTimeout(done, 60000));
  }`;
          await inProject(database, [first, second], async ({ directory, url, environment }) => {
            await query(url, `pragma journal_mode = ${journal}`);
            const upgrade = [...checkoutRunner.command, "upgrade"];
            const done = await run([...upgrade, "r0"], directory, environment);
            assert.equal(done.exit, 0, done.stderr);
            const facts = async () => [
              await query(url, "select version_num from limbeck_version"),
              await query(url, "select name, sql from sqlite_schema order by name"),
              await query(url, "select count(*) as rows, sum(a) as sum from big"),
              await query(url, "select p from child"),
            ];
            const before = await facts();
            const [program = "", ...args] = upgrade;
            const child = spawn(program, [...args, "head"], {
              cwd: directory,
              env: { ...environment, HANG: "1" } as NodeJS.ProcessEnv,
            });
            child.stdout.once("data", () => child.kill("SIGKILL"));
            await new Promise((closed) => child.on("close", closed));
            assert.deepEqual(await facts(), before);
            assert.deepEqual(await query(url, "pragma integrity_check"), [{ integrity_check: "ok" }]);

            const again = await run([...upgrade, "head"], directory, environment);
            assert.equal(again.exit, 0, again.stderr);
            assert.deepEqual(await query(url, "select count(*) as rows, typeof(min(a)) as type from big"), [
              { rows: 100000, type: "text" },
            ]);
            assert.deepEqual(await query(url, "select p from child"), [{ p: 1 }]);
          });
        });
      }
    }

    // Windows has no signals to send.
    if (process.platform !== "win32") {
      // A query of SQLite's blocks the whole process: the signal is heard when it has ended, and not too late.
      const long = "with recursive c (n) as (select 1 union all select n + 1 from c where n < 40000000) ";
      const waits: Record<string, Record<string, string>> = {
        sqlite: {
          "waits for something else":
            '  op.execute("create table half (x)");\n  await op.query("select 1");\n  await new Promise((done) => setTimeout(done, 60000));',
          "runs its last statement":
            `  op.execute("create table half (x)");\n  op.execute("${long} insert into half select count(*) from c");`,
          "runs a long query":
            `  op.execute("create table half (x)");\n  await op.query("${long} select count(*) from c");\n  op.execute("insert into half values (1)");`,
        },
        postgres: {
          "runs a statement": '  op.execute("create table half (x integer)");\n  op.execute("select pg_sleep(60)");',
        },
      };
      for (const [when, second] of Object.entries(waits[database.name] ?? {})) {
        test(`Ctrl-C while a revision ${when}: rolled back, exit 130, what came before stays`, async () => {
          const first = '  op.createTable("done", { columns: [{ name: "x", type: "integer" }] });';
          await inProject(database, [first, second], async ({ directory, url, environment }) => {
            const [program = "", ...args] = checkoutRunner.command;
            const child = spawn(program, [...args, "upgrade", "head"], {
              cwd: directory,
              env: environment as NodeJS.ProcessEnv,
            });
            let stderr = "";
            let stopped = false;
            const started = performance.now();
            const exit = await new Promise<number | null>((done) => {
              child.on("close", (code) => done(code));
              child.stderr.on("data", (chunk) => {
                stderr += chunk;
                // The statement itself is under way a moment after the line is printed.
                if (stopped || !/r0 -> r1/.test(stderr)) return;
                stopped = true;
                setTimeout(() => process.kill(child.pid ?? 0, "SIGINT"), 700);
              });
            });
            assert.equal(exit, 130, stderr);
            assert.ok(performance.now() - started < 30_000, "it waited for the statement's end");
            assert.match(stderr, /Interrupted/);
            assert.deepEqual(await query(url, "select version_num from limbeck_version"), [{ version_num: "r0" }]);
            await assert.rejects(query(url, "select * from half"));
            const again = await run([...checkoutRunner.command, "current"], directory, environment);
            assert.equal(again.stdout, "r0\n");
          });
        });
      }
    }
  });
}

test("a reader that goes away early, as head does, is no error", async () => {
  const directory = mkdtempSync(join(tmpdir(), "limbeck-pipe-"));
  try {
    mkdirSync(join(directory, "migrations/versions"), { recursive: true });
    writeFileSync(join(directory, "limbeck.json"), "{}");
    for (let at = 0; at < 3000; at++) {
      writeFileSync(
        join(directory, `migrations/versions/r${at}.ts`),
        revisionFile(`r${at}`, at === 0 ? null : `r${at - 1}`, ""),
      );
    }
    const [program = "", ...args] = checkoutRunner.command;
    const child = spawn(program, [...args, "history", "-v"], { cwd: directory });
    let stderr = "";
    child.stderr.on("data", (text) => stderr += text);
    child.stdout.once("data", () => child.stdout.destroy());
    const exit = await new Promise((done) => child.on("close", done));
    assert.deepEqual({ exit, stderr }, { exit: 0, stderr: "" });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
