import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../src/commands/compare.ts";
import { compileOperations } from "../../src/commands/compile_operations.ts";
import { type SpellingPlace, spellTarget } from "../../src/commands/spell_target.ts";
import type { Connection } from "../../src/dialects/dialect.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { defineSchema, table } from "../../src/schema/builder.ts";
import type { Schema } from "../../src/schema/model.ts";
import { readTarget } from "../../src/sources/target.ts";
import { withDatabase } from "../support/postgres_server.ts";

/** What cannot be made as temporary objects, in an order in which it could not be made. */
const TARGET = defineSchema({
  compositeTypes: [{ name: "pair", attributes: [{ name: "a", type: "int" }, { name: "b", type: "varchar (3)" }] }],
  domains: [{ name: "even", type: "int", checks: [{ expression: "is_even(value)" }] }],
  sequences: [{ name: "numbers", schema: "auth", increment: 5 }],
  routines: [{
    name: "is_even",
    arguments: "integer",
    type: "function",
    definition: "create or replace function is_even(n int) returns boolean language sql immutable as 'select n%2=0'",
  }, {
    name: "touch",
    arguments: "",
    type: "function",
    definition: "create or replace function touch() returns trigger language plpgsql as $$begin return new; end$$",
  }],
  tables: [
    table("events", {
      columns: [
        { name: "at", type: "timestamp with time zone", nullable: false },
        { name: "n", type: "even", default: "nextval('auth.numbers')" },
        { name: "p", type: "pair" },
      ],
      checks: [{ name: "n_even", expression: "is_even(n)" }],
      partitionBy: "RANGE (at)",
    }),
    table({ name: "events", schema: "auth" }, { columns: [{ name: "at", type: "int" }] }),
  ],
  views: [
    { name: "a", query: "select * from b where b.n=1" },
    { name: "b", query: "select e.n, events.at as there from events e, auth.events" },
    {
      name: "stored",
      query: "select n, at from events",
      materialized: true,
      indexes: [{ name: "by_n", parts: [{ column: "n" }] }],
    },
  ],
  triggers: [{
    name: "touch",
    table: "events",
    definition: "create trigger touch before insert on events for each row execute function touch()",
  }],
});

async function withPlace(fn: (place: SpellingPlace, connection: Connection) => Promise<void>): Promise<void> {
  await withDatabase(async (url) => {
    const connection = await postgres.connect({ url });
    try {
      const scratch = () => postgres.openScratch({ url });
      await fn({ dialect: postgres, connection, scratch, sameServer: true }, connection);
    } finally {
      await connection.close();
    }
  });
}

async function difference(place: SpellingPlace, current: Schema, definition: object) {
  const target = await readTarget(definition, postgres);
  const { written, normal } = await spellTarget(target, place);
  const { kinds, convention } = target;
  return await compare({ current, target: normal, written, kinds, convention, dialect: postgres }, { noRenames: true });
}

test("a target with functions, triggers and partitions is spelled in a scratch database, and made in order", async () => {
  await withPlace(async (place, connection) => {
    const look = () => postgres.inspect(connection, { schemas: "all" });
    const { operations, current } = await difference(place, await look(), TARGET);
    for (const { sql } of compileOperations(operations, current, postgres)) await connection.query(sql);
    assert.deepEqual((await difference(place, await look(), TARGET)).operations, []);
    const { rows } = await connection.query(
      "select count(*)::int as n from pg_database where datname like 'limbeck_scr%'",
    );
    assert.deepEqual(rows, [{ n: 0 }]);
  });
});

test("a scratch database has the extensions that the target's own database has", async () => {
  await withPlace(async (place) => {
    const target = await readTarget(
      defineSchema({
        routines: TARGET.routines.slice(0, 1),
        tables: [table("t", { columns: [{ name: "v", type: "x.citext" }] })],
      }),
      postgres,
    );
    await assert.rejects(spellTarget(target, place), { code: "TARGET_INVALID", message: /schema "x" does not exist/ });
    const { rows } = await place.connection.query("select 1 from pg_available_extensions where name = 'citext'");
    if (rows.length === 0) return;
    const { normal } = await spellTarget(target, { ...place, extensions: [{ name: "citext", schema: "x" }] });
    assert.deepEqual(normal.tables[0]?.columns, [{ name: "v", type: "x.citext" }]);
    assert.deepEqual([normal.extensions, normal.schemas], [[], []]);
  });
});

test("without a scratch database, what cannot be temporary stays as it is written", async () => {
  await withPlace(async (place) => {
    const definition = defineSchema({
      routines: TARGET.routines.slice(1),
      tables: [table("t", { columns: [{ name: "v", type: "int", default: "(1+1)" }] })],
    });
    const { normal } = await spellTarget(await readTarget(definition, postgres), { ...place, sameServer: false });
    assert.deepEqual(normal.routines, definition.routines);
    assert.equal(normal.tables[0]?.columns[0]?.default, "1 + 1");
  });
});

test("what was read from SQL text on the same server is spelled already", async () => {
  await withPlace(async (place, connection) => {
    const text =
      "create table t (at int) partition by range (at); create table t1 partition of t for values from (1) to (2);";
    await connection.query(text.split(";")[0] ?? "");
    await connection.query(text.split(";")[1] ?? "");
    const target = await readTarget({ kind: "sqlText", text }, postgres, { scratch: place.scratch });
    const { written, normal } = await spellTarget(target, place);
    const current = await postgres.inspect(connection, { schemas: "all" });
    const { kinds, convention } = target;
    const comparison = { current, target: normal, written, kinds, convention, dialect: postgres };
    assert.deepEqual((await compare(comparison, {})).operations, []);
  });
});
