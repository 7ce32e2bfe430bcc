/**
 * How long limbeck takes to read and to compare databases of many tables, beside other tools on the same database in the
 * same run: `pg_dump --schema-only`, Alembic where its `alembic` can be started (and finds its driver), and drizzle-kit
 * where it is asked for.
 *
 *     deno run -A benchmarks/inspect.ts                                 SQLite; 100, 1,000 and 5,000 tables
 *     deno run -A benchmarks/inspect.ts --url postgres://…              PostgreSQL too: databases are made there, and dropped
 *     deno run -A benchmarks/inspect.ts --url postgres://… 2000         other sizes
 *     deno run -A benchmarks/inspect.ts --url postgres://… --drizzle-kit     installed by npm in a temporary folder
 *
 * Each table has 10 columns, 3 indexes and 2 foreign keys. Every round runs each subject once, in a process of its own; the
 * median of the rounds is shown. What took longer than {@linkcode PATIENCE} is run once only.
 *
 * - `inspect` is from connecting to the schema in hand; `compare` is of that schema with the same one read again, and with
 *   one that has a few changes. They are measured inside one fresh process, which also tells how often it asked the
 *   database, and by how much its memory grew at most.
 * - `diff` (a database with itself: read twice, compared), `pg_dump`, Alembic's `revision --autogenerate` (likewise a
 *   database with itself) and `drizzle-kit pull` are whole programs, from start to end.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "../src/commands/compare.ts";
import type { Connection, Dialect } from "../src/dialects/dialect.ts";
import { dialectOf } from "../src/dialects/registry.ts";
import { OBJECT_KINDS, type Schema } from "../src/schema/model.ts";

const ROUNDS = 5;
/** How long a subject may take and still be run again, in milliseconds. */
const PATIENCE = 20_000;
/** After so long a subject is stopped, in milliseconds. */
const LIMIT = 300_000;
const root = fileURLToPath(new URL("..", import.meta.url));

type DialectName = "postgres" | "sqlite";

/** What one fresh process measures, in milliseconds, questions and bytes. */
interface Measured {
  readonly inspect: number;
  readonly same: number;
  readonly changed: number;
  readonly roundTrips: number;
  readonly memory: number;
}

/** The SQL of one table; its foreign keys refer to tables before it. */
function tableSql(number: number, dialect: DialectName): string {
  const name = (of: number): string => `table_${String(of).padStart(5, "0")}`;
  const [table, parent, other] = [name(number), name(Math.floor(number / 2)), name(Math.floor(number / 3))];
  const [key, json, time, now] = dialect === "postgres"
    ? ["bigint", "jsonb", "timestamptz", "now()"]
    : ["integer", "text", "text", "current_timestamp"];
  return `create table ${table} (
  id ${key} primary key,
  parent_id ${key} not null references ${parent} (id),
  other_id ${key} references ${other} (id) on delete cascade,
  name text not null,
  email varchar(255) default 'none',
  amount numeric(10, 2) not null default 0,
  is_active boolean not null default true,
  note text,
  created_at ${time} default ${now},
  data ${json}
);
create index ${table}_name_idx on ${table} (name);
create unique index ${table}_email_idx on ${table} (email, parent_id);
create index ${table}_created_at_idx on ${table} (created_at) where is_active;`;
}

/** Fills an empty database, and has it know its own size, as one that has been in use does. */
async function fill(url: string, count: number, name: DialectName): Promise<void> {
  const dialect = await dialectOf({ url });
  const connection = await dialect.connect({ url });
  try {
    for (let first = 0; first < count; first += 500) {
      await connection.begin();
      for (let number = first; number < Math.min(first + 500, count); number++) {
        for (const sql of tableSql(number, name).split(";\n")) await connection.query(sql.replace(/;$/, ""));
      }
      await connection.commit();
    }
    await connection.query(name === "postgres" ? "VACUUM ANALYZE" : "ANALYZE");
  } finally {
    await connection.close();
  }
}

/** A connection that counts what goes to the database and comes back. */
function counted(connection: Connection): { readonly connection: Connection; readonly count: () => number } {
  let count = 0;
  const counting = new Proxy(connection, {
    get(target, name) {
      if (name === "query" || name === "batch") count++;
      return Reflect.get(target, name);
    },
  });
  return { connection: counting, count: () => count };
}

/** Every hundredth table with a column more and an index less. */
function withChanges(schema: Schema): Schema {
  const tables = schema.tables.map((table, place) =>
    place % 100 === 50
      ? { ...table, columns: [...table.columns, { name: "fresh", type: "text" }], indexes: table.indexes.slice(1) }
      : table
  );
  return { ...schema, tables };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** What the fresh process does. */
async function measure(url: string): Promise<Measured> {
  const dialect: Dialect = await dialectOf({ url });
  const before = process.memoryUsage().rss;
  const { ms: inspect, result: [session, current, roundTrips] } = await timed(async () => {
    const { connection, count } = counted(await dialect.connect({ url }));
    const schema = await dialect.inspect(connection, { schemas: "all" });
    return [connection, schema, count()] as const;
  });
  const target = await dialect.inspect(session, { schemas: "all" });
  await session.close();
  const against = (wanted: Schema) =>
    timed(() =>
      compare({ current, target: wanted, written: wanted, kinds: OBJECT_KINDS, convention: null, dialect }, {})
    );
  const [same, changed] = [await against(target), await against(withChanges(target))];
  if (same.result.operations.length > 0) throw new Error("a database differs from itself");
  if (changed.result.operations.length === 0 && current.tables.length > 50) throw new Error("changes were not found");
  const memory = process.resourceUsage().maxRSS * 1024 - before;
  return { inspect, same: same.ms, changed: changed.ms, roundTrips, memory };
}

/** Runs a program to its end; undefined where it took too long. */
function run(command: readonly string[], cwd: string): { readonly ms: number; readonly stdout: string } | undefined {
  const [program = "", ...args] = command;
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd,
    timeout: LIMIT,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (signal === "SIGTERM") return undefined;
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr || stdout}`);
  return { ms: performance.now() - start, stdout };
}

const starts = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** A project in which Alembic compares the database with what it has read of it. */
function alembicProject(directory: string, url: string): void {
  mkdirSync(join(directory, "migrations/versions"), { recursive: true });
  writeFileSync(join(directory, "alembic.ini"), "[alembic]\nscript_location = migrations\n");
  writeFileSync(join(directory, "migrations/script.py.mako"), 'revision = "${up_revision}"\ndown_revision = None\n');
  writeFileSync(
    join(directory, "migrations/env.py"),
    `from alembic import context
from sqlalchemy import MetaData, create_engine
engine = create_engine(${JSON.stringify(url.replace(/^postgres:/, "postgresql:").replace(/^file:/, "sqlite:///"))})
metadata = MetaData()
metadata.reflect(engine)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True)
    context.run_migrations()
`,
  );
}

/** Installs drizzle-kit; gives the folder. */
function installDrizzleKit(work: string): string {
  const directory = join(work, "drizzle-kit");
  mkdirSync(directory);
  writeFileSync(join(directory, "package.json"), "{}");
  run(["npm", "install", "--silent", "drizzle-kit", "drizzle-orm", "pg", "@libsql/client"], directory);
  return directory;
}

function drizzleKit(directory: string, url: string, dialect: DialectName): readonly string[] {
  const name = dialect === "postgres" ? "postgresql" : "sqlite";
  const out = `out-${name}`;
  rmSync(join(directory, out), { recursive: true, force: true });
  return [
    join(directory, "node_modules/.bin/drizzle-kit"),
    "pull",
    `--dialect=${name}`,
    `--url=${url}`,
    `--out=${out}`,
  ];
}

/** Something that is run once in each round. */
interface Subject {
  readonly name: string;
  /** The time that it took; undefined where it was stopped. */
  readonly run: () => number | undefined;
}

/** The other tools that are there. */
function otherTools(url: string, dialect: DialectName, work: string, drizzle: string | undefined): readonly Subject[] {
  const subject = (name: string, cwd: string, command: () => readonly string[]): Subject => ({
    name,
    run: () => run(command(), cwd)?.ms,
  });
  const alembic = mkdtempSync(join(work, "alembic-"));
  const versions = join(alembic, "migrations/versions");
  alembicProject(alembic, url);
  return [
    ...dialect === "postgres" && starts("pg_dump", "--version")
      ? [subject("pg_dump --schema-only", work, () => ["pg_dump", "--schema-only", "--file=dump.sql", url])]
      : [],
    ...drizzle === undefined ? [] : [subject("drizzle-kit pull", drizzle, () => drizzleKit(drizzle, url, dialect))],
    ...starts("alembic", "--version")
      ? [subject("alembic revision --autogenerate", alembic, () => {
        rmSync(versions, { recursive: true });
        mkdirSync(versions);
        return ["alembic", "revision", "--autogenerate"];
      })]
      : [],
  ];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** The median of each subject, all of them run in turn. What fails is left out, with the reason. */
function rounds(subjects: readonly Subject[]): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>();
  const done = new Set<Subject>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of subjects.filter((each) => !done.has(each))) {
      try {
        const ms = subject.run() ?? Infinity;
        times.set(subject.name, [...times.get(subject.name) ?? [], ms]);
        if (ms > PATIENCE) done.add(subject);
      } catch (error) {
        console.log(`  ${subject.name} is left out: ${String(error).trim().split("\n").at(-1)}`);
        done.add(subject);
      }
    }
  }
  return new Map([...times].map(([name, each]) => [name, median(each)]));
}

/** Measures everything on one database, and prints it. */
function benchmark(url: string, dialect: DialectName, count: number, work: string, drizzle: string | undefined): void {
  console.log(`${dialect}, ${count} tables`);
  const deno = [process.execPath, "run", "-A", "--quiet"];
  const inner: Measured[] = [];
  const limbeck: readonly Subject[] = [
    {
      name: "inspect",
      run: () => {
        const ran = run([...deno, fileURLToPath(import.meta.url), "--measure", url], work);
        if (ran !== undefined) inner.push(JSON.parse(ran.stdout));
        return inner.at(-1)?.inspect;
      },
    },
    {
      name: "limbeck diff",
      run: () => run([...deno, join(root, "cli.ts"), "diff", "--from", url, "--to", url], work)?.ms,
    },
  ];
  const found = rounds([...limbeck, ...otherTools(url, dialect, work, drizzle)]);
  const inspect = found.get("inspect") ?? NaN;
  const of = (pick: (measured: Measured) => number): number => median(inner.map(pick));
  const print = (name: string, ms: number, more = ""): void =>
    console.log(
      `  ${name.padEnd(34)} ${(ms === Infinity ? `> ${LIMIT}` : ms.toFixed(0)).padStart(8)} ms` +
        `  ×${(ms / inspect).toFixed(2).padEnd(8)} ${more}`.trimEnd(),
    );
  const trips = `${of(({ roundTrips }) => roundTrips)} questions to the database`;
  print("limbeck: inspect", inspect, `${trips}; memory +${(of(({ memory }) => memory) / 2 ** 20).toFixed(0)} MB`);
  print("limbeck: compare with the same", of(({ same }) => same));
  print("limbeck: compare with changes", of(({ changed }) => changed));
  for (const [name, ms] of found) if (name !== "inspect") print(name, ms);
}

/** Makes a database, measures, and throws it away. */
async function onPostgres(server: string, count: number, work: string, drizzle: string | undefined): Promise<void> {
  const url = new URL(server);
  const name = `limbeck_benchmark_${process.pid}`;
  url.pathname = `/${name}`;
  const dialect = await dialectOf({ url: server });
  const connection = await dialect.connect({ url: server });
  try {
    await connection.query(`CREATE DATABASE ${name}`);
    await fill(url.href, count, "postgres");
    benchmark(url.href, "postgres", count, work, drizzle);
  } finally {
    await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await connection.close();
  }
}

async function main(): Promise<void> {
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: "string" },
      "drizzle-kit": { type: "boolean", default: false },
      measure: { type: "string" },
    },
  });
  if (flags.measure !== undefined) {
    console.log(JSON.stringify(await measure(flags.measure)));
    return;
  }
  const work = mkdtempSync(join(tmpdir(), "limbeck-inspect-"));
  try {
    const drizzle = flags["drizzle-kit"] ? installDrizzleKit(work) : undefined;
    for (const count of positionals.length > 0 ? positionals.map(Number) : [100, 1000, 5000]) {
      if (flags.url !== undefined) await onPostgres(flags.url, count, work, drizzle);
      const file = `file:${join(work, `tables-${count}.db`)}`;
      await fill(file, count, "sqlite");
      benchmark(file, "sqlite", count, work, drizzle);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main();
