import assert from "node:assert/strict";
import { test } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import type { Connection } from "../../src/dialects/dialect.ts";
import type { Step } from "../../src/migration/plan.ts";
import { runStep } from "../../src/migration/run_step.ts";
import { connectionSink } from "../../src/migration/sink.ts";
import { rows, withDatabase } from "./database.ts";

const STEP: Step = {
  direction: "upgrade",
  revision: {
    revision: "r1",
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    message: "",
    doc: "",
    createDate: null,
    path: "r1.ts",
    format: "ts",
    transaction: false,
  },
  from: [],
  to: ["r1"],
  rowsBefore: [],
  rowsAfter: ["r1"],
  changes: [{ kind: "insert", version: "r1" }],
};

/** Fills in batches of 10; the run is stopped when so many of them are done. */
async function fill(connection: Connection, stopAfter = Infinity): Promise<readonly string[]> {
  const stop = new AbortController();
  const notes: string[] = [];
  let batches = 0;
  const counting: Connection = {
    ...connection,
    query: async <Row>(sql: string, params?: Parameters<Connection["query"]>[1]) => {
      const result = await connection.query<Row>(sql, params);
      if (sql.startsWith("UPDATE t") && ++batches === stopAfter) stop.abort();
      return result;
    },
  };
  const sink = connectionSink(sqlite, counting, { name: "v" }, stop.signal, (text) => notes.push(text));
  await runStep(sink, sqlite, STEP, {
    signal: stop.signal,
    script: ({ op }) => {
      op.backfill("t", { set: { n: "n + 1" }, where: "n = 0", batchSize: 10 });
      return Promise.resolve();
    },
  });
  return notes;
}

test("a backfill that is interrupted keeps its batches, says so, and goes on when it is run again", async () => {
  const script = "CREATE TABLE v (version_num TEXT); CREATE TABLE t (n INTEGER); " +
    "INSERT INTO t SELECT 0 FROM (WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 45) SELECT x FROM c)";
  await withDatabase(script, async (connection) => {
    await assert.rejects(fill(connection, 2), { code: "INTERRUPTED", facts: { partlyApplied: true } });
    assert.deepEqual(await rows(connection, "SELECT count(*) AS done FROM t WHERE n = 1"), [{ done: 20 }]);
    assert.deepEqual(await rows(connection, "SELECT * FROM v"), []);
    assert.deepEqual(await fill(connection), ['Filled 25 rows of "t" in 3 batches']);
    assert.deepEqual(await rows(connection, "SELECT n, count(*) AS rows FROM t GROUP BY n"), [{ n: 1, rows: 45 }]);
    assert.deepEqual(await rows(connection, "SELECT * FROM v"), [{ version_num: "r1" }]);
  });
});
