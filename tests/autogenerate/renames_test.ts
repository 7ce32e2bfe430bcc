import assert from "node:assert/strict";
import { test } from "node:test";
import { findRenames, type RenameOptions, renameText } from "../../src/autogenerate/renames.ts";
import { similarity } from "../../src/autogenerate/similarity.ts";
import type { Table } from "../../src/schema/model.ts";
import { comparisonOf, tableOf } from "./stub.ts";

interface Case {
  readonly name: string;
  readonly current: readonly Table[];
  readonly target: readonly Table[];
  readonly options?: RenameOptions;
  readonly expected: readonly string[];
}

const users = (...columns: readonly string[]): Table => tableOf("users", columns);

const CASES: readonly Case[] = [
  {
    name: "a column of the same type and a similar name",
    current: [users("id", "name text", "bio text")],
    target: [users("id", "bio text", "full_name text")],
    expected: ["users.name → users.full_name"],
  },
  {
    name: "a column of the same type in the same place",
    current: [users("id", "nick text", "age")],
    target: [users("id", "handle text", "age")],
    expected: ["users.nick → users.handle"],
  },
  {
    name: "another type is another column",
    current: [users("id", "name text")],
    target: [users("id", "full_name integer")],
    expected: [],
  },
  {
    name: "neither name nor place are alike",
    current: [users("id", "bio text", "age")],
    target: [users("id", "age", "email text", "created text")],
    expected: [],
  },
  {
    name: "two candidates that are equally good are none",
    current: [users("id", "name text")],
    target: [users("id", "x text", "first_name text", "other_name text")],
    expected: [],
  },
  {
    name: "a table with the same columns",
    current: [tableOf("people", ["id", "name text"])],
    target: [tableOf("members", ["id", "name text"])],
    expected: ["people → members"],
  },
  {
    name: "a table and one of its columns",
    current: [tableOf("user", ["id", "name text", "bio text", "age"])],
    target: [tableOf("users", ["id", "full_name text", "bio text", "age"])],
    expected: ["user → users", "users.name → users.full_name"],
  },
  {
    name: "a table of one column says nothing by it",
    current: [tableOf("tags", ["id"])],
    target: [tableOf("invoices", ["id"])],
    expected: [],
  },
  {
    name: "what is named is renamed, whatever it looks like",
    current: [tableOf("a", ["id", "x text"])],
    target: [tableOf("b", ["id", "y integer"])],
    options: { renames: ["a=b", "a.x=b.y"] },
    expected: ["a → b", "b.x → b.y"],
  },
  {
    name: "none where none shall be",
    current: [users("id", "name text")],
    target: [users("id", "full_name text")],
    options: { noRenames: true },
    expected: [],
  },
  {
    name: "none where the answer is no",
    current: [users("id", "name text")],
    target: [users("id", "full_name text")],
    options: { decide: () => false },
    expected: [],
  },
];

for (const { name, current, target, options = {}, expected } of CASES) {
  test(`renames: ${name}`, async () => {
    const { renames, operations } = await findRenames(comparisonOf({ tables: current }, { tables: target }), options);
    assert.deepEqual(renames.map(renameText), expected);
    assert.equal(operations.length, expected.length);
  });
}

const WRONG: readonly (readonly [rename: string, message: RegExp])[] = [
  ["users", /not of the form/],
  ["nobody=users", /no "nobody" in the database/],
  ["users.name=users.nothing", /no "users.nothing" in the target/],
  ["users.name=users", /one is a table/],
];

for (const [rename, message] of WRONG) {
  test(`renames: "${rename}" is refused`, async () => {
    const comparison = comparisonOf({ tables: [users("id", "name text")] }, { tables: [users("id")] });
    await assert.rejects(findRenames(comparison, { renames: [rename] }), { code: "USAGE", message });
  });
}

test("names are alike by their words or by their letters", () => {
  assert.equal(similarity("firstName", "first_name"), 1);
  assert.ok(similarity("name", "full_name") >= 0.5);
  assert.ok(similarity("colour", "color") > 0.8);
  assert.ok(similarity("bio", "created_at") < 0.3);
});
