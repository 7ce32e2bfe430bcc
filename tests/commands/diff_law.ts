/**
 * The law of a diff: applied, the database is what was asked for; compared again, nothing is left; taken back, it is what
 * it was; and the rows are there.
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

/** A pair of schemas. */
export interface LawCase {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Rows of the old schema. */
  readonly rows?: string;
  /** Queries, with the rows that they give after the change; taken back, they may fail. */
  readonly kept?: readonly (readonly [sql: string, rows: readonly object[]])[];
  /** The change cannot be taken back. */
  readonly oneWay?: boolean;
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

/** Checks the law. */
export async function checkLaw(dialect: Dialect, open: () => Promise<Scratch>, law: LawCase): Promise<void> {
  const [database, wanted] = [await open(), await open()];
  try {
    await runSqlText({ kind: "sqlText", text: `${law.from};\n${law.rows ?? ""}` }, dialect, database);
    await runSqlText({ kind: "sqlText", text: law.to }, dialect, wanted);
    const [before, target] = [await read(dialect, database), await read(dialect, wanted)];
    const { operations, statements } = await differenceOf(before, target, dialect);
    assert.notEqual(operations.length, 0);
    const rebuild = operations.some((operation) => dialect.mayRebuild(operation));
    const recorded = compileOperations(operations.map(recordedAgain), before.normal, dialect);
    // SQLite's own text of a table does not go into a file.
    if (dialect.capabilities.alterConstraints) assert.deepEqual(wordsOf(recorded), wordsOf(statements));
    await run(database, recorded, rebuild);
    assert.deepEqual(await left(dialect, await read(dialect, database), target), []);
    for (const [sql, rows] of law.kept ?? []) {
      assert.deepEqual((await database.query(sql)).rows.map((row) => ({ ...row })), rows, sql);
    }
    const back = downgradeOperations(operations, before.normal, dialect);
    if (law.oneWay) return assert.equal(back, null);
    assert.ok(back !== null, "it can be taken back");
    const now = await read(dialect, database);
    await run(database, compileOperations(back, now.normal, dialect), back.some((each) => dialect.mayRebuild(each)));
    assert.deepEqual(await left(dialect, await read(dialect, database), before), []);
  } finally {
    await database.close();
    await wanted.close();
  }
}
