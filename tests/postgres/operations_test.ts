import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import type { ColumnInput } from "../../src/operations/arguments.ts";
import type { ColumnChangesInput } from "../../src/operations/alter_column.ts";
import { type Operation, OPERATIONS as op, reverseOperations } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model.ts";
import { applied, look, run, withConnection } from "./session.ts";
import { WORLD } from "./world.ts";

/** The schema in one order, so that what is only listed otherwise is equal. */
function ordered(schema: Schema): Schema {
  const sort = <T extends { readonly name?: string }>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => (a.name ?? "") < (b.name ?? "") ? -1 : 1);
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      columns: sort(table.columns),
      uniques: sort(table.uniques),
      checks: sort(table.checks),
      foreignKeys: sort(table.foreignKeys),
      indexes: sort(table.indexes),
    })),
  };
}

/**
 * The law of an operation: run, the database is what `apply` says, in the server's spelling; taken back, it is what it
 * was. The order of columns is not part of it: what is dropped comes back at the end of its table.
 */
async function checkLaw(operations: readonly Operation[], rows: readonly string[] = []): Promise<void> {
  await withConnection(async (connection) => {
    await run(connection, WORLD);
    for (const sql of rows) await connection.query(sql);
    const before = await look(connection);
    const expected = await postgres.normalize(connection, applied(before, operations));
    const reverse = reverseOperations(operations, before);
    await run(connection, operations);
    assert.deepEqual(ordered(await look(connection)), ordered(expected));
    assert.ok(reverse !== null);
    await run(connection, reverse);
    assert.deepEqual(ordered(await look(connection)), ordered(before));
  });
}

const USER = "INSERT INTO users (email) VALUES ('a@b')";
const auth = { schema: "auth", name: "users" };

const CASES: { readonly [title: string]: readonly Operation[] } = {
  "createSchema": [op.createSchema.create("more")],
  "createEnum": [op.createEnum.create({ schema: "auth", name: "level" }, ["1", "2"])],
  "dropEnum": [op.dropEnum.create("spare")],
  "createTable with comments": [
    op.createTable.create({ schema: "auth", name: "order" }, {
      columns: [
        { name: "id", type: "bigserial", nullable: false, comment: "a 'quote'" },
        { name: "User", type: "integer" },
        { name: "m", type: "mood[]", default: "ARRAY['ok']::mood[]" },
      ],
      primaryKey: { name: "order_pkey", columns: ["id"] },
      foreignKeys: [{ name: "order_fk", columns: ["User"], references: { table: "users", columns: ["id"] } }],
      indexes: [{ name: "Order Idx", columns: ["User"] }],
      comment: "a table",
    }),
  ],
  "dropTable": [op.dropTable.create(auth)],
  "renameTable": [op.renameTable.create("users", "people")],
  "renameTable in a schema": [op.renameTable.create(auth, "People")],
  "renameColumn": [op.renameColumn.create("users", "full name", "name")],
  "dropColumn with what stands on it": [op.dropColumn.create("users", "moods")],
  "dropColumn": [op.dropColumn.create("users", "created_at")],
  "createForeignKey": [
    op.createForeignKey.create("users_self", "users", "users", ["age"], ["id"], {
      onDelete: "restrict",
      deferrable: true,
    }),
  ],
  "dropConstraint foreign key": [op.dropConstraint.create("users_user_id_fkey", auth, { type: "foreignKey" })],
  "dropConstraint check": [op.dropConstraint.create("users_age_check", "users")],
  "dropConstraint unique": [op.dropConstraint.create("users_email_key", "users")],
  "dropConstraint primary key": [op.dropConstraint.create("users_pkey", auth)],
  "createCheckConstraint": [op.createCheckConstraint.create("k", "users", "age > 1")],
  "createUniqueConstraint": [op.createUniqueConstraint.create("k", "users", ["age", "mood"])],
  "createPrimaryKey": [
    op.dropConstraint.create("users_pkey", auth),
    op.createPrimaryKey.create("other_pkey", auth, ["id"]),
  ],
  "createIndex": [
    op.createIndex.create("k", "users", ["age", { expression: 'lower("full name")', order: "desc" }], {
      where: "age > 1",
    }),
  ],
  "createIndex concurrently": [op.createIndex.create("k", auth, ["code"], { concurrently: true, unique: true })],
  "dropIndex": [op.dropIndex.create("users_lower_idx", "users")],
  "dropIndex concurrently in a schema": [op.dropIndex.create("users_lower_idx", auth, { concurrently: true })],
};

for (const [title, operations] of Object.entries(CASES)) {
  test(title, () => checkLaw(operations, [USER, "CREATE TYPE spare AS ENUM ('a')"]));
}

const COLUMNS: readonly ColumnInput[] = [
  { name: "c", type: "text" },
  { name: "c", type: "text", nullable: false, default: "'x'", comment: "why" },
  { name: "c", type: "serial", nullable: false },
  { name: "c", type: "bigint", nullable: false, identity: { generation: "always", start: 7 } },
  { name: "c", type: "integer", generated: { expression: "age * 2", stored: true } },
  { name: "c", type: "auth.role", default: "'admin'::auth.role" },
  { name: "c", type: "mood[]", default: "'{ok}'" },
  { name: 'Weird "name"', type: "varchar(10)", collation: "C" },
];

for (const column of COLUMNS) {
  test(`addColumn ${JSON.stringify(column)}`, () => checkLaw([op.addColumn.create("users", column)], [USER]));
}

const CHANGES: readonly (readonly [column: ColumnInput, changes: ColumnChangesInput])[] = [
  [{ name: "c", type: "integer" }, { type: "bigint" }],
  [{ name: "c", type: "integer", default: 5 }, { type: "text", default: "'five'" }],
  [{ name: "c", type: "text", default: "'ok'" }, { type: "mood", using: "c::mood" }],
  [{ name: "c", type: "mood", default: "'ok'" }, { type: "text" }],
  [{ name: "c", type: "text", default: "'5'" }, { type: "integer", using: "c::integer", default: 6, nullable: false }],
  [{ name: "c", type: "text" }, { nullable: false, default: "'x'" }],
  [{ name: "c", type: "text", nullable: false, default: "'x'" }, { nullable: true, default: null }],
  [{ name: "c", type: "text" }, { newName: "d" }],
  [{ name: "c", type: "text" }, { newName: "d", type: "varchar(5)", default: "''" }],
  [{ name: "c", type: "text" }, { collation: "C" }],
  [{ name: "c", type: "text", collation: "C" }, { type: "varchar(9)" }],
  [{ name: "c", type: "text", collation: "C" }, { collation: null }],
  [{ name: "c", type: "integer", nullable: false, default: 1 }, { type: "serial", default: null }],
  [{ name: "c", type: "serial", nullable: false }, { type: "bigserial" }],
  [{ name: "c", type: "serial", nullable: false }, { type: "integer" }],
  [{ name: "c", type: "serial", nullable: false }, { type: "text", default: "'x'" }],
  [{ name: "c", type: "serial", nullable: false }, { type: "bigint", identity: { generation: "always" } }],
  [{ name: "c", type: "integer", nullable: false, default: 1 }, {
    default: null,
    identity: { generation: "always", start: 5 },
  }],
  [
    { name: "c", type: "integer", nullable: false, identity: { generation: "always", cache: 5, maxValue: 10 } },
    { identity: { generation: "byDefault", increment: -2, cycle: true } },
  ],
  [{ name: "c", type: "integer", nullable: false, identity: { generation: "always" } }, { identity: null }],
  [{ name: "c", type: "integer", generated: { expression: "age * 2", stored: true } }, {
    generated: { expression: "age + 1", stored: true },
  }],
];

for (const [column, changes] of CHANGES) {
  test(`alterColumn ${column.type} ${JSON.stringify(changes)}`, () =>
    withConnection(async (connection) => {
      await run(connection, [...WORLD, op.addColumn.create("users", column)]);
      const filled = column.nullable === undefined && column.generated === undefined && column.default === undefined;
      await connection.query(`INSERT INTO users (email${filled ? ", c" : ""}) VALUES ('a@b'${filled ? ", '5'" : ""})`);
      const before = await look(connection);
      const operations = [op.alterColumn.create("users", "c", changes)];
      const reverse = reverseOperations(operations, before);
      const expected = await postgres.normalize(connection, applied(before, operations));
      await run(connection, operations);
      assert.deepEqual(ordered(await look(connection)), ordered(expected));
      await connection.query("INSERT INTO users (email) VALUES ('it''s')").catch((error) => {
        // Without a value a column that lost its default and stays NOT NULL refuses the row, as it should.
        assert.equal(error.facts.serverCode, "23502");
      });
      // What a type does not convert back by itself is not the reverse's to know.
      const back = typeof changes.type === "string" && reverse !== null
        ? reverse.map(withConversion(changes.type))
        : reverse;
      await connection.query("DELETE FROM users");
      await run(connection, back ?? []);
      assert.deepEqual(ordered(await look(connection)), ordered(before));
    }));
}

function withConversion(from: string): (operation: Operation) => Operation {
  return (operation) => {
    if (operation.kind !== "alterColumn" || operation.changes.type === undefined) return operation;
    const using = postgres.conversion(operation.column, from, operation.changes.type);
    return using === undefined ? operation : { ...operation, changes: { ...operation.changes, using } };
  };
}

test("a sequence that is made for rows goes on behind them", async () => {
  await withConnection(async (connection) => {
    const columns = [{ name: "a", type: "integer", nullable: false }, { name: "b", type: "integer", nullable: false }];
    await run(connection, [op.createTable.create("t", { columns })]);
    await connection.query("INSERT INTO t VALUES (7, 9)");
    await run(connection, [
      op.alterColumn.create("t", "a", { type: "serial" }),
      op.alterColumn.create("t", "b", { identity: { generation: "always" } }),
    ]);
    await connection.query("INSERT INTO t DEFAULT VALUES");
    assert.deepEqual((await connection.query("SELECT a, b FROM t ORDER BY a")).rows, [{ a: 7, b: 9 }, { a: 8, b: 10 }]);
    await run(connection, [op.alterColumn.create("t", "a", { type: "bigserial" })]);
    const { rows } = await connection.query("SELECT data_type FROM pg_sequences WHERE sequencename = 't_a_seq'");
    assert.deepEqual(rows, [{ data_type: "bigint" }]);
  });
});

test("what PostgreSQL cannot do is refused before anything runs", () => {
  const compile = (operation: Operation) =>
    postgres.compile([operation], { writer: postgres.writer, before: EMPTY_SCHEMA });
  for (
    const operation of [
      op.alterColumn.create("t", "c", { autoincrement: true }),
      op.alterColumn.create("t", "c", { generated: { expression: "1", stored: true } }),
      op.alterColumn.create("t", "c", { collation: "C" }),
    ]
  ) assert.throws(() => compile(operation), { code: "UNSUPPORTED" });
});

test("operations know what they may do", () => {
  const kinds = (operation: Operation, before = EMPTY_SCHEMA) =>
    postgres.compile([operation], { writer: postgres.writer, before })
      .flatMap(({ hazards = [] }) => hazards.map(({ kind }) => kind));
  const before = applied(EMPTY_SCHEMA, [op.createTable.create("t", { columns: [{ name: "c", type: "varchar(10)" }] })]);
  const add = (column: Omit<ColumnInput, "name">) =>
    kinds(op.addColumn.create("t", { name: "x", ...column } as ColumnInput));
  assert.deepEqual(add({ type: "text", default: "now()" }), []);
  assert.deepEqual(add({ type: "text", default: "'f(x)'" }), []);
  assert.deepEqual(add({ type: "uuid", default: "gen_random_uuid()" }), ["rewritesTable", "blocksReads"]);
  assert.deepEqual(add({ type: "varchar(3)", default: "'x'::varchar(3)" }), []);
  assert.deepEqual(add({ type: "serial" }), ["rewritesTable", "blocksReads"]);
  assert.deepEqual(kinds(op.createIndex.create("i", "t", ["c"])), ["blocksWrites"]);
  assert.deepEqual(kinds(op.createIndex.create("i", "t", ["c"], { concurrently: true })), [
    "notTransactional",
    "longRunning",
  ]);
  assert.deepEqual(kinds(op.alterColumn.create("t", "c", { type: "varchar(20)" }), before), []);
  assert.deepEqual(kinds(op.alterColumn.create("t", "c", { type: "varchar(5)" }), before), [
    "rewritesTable",
    "blocksReads",
    "mayFail",
  ]);
  assert.deepEqual(kinds(op.alterColumn.create("t", "c", { nullable: false }), before), ["mayFail", "blocksReads"]);
  assert.deepEqual(kinds(op.dropColumn.create("t", "c")), ["deletesData"]);
  assert.deepEqual(kinds(op.addEnumValue.create("e", "x")), ["notTransactional"]);
});
