/** A table that is made by the statement that it comes from, with what is edited beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileOperations } from "../../src/commands/compile_operations.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { OPERATIONS as op } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";

const definition = "CREATE TABLE t (a int UNIQUE ON CONFLICT IGNORE, b  text)";
const a = { name: "a", type: "int" };
const b = { name: "b", type: "text" };
const uniques = [{ columns: ["a"] }];

type Options = Parameters<typeof op.createTable.create>[1];
const CASES: readonly (readonly [title: string, name: string, options: Options, sql: string])[] = [
  ["says the same", "t", { columns: [a, b], uniques, definition }, definition],
  [
    "another column",
    "t",
    { columns: [a, b, { name: "c", type: "int" }], uniques, definition },
    "CREATE TABLE t (a int UNIQUE ON CONFLICT IGNORE, b  text, c int)",
  ],
  [
    "a column less",
    "t",
    { columns: [a], uniques, definition },
    "CREATE TABLE t (a int UNIQUE ON CONFLICT IGNORE)",
  ],
  [
    "another name",
    "u",
    { columns: [a, b], uniques, definition },
    "CREATE TABLE u (a int UNIQUE ON CONFLICT IGNORE, b  text)",
  ],
  [
    "where it is not there",
    "t",
    { columns: [a, b], uniques, definition, ifNotExists: true },
    "CREATE TABLE IF NOT EXISTS t (a int UNIQUE ON CONFLICT IGNORE, b  text)",
  ],
  ["the constraint gone", "t", { columns: [a, b], definition }, "CREATE TABLE t (a int, b  text)"],
];

for (const [title, name, options, sql] of CASES) {
  test(`createTable with a definition: ${title}`, () => {
    const statements = compileOperations([op.createTable.create(name, options)], EMPTY_SCHEMA, sqlite);
    assert.deepEqual(statements.map((each) => each.sql), [sql]);
  });
}
