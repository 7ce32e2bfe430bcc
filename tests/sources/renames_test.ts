import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { diff } from "../../src/commands/diff.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { defineSchema, enumType, table } from "../../src/schema/builder.ts";
import { readTarget } from "../../src/sources/target.ts";
import { ReusedDatabases } from "../support/reused_database.ts";

const databases = new ReusedDatabases();
after(() => databases.close());

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

/** The same on PostgreSQL, with what only it has. */
const POSTGRES_TEXTS: readonly (readonly [sql: string, renames: readonly object[]])[] = [
  [
    "-- renamed from: feeling\ncreate type mood as enum (\n  'unhappy', -- renamed from: sad\n  -- renamed from: 'so so'\n" +
    "  'it''s ok'\n);\ncreate type one as enum ('a'); -- renamed from: single",
    [
      { object: { name: "mood" }, from: "feeling" },
      { object: { name: "mood" }, value: "unhappy", from: "sad" },
      { object: { name: "mood" }, value: "it's ok", from: "so so" },
      { object: { name: "one" }, from: "single" },
    ],
  ],
  [
    "-- renamed from: feeling\ncreate type mood as enum ('unhappy', -- renamed from: sad\n  'ok');",
    [{ object: { name: "mood" }, from: "feeling" }, { object: { name: "mood" }, value: "unhappy", from: "sad" }],
  ],
  [
    'create schema s;\n-- renamed from: mail\ncreate domain s."E-Mail" as text;\n' +
    "create sequence ids; -- renamed from: numbers\ncreate table t (id int);\n" +
    "create or replace view v -- renamed from: w\n  as select id from t;\n" +
    "-- renamed from: m0\ncreate materialized view m as select id from t;\n" +
    "-- renamed from: f0\ncreate function f(a int) returns int language sql as 'select a';",
    [
      { object: { schema: "s", name: "E-Mail" }, from: "mail" },
      { object: { name: "ids" }, from: "numbers" },
      { object: { name: "v" }, from: "w" },
      { object: { name: "m" }, from: "m0" },
      { object: { name: "f" }, from: "f0" },
    ],
  ],
];

for (const [sql, renames] of POSTGRES_TEXTS) {
  test(`renames that PostgreSQL's SQL declares: ${sql}`, async () => {
    const { renames: found } = await readTarget(text(sql), postgres, { scratch: databases.open });
    assert.deepEqual(found, renames);
  });
}

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
      "create table t (a int);\n-- renamed from: c\ncreate table u ( -- renamed from: b\n a int)",
    ]
  ) {
    await assert.rejects(readTarget(text(sql), sqlite), {
      code: "TARGET_INVALID",
      message: 'Cannot read its SQL text, line 3: "renamed from: b" stands at nothing that is renamed',
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

test("the builder declares renames of enums, their values, and other objects", () => {
  const { renames, enums, sequences, views } = defineSchema({
    enums: [enumType("mood", ["unhappy", "ok"], { renamedFrom: "feeling", renamedValues: { unhappy: "sad" } })],
    sequences: [{ name: "ids", renamedFrom: "numbers" }],
    views: [{ schema: "s", name: "v", query: "select 1", renamedFrom: "w" }],
  });
  assert.deepEqual(renames, [
    { object: { name: "mood" }, from: "feeling" },
    { object: { name: "mood" }, value: "unhappy", from: "sad" },
    { object: { name: "ids" }, from: "numbers" },
    { object: { schema: "s", name: "v" }, from: "w" },
  ]);
  assert.deepEqual(enums, [{ name: "mood", values: ["unhappy", "ok"] }]);
  assert.deepEqual(sequences, [{ name: "ids" }]);
  assert.deepEqual(views, [{ schema: "s", name: "v", query: "select 1" }]);
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
