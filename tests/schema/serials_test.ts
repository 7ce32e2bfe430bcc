import assert from "node:assert/strict";
import { test } from "node:test";
import type { Table } from "../../src/schema/model.ts";
import { keepSequences, serialSequenceName } from "../../src/schema/serials.ts";

test("the sequence of a serial column is called after table and column, the longer cut first", () => {
  const names: readonly (readonly [table: string, column: string, sequence: string])[] = [
    ["users", "id", "users_id_seq"],
    ["t".repeat(63), "id", `${"t".repeat(56)}_id_seq`],
    ["t".repeat(40), "c".repeat(40), `${"t".repeat(29)}_${"c".repeat(29)}_seq`],
    ["é".repeat(31), "id", `${"é".repeat(28)}_id_seq`],
  ];
  for (const [table, column, sequence] of names) assert.equal(serialSequenceName(table, column), sequence);
});

test("a renamed table keeps the sequences of its serial columns", () => {
  const before: Table = {
    schema: "s",
    name: "User's",
    columns: [{ name: "id", type: "bigserial", nullable: false }, { name: "n", type: "integer" }],
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  };
  const { table, sequences } = keepSequences(before, { ...before, name: "people" });
  assert.deepEqual(table.columns, [
    { name: "id", type: "bigint", nullable: false, default: `nextval('s."User''s_id_seq"'::regclass)` },
    { name: "n", type: "integer" },
  ]);
  assert.deepEqual(sequences, [
    { name: "User's_id_seq", schema: "s", ownedBy: { table: "people", schema: "s", column: "id" } },
  ]);
});
