import assert from "node:assert/strict";
import { test } from "node:test";
import { cutName, cutNames } from "../../src/schema/cut_names.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";

const CASES: readonly (readonly [name: string, bytes: number, expected: string])[] = [
  ["short", 63, "short"],
  ["x".repeat(63), 63, "x".repeat(63)],
  ["x".repeat(70), 63, "x".repeat(63)],
  ["é".repeat(40), 63, "é".repeat(31)],
  ["a".repeat(62) + "€", 63, "a".repeat(62)],
];

for (const [name, bytes, expected] of CASES) {
  test(`cutName: ${name}`, () => assert.equal(cutName(name, bytes), expected));
}

test("cutNames cuts every name, and the names that refer to them", () => {
  const long = "n".repeat(70);
  const cut = "n".repeat(63);
  const none = { uniques: [], checks: [], indexes: [] };
  const schema = cutNames({
    ...EMPTY_SCHEMA,
    enums: [{ name: long, values: [long] }],
    tables: [{
      name: long,
      columns: [{ name: long, type: long }],
      primaryKey: { name: long, columns: [long] },
      foreignKeys: [{ name: long, columns: [long], references: { table: long, columns: [long] } }],
      ...none,
      indexes: [{ name: long, parts: [{ column: long }] }],
    }],
  }, 63);
  assert.deepEqual(schema.enums, [{ name: cut, values: [long] }]);
  assert.deepEqual(schema.tables, [{
    name: cut,
    columns: [{ name: cut, type: cut }],
    primaryKey: { name: cut, columns: [cut] },
    foreignKeys: [{ name: cut, columns: [cut], references: { table: cut, columns: [cut] } }],
    ...none,
    indexes: [{ name: cut, parts: [{ column: cut }] }],
  }]);
});
