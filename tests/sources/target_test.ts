import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_SCHEMA, OBJECT_KINDS } from "../../src/schema/model.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { writer as postgresWriter } from "../../src/dialects/postgres/writer.ts";
import { LimbeckError } from "../../src/errors.ts";
import { defineSchema, enumType, table } from "../../src/schema/builder.ts";
import { readTarget } from "../../src/sources/target.ts";
import { loadDrizzle, postgresModule, sqliteModule } from "./drizzle_fixture.ts";

const users = table("users", { columns: [{ name: "id", type: "integer", default: 1 }], primaryKey: ["id"] });
const posts = table({ name: "posts", schema: "blog" }, {
  columns: [{ name: "id", type: "integer" }],
  indexes: [{ columns: ["id", { expression: "id + 1" }] }],
});

test("a schema of the builder is plain data, sorted, with the schemas that it uses", () => {
  const schema = defineSchema({ tables: [posts, users], enums: [enumType("mood", ["sad", "ok"])] });
  assert.deepEqual(schema, {
    ...EMPTY_SCHEMA,
    schemas: ["blog"],
    enums: [{ name: "mood", values: ["sad", "ok"] }],
    tables: [
      {
        name: "users",
        columns: [{ name: "id", type: "integer", default: "1" }],
        primaryKey: { columns: ["id"] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
      {
        name: "posts",
        schema: "blog",
        columns: [{ name: "id", type: "integer" }],
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [{ parts: [{ column: "id" }, { expression: "id + 1" }] }],
      },
    ],
    views: [],
    triggers: [],
  });
});

test("every shape of a target", async () => {
  const schema = defineSchema({ tables: [users] });
  const text = { kind: "sqlText", text: "-- first\ncreate table users (id integer default 1 primary key);" };
  const shapes: readonly (readonly [name: string, target: unknown])[] = [
    ["a schema", schema],
    ["a module with a default export", { default: schema }],
    ["a module with a named export", { schema, helper: () => 1 }],
    ["a function", () => schema],
    ["an async function that imports", () => Promise.resolve({ default: schema })],
    ["a list", [schema, () => [defineSchema({ tables: [users] })]]],
    ["a list of imports", () => [Promise.resolve({ default: schema }), schema]],
    // What a loader with interop gives for a default export: the schema's lists seem to be the module's.
    [
      "a proxied default export",
      new Proxy({ default: schema }, { get: (own, key) => Reflect.get({ ...schema, ...own }, key) }),
    ],
    ["SQL text", text],
    ["an export of SQL text", { text }],
  ];
  for (const [name, target] of shapes) {
    const read = await readTarget(target, sqlite);
    assert.deepEqual(read.schema.tables.map((each) => each.name), ["users"], name);
    assert.deepEqual(read.schema.tables[0]?.columns[0]?.default, "1", name);
    assert.equal(read.convention, "postgres", name);
    assert.deepEqual(read.unmodelled, [], name);
  }
});

test("a target speaks about views and triggers only where it may have some", async () => {
  assert.deepEqual((await readTarget(defineSchema({}), sqlite)).kinds, ["enums", "schemas", "tables"]);
  const text = { kind: "sqlText", text: "create table t (a); create view v as select a from t" };
  assert.deepEqual((await readTarget(text, sqlite)).kinds, OBJECT_KINDS);
});

test("Drizzle beside a schema of our own, and what is not compared", async () => {
  const drizzle = await loadDrizzle("0.45.4");
  const target = await readTarget([sqliteModule(drizzle), defineSchema({ tables: [posts] })], sqlite);
  assert.deepEqual(target.schema.tables.map(({ name }) => name), ["follows", "users", "posts"]);
  assert.equal(target.convention, "drizzle-0");
  assert.equal(
    (await readTarget(usersOnly(target.schema), sqlite, { namingConvention: "drizzle-1" })).convention,
    "drizzle-1",
  );
  const { unmodelled } = await readTarget(() => postgresModule(drizzle), {
    ...sqlite,
    name: "postgres",
    writer: postgresWriter,
  });
  assert.equal(unmodelled.at(-1), 'role "editor"');
});

function usersOnly(schema: ReturnType<typeof defineSchema>): typeof schema {
  return { ...schema, tables: schema.tables.filter(({ name }) => name === "users") };
}

test("what is no target", async () => {
  const other = table("users", { columns: [{ name: "id", type: "text" }] });
  const cases: readonly (readonly [target: unknown, message: RegExp])[] = [
    [null, /^Cannot use the target: it is null$/],
    [() => undefined, /it is undefined$/],
    ["schema.sql", /it is a string$/],
    [[], /it is an empty list$/],
    [{ foo: 1 }, /exports no table, nothing but: foo$/],
    [
      [defineSchema({ tables: [users] }), defineSchema({ tables: [other] })],
      /the table "users" is in it twice, and not the same$/,
    ],
    [
      { kind: "sqlText", text: "create table a (b);\n\ncreate tabel c (d);", path: "schema.sql" },
      /"schema\.sql": line 3 fails: .*tabel/,
    ],
  ];
  for (const [target, message] of cases) {
    await assert.rejects(readTarget(target, sqlite), (error) => {
      assert.ok(error instanceof LimbeckError, String(error));
      assert.equal(error.code, "TARGET_INVALID");
      assert.match(error.message, message);
      return true;
    });
  }
});

test("a SQL text may have transactions, as SQLite's .dump writes", async () => {
  const text = `PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; CREATE TABLE IF NOT EXISTS "a" (x int);
    INSERT INTO a VALUES (1); COMMIT; begin; create table b (y); rollback; BEGIN IMMEDIATE; create table c (z); END;`;
  const { schema } = await readTarget({ kind: "sqlText", text }, sqlite);
  assert.deepEqual(schema.tables.map(({ name }) => name), ["a", "c"]);
});

test("rows of a SQL text may come before those that they refer to, as in the shell", async () => {
  const text = `CREATE TABLE child (p int REFERENCES parent (id)); INSERT INTO child VALUES (1);
    CREATE TABLE parent (id int PRIMARY KEY); INSERT INTO parent VALUES (1)`;
  const { schema } = await readTarget({ kind: "sqlText", text }, sqlite);
  assert.deepEqual(schema.tables.map(({ name }) => name), ["child", "parent"]);
});
