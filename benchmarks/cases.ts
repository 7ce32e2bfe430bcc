/**
 * How many of a file of cases the diff engine gets right, by tier and dialect, in both directions.
 *
 *     deno run -A benchmarks/cases.ts CASES.json [--url postgres://…] [--only TEXT] [--dialect NAME] [--show]
 *
 * A case has `id`, `dialect`, `tier`, `from_sql`, `to_sql`, and perhaps `setup_sql`, `seed_sql`, `seed_to_sql`. It passes
 * in a direction when the statements that `diff` gives run, the database then dumps like one that was built from the
 * target (the order of columns aside), a second `diff` is empty, and the rows of tables that stay are all there. A miss
 * is `refused` where `diff` says in words that it cannot, `wrong` where its SQL fails or leaves a difference.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { parseArgs, promisify } from "node:util";
import { differenceOf, type DiffResult } from "../src/commands/diff.ts";
import type { SideSchema } from "../src/commands/diff_side.ts";
import type { Connection, Dialect, Scratch } from "../src/dialects/dialect.ts";
import { dialectNamed } from "../src/dialects/registry.ts";
import { isLimbeckError, messageOf } from "../src/errors.ts";
import { OBJECT_KINDS } from "../src/schema/model.ts";
import { runSqlText } from "../src/sources/sql_text.ts";

interface Case {
  readonly id: string;
  readonly dialect: string;
  readonly tier: string;
  readonly shape?: string;
  readonly from_sql: string;
  readonly to_sql: string;
  readonly setup_sql?: string;
  readonly seed_sql?: string;
  readonly seed_to_sql?: string;
  readonly pg_ok?: readonly number[];
  readonly roles?: readonly string[] | null;
}

type Verdict = { readonly result: "passed" | "refused" | "wrong"; readonly why: string };

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string" },
    only: { type: "string", default: "" },
    dialect: { type: "string" },
    tier: { type: "string" },
    show: { type: "boolean", default: false },
    sql: { type: "boolean", default: false },
    jobs: { type: "string", default: "2" },
  },
});

async function build(dialect: Dialect, { setup_sql = "", roles }: Case, sql: string, seed = ""): Promise<Scratch> {
  const scratch = await dialect.openScratch(flags.url === undefined ? undefined : { url: flags.url });
  try {
    for (const role of roles ?? []) {
      await scratch.query(`CREATE ROLE ${dialect.writer.identifier(role)}`).catch(() => undefined);
    }
    for (const text of [setup_sql, sql, seed]) await runSqlText({ kind: "sqlText", text }, dialect, scratch);
    return scratch;
  } catch (error) {
    await scratch.close();
    throw error;
  }
}

async function read(dialect: Dialect, connection: Connection): Promise<SideSchema> {
  const schema = await dialect.inspect(connection, { schemas: "all" });
  return { written: schema, normal: schema, kinds: OBJECT_KINDS, convention: null, unmodelled: schema.unmodelled };
}

async function apply(
  { statements, operations, dialect }: Omit<DiffResult, "verified">,
  connection: Connection,
): Promise<void> {
  const rebuild = operations.some((operation) => dialect.mayRebuild(operation));
  await connection.begin({ rebuild });
  try {
    for (const { sql, transactional = true, params } of statements) {
      if (sql.startsWith("PRAGMA foreign_keys")) continue;
      if (!transactional) await connection.commit();
      await connection.query(sql, params);
      if (!transactional) await connection.begin({ rebuild });
    }
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

const databaseOf = ({ description }: Connection): string => new URL(description).pathname.slice(1);

async function dump(connection: Connection): Promise<string> {
  if (flags.url === undefined || !connection.description.startsWith("postgres")) return await dumpSqlite(connection);
  const url = new URL(flags.url);
  url.pathname = databaseOf(connection);
  const { stdout } = await promisify(execFile)("pg_dump", ["--schema-only", "--no-owner", url.href], {
    maxBuffer: 1 << 26,
  });
  const lines = stdout.split("\n").filter((line) => !/^(--|\\|SET |SELECT pg_catalog.set_config|$)/.test(line));
  return lines.join("\n").split(/;(?:\n|$)/).map((statement) =>
    /^\s*CREATE (UNLOGGED )?TABLE/.test(statement)
      ? statement.split("\n").map((line) => line.replace(/,$/, "")).sort().join("\n")
      : statement
  ).sort().join(";\n");
}

/** SQL without what says nothing: white space, comments, quotes around names, parentheses that are doubled. */
function plainText(sql: string): string {
  const words = sql.replace(/\/\*[^]*?\*\/|--[^\n]*/g, " ").replace(/["`[\]]/g, "").toLowerCase();
  return words.replace(/\s+/g, " ").replace(/ ?([(),;=<>|]) ?/g, "$1").replace(/\(\((.*)\)\)/g, "($1)");
}

async function dumpSqlite(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ type: string; name: string; sql: string | null }>(
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_s%' ORDER BY type, name",
  );
  const lines: string[] = [];
  for (const { type, name, sql } of rows) {
    if (type !== "table") {
      lines.push(`${type} ${name} ${plainText(sql ?? "")}`);
      continue;
    }
    for (const pragma of ["table_xinfo", "foreign_key_list"]) {
      const { rows: facts } = await connection.query(`SELECT * FROM pragma_${pragma}(?)`, [name]);
      const texts = facts.map(({ cid: _, id: __, ...fact }) => JSON.stringify(fact));
      lines.push(...texts.sort().map((text) => `${name} ${pragma} ${text}`));
    }
  }
  return lines.join("\n");
}

async function countRows(
  dialect: Dialect,
  connection: Connection,
  { normal }: SideSchema,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of normal.tables) {
    const name = dialect.writer.name(table);
    const { rows } = await connection.query<{ n: number }>(`SELECT count(*) AS n FROM ${name}`);
    counts.set(name, Number(rows[0]?.n));
  }
  return counts;
}

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split(";\n"), b.split(";\n")];
  const gone = left.filter((line) => !right.includes(line));
  const missing = right.filter((line) => !left.includes(line));
  return `left: ${gone.slice(0, 3).join(" | ")} wanted: ${missing.slice(0, 3).join(" | ")}`;
}

async function judge(dialect: Dialect, from: Connection, to: Connection): Promise<Verdict> {
  const [before, target] = [await read(dialect, from), await read(dialect, to)];
  const rows = await countRows(dialect, from, before);
  let result: Omit<DiffResult, "verified">;
  try {
    result = await differenceOf(before, target, dialect);
  } catch (error) {
    const refused = isLimbeckError(error) && error.code !== "INTERNAL";
    return { result: refused ? "refused" : "wrong", why: `diff: ${messageOf(error)}` };
  }
  if (flags.sql) { for (const { sql } of result.statements) console.log(`    ${sql};`); }
  try {
    await apply(result, from);
  } catch (error) {
    const sql = isLimbeckError(error) ? error.facts["sql"] : "";
    return { result: "wrong", why: `apply: ${messageOf(error)} in ${sql}` };
  }
  const after = await read(dialect, from);
  const [got, wanted] = [await dump(from), await dump(to)];
  if (got !== wanted) return { result: "wrong", why: `dump: ${firstDifference(got, wanted)}` };
  const again = await differenceOf(after, target, dialect);
  if (again.operations.length > 0) {
    return { result: "wrong", why: `again: ${again.operations.map((each) => JSON.stringify(each)).join(" ")}` };
  }
  const left = await countRows(dialect, from, after);
  for (const [name, count] of rows) {
    if (left.has(name) && left.get(name) !== count) return { result: "wrong", why: `rows: ${name} had ${count}` };
  }
  return { result: "passed", why: "" };
}

async function both(dialect: Dialect, test: Case): Promise<readonly Verdict[]> {
  const open: Scratch[] = [];
  const make = async (sql: string, seed?: string): Promise<Scratch> => {
    const made = await build(dialect, test, sql, seed);
    open.push(made);
    return made;
  };
  try {
    const from = await make(test.from_sql, test.seed_sql);
    const to = await make(test.to_sql, test.seed_to_sql);
    const forth = await judge(dialect, from, to);
    const origin = await make(test.from_sql);
    return [forth, await judge(dialect, to, origin)];
  } finally {
    for (const each of open) await each.close();
  }
}

const cases = (JSON.parse(readFileSync(positionals[0] ?? "", "utf8")) as readonly Case[]).filter((each) =>
  each.id.includes(flags.only) && (flags.dialect === undefined || each.dialect === flags.dialect) &&
  (flags.tier === undefined || each.tier === flags.tier) && (each.dialect !== "postgres" || flags.url !== undefined)
);

const table = new Map<string, { passed: number; refused: number; wrong: number; total: number }>();

function count(key: string, { result }: Verdict): void {
  const row = table.get(key) ?? { passed: 0, refused: 0, wrong: 0, total: 0 };
  row[result]++;
  row.total++;
  table.set(key, row);
}

const queue = [...cases];
await Promise.all(Array.from({ length: Number(flags.jobs) }, async () => {
  for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
    const dialect = await dialectNamed(test.dialect);
    try {
      const verdicts = await both(dialect, test);
      verdicts.forEach((verdict, direction) => {
        count(`${test.dialect} ${test.tier}`, verdict);
        if (verdict.result !== "passed" && flags.show) {
          console.log(`${verdict.result} ${test.id} ${["A→B", "B→A"][direction]}: ${verdict.why.slice(0, 400)}`);
        }
      });
    } catch (error) {
      console.log(`not loaded ${test.id}: ${messageOf(error).slice(0, 200)}`);
    }
  }
}));
for (const [key, { passed, refused, wrong, total }] of [...table].sort()) {
  const rate = (100 * passed / total).toFixed(1);
  console.log(`${key.padEnd(20)} ${passed}/${total} passed (${rate} %), ${refused} refused, ${wrong} wrong`);
}
process.exit(0);
