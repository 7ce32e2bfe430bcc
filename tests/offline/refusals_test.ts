/**
 * What a script cannot hold is refused, and a script refuses what would leave rows without their parent.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { upgrade } from "../../src/commands/upgrade.ts";
import { downgradeScript, ensureVersionScript, stampScript, upgradeScript } from "../../src/commands/offline.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";

/** Makes a project of revisions in a row, and removes it afterwards. */
function inProject(bodies: readonly string[], work: (cwd: string) => Promise<void>, env = ""): () => Promise<void> {
  return async () => {
    const cwd = mkdtempSync(join(tmpdir(), "limbeck_offline_"));
    try {
      mkdirSync(join(cwd, "migrations/versions"), { recursive: true });
      writeFileSync(join(cwd, "limbeck.json"), `{"scriptLocation": "migrations"}`);
      if (env !== "") {
        writeFileSync(join(cwd, "migrations/env.ts"), `export default async function env(context) {${env}}`);
      }
      for (const [place, body] of bodies.entries()) {
        const down = place === 0 ? "null" : `"aaaaaaaaaa0${place - 1}"`;
        const text = `export const revision = "aaaaaaaaaa0${place}";\nexport const downRevision = ${down};\n` +
          `export const branchLabels = null;\nexport const dependsOn = null;\n` +
          `export async function upgrade(op: any) { ${body} }\nexport function downgrade() {}\n`;
        writeFileSync(join(cwd, `migrations/versions/aaaaaaaaaa0${place}_step.ts`), text);
      }
      await work(cwd);
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  };
}

const MOOD = `op.createEnum("mood", ["ok", "bad"]);
  op.createTable("t", { columns: [{ name: "m", type: "mood" }, { name: "x", type: "text" }] });`;

const REFUSED: readonly {
  readonly name: string;
  readonly dialect: string;
  readonly bodies: readonly string[];
  readonly error: object;
}[] = [
  {
    name: "op.query",
    dialect: "sqlite",
    bodies: [`const rows = await op.query("select 1");`],
    error: { code: "OFFLINE_UNSUPPORTED", message: /op\.query/, hint: /INSERT … SELECT/ },
  },
  {
    name: "op.query that wants rows back",
    dialect: "postgres",
    bodies: [`op.execute("create table t (x int)"); await op.query("insert into t values (1) returning x");`],
    error: { code: "OFFLINE_UNSUPPORTED" },
  },
  {
    name: "a value with NUL",
    dialect: "postgres",
    bodies: [`op.execute("select $1", ["a\\0b"]);`],
    error: { code: "OPERATION_INVALID", message: /NUL/ },
  },
  {
    name: "a change of an enum that raw SQL has made",
    dialect: "postgres",
    bodies: [`op.execute("create type mood as enum ('ok', 'bad')");`, `op.alterEnum("mood", ["ok"]);`],
    error: { code: "OFFLINE_UNSUPPORTED", message: /op\.alterEnum/, hint: /op\.execute/ },
  },
  {
    name: "a change of an enum that raw SQL has put into a table",
    dialect: "postgres",
    bodies: [MOOD, `op.execute("ALTER TABLE t ADD COLUMN again mood");`, `op.alterEnum("mood", ["ok"]);`],
    error: { code: "OFFLINE_UNSUPPORTED" },
  },
  {
    name: "a change of a type that raw SQL has changed",
    dialect: "postgres",
    bodies: [
      MOOD,
      `op.execute("ALTER TABLE t ALTER x TYPE citext");`,
      `op.alterColumn("t", "x", { type: "integer" });`,
    ],
    error: { code: "OFFLINE_UNSUPPORTED", message: /"t\.x"/ },
  },
];

for (const { name, dialect, bodies, error } of REFUSED) {
  const last = `aaaaaaaaaa0${bodies.length - 1}`;
  test(
    `${dialect} refuses ${name}`,
    inProject(bodies, async (cwd) => {
      await assert.rejects(upgradeScript({ cwd, dialect, target: "head" }), (thrown: Error & { facts: object }) => {
        for (const [key, expected] of Object.entries(error)) {
          const actual: unknown = Reflect.get(thrown, key);
          if (expected instanceof RegExp) assert.match(String(actual), expected);
          else assert.equal(actual, expected);
        }
        const { revision, path } = thrown.facts as { revision?: string; path?: string };
        assert.equal(revision, last);
        assert.match(String(path), new RegExp(`${last}_step\\.ts$`));
        return true;
      });
    }),
  );
}

test(
  "what raw SQL has made may still get a default or another name",
  inProject(
    [
      `op.execute("create table t (x int)");`,
      `op.alterColumn("t", "x", { default: 1, nullable: false, newName: "y" });`,
    ],
    async (cwd) => {
      const { script } = await upgradeScript({ cwd, dialect: "postgres", target: "head" });
      assert.match(script, /ALTER TABLE t ALTER COLUMN x SET DEFAULT 1, ALTER COLUMN x SET NOT NULL;/);
    },
  ),
);

test(
  "op.query that changes rows is written",
  inProject([`await op.query("delete from t where x = ?", ["it's"]);`], async (cwd) => {
    const { script } = await upgradeScript({ cwd, dialect: "sqlite", target: "head" });
    assert.match(script, /delete from t where x = 'it''s';/);
  }),
);

test(
  "a revision before the range may read the database that is replayed",
  inProject(
    [
      `op.createTable("t", { columns: [{ name: "x", type: "text" }] }); await op.query("select x from t");`,
      `op.alterColumn("t", "x", { type: "integer" });`,
    ],
    async (cwd) => {
      const { script } = await upgradeScript({ cwd, dialect: "sqlite", target: "aaaaaaaaaa00:head" });
      assert.match(script, /CREATE TABLE _limbeck_new_t \(\n {2}x integer\n\);/);
    },
  ),
);

test(
  "a script that leaves rows without their parent fails, as the run does",
  inProject(
    [
      `op.execute("create table users (id integer primary key, name text)");
       op.execute("create table posts (id integer primary key, author integer references users (id))");
       op.execute("insert into users values (1, 'a'), (2, 'b')");
       op.execute("insert into posts values (1, 1), (2, 2)");`,
      `op.alterColumn("users", "name", { nullable: false }); op.execute("delete from users where id = 2");`,
    ],
    async (cwd) => {
      const url = pathToFileURL(join(cwd, "app.db")).href;
      await upgrade({ cwd, url, target: "aaaaaaaaaa00" });
      await assert.rejects(upgrade({ cwd, url, target: "head" }), { code: "FOREIGN_KEY_VIOLATION" });
      const { script } = await upgradeScript({ cwd, url, target: "aaaaaaaaaa00:head" });
      const connection = await sqlite.connect({ url });
      const run = async (): Promise<void> => {
        for (const { sql } of await sqlite.split(script)) {
          if (/BEGIN IMMEDIATE$/.test(sql)) await connection.begin();
          else if (/COMMIT$/.test(sql)) await connection.commit();
          else await connection.query(sql);
        }
      };
      try {
        await assert.rejects(run(), /rows_lost_their_parent/);
        await connection.rollback();
        const { rows } = await connection.query("select count(*) as n from users");
        assert.deepEqual(rows, [{ n: 2 }]);
      } finally {
        await connection.close();
      }
    },
  ),
);

test(
  "no connection is opened",
  inProject([`op.execute("select 1");`], async (cwd) => {
    const url = "postgres://nobody:secret@no-such-host.invalid:1/none";
    const { script, heads } = await upgradeScript({ cwd, url, target: "head" });
    assert.match(script, /^CREATE TABLE IF NOT EXISTS limbeck_version/);
    assert.deepEqual(heads, ["aaaaaaaaaa00"]);
  }),
);

test(
  "env.ts may say the dialect, and its url may be missing with --dialect",
  inProject(
    [`op.execute("select 1");`],
    async (cwd) => {
      delete process.env["NO_SUCH_URL"];
      await assert.rejects(upgradeScript({ cwd, target: "head" }), { code: "ENV_VARIABLE_MISSING" });
      const { script } = await upgradeScript({ cwd, dialect: "sqlite", target: "head" });
      assert.match(script, /^PRAGMA foreign_keys = ON;/);
      await assert.rejects(upgradeScript({ cwd, dialect: "mysql", target: "head" }), { code: "UNKNOWN_DIALECT" });
    },
    `context.configure({ url: context.requireEnv("NO_SUCH_URL") }); await context.runMigrations();`,
  ),
);

test(
  "without a url, the dialect has to come from somewhere",
  inProject([`op.execute("select 1");`], async (cwd) => {
    await assert.rejects(upgradeScript({ cwd, target: "head" }), { code: "ENV_FILE_NOT_FOUND", hint: /--dialect/ });
  }),
);

test(
  "configure({ dialect }) is enough",
  inProject(
    [`op.execute("select 1");`],
    async (cwd) => {
      const { script } = await upgradeScript({ cwd, target: "head", tag: "blue" });
      assert.match(script, /BEGIN IMMEDIATE;/);
    },
    `if (!context.offline || context.tag !== "blue") throw new Error("not offline");
     context.configure({ dialect: "sqlite" }); await context.runMigrations();`,
  ),
);

const THREE = [`op.execute("select 1");`, `op.execute("select 2");`, `op.execute("select 3");`];

test(
  "a stamp is its rows",
  inProject(THREE, async (cwd) => {
    const stamp = async (...targets: readonly string[]): Promise<string> =>
      (await stampScript({ cwd, dialect: "postgres", targets })).script;
    assert.match(
      await stamp("head"),
      /CREATE TABLE IF NOT[^]*INSERT INTO limbeck_version \(version_num\) VALUES \('aaaaaaaaaa02'\);/,
    );
    assert.equal(
      await stamp("aaaaaaaaaa00:head"),
      "-- Running stamp aaaaaaaaaa00 -> aaaaaaaaaa02\n\nBEGIN;\n\n" +
        "UPDATE limbeck_version SET version_num = 'aaaaaaaaaa02' WHERE version_num = 'aaaaaaaaaa00';\n\nCOMMIT;\n",
    );
    assert.match(await stamp("head:base"), /DELETE FROM limbeck_version WHERE version_num = 'aaaaaaaaaa02';/);
    await assert.rejects(stamp("aaaaaaaaaa00:head", "aaaaaaaaaa01:head"), { code: "RANGE_INVALID" });
  }),
);

test(
  "ranges are checked, and one with nothing in it is an empty script",
  inProject(THREE, async (cwd) => {
    const options = { cwd, dialect: "postgres" };
    await assert.rejects(downgradeScript({ ...options, target: "base" }), { code: "RANGE_INVALID", hint: /head:base/ });
    await assert.rejects(upgradeScript({ ...options, target: ":" }), { code: "RANGE_INVALID" });
    await assert.rejects(downgradeScript({ ...options, target: "head:" }), {
      code: "RANGE_INVALID",
      hint: /head:base/,
    });
    await assert.rejects(upgradeScript({ ...options, target: "nope" }), { code: "REVISION_NOT_FOUND" });
    assert.equal((await upgradeScript({ ...options, target: "head:head" })).script, "");
    const { script } = await ensureVersionScript(options);
    assert.match(script, /^CREATE TABLE IF NOT EXISTS limbeck_version \([^;]*\);\n$/);
  }),
);

test(
  "onVersionApply writes into the script, in the step's transaction",
  inProject(
    [`op.execute("create table audit (revision text)");`],
    async (cwd) => {
      const { script } = await upgradeScript({ cwd, dialect: "postgres", target: "head" });
      assert.match(
        script,
        /INSERT INTO limbeck_version[^;]*;\n\ninsert into audit values \('aaaaaaaaaa00'\);\n\nCOMMIT;\n$/,
      );
    },
    `context.configure({
      onVersionApply: async ({ revision, query }) => { await query("insert into audit values ($1)", [revision]); },
    });
    await context.runMigrations();`,
  ),
);

test(
  "branches and a merge: one row takes the place of two",
  inProject(THREE, async (cwd) => {
    const merge =
      `export const revision = "aaaaaaaaaa09";\nexport const downRevision = ["aaaaaaaaaa02", "aaaaaaaaaa08"];\n`;
    const branch = `export const revision = "aaaaaaaaaa08";\nexport const downRevision = "aaaaaaaaaa00";\n`;
    const rest = "export const branchLabels = null;\nexport const dependsOn = null;\n" +
      "export function upgrade() {}\nexport function downgrade() {}\n";
    writeFileSync(join(cwd, "migrations/versions/aaaaaaaaaa08_branch.ts"), branch + rest);
    writeFileSync(join(cwd, "migrations/versions/aaaaaaaaaa09_merge.ts"), merge + rest);
    const rows = (script: string): readonly string[] => script.match(/^(?:INSERT|UPDATE|DELETE).*$/gm) ?? [];
    const { script, heads } = await upgradeScript({ cwd, dialect: "postgres", target: "aaaaaaaaaa02:head" });
    assert.deepEqual(heads, ["aaaaaaaaaa09"]);
    assert.equal(rows(script).length, 3);
    assert.match(script, /^-- Running upgrade aaaaaaaaaa00 -> aaaaaaaaaa08/);
    assert.match(script, /-- Running upgrade aaaaaaaaaa02, aaaaaaaaaa08 -> aaaaaaaaaa09/);
    const back = await downgradeScript({ cwd, dialect: "postgres", target: "head:aaaaaaaaaa00" });
    assert.deepEqual(back.heads, ["aaaaaaaaaa00"]);
  }),
);
