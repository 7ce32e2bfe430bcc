import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { diff } from "../../src/commands/diff.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { defineSchema, table } from "../../src/schema/builder.ts";
import { readTarget } from "../../src/sources/target.ts";

const text = (sql: string) => ({ kind: "sqlText", text: sql });

/** SQL with comments, and what they declare. */
const TEXTS: readonly (readonly [sql: string, renames: readonly object[]])[] = [
  ["create table t (a int, b int);", []],
  [
    "create table users ( -- renamed from: people\n  id int,\n  full_name text -- renamed from: name\n);",
    [{ table: { name: "users" }, from: "people" }, { table: { name: "users" }, column: "full_name", from: "name" }],
  ],
  [
    '-- Who writes.\n-- renamed from: "Old People"\nCREATE TABLE IF NOT EXISTS "Users" (\n  -- Renamed From: name\n' +
    '  -- what they are called\n  "Full Name" text,\n  b int\n)',
    [
      { table: { name: "Users" }, from: "Old People" },
      { table: { name: "Users" }, column: "Full Name", from: "name" },
    ],
  ],
  [
    "create table a (x int);\ncreate table b (\n    y int -- renamed from: z\n  , primary key (y)\n);",
    [{ table: { name: "b" }, column: "y", from: "z" }],
  ],
];

for (const [sql, renames] of TEXTS) {
  test(`renames that SQL declares: ${sql}`, async () => {
    assert.deepEqual((await readTarget(text(sql), sqlite)).renames, renames);
  });
}

test("a declared rename that stands at nothing is refused, with its line", async () => {
  for (
    const sql of [
      "create table t (\n a int,\n -- renamed from: b\n primary key (a)\n)",
      "create table t (a int);\n\n-- renamed from: b\ncreate index i on t (a)",
    ]
  ) {
    await assert.rejects(readTarget(text(sql), sqlite), {
      code: "TARGET_INVALID",
      message: 'Cannot read its SQL text, line 3: "renamed from: b" stands at no column and no table',
    });
  }
});

test("renames that the builder declares go with the target, and not into its tables", async () => {
  const users = table("users", {
    renamedFrom: "people",
    columns: [{ name: "id", type: "int" }, { name: "full_name", type: "text", renamedFrom: "name" }],
  });
  const { renames, schema } = await readTarget(defineSchema({ tables: [users] }), sqlite);
  assert.deepEqual(renames, [
    { table: { name: "users" }, from: "people" },
    { table: { name: "users" }, column: "full_name", from: "name" },
  ]);
  assert.deepEqual(Object.keys(schema.tables[0] ?? {}).sort(), [
    "checks",
    "columns",
    "foreignKeys",
    "indexes",
    "name",
    "uniques",
  ]);
  assert.deepEqual(schema.tables[0]?.columns, [{ name: "id", type: "int" }, { name: "full_name", type: "text" }]);
});

test("a declared rename is done once, keeps the rows, and is passed over where it is done", async () => {
  const folder = await mkdtemp(join(tmpdir(), "limbeck-renames-"));
  try {
    const write = async (name: string, sql: string): Promise<string> => {
      await writeFile(join(folder, name), sql);
      return join(folder, name);
    };
    const old = await write("old.sql", "create table people (id integer primary key, N text, extra int);");
    const now = await write(
      "now.sql",
      "create table accounts ( -- renamed from: PEOPLE\n id integer primary key, -- the key\n full_name text not null -- renamed from: n\n);",
    );
    const { operations, renames } = await diff({ from: old, to: now, dialect: "sqlite", noRenames: true });
    assert.deepEqual(operations.slice(0, 2), [
      { kind: "renameTable", table: { name: "people" }, newName: "accounts" },
      { kind: "renameColumn", table: { name: "accounts" }, column: "N", newName: "full_name" },
    ]);
    assert.deepEqual(renames.map(({ given }) => given), [true, true]);
    assert.ok(!operations.some(({ kind }) => kind === "dropTable" || kind === "createTable"));
    assert.deepEqual((await diff({ from: now, to: now, dialect: "sqlite" })).operations, []);
    const both = await write(
      "both.sql",
      "create table people (id int, n text);\ncreate table accounts (id int, -- renamed from: n\n full_name text);",
    );
    assert.deepEqual(
      (await diff({ from: old, to: both, dialect: "sqlite" })).operations.filter(({ kind }) => kind === "renameTable"),
      [],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
