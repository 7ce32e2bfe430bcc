import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { type Operation, OPERATIONS as op, reverseOperations } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model.ts";
import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { fingerprint } from "./fingerprint.ts";
import { applied, look, run, withConnection } from "./session.ts";

const USERS = op.createTable.create("users", {
  columns: [{ name: "id", type: "text", nullable: false }, { name: "code", type: "integer", nullable: false }],
  primaryKey: { name: "users_pkey", columns: ["id"] },
  uniques: [{ name: "users_code_key", columns: ["code"] }],
});

const POSTS = op.createTable.create("posts", {
  columns: [
    { name: "id", type: "text", nullable: false },
    { name: "user_id", type: "text" },
    { name: "parent", type: "text" },
    { name: "code", type: "integer" },
  ],
  primaryKey: { name: "posts_pkey", columns: ["id"] },
  foreignKeys: [
    { name: "posts_code", columns: ["code"], references: { table: "users", columns: ["code"] } },
    { name: "posts_parent", columns: ["parent"], references: { table: "posts", columns: ["id"] } },
    { name: "posts_user", columns: ["user_id"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
  ],
});

const compile = (operations: readonly Operation[], before: Schema): readonly string[] =>
  postgres.group(operations).flatMap((group) =>
    postgres.compile(group, { writer: postgres.writer, before }).map(({ sql }) => sql)
  );

/** Runs operations in groups, as a migration does. */
async function runGroups(connection: PostgresConnection, operations: readonly Operation[]): Promise<void> {
  for (const group of postgres.group(operations)) {
    const before = await look(connection);
    for (const { sql } of postgres.compile(group, { writer: postgres.writer, before })) await connection.query(sql);
  }
}

test("a key that a foreign key needs is not dropped, unless with it", async () => {
  await withConnection(async (connection) => {
    await run(connection, [USERS, POSTS]);
    const before = await look(connection);
    const unique = op.dropConstraint.create("users_code_key", "users");
    assert.throws(() => compile([unique], before), {
      code: "OPERATION_INVALID",
      message: 'Cannot drop "users_code_key" of "users": the foreign key "posts_code" of "posts" refers to its columns',
      hint: "Drop that first with op.dropConstraint, or drop both with { cascade: true }",
    });
    assert.throws(() => compile([op.dropConstraint.create("posts_pkey", "posts", { type: "primaryKey" })], before), {
      message: /the foreign key "posts_parent" of "posts" refers/,
    });
    const cascade = [op.dropConstraint.create("users_pkey", "users", { cascade: true })];
    const reverse = reverseOperations(cascade, before);
    await run(connection, cascade);
    assert.deepEqual(await look(connection), applied(before, cascade));
    await run(connection, reverse ?? []);
    assert.deepEqual(await look(connection), before);
    // Another key on the same columns may be the one that the foreign key stands on: the server knows.
    const again = op.createUniqueConstraint.create("users_code_again", "users", ["code"]);
    await run(connection, [again, op.dropConstraint.create("users_code_again", "users")]);
    assert.deepEqual(await look(connection), before);
  });
});

const uuid = (table: string, column: string): Operation =>
  op.alterColumn.create(table, column, { type: "uuid", using: `${column}::uuid` });

test("both sides of a foreign key get another type", async () => {
  await withConnection(async (connection) => {
    await run(connection, [USERS, POSTS]);
    await connection.query("INSERT INTO users VALUES ('6b1b0c9a-0000-4000-8000-000000000001', 1)");
    await connection.query(
      "INSERT INTO posts VALUES ('6b1b0c9a-0000-4000-8000-000000000002', '6b1b0c9a-0000-4000-8000-000000000001')",
    );
    const before = await look(connection);
    const server = await fingerprint(connection);
    const operations = [
      uuid("users", "id"),
      uuid("posts", "user_id"),
      uuid("posts", "parent"),
      uuid("posts", "id"),
      op.alterColumn.create("users", "code", { type: "bigint" }),
    ];
    assert.deepEqual(compile(operations, before), [
      "ALTER TABLE posts DROP CONSTRAINT posts_parent",
      "ALTER TABLE posts DROP CONSTRAINT posts_user",
      "ALTER TABLE users ALTER COLUMN id TYPE uuid USING id::uuid",
      "ALTER TABLE posts ALTER COLUMN user_id TYPE uuid USING user_id::uuid",
      "ALTER TABLE posts ALTER COLUMN parent TYPE uuid USING parent::uuid",
      "ALTER TABLE posts ALTER COLUMN id TYPE uuid USING id::uuid",
      "ALTER TABLE users ALTER COLUMN code TYPE bigint",
      "ALTER TABLE posts ADD CONSTRAINT posts_parent FOREIGN KEY (parent) REFERENCES posts (id)",
      "ALTER TABLE posts ADD CONSTRAINT posts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE",
    ]);
    const reverse = reverseOperations(operations, before);
    await runGroups(connection, operations);
    assert.deepEqual(await look(connection), applied(before, operations));
    await runGroups(connection, reverse ?? []);
    assert.deepEqual(await fingerprint(connection), server);
    const { rows } = await connection.query(
      "SELECT count(*)::integer AS n FROM posts JOIN users ON users.id = user_id",
    );
    assert.deepEqual(rows, [{ n: 1 }]);
  });
});

test("types that a key can have on its two sides are changed one after the other", () => {
  const before = applied(EMPTY_SCHEMA, [USERS, POSTS]);
  const operations = [
    op.alterColumn.create("users", "code", { type: "bigint" }),
    op.alterColumn.create("posts", "code", { type: "bigint" }),
  ];
  assert.deepEqual(compile(operations, before), [
    "ALTER TABLE users ALTER COLUMN code TYPE bigint",
    "ALTER TABLE posts ALTER COLUMN code TYPE bigint",
  ]);
});

test("what a failed concurrent build has left is dropped before the next attempt", async () => {
  await withConnection(async (connection) => {
    await run(connection, [USERS]);
    await connection.query("INSERT INTO users VALUES ('a', 1), ('b', 2)");
    const create = op.createIndex.create("users_one_idx", "users", [{ expression: "code / 10" }], {
      unique: true,
      concurrently: true,
      ifNotExists: true,
    });
    const create2 = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_one_idx ON users ((code / 10))";
    const found = applied(EMPTY_SCHEMA, [USERS]);
    await assert.rejects(connection.query(compile([create], found)[0] ?? ""), /duplicated|could not create/);
    const left: Schema = {
      ...found,
      tables: found.tables.map((table) => ({
        ...table,
        indexes: [{ name: "users_one_idx", parts: [{ expression: "code / 10" }], unique: true, invalid: true }],
      })),
    };
    assert.deepEqual(compile([create], left), ["DROP INDEX CONCURRENTLY IF EXISTS users_one_idx", create2]);
    assert.deepEqual(applied(left, [create]), applied(found, [create]));
    await connection.query("DELETE FROM users WHERE code = 2");
    for (const sql of compile([create], left)) await connection.query(sql);
    const { rows } = await connection.query(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_one_idx'::regclass",
    );
    assert.deepEqual(rows, [{ indisvalid: true }]);
    // An index that is whole is left alone.
    assert.deepEqual(compile([create], applied(found, [create])), [create2]);
  });
});

test("what is only in newer versions is written as they want it", () => {
  const before = applied(EMPTY_SCHEMA, [USERS]);
  const cases: readonly (readonly [Operation, string])[] = [
    [
      op.createPrimaryKey.create("k", "t", ["id", "during"], { withoutOverlaps: true }),
      "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (id, during WITHOUT OVERLAPS)",
    ],
    [
      op.createUniqueConstraint.create("k", "t", ["id", "during"], { withoutOverlaps: true }),
      "ALTER TABLE t ADD CONSTRAINT k UNIQUE (id, during WITHOUT OVERLAPS)",
    ],
    [
      op.createForeignKey.create("k", "t", "u", ["id", "during"], ["id", "at"], { period: true }),
      "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (id, PERIOD during) REFERENCES u (id, PERIOD at)",
    ],
    [
      op.createForeignKey.create("k", "t", "u", ["a"], ["b"], {
        onDelete: "set null",
        onDeleteColumns: ["a"],
        notEnforced: true,
        notValid: true,
      }),
      "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (b) ON DELETE SET NULL (a) NOT ENFORCED",
    ],
    [
      op.createCheckConstraint.create("k", "t", "a > 0", { notEnforced: true }),
      "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT ENFORCED",
    ],
    [
      op.createUniqueConstraint.create("k", "t", ["a"], { nullsNotDistinct: true }),
      "ALTER TABLE t ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (a)",
    ],
  ];
  for (const [operation, sql] of cases) assert.deepEqual(compile([operation], before), [sql]);
});
