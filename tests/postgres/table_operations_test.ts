import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { applyOperation, type Operation, OPERATIONS as op, reverseOperations } from "../../src/operations/registry.ts";
import { sameName } from "../../src/schema/edit.ts";
import { EMPTY_SCHEMA, type Schema, type Table } from "../../src/schema/model.ts";
import { orderTables } from "../../src/schema/order.ts";
import { fingerprint } from "./fingerprint.ts";
import { applied, withConnection } from "./session.ts";
import { CASES } from "./table_cases.ts";
import { TABLES } from "./table_world.ts";

/** Runs operations, each with the model as it is before it; returns the SQL. */
async function runOn(
  connection: PostgresConnection,
  model: Schema,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  const sql: string[] = [];
  let before = model;
  for (const operation of operations) {
    for (const statement of postgres.compile([operation], { writer: postgres.writer, before })) {
      sql.push(statement.sql);
      await connection.query(statement.sql);
    }
    before = applyOperation(before, operation);
  }
  return sql;
}

async function reset(connection: PostgresConnection): Promise<void> {
  await connection.batch("DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS other CASCADE; CREATE SCHEMA public");
}

/** The operations that make everything of a model from nothing, parents first. */
function making(model: Schema): readonly Operation[] {
  const parents = (table: Table): readonly Table[] =>
    model.tables.filter((each) =>
      table.inherits?.some((name) => sameName(name, each)) ||
      (table.partitionOf !== undefined && table.partitionOf.table === each.name &&
        table.partitionOf.schema === each.schema)
    );
  const depth = (table: Table): number => Math.max(0, ...parents(table).map((parent) => depth(parent) + 1));
  const tables = orderTables(model.tables).tables.toSorted((a, b) => depth(a) - depth(b));
  return [
    ...model.schemas.map((name) => op.createSchema.create(name)),
    ...tables.map((table): Operation => ({ kind: "createTable", table })),
  ];
}

test("a table of an operation is the database's: run, taken back, and made anew", async (t) => {
  const model = applied(EMPTY_SCHEMA, TABLES);
  await withConnection(async (connection) => {
    const { rows } = await connection.query<{ readonly server_version_num: string }>("SHOW server_version_num");
    const version = Number(rows[0]?.server_version_num) / 10_000;
    for (const [title, { operations, sql, final, keepsOwn, since = 0 }] of Object.entries(CASES)) {
      if (version < since) continue;
      await t.test(title, async () => {
        await reset(connection);
        await runOn(connection, EMPTY_SCHEMA, TABLES);
        const before = await fingerprint(connection);
        assert.deepEqual(await runOn(connection, model, operations), sql);
        const after = await fingerprint(connection);
        const reverse = reverseOperations(operations, model);
        const changed = applied(model, operations);
        if (final) assert.equal(reverse, null);
        else {
          assert.ok(reverse !== null);
          await runOn(connection, changed, reverse);
          if (!keepsOwn) assert.deepEqual(await fingerprint(connection), before);
        }
        await reset(connection);
        await runOn(connection, EMPTY_SCHEMA, making(changed));
        assert.deepEqual(await fingerprint(connection), after);
      });
    }
  });
});
