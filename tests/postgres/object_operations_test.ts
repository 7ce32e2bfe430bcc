import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { applyOperation, type Operation, OPERATIONS, reverseOperations } from "../../src/operations/registry.ts";
import type { Schema } from "../../src/schema/model.ts";
import { CODE_CASES } from "./code_cases.ts";
import { OBJECTS } from "./object_world.ts";
import { look, withConnection } from "./session.ts";
import { TYPE_CASES } from "./type_cases.ts";

const CASES = { ...TYPE_CASES, ...CODE_CASES };

/** Runs operations, each with the model as it is before it; returns the SQL. */
async function runOn(
  connection: PostgresConnection,
  model: Schema,
  operations: readonly Operation[],
): Promise<{ readonly sql: readonly string[]; readonly model: Schema }> {
  const sql: string[] = [];
  let before = model;
  for (const operation of operations) {
    for (const statement of postgres.compile([operation], { writer: postgres.writer, before })) {
      sql.push(statement.sql);
      await connection.query(statement.sql);
    }
    before = applyOperation(before, operation);
  }
  return { sql, model: before };
}

/** What is not compared, and what the server spells in its own way where a user has written it. */
function bare({ dependencies: _, unmodelled: __, ...schema }: Schema): unknown {
  return {
    ...schema,
    extensions: schema.extensions.map(({ version: _, ...each }) => each),
    views: schema.views.map(({ query: _, shape: __, columns: ___, ...each }) => each),
    routines: schema.routines.map(({ definition: _, signature: __, ...each }) => each),
    objects: schema.objects.map(({ definition: _, drop: __, ...each }) => each),
    triggers: schema.triggers.map(({ definition: _, ...each }) => each),
  };
}

/** Everything but what is only read. */
function whole({ dependencies: _, ...schema }: Schema): unknown {
  return schema;
}

async function reset(connection: PostgresConnection): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  await connection.batch(
    `${rows.map(({ name }) => `DROP SCHEMA ${name} CASCADE;`).join("")} CREATE SCHEMA public;
    DROP OWNED BY limbeck_web;${OBJECTS}`,
  );
}

const ROLE = "DO $$ BEGIN CREATE ROLE limbeck_web; EXCEPTION WHEN duplicate_object THEN NULL; END $$";

test("every operation on objects is the database's: run, taken back, and known by the model", async (t) => {
  await withConnection(async (connection) => {
    await connection.query(ROLE);
    const { rows } = await connection.query<{ readonly server_version_num: string }>("SHOW server_version_num");
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    for (const [title, { operations, sql, final, since = 0 }] of Object.entries(CASES)) {
      if (version < since) continue;
      await t.test(title, async () => {
        await reset(connection);
        const before = await look(connection);
        const done = await runOn(connection, before, operations);
        assert.deepEqual(done.sql, sql);
        assert.deepEqual(bare(done.model), bare(await look(connection)));
        const reverse = reverseOperations(operations, before);
        assert.equal(reverse === null, final ?? false);
        if (reverse === null) return;
        const back = await runOn(connection, done.model, reverse);
        assert.deepEqual(whole(await look(connection)), whole(before));
        assert.deepEqual(bare(back.model), bare(before));
      });
    }
    await connection.batch("DROP OWNED BY limbeck_web; DROP ROLE limbeck_web");
  });
});

test("every kind of operation on objects has a case", () => {
  const kinds = new Set(Object.values(CASES).flatMap(({ operations }) => operations.map(({ kind }) => kind)));
  const own =
    /Domain|Composite|Type|Sequence|Extension|Collation|View|Function|Trigger|Policy|Security|Object|Privileges/;
  const others = new Set(["grant", "revoke", "comment", "renameEnumValue", "renameSchema"]);
  const missing = Object.keys(OPERATIONS).filter((kind) =>
    (own.test(kind) || others.has(kind)) && kind !== "dropExtension" && !kinds.has(kind as Operation["kind"])
  );
  assert.deepEqual(missing, ["disableRowLevelSecurity"]);
});
