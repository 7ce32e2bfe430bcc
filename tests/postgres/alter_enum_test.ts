import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { OPERATIONS as op, reverseOperations } from "../../src/operations/registry.ts";
import { applied, look, run, withConnection } from "./session.ts";
import { WORLD } from "./world.ts";

const CHANGES: readonly (readonly string[])[] = [
  ["ok", "sad", "it's fine"],
  ["sad", "ok"],
  ["glad", "it's fine", "ok", "sad", "new"],
];

for (const values of CHANGES) {
  test(`the values become ${values.join(", ")}, rows and all that uses the type stay`, async () => {
    await withConnection(async (connection) => {
      await run(connection, [
        ...WORLD,
        op.addColumn.create("users", {
          name: "is_ok",
          type: "boolean",
          generated: { expression: "mood = 'ok'", stored: true },
        }),
        op.createIndex.create("users_is_ok_idx", "users", ["is_ok"]),
        op.createIndex.create("users_plain_mood_idx", "users", ["mood", "moods"]),
      ]);
      await connection.query("INSERT INTO users (email, mood, moods) VALUES ('a@b', 'ok', '{ok,sad}')");
      const rows = "SELECT email, mood::text, moods::text, is_ok FROM users";
      const held = (await connection.query(rows)).rows;
      const before = await look(connection);
      const operations = [op.alterEnum.create("mood", values)];
      await run(connection, operations);
      assert.deepEqual(await look(connection), applied(before, operations));
      assert.deepEqual((await connection.query(rows)).rows, held);
      await run(connection, reverseOperations(operations, before) ?? []);
      assert.deepEqual(await look(connection), before);
      assert.deepEqual((await connection.query(rows)).rows, held);
    });
  });
}

test("an enum of another schema, and the default in it", async () => {
  await withConnection(async (connection) => {
    await run(connection, WORLD);
    const before = await look(connection);
    const operations = [op.alterEnum.create({ schema: "auth", name: "role" }, ["admin", "user", "guest"])];
    await run(connection, operations);
    assert.deepEqual(await look(connection), applied(before, operations));
    await connection.query("INSERT INTO users (email) VALUES ('a@b')");
    assert.deepEqual((await connection.query("SELECT role FROM users")).rows, [{ role: "user" }]);
  });
});

test("a row that holds a removed value fails loudly, and nothing is changed", async () => {
  await withConnection(async (connection) => {
    await run(connection, WORLD);
    await connection.query("INSERT INTO users (email, mood, age) VALUES ('a@b', 'sad', 5)");
    const before = await look(connection);
    const operation = op.alterEnum.create("mood", ["ok", "it's fine"]);
    const statements = postgres.compile([operation], { writer: postgres.writer, before });
    const reasons = statements.flatMap(({ hazards = [] }) => hazards.map(({ reason }) => reason));
    assert.ok(reasons.includes('A row of "users" may hold "sad"'), reasons.join());
    await connection.begin();
    await assert.rejects(
      (async () => {
        for (const { sql } of statements) await connection.query(sql);
      })(),
      { code: "STATEMENT_FAILED", message: /invalid input value for enum mood: "sad"/ },
    );
    await connection.rollback();
    assert.deepEqual(await look(connection), before);
  });
});

test("a value is added where it is asked for", async () => {
  await withConnection(async (connection) => {
    await run(connection, WORLD);
    const before = await look(connection);
    const operations = [
      op.addEnumValue.create("mood", "first", { before: "sad" }),
      op.addEnumValue.create("mood", "middle's", { after: "sad" }),
      op.addEnumValue.create("mood", "last"),
    ];
    await run(connection, operations);
    assert.deepEqual(await look(connection), applied(before, operations));
    await run(connection, reverseOperations(operations, before) ?? []);
    assert.deepEqual(await look(connection), before);
  });
});
