import assert from "node:assert/strict";
import { test } from "node:test";
import { findRenames, type RenameOptions, renameText } from "../../src/autogenerate/renames.ts";
import { similarity } from "../../src/autogenerate/similarity.ts";
import { enumType, type SchemaDefinition } from "../../src/schema/builder.ts";
import { OBJECT_KINDS, type Table } from "../../src/schema/model.ts";
import type { Routine, View } from "../../src/schema/objects.ts";
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

interface ObjectCase {
  readonly name: string;
  readonly current: SchemaDefinition;
  readonly target: SchemaDefinition;
  readonly options?: RenameOptions;
  readonly expected: readonly string[];
}

const moods = (...values: readonly string[]): SchemaDefinition => ({ enums: [{ name: "mood", values }] });
const enums = (...names: readonly string[]): SchemaDefinition => ({
  enums: names.map((name) => ({ name, values: ["sad", "ok"] })),
});
const routine = (name: string, types: string, body = "select 1"): Routine => ({
  name,
  arguments: types,
  type: "function",
  definition: `CREATE FUNCTION ${name}(${types}) RETURNS int LANGUAGE sql AS '${body}'`,
});
const view = (name: string, query: string): View => ({ name, query });

const OBJECTS: readonly ObjectCase[] = [
  {
    name: "an enum of the same values",
    current: enums("mood"),
    target: enums("feeling"),
    expected: ["mood → feeling"],
  },
  { name: "an enum with two candidates", current: enums("mood"), target: enums("a", "b"), expected: [] },
  {
    name: "an enum that is told",
    current: enums("mood"),
    target: enums("a", "b"),
    options: { renames: ["mood=b"] },
    expected: ["mood → b"],
  },
  {
    name: "a value like the old one, in its place",
    current: moods("very sad", "ok"),
    target: moods("so sad", "ok", "fine"),
    expected: ["mood.very sad → mood.so sad"],
  },
  { name: "another value in its place", current: moods("sad", "ok"), target: moods("angry", "ok"), expected: [] },
  {
    name: "a value like the old one, elsewhere",
    current: moods("very sad", "ok"),
    target: moods("ok", "so sad"),
    expected: [],
  },
  {
    name: "a value that is told",
    current: moods("sad", "ok"),
    target: moods("ok", "angry"),
    options: { renames: ["mood.sad=mood.angry"], noRenames: true },
    expected: ["mood.sad → mood.angry"],
  },
  {
    name: "an enum and a value that are declared",
    current: enums("mood"),
    target: { enums: [enumType("m", ["blue", "ok"], { renamedFrom: "MOOD", renamedValues: { blue: "sad" } })] },
    options: {
      declared: [{ object: { name: "m" }, from: "MOOD" }, { object: { name: "m" }, value: "blue", from: "sad" }],
    },
    expected: ["mood → m", "m.sad → m.blue"],
  },
  {
    name: "what is declared and done",
    current: moods("blue", "ok"),
    target: moods("blue", "ok"),
    options: {
      declared: [{ object: { name: "mood" }, from: "m" }, { object: { name: "mood" }, value: "blue", from: "sad" }],
    },
    expected: [],
  },
  {
    name: "a sequence of the same options and a similar name",
    current: { sequences: [{ name: "user_ids", increment: "2" }, { name: "a" }] },
    target: { sequences: [{ name: "users_ids", increment: "2" }, { name: "zzz" }] },
    expected: ["user_ids → users_ids"],
  },
  {
    name: "what takes a name that is taken, until what has it goes",
    current: {
      tables: [tableOf("b", ["id"])],
      sequences: [{ name: "s_1" }, { name: "s_2", ownedBy: { table: "b", column: "id" } }],
      views: [view("a", "SELECT 1")],
    },
    target: { tables: [tableOf("c", ["x text"])], sequences: [{ name: "s_2" }], views: [view("b", "SELECT 1")] },
    expected: [],
  },
  {
    name: "functions of one body, each with its arguments",
    current: { routines: [routine("f", "integer"), routine("f", "text")] },
    target: { routines: [routine("g", "integer"), routine("g", "text")] },
    expected: ["f → g", "f → g"],
  },
  {
    name: "functions of another body, or that stay in another form",
    current: { routines: [routine("f", "integer"), routine("h", "text")] },
    target: { routines: [routine("g", "integer", "select 2"), routine("h", "text"), routine("i", "integer, text")] },
    expected: [],
  },
  {
    name: "a view of the same query, and a table that it reads",
    current: {
      tables: [tableOf("people", ["id", "name text"])],
      views: [view("v", "SELECT people.id FROM people")],
    },
    target: {
      tables: [tableOf("members", ["id", "name text"])],
      views: [view("w", "SELECT members.id FROM members")],
    },
    expected: ["people → members", "v → w"],
  },
  {
    name: "none where none shall be",
    current: enums("mood"),
    target: enums("x"),
    options: { noRenames: true },
    expected: [],
  },
];

for (const { name, current, target, options = {}, expected } of OBJECTS) {
  test(`renames of objects: ${name}`, async () => {
    const comparison = comparisonOf(current, target, { kinds: OBJECT_KINDS });
    const { renames, current: after } = await findRenames(comparison, options);
    assert.deepEqual(renames.map(renameText), expected);
    for (const { to, type } of renames) {
      if (type !== "enumValue") assert.ok(JSON.stringify(after).includes(`"name":"${to.name}"`), "it is done");
    }
  });
}

test("what somebody has agreed to is not marked as concluded", async () => {
  const comparison = comparisonOf(enums("mood"), enums("feeling"));
  const note = async (options: RenameOptions): Promise<boolean> =>
    (await findRenames(comparison, options)).operations.some((operation) => "note" in operation);
  assert.deepEqual([await note({}), await note({ decide: () => true }), await note({ renames: ["mood=feeling"] })], [
    true,
    false,
    false,
  ]);
});

test("renames of objects: a filter keeps its hands off", async () => {
  const comparison = comparisonOf(enums("mood"), enums("feeling"), {
    filters: { includeName: (name) => name !== "mood" },
  });
  assert.deepEqual((await findRenames(comparison)).renames, []);
});

test("renames of objects: what is in the target too cannot have another name", async () => {
  const comparison = comparisonOf(enums("mood"), enums("mood", "feeling"));
  await assert.rejects(findRenames(comparison, { renames: ["mood=feeling"] }), {
    code: "USAGE",
    message: /"mood" is in the target too/,
  });
});

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
