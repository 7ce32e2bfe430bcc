/**
 * A script, fed to `psql` or `sqlite3`, gives the same database as the online run: the same objects, rows and versions.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { downgrade } from "../../src/commands/downgrade.ts";
import { downgradeScript, upgradeScript } from "../../src/commands/offline.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import { dialectNamed } from "../../src/dialects/registry.ts";
import { createDatabase } from "../support/postgres_server.ts";
import { type RevisionSet, SETS } from "./revision_sets.ts";

/** How a script gets into a database. */
type Feed = (script: string, dialect: Dialect, url: string) => Promise<void>;

const PROGRAMS = {
  postgres: (url: string) => ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", url],
  sqlite: (url: string) => ["sqlite3", "-bail", fileURLToPath(url)],
};

const feedProgram: Feed = (script, dialect, url) => {
  const [program = "", ...args] = PROGRAMS[dialect.name as "postgres" | "sqlite"](url);
  const { status, stderr, error } = spawnSync(program, args, { input: script, encoding: "utf8" });
  assert.equal(error, undefined);
  assert.equal(`${stderr.replaceAll(/^NOTICE:.*\n/gm, "")}${status}`, "0", script);
  return Promise.resolve();
};

const feedStatements: Feed = async (script, dialect, url) => {
  await connected(dialect, url, async (connection) => {
    for (const { sql } of await dialect.split(script)) {
      // libSQL's client forgets a transaction that it has not begun itself.
      if (/^BEGIN IMMEDIATE$/m.test(sql)) await connection.begin();
      else if (/^COMMIT$/m.test(sql) && dialect.name === "sqlite") await connection.commit();
      else await connection.query(sql);
    }
  });
};

const isInstalled = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

async function connected<T>(dialect: Dialect, url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await dialect.connect({ url });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Everything that there is in a database. */
function contents(dialect: Dialect, url: string): Promise<unknown> {
  return connected(dialect, url, async (connection) => {
    const schema = await dialect.inspect(connection, { schemas: "all" });
    const rows: Record<string, unknown> = {};
    for (const table of schema.tables) {
      const name = dialect.writer.name(table);
      const text = dialect.name === "sqlite"
        ? table.columns.map(({ name }) => `quote("${name}"), typeof("${name}")`).join(", ")
        : "t::text";
      const result = await connection.query(`select ${text} from ${name} as t`);
      rows[name] = result.rows.map((row) => JSON.stringify(row)).sort();
    }
    return { schema, rows };
  });
}

async function databases(dialect: string, folder: string, count: number) {
  if (dialect === "postgres") return await Promise.all(Array.from({ length: count }, () => createDatabase()));
  return Array.from({ length: count }, (_, number) => ({
    url: pathToFileURL(join(folder, `${number}.db`)).href,
    drop: () => Promise.resolve(),
  }));
}

function writeSet({ revisions }: RevisionSet, folder: string): void {
  mkdirSync(join(folder, "migrations/versions"), { recursive: true });
  writeFileSync(join(folder, "limbeck.json"), `{"scriptLocation": "migrations"}`);
  let down: string | null = null;
  for (const [id, body] of Object.entries(revisions)) {
    const path = join(folder, "migrations/versions", `${id}_step.${body.includes("-- upgrade") ? "sql" : "ts"}`);
    const text = path.endsWith(".sql")
      ? `-- step\n--\n-- revision: ${id}\n-- revises: ${down ?? ""}\n${body}`
      : `/** step's; "text" */\nexport const revision = "${id}";\nexport const downRevision = ${
        JSON.stringify(down)
      };\n` +
        `export const branchLabels = null;\nexport const dependsOn = null;\n${body}`;
    writeFileSync(path, text);
    down = id;
  }
}

/** Goes the same way online and by scripts, and compares after each leg. */
async function compare(
  folder: string,
  dialect: Dialect,
  ids: readonly string[],
  rows: RevisionSet["rows"],
  feeds: readonly Feed[],
): Promise<void> {
  const [online, ...scripted] = await databases(dialect.name, folder, feeds.length + 1);
  if (online === undefined) throw new Error("no database");
  const options = { cwd: folder };
  const leg = async (range: string, script: string): Promise<void> => {
    const expected = await contents(dialect, online.url);
    for (const [place, feed] of feeds.entries()) {
      const { url } = scripted[place]!;
      await feed(script, dialect, url);
      assert.deepEqual(await contents(dialect, url), expected, `${range}\n${script}`);
    }
  };
  const up = async (from: string, to: string): Promise<void> => {
    await upgrade({ ...options, url: online.url, target: to });
    const range = from === "" ? to : `${from}:${to}`;
    await leg(range, (await upgradeScript({ ...options, dialect: dialect.name, target: range })).script);
    for (const sql of rows?.[to] ?? []) {
      for (const { url } of [online, ...scripted]) await connected(dialect, url, (each) => each.query(sql));
    }
  };
  const down = async (from: string, to: string): Promise<void> => {
    await downgrade({ ...options, url: online.url, target: to });
    const range = `${from}:${to}`;
    await leg(range, (await downgradeScript({ ...options, dialect: dialect.name, target: range })).script);
  };
  const [first = "", last = ""] = [ids[0], ids.at(-1)];
  try {
    // Step by step up and down, so that each range has a history; then all at once.
    for (const [place, id] of ids.entries()) await up(ids[place - 1] ?? "", id);
    for (const [place, id] of ids.toReversed().entries()) await down(id, ids.toReversed()[place + 1] ?? "base");
    await up("", first);
    if (first !== last) {
      await up(first, last);
      await down(last, first);
    }
    await down(first, "base");
    // Also the longest way that needs no rows of the application's.
    const far = rows === undefined ? last : ids[1] ?? last;
    await up("", far);
    await down(far, "base");
  } finally {
    for (const { drop } of [online, ...scripted]) await drop();
  }
}

const feedsOf = (dialect: "postgres" | "sqlite"): readonly Feed[] => {
  const program = PROGRAMS[dialect]("file:///none")[0] ?? "";
  return isInstalled(program) ? [feedProgram, feedStatements] : [feedStatements];
};

function inFolder(work: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "limbeck_offline_"));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

for (const set of SETS) {
  test(
    `${set.dialect}, ${set.name}: the script does what the run does`,
    inFolder(async (folder) => {
      writeSet(set, folder);
      const dialect = await dialectNamed(set.dialect);
      await compare(folder, dialect, Object.keys(set.revisions), set.rows, feedsOf(set.dialect));
    }),
  );
}

test(
  "the example: the script does what the run does",
  inFolder(async (folder) => {
    const example = fileURLToPath(new URL("../../examples/blog/migrations", import.meta.url));
    cpSync(example, join(folder, "migrations"), { recursive: true });
    writeFileSync(join(folder, "limbeck.json"), readFileSync(join(example, "../limbeck.json")));
    const ids = ["5c3d8a91f0e2", "9b41e7d20c6f"];
    await compare(folder, await dialectNamed("sqlite"), ids, undefined, feedsOf("sqlite"));
  }),
);
