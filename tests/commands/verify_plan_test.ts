import assert from "node:assert/strict";
import { test } from "node:test";
import { diff } from "../../src/commands/diff.ts";
import { verifyPlan } from "../../src/commands/verify_plan.ts";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { LimbeckError } from "../../src/errors.ts";
import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, OBJECT_KINDS } from "../../src/schema/model.ts";
import { postgresUrl, runSql, withDatabase } from "../support/postgres_server.ts";

const wanted = op.createTable.create("t", { columns: [{ name: "a", type: "integer" }, { name: "b", type: "text" }] });

/** A plan for the table `t`, right or not. */
function planOf(dialect: Dialect, operations: readonly Operation[], scratch: () => ReturnType<Dialect["openScratch"]>) {
  const target = { ...EMPTY_SCHEMA, tables: [wanted.table] };
  const comparison = { current: EMPTY_SCHEMA, target, written: target, kinds: OBJECT_KINDS, convention: null, dialect };
  return { dialect, comparison, operations, whole: () => Promise.resolve(EMPTY_SCHEMA), scratch };
}

const DIALECTS: readonly (readonly [Dialect, () => ReturnType<Dialect["openScratch"]>])[] = [
  [sqlite, () => sqlite.openScratch()],
  [postgres, async () => postgres.openScratch({ url: await postgresUrl() })],
];

for (const [dialect, scratch] of DIALECTS) {
  test(`${dialect.name}: what a plan leaves over, or fails at, is said`, async () => {
    const half = op.createTable.create("t", { columns: [{ name: "a", type: "integer" }] });
    assert.deepEqual(await verifyPlan(planOf(dialect, [wanted], scratch), {}), { verified: true, warnings: [] });
    assert.deepEqual(await verifyPlan(planOf(dialect, [half], scratch), {}), {
      verified: false,
      warnings: [
        'Tried on a copy of the schema, this is left over: op.addColumn("t", { name: "b", type: "text" });',
      ],
    });
    const broken = op.execute.create("create index i on nowhere (a)");
    const { verified, warnings } = await verifyPlan(planOf(dialect, [broken], scratch), {});
    assert.equal(verified, false);
    assert.match(warnings[0] ?? "", /^Tried on a copy of the schema, this fails: .*nowhere.*: create index i/);
    assert.deepEqual(await verifyPlan(planOf(dialect, [half], scratch), { verify: false }), {
      verified: null,
      warnings: [],
    });
  });
}

test("without a scratch database nothing is tried, unless it was asked for", async () => {
  const none = () => Promise.reject(new LimbeckError("SCRATCH_UNAVAILABLE", "none"));
  assert.deepEqual(await verifyPlan(planOf(sqlite, [wanted], none), {}), { verified: null, warnings: [] });
  await assert.rejects(verifyPlan(planOf(sqlite, [wanted], none), { verify: true }), { code: "SCRATCH_UNAVAILABLE" });
});

test("what limbeck has no model of is a warning, and with strict an error", async () => {
  await withDatabase(async (url) => {
    await runSql(url, "CREATE CONVERSION mine FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8");
    const found = await diff({ from: "empty", to: url });
    assert.deepEqual(found.warnings, ['Not compared: the conversion "mine"']);
    await assert.rejects(diff({ from: url, to: url, strict: true }), {
      code: "UNMODELLED",
      message: 'Cannot compare everything: limbeck has no model of the conversion "mine"',
    });
  });
});
