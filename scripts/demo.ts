/**
 * `deno task demo`: the main job, shown on a temporary project made from examples/blog.
 *
 *     deno task demo                       an SQLite file
 *     deno task demo --url postgres://…    PostgreSQL: a database that has nothing in it
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { url: { type: "string" } } });
const url = values.url ?? "file:blog.db";
const schemaName = url.startsWith("postgres") ? "schema_postgres.ts" : "schema.ts";
const project = mkdtempSync(join(tmpdir(), "limbeck-demo-"));

function say(text: string): void {
  console.log(`\n\x1b[1m# ${text}\x1b[0m`);
}

/** Runs limbeck as a user would and shows what it prints. */
function limbeck(...args: readonly string[]): void {
  const shown = args.map((arg) => /\s/.test(arg) ? `"${arg}"` : arg).join(" ");
  console.log(`\x1b[36m$ limbeck ${shown}\x1b[0m`);
  const { status } = spawnSync(process.execPath, ["run", "-A", "--quiet", join(root, "cli.ts"), ...args], {
    cwd: project,
    stdio: "inherit",
    env: { ...process.env, DATABASE_URL: url },
  });
  if (status !== 0) throw new Error(`limbeck ${shown} ended with ${status}`);
}

function change(path: string, from: string, to: string): void {
  const text = readFileSync(join(project, path), "utf8");
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(join(project, path), text.replace(from, to));
}

function showNewest(): void {
  const versions = join(project, "migrations/versions");
  const newest = readdirSync(versions).find((name) => !shownFiles.has(name));
  if (newest === undefined) throw new Error("no revision was written");
  shownFiles.add(newest);
  console.log(`\x1b[36m$ cat migrations/versions/${newest}\x1b[0m`);
  console.log(readFileSync(join(versions, newest), "utf8"));
}

const shownFiles = new Set<string>();

async function showTables(): Promise<void> {
  const { dialectOf } = await import("../src/dialects/registry.ts");
  const source = { url: url.startsWith("file:") ? `file:${join(project, url.slice(5))}` : url };
  const dialect = await dialectOf(source);
  const connection = await dialect.connect(source);
  try {
    for (const table of (await dialect.inspect(connection)).tables) {
      console.log(`  ${table.name.padEnd(16)} ${table.columns.map((column) => column.name).join(", ")}`);
    }
  } finally {
    await connection.close();
  }
}

try {
  say(`A project with a Drizzle schema, and an empty database (${url.startsWith("file:") ? "SQLite" : "PostgreSQL"})`);
  mkdirSync(join(project, "src"));
  cpSync(join(root, "examples/blog/src", schemaName), join(project, "src/schema.ts"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(
    join(root, "examples/blog/node_modules/drizzle-orm"),
    join(project, "node_modules/drizzle-orm"),
    "junction",
  );
  limbeck("init", "migrations");

  say("The first revision: what the schema has and the database has not");
  limbeck("revision", "--autogenerate", "-m", "first");
  showNewest();
  limbeck("upgrade", "head");

  say("The schema changes: users get a bio");
  change("src/schema.ts", "name: text().notNull(),", "name: text().notNull(),\n  bio: text(),");
  limbeck("revision", "--autogenerate", "-m", "add user bio");
  showNewest();
  limbeck("upgrade", "head");

  say("Where it stands");
  limbeck("history", "-i");
  limbeck("current");
  await showTables();

  say("And back");
  limbeck("downgrade", "-1");
  limbeck("downgrade", "base");
  await showTables();
} finally {
  rmSync(project, { recursive: true, force: true });
}
