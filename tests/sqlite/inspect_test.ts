import assert from "node:assert/strict";
import { test } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { EMPTY_SCHEMA, type Schema, type Table } from "../../src/schema/model.ts";
import { withDatabase } from "./database.ts";

const SCRIPT = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL COLLATE NOCASE CONSTRAINT users_email_key UNIQUE,
  age INT DEFAULT (1 + 1) CHECK ("users"."age" >= 0),
  name TEXT DEFAULT 'x',
  upper_name TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL
);
CREATE TABLE tags (a TEXT, b INT, c ANY, PRIMARY KEY (B, a)) STRICT, WITHOUT ROWID;
CREATE TABLE posts (
  id TEXT PRIMARY KEY,
  author_id INTEGER NOT NULL,
  CONSTRAINT posts_author_fk FOREIGN KEY (author_id) REFERENCES USERS ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX posts_author ON posts (author_id DESC) WHERE id <> '';
CREATE INDEX posts_lower ON posts (lower(id));
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER touch AFTER UPDATE ON USERS BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE search USING fts5(body);
CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY);
`;

const USERS: Table = {
  name: "users",
  columns: [
    { name: "id", type: "INTEGER", autoincrement: true },
    { name: "email", type: "TEXT", nullable: false, collation: "NOCASE" },
    { name: "age", type: "INT", default: "1 + 1" },
    { name: "name", type: "TEXT", default: "'x'" },
    { name: "upper_name", type: "TEXT", generated: { expression: "upper(name)", stored: false } },
  ],
  primaryKey: { columns: ["id"] },
  uniques: [{ name: "users_email_key", columns: ["email"] }],
  foreignKeys: [],
  checks: [{ expression: '"age" >= 0' }],
  indexes: [],
};

const SCHEMA: Schema = {
  ...EMPTY_SCHEMA,
  unmodelled: [`virtual table "search"`],
  schemas: [],
  enums: [],
  tables: [
    {
      name: "posts",
      columns: [{ name: "id", type: "TEXT" }, { name: "author_id", type: "INTEGER", nullable: false }],
      primaryKey: { columns: ["id"] },
      uniques: [],
      foreignKeys: [{
        name: "posts_author_fk",
        columns: ["author_id"],
        references: { table: "users", columns: ["id"] },
        onDelete: "cascade",
        deferrable: true,
        initially: "deferred",
      }],
      checks: [],
      indexes: [
        { name: "posts_author", unique: true, parts: [{ column: "author_id", order: "desc" }], where: "id <> ''" },
        { name: "posts_lower", parts: [{ expression: "lower(id)" }] },
      ],
    },
    {
      name: "tags",
      columns: [
        { name: "a", type: "TEXT", nullable: false },
        { name: "b", type: "INT", nullable: false },
        { name: "c", type: "ANY" },
      ],
      primaryKey: { columns: ["b", "a"] },
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
      strict: true,
      withoutRowid: true,
    },
    USERS,
  ],
  views: [{
    name: "names",
    query: "SELECT name FROM users",
    definition: "CREATE VIEW names AS SELECT name FROM users",
  }],
  triggers: [{
    name: "touch",
    table: "users",
    definition: "CREATE TRIGGER touch AFTER UPDATE ON USERS BEGIN SELECT 1; END",
  }],
};

/** Without the text of tables and indexes. */
function withoutText(schema: Schema): Schema {
  const tables = schema.tables.map(({ definition: _, ...table }) => ({
    ...table,
    indexes: table.indexes.map(({ definition: _, ...index }) => index),
  }));
  return { ...schema, tables };
}

test("inspect reads everything, and no system table", async () => {
  await withDatabase(SCRIPT, async (connection) => {
    const schema = await sqlite.inspect(connection);
    assert.deepEqual(withoutText(schema), SCHEMA);
    assert.deepEqual(JSON.parse(JSON.stringify(withoutText(schema))), SCHEMA);
    const posts = schema.tables.find(({ name }) => name === "posts");
    assert.ok(posts?.definition?.startsWith("CREATE TABLE posts (\n  id TEXT PRIMARY KEY,"));
    assert.deepEqual(posts?.indexes.map(({ definition }) => definition), [
      "CREATE UNIQUE INDEX posts_author ON posts (author_id DESC) WHERE id <> ''",
      "CREATE INDEX posts_lower ON posts (lower(id))",
    ]);
  });
});

test("inspect reads only what is asked for", async () => {
  await withDatabase(SCRIPT, async (connection) => {
    const schema = await sqlite.inspect(connection, { tables: [{ name: "users" }] });
    assert.deepEqual(withoutText(schema), { ...SCHEMA, tables: [USERS], views: [], unmodelled: [] });
    assert.deepEqual(await sqlite.inspect(connection, { tables: [] }), EMPTY_SCHEMA);
  });
});

test("hasTable", async () => {
  await withDatabase("CREATE TABLE Users (a); CREATE VIEW v AS SELECT 1", async (connection) => {
    assert.equal(await sqlite.hasTable(connection, { name: "users" }), true);
    assert.equal(await sqlite.hasTable(connection, { name: "v" }), false);
  });
});

test("normalize gives what inspect would give, and leaves the database alone", async () => {
  await withDatabase(SCRIPT, async (connection, url) => {
    const schema = await sqlite.inspect(connection);
    assert.deepEqual(await sqlite.normalize(connection, schema), schema);
    const empty = await sqlite.connect({ url: ":memory:" });
    assert.deepEqual(await sqlite.normalize(empty, schema), schema);
    assert.deepEqual(await sqlite.inspect(empty), EMPTY_SCHEMA);
    await empty.close();
    assert.notEqual(url, "");
  });
});

test("normalize wraps a default that is an expression", async () => {
  const empty = await sqlite.connect({ url: ":memory:" });
  const defaults = ["'a'", "-1", "current_timestamp", "strftime('%s', 'now')", "(1 + 2)", "NULL", "x'00'"];
  const table: Table = {
    ...USERS,
    columns: defaults.map((value, index) => ({ name: `c${index}`, type: "", default: value })),
    uniques: [],
    checks: [],
  };
  const { primaryKey: _, ...keyless } = table;
  const [read] = (await sqlite.normalize(empty, { ...EMPTY_SCHEMA, tables: [keyless] })).tables;
  assert.deepEqual(read?.columns.map((column) => column.default), defaults.with(4, "1 + 2"));
  await empty.close();
});

test("normalize names what SQLite refuses", async () => {
  const empty = await sqlite.connect({ url: ":memory:" });
  const broken: Table = { ...USERS, name: "broken", checks: [{ expression: "nope > 0" }] };
  await assert.rejects(sqlite.normalize(empty, { ...EMPTY_SCHEMA, tables: [broken] }), {
    code: "TARGET_INVALID",
    message: 'Cannot use the target: SQLite refuses the table "broken": no such column: nope',
  });
  await assert.rejects(sqlite.normalize(empty, { ...EMPTY_SCHEMA, enums: [{ name: "mood", values: [] }] }), {
    code: "TARGET_INVALID",
  });
  await empty.close();
});
