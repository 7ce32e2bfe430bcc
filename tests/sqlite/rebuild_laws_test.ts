import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Connection } from "../../src/dialects/dialect.ts";
import { canonicalExpression } from "../../src/dialects/sqlite/canonical.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { rowidColumn } from "../../src/dialects/sqlite/inspect.ts";
import { applyOperation, type Operation, OPERATIONS, reverseOperations } from "../../src/operations/registry.ts";
import type { Column, Schema, Table } from "../../src/schema/model.ts";
import { migrate, rows, withDatabase } from "./database.ts";
import { WORLD } from "./world.ts";

const {
  addColumn,
  alterColumn,
  createCheckConstraint,
  createForeignKey,
  createIndex,
  createPrimaryKey,
  createUniqueConstraint,
  dropColumn,
  dropConstraint,
  dropIndex,
  renameColumn,
  renameTable,
} = OPERATIONS;

const changes: { readonly [name: string]: readonly Operation[] } = {
  "another type": [alterColumn.create("users", "age", { type: "REAL" })],
  "not null": [alterColumn.create("users", "name", { nullable: false })],
  "another default": [alterColumn.create("users", "age", { default: 5 })],
  "an expression as default": [alterColumn.create("users", "plan", { default: "lower('A')" })],
  "no default": [alterColumn.create("users", "age", { default: null })],
  "another collation": [alterColumn.create("users", "email", { collation: null })],
  "no autoincrement": [alterColumn.create("users", "id", { autoincrement: false })],
  "generated no more": [alterColumn.create("users", "loud", { generated: null })],
  "all at once, with a name": [
    alterColumn.create("users", "age", { type: "REAL", default: 3, collation: "RTRIM", newName: "renamed_age" }),
  ],
  "only a name": [alterColumn.create("users", "plan", { newName: "renamed_plan" })],
  "a renamed column": [renameColumn.create("users", "plan", "renamed_plan")],
  "a renamed table": [renameTable.create("users", "people")],
  "a plain column": [addColumn.create("users", { name: "bio", type: "TEXT", nullable: false, default: "''" })],
  "a column with an expression as default": [
    addColumn.create("users", { name: "made", type: "TEXT", nullable: false, default: "current_timestamp" }),
  ],
  "a stored column": [
    addColumn.create("users", { name: "twice", type: "INT", generated: { expression: "age * 2", stored: true } }),
  ],
  "a virtual column": [
    addColumn.create("users", { name: "twice", type: "INT", generated: { expression: "age * 2", stored: false } }),
  ],
  "an index's column less": [dropColumn.create("users", "plan")],
  "a foreign key's column less": [dropColumn.create("users", "manager_id")],
  "a unique constraint": [createUniqueConstraint.create("users_name_key", "users", ["name"])],
  "an unnamed unique constraint": [createUniqueConstraint.create(null, "users", ["name", "age"])],
  "a check": [createCheckConstraint.create("users_old", "users", "age < 200")],
  "an unnamed check": [createCheckConstraint.create(null, "users", "age <> 100")],
  "a foreign key": [
    createForeignKey.create("tags_user", "tags", "users", ["b"], ["id"], { onDelete: "cascade", deferrable: true }),
  ],
  "a primary key": [createPrimaryKey.create("log_pk", "log", ["what"])],
  "an unnamed check less": [
    dropConstraint.create(null, "users", { type: "check", expression: "(USERS.AGE>=0)" }),
  ],
  "a named check less": [dropConstraint.create("users_short", "users")],
  "an unnamed foreign key less": [dropConstraint.create(null, "posts", { type: "foreignKey", columns: ["author"] })],
  "a unique constraint less": [dropConstraint.create("users_email_key", "users", { type: "unique" })],
  "a primary key less": [
    alterColumn.create("users", "id", { autoincrement: false }),
    createUniqueConstraint.create("users_id_key", "users", ["id"]),
    dropConstraint.create(null, "users", { type: "primaryKey" }),
  ],
  "a strict table without rowid": [alterColumn.create("tags", "b", { nullable: false, default: 0 })],
  "indexes": [
    dropIndex.create("users_name", "users"),
    createIndex.create("users_age", "users", [{ column: "age", order: "desc" }], { where: "age > 2" }),
    alterColumn.create("users", "age", { type: "REAL" }),
  ],
  "many of one table": [
    dropIndex.create("users_name", "users"),
    dropConstraint.create(null, "users", { type: "check", expression: "age >= 0" }),
    dropColumn.create("users", "plan"),
    addColumn.create("users", { name: "plan", type: "INT", default: 3 }),
    alterColumn.create("users", "email", { type: "VARCHAR(50)" }),
    createCheckConstraint.create("users_age", "users", "age > 0 OR age IS NULL"),
  ],
};

/** A schema without what only differs in writing: spelling, order in a table, `nullable: true`, the rowid's `nullable`. */
function comparable(schema: Schema): unknown {
  const sorted = <T>(list: readonly T[]): readonly string[] =>
    list.map((each) => JSON.stringify(each, (_, value) => sortKeys(value))).sort();
  const column = (table: Table) => ({ nullable, autoincrement, ...rest }: Column) => ({
    ...rest,
    ...(nullable === false || rowidColumn(table) === rest.name || mustHave(table, rest.name)
      ? { nullable: false }
      : {}),
    ...(autoincrement ? { autoincrement } : {}),
  });
  return schema.tables.map(({ definition: _, ...table }) => ({
    ...table,
    columns: sorted(table.columns.map(column(table))),
    uniques: sorted(table.uniques),
    foreignKeys: sorted(table.foreignKeys),
    checks: sorted(table.checks.map((check) => ({ ...check, expression: canonicalExpression(check.expression) }))),
    indexes: sorted(
      table.indexes.map(({ definition: _, ...index }) => ({ ...index, where: canonicalExpression(index.where ?? "") })),
    ),
  }));
}

const mustHave = (table: Table, name: string): boolean =>
  table.withoutRowid === true && table.primaryKey?.columns.includes(name) === true;

function sortKeys(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

const SEQUENCE = "SELECT * FROM sqlite_sequence";
const OTHERS = [
  "SELECT * FROM posts",
  "SELECT rowid, what FROM log",
  "SELECT rowid, bio FROM profiles",
  "SELECT a FROM tags",
];

async function assertSound(connection: Connection, others: readonly unknown[]): Promise<void> {
  assert.deepEqual(await Promise.all(OTHERS.map((sql) => rows(connection, sql))), others);
  assert.deepEqual(await rows(connection, "PRAGMA foreign_key_check"), []);
  assert.deepEqual(await rows(connection, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
  assert.deepEqual(await rows(connection, "PRAGMA foreign_keys"), [{ foreign_keys: 1 }]);
  assert.deepEqual(await rows(connection, "SELECT name FROM sqlite_schema WHERE name LIKE '%limbeck%'"), []);
}

describe("a change of a table in the middle of others", () => {
  for (const [name, operations] of Object.entries(changes)) {
    it(`${name}: does what the model says, keeps the rest, and can be taken back`, async () => {
      await withDatabase(WORLD, async (connection) => {
        const before = await sqlite.inspect(connection);
        const others = await Promise.all(OTHERS.map((sql) => rows(connection, sql)));
        const sequence = await rows(connection, SEQUENCE);
        const users = await rows(connection, "SELECT id, email, age FROM users");

        await migrate(connection, operations);
        const after = await sqlite.inspect(connection);
        const expected = operations.reduce(
          (schema, operation) => applyOperation(schema, spelled(operation)),
          before,
        );
        assert.deepEqual(comparable(unrenamed(after)), comparable(unrenamed(expected)));
        assert.deepEqual(after.views.map((view) => view.name), ["long_names", "names"]);
        assert.deepEqual(after.triggers.map((trigger) => trigger.name), ["names_insert", "posts_log", "users_log"]);
        await assertSound(connection, others);
        if (after.tables.some((table) => table.columns.some(({ autoincrement }) => autoincrement))) {
          assert.deepEqual(
            (await rows(connection, SEQUENCE)).map((row) => Reflect.get(row as object, "seq")),
            sequence.map((row) => Reflect.get(row as object, "seq")),
          );
        }

        const reverse = reverseOperations(operations.map(spelled), before);
        assert.ok(reverse);
        await migrate(connection, reverse);
        assert.deepEqual(comparable(await sqlite.inspect(connection)), comparable(before));
        assert.deepEqual(await rows(connection, "SELECT id, email, age FROM users"), users);
        await assertSound(connection, others);
        // Views and triggers still work, and so do the keys of other tables.
        await connection.query("INSERT INTO names (name) VALUES ('new')");
        await connection.query("DELETE FROM users WHERE id IN (1, 7)");
        assert.deepEqual(await rows(connection, "SELECT count(*) AS posts FROM posts"), [{ posts: 0 }]);
        assert.deepEqual(await rows(connection, "SELECT user_id FROM profiles WHERE bio = 'hello'"), [{
          user_id: null,
        }]);
      });
    });
  }
});

/** The model compares a check's text exactly; the dialect, canonically. */
function spelled(operation: Operation): Operation {
  return operation.kind === "dropConstraint" && operation.expression !== undefined
    ? { ...operation, expression: '"age" >= 0' }
    : operation;
}

/** The model leaves expressions alone when a column is renamed; SQLite corrects them. */
function unrenamed(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll("renamed_", ""));
}
