/**
 * The law of a diff: applied, the database is what was asked for; compared again, nothing is left; taken back, it is what
 * it was; and the rows are there. It holds in both directions.
 */
import assert from "node:assert/strict";
import { downgradeOperations } from "../../src/autogenerate/downgrade.ts";
import { compileOperations } from "../../src/commands/compile_operations.ts";
import { differenceOf } from "../../src/commands/diff.ts";
import type { SideSchema } from "../../src/commands/diff_side.ts";
import type { Statement } from "../../src/ddl/statement.ts";
import type { Connection, Dialect, Scratch } from "../../src/dialects/dialect.ts";
import type { OperationType } from "../../src/operations/operation.ts";
import { type Operation, OPERATIONS } from "../../src/operations/registry.ts";
import { OBJECT_KINDS } from "../../src/schema/model.ts";
import { runSqlText } from "../../src/sources/sql_text.ts";
import { linesOf } from "./diff_schema.ts";
import { type Held, heldRows } from "./diff_rows.ts";

/** A pair of schemas. */
export interface LawCase {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Rows of the old schema. */
  readonly rows?: string;
  /** Queries, with the rows that they give after the change; taken back, they may fail. */
  readonly kept?: readonly (readonly [sql: string, rows: readonly object[]])[];
  /** Rows of the new schema, added before the change in the other direction. */
  readonly moreRows?: string;
  /** The change cannot be taken back. */
  readonly oneWay?: boolean;
  /** The change in the other direction needs a person's hand. */
  readonly forwardOnly?: boolean;
  /** What is left differs in something that is not compared. */
  readonly loose?: boolean;
  /** Values of columns whose type stays are written anew. */
  readonly rewrites?: boolean;
}

async function read(dialect: Dialect, connection: Connection): Promise<SideSchema> {
  const schema = await dialect.inspect(connection, { schemas: "all" });
  return { written: schema, normal: schema, kinds: OBJECT_KINDS, convention: null, unmodelled: [] };
}

async function run(connection: Connection, statements: readonly Statement[], rebuild: boolean): Promise<void> {
  await connection.begin({ rebuild });
  for (const { sql, transactional = true, params } of statements) {
    if (sql.startsWith("PRAGMA foreign_keys")) continue;
    if (!transactional) await connection.commit();
    await connection.query(sql, params);
    if (!transactional) await connection.begin({ rebuild });
  }
  await connection.commit();
}

/** An operation as a file that it is written to records it. */
function recordedAgain(operation: Operation): Operation {
  const { create, args } = OPERATIONS[operation.kind] as unknown as OperationType<Operation, readonly unknown[]>;
  return create(...JSON.parse(JSON.stringify(args(operation))));
}

const wordsOf = (statements: readonly Statement[]): readonly string[] =>
  statements.map(({ sql }) => sql.replace(/\s+/g, " "));

/** What is left to do, as JSON: nothing. */
async function left(dialect: Dialect, from: SideSchema, to: SideSchema): Promise<readonly string[]> {
  const { operations } = await differenceOf(from, to, dialect);
  return operations.map((operation) => JSON.stringify(operation));
}

/** A database on its way from one schema to another. */
interface Way {
  readonly dialect: Dialect;
  readonly database: Connection;
  readonly from: SideSchema;
  readonly to: SideSchema;
}

async function apply(way: Way, operations: readonly Operation[], before: SideSchema): Promise<void> {
  const { dialect, database } = way;
  const rebuild = operations.some((operation) => dialect.mayRebuild(operation));
  await run(database, compileOperations(operations, before.normal, dialect), rebuild);
}

/** Turns the database into what is asked for. */
async function change(way: Way): Promise<readonly Operation[]> {
  const { dialect, from, to } = way;
  const { operations, statements } = await differenceOf(from, to, dialect);
  assert.notEqual(operations.length, 0, "nothing differs");
  const recorded = operations.map(recordedAgain);
  // SQLite's own text of a table does not go into a file.
  if (dialect.capabilities.alterConstraints) {
    assert.deepEqual(wordsOf(compileOperations(recorded, from.normal, dialect)), wordsOf(statements));
  }
  await apply(way, recorded, from);
  return operations;
}

/** Checks that the database is as asked for, and holds what it held. */
async function checkArrival({ dialect, database, from, to }: Way, law: LawCase, held: Held | null) {
  const now = await read(dialect, database);
  assert.deepEqual(await left(dialect, now, to), []);
  // SQLite keeps the text of what is changed as it was written.
  const isExact = dialect.capabilities.alterConstraints && !law.loose;
  if (isExact) assert.deepEqual(linesOf(now.normal), linesOf(to.normal));
  if (held === null) return now;
  const holds = await heldRows(dialect, database, now.normal, from.normal);
  for (const [what, rows] of held) {
    // A sequence that is there no more is the schema's matter, also when it is there again.
    if (holds.has(what)) assert.deepEqual([what, holds.get(what)], [what, rows]);
    else held.delete(what);
  }
  return now;
}

/** There and back. */
async function checkWay(way: Way, law: LawCase, kept: LawCase["kept"] = []): Promise<SideSchema> {
  const { dialect, database, from, to } = way;
  const hold = async (here: SideSchema, there: SideSchema): Promise<Held | null> =>
    law.rewrites ? null : await heldRows(dialect, database, here.normal, there.normal);
  const held = await hold(from, to);
  const operations = await change(way);
  const arrived = await checkArrival(way, law, held);
  for (const [sql, rows] of kept) {
    assert.deepEqual((await database.query(sql)).rows.map((row) => ({ ...row })), rows, sql);
  }
  const back = downgradeOperations(operations, from.normal, dialect);
  if (law.oneWay) {
    assert.equal(back, null);
    return arrived;
  }
  assert.ok(back !== null, "it can be taken back");
  await apply(way, back, arrived);
  return await checkArrival({ ...way, from: to, to: from }, law, held);
}

/** Checks the law, in both directions. */
export async function checkLaw(dialect: Dialect, open: () => Promise<Scratch>, law: LawCase): Promise<void> {
  const [database, wanted] = [await open(), await open()];
  try {
    await runSqlText({ kind: "sqlText", text: `${law.from};\n${law.rows ?? ""}` }, dialect, database);
    await runSqlText({ kind: "sqlText", text: law.to }, dialect, wanted);
    const [from, to] = [await read(dialect, database), await read(dialect, wanted)];
    const again = await checkWay({ dialect, database, from, to }, law, law.kept);
    if (law.oneWay || law.forwardOnly) return;
    await change({ dialect, database, from: again, to });
    if (law.moreRows) await runSqlText({ kind: "sqlText", text: law.moreRows }, dialect, database);
    await checkWay({ dialect, database, from: await read(dialect, database), to: from }, law);
  } finally {
    await database.close();
    await wanted.close();
  }
}
