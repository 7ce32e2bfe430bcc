import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";
import { writer as postgresWriter } from "../../src/dialects/postgres/writer.ts";
import { writer as sqliteWriter } from "../../src/dialects/sqlite/writer.ts";
import { LimbeckError } from "../../src/errors.ts";
import { readDrizzle } from "../../src/sources/drizzle.ts";
import { loadDrizzle, postgresModule, sqliteModule, VERSIONS } from "./drizzle_fixture.ts";

const postgres = { dialect: { name: "postgres", writer: postgresWriter } } as const;
const sqlite = { dialect: { name: "sqlite", writer: sqliteWriter } } as const;

const POSTGRES_SCHEMA = {
  ...EMPTY_SCHEMA,
  schemas: ["auth"],
  enums: [{ name: "Mood", values: ["sad", "ok"] }, { name: "kind", schema: "auth", values: ["a", "b"] }],
  tables: [
    {
      name: "users",
      columns: [
        { name: "id", type: "serial", nullable: false },
        { name: "email", type: "varchar(255)", nullable: false },
        { name: "handle", type: "text", nullable: false },
        { name: "created_at", type: "timestamp(3) with time zone", default: "now()" },
        { name: "price", type: "numeric(12,2)", default: "'1.5'" },
        { name: "big", type: "bigint", default: "10" },
        { name: "n", type: "integer", nullable: false, identity: { generation: "always", start: 10, increment: 2 } },
        { name: "tags", type: "text[]", default: `'{"a","b\\"\\\\c","it''s"}'` },
        { name: "numbers", type: "integer[]", default: "'{1,2}'" },
        { name: "moods", type: '"Mood"[]' },
        { name: "kind", type: "auth.kind", default: "'a'" },
        { name: "mood", type: '"Mood"', nullable: false, default: "'sad'" },
        { name: "data", type: "jsonb", default: `'{"a":"it''s"}'` },
        { name: "text", type: "jsonb", default: `'"abc"'` },
        { name: "at", type: "timestamp", default: "'1970-01-01T00:00:01.000Z'" },
        { name: "on", type: "boolean", default: "true" },
        { name: "embedding", type: "vector(3)" },
        { name: "client_only", type: "text" },
        { name: "full", type: "text", generated: { expression: "email || 'x'", stored: true } },
      ],
      primaryKey: { columns: ["id"] },
      uniques: [
        { columns: ["email"] },
        { name: "my_handle", columns: ["handle"] },
        { columns: ["email", "on"], nullsNotDistinct: true },
      ],
      foreignKeys: [],
      checks: [{ name: "price_check", expression: "price > 5 and at < '1970-01-01T00:00:00.000Z'" }],
      indexes: [
        { parts: [{ column: "created_at", order: "desc", nulls: "last" }] },
        {
          name: "lower_idx",
          parts: [{ expression: "lower(email)" }, { column: "handle", order: "desc" }],
          where: "big > 5",
        },
        {
          name: "gin_idx",
          parts: [{ column: "handle", opclass: "gin_trgm_ops" }],
          using: "gin",
          with: { fastupdate: "false" },
        },
        {
          name: "sql_idx",
          parts: [
            { column: "email", order: "desc", nulls: "last" },
            { expression: "lower(handle)", opclass: "text_pattern_ops" },
          ],
        },
        { name: "unique_idx", parts: [{ column: "email" }, { column: "handle" }], unique: true },
      ],
    },
    {
      name: "posts",
      schema: "auth",
      columns: [{ name: "a", type: "integer" }, { name: "b", type: "integer" }, { name: "parent", type: "integer" }],
      primaryKey: { columns: ["a", "b"] },
      uniques: [],
      foreignKeys: [
        { columns: ["a"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
        {
          name: "parent_fk",
          columns: ["parent", "b"],
          references: { table: "posts", schema: "auth", columns: ["a", "b"] },
          onUpdate: "set null",
        },
      ],
      checks: [],
      indexes: [],
      rowSecurity: "enabled",
    },
  ],
  sequences: [
    {
      name: "numbers",
      start: 10,
      increment: 2,
      minValue: 5,
      maxValue: 1000,
      cache: 3,
      cycle: true,
    },
    { name: "more", schema: "auth" },
  ],
  policies: [
    {
      name: "linked",
      schema: "auth",
      table: "posts",
      withCheck: "(exists (select 1 from users where users.id = auth.posts.a))",
    },
    {
      name: "posts_read",
      schema: "auth",
      table: "posts",
      permissive: false,
      command: "select",
      roles: ["current_user", "editor"],
      using: "auth.posts.b > 1",
    },
  ],
  views: [
    { name: "active_users", query: "select id, created_at from users where users.big > 5" },
    { name: "counts", materialized: true, with: { fillfactor: "90" }, query: "select id from users" },
    {
      name: "readable",
      schema: "auth",
      query: "select auth.posts.a from auth.posts",
      with: { check_option: "cascaded", security_barrier: "true" },
    },
  ],
};

const SQLITE_SCHEMA = {
  ...EMPTY_SCHEMA,
  schemas: [],
  enums: [],
  tables: [
    {
      name: "follows",
      columns: [
        { name: "follower", type: "integer", nullable: false },
        { name: "followed", type: "integer", nullable: false },
      ],
      primaryKey: { name: "follows_key", columns: ["follower", "followed"] },
      uniques: [],
      foreignKeys: [
        { columns: ["follower"], references: { table: "users", columns: ["id"] } },
        { columns: ["followed"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
      ],
      checks: [],
      indexes: [],
    },
    {
      name: "users",
      columns: [
        { name: "id", type: "integer", nullable: false, autoincrement: true },
        { name: "flag", type: "integer", nullable: false, default: "1" },
        { name: "at", type: "integer", default: "5" },
        { name: "now", type: "text", default: "CURRENT_TIMESTAMP" },
        { name: "data", type: "text", default: `'{"a":1}'` },
        { name: "raw", type: "blob" },
        { name: "email", type: "text" },
        { name: "upper", type: "text", generated: { expression: 'upper("email")', stored: true } },
        { name: "lazy", type: "text", generated: { expression: 'lower("email")', stored: false } },
      ],
      primaryKey: { columns: ["id"] },
      uniques: [{ columns: ["email"] }],
      foreignKeys: [],
      checks: [{ name: "flag_check", expression: "flag in (0, 1)" }],
      indexes: [
        { name: "email_flag", parts: [{ column: "email" }, { column: "flag" }], unique: true },
        { name: "lower_email", parts: [{ expression: "lower(email)" }], where: "flag = 1" },
      ],
    },
  ],
  views: [{ name: "flagged", query: "select id, email from users where users.flag = 1" }],
};

for (const version of VERSIONS) {
  const convention = version.startsWith("0.") ? "drizzle-0" : "drizzle-1";

  test(`drizzle-orm ${version}: PostgreSQL`, async () => {
    const exports = postgresModule(await loadDrizzle(version));
    const part = readDrizzle(exports, { ...postgres, casing: "snake_case" });
    assert.deepEqual(part, {
      schema: POSTGRES_SCHEMA,
      kinds: ["enums", "policies", "rowSecurity", "schemas", "sequences", "tables", "views"],
      convention,
      unmodelled: [
        'access method of the materialized view "counts"',
        '"with no data" of the materialized view "counts"',
        'policy "idle", which is linked to no table',
        'policy "outside" of "elsewhere", a table that is not exported',
        'role "editor"',
      ],
    });
  });

  test(`drizzle-orm ${version}: SQLite`, async () => {
    const part = readDrizzle(sqliteModule(await loadDrizzle(version)), sqlite);
    assert.deepEqual(part, {
      schema: SQLITE_SCHEMA,
      kinds: ["enums", "schemas", "tables", "views"],
      convention,
      unmodelled: [],
    });
  });

  test(`drizzle-orm ${version}: what cannot be used`, async () => {
    const { pg, sqlite: core, orm: { sql } } = await loadDrizzle(version);
    const one = pg.pgTable("users", { id: pg.integer("id") });
    const two = pg.pgTable("users", { id: pg.integer("id") });
    const cases: readonly (readonly [exports: object, options: typeof postgres | typeof sqlite, message: RegExp])[] = [
      [{}, postgres, /the module exports nothing$/],
      [{ foo: 1, bar: () => 2 }, postgres, /exports no table, nothing but: bar, foo$/],
      [{ one, two }, postgres, /the exports "one" and "two" are both a table "users"/],
      [{ one }, sqlite, /the table "users" \(export "one"\): it is no table for sqlite/],
      [{ t: core.sqliteTable("t", { id: core.integer("id") }) }, postgres, /it is no table for postgres/],
      [
        { t: pg.pgTable("t", { id: pg.integer("id") }, () => [pg.unique("u")]) },
        postgres,
        /Cannot read "t": an index or unique constraint of it has no columns/,
      ],
      [
        { a: pg.pgEnum("e", ["a"]), b: pg.pgEnum("e", ["b"]) },
        postgres,
        /the enum "e" is in it twice, with other values/,
      ],
      [
        { a: pg.pgView("v", {}).as(sql`select 1`), b: pg.pgView("v", {}).as(sql`select 2`) },
        postgres,
        /two views in it are called "v"/,
      ],
      [{ a: pg.pgSequence("s"), b: pg.pgSequence("s") }, postgres, /two sequences in it are called "s"/],
      [
        { a: core.sqliteView("v", {}).as(sql`select 1`) },
        postgres,
        /the view "v": it is no view for postgres/,
      ],
      [
        {
          t: pg.pgTable("t", { id: pg.integer("id") }, () => [pg.pgPolicy("p"), pg.pgPolicy("p", { for: "select" })]),
        },
        postgres,
        /two policies of one table in it are called "t\.p"/,
      ],
      [
        { t: pg.pgTable("t", { id: pg.integer("id").default(sql`${sql.placeholder("x")}`) }) },
        postgres,
        /the default of "t"\."id": its SQL has a placeholder/,
      ],
    ];
    for (const [exports, options, message] of cases) {
      assert.throws(() => readDrizzle(exports, options), (error) => {
        assert.ok(error instanceof LimbeckError, String(error));
        assert.equal(error.code, "TARGET_INVALID");
        assert.match(error.message, message);
        return true;
      });
    }
  });

  test(`drizzle-orm ${version}: reading changes nothing in the user's objects`, async () => {
    const exports = postgresModule(await loadDrizzle(version));
    const first = readDrizzle(exports, postgres);
    assert.deepEqual(readDrizzle(exports, postgres), first);
    // Without casing, a column is called as its key; 1.0 has it in the table.
    const name = version.startsWith("0.") ? "createdAt" : "created_at";
    assert.ok(first.schema.tables[0]?.columns.some((column) => column.name === name));
  });
}

test("drizzle-orm 1.0: casing is part of the table", async () => {
  const { pg } = await loadDrizzle("1.0.0-rc.4");
  const users = pg.snakeCase.table("users", { createdAt: pg.timestamp(), id: pg.integer("ID") });
  const { schema } = readDrizzle({ users }, postgres);
  assert.deepEqual(schema.tables[0]?.columns.map(({ name }) => name), ["created_at", "ID"]);
});
