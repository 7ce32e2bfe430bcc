import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { createTable } from "../../src/operations/create_table.ts";
import { EMPTY_SCHEMA, type Schema, type Table } from "../../src/schema/model.ts";
import { applied, look, run, withConnection } from "./session.ts";
import { DEFAULTS, WORLD } from "./world.ts";

/** The same table without the names that its author left out. */
function nameless(table: Table): Table {
  const strip = <T extends { readonly name?: string }>(list: readonly T[]): readonly T[] =>
    list.map(({ name: _, ...rest }) => rest as unknown as T);
  return {
    ...table,
    ...(table.primaryKey === undefined ? {} : { primaryKey: { columns: table.primaryKey.columns } }),
    uniques: strip(table.uniques),
    checks: strip(table.checks),
    indexes: strip(table.indexes),
  };
}

/** The lists of a table in `inspect`'s order. */
function sorted(schema: Schema): Schema {
  const sort = <T extends { readonly name?: string }>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => (a.name ?? "") < (b.name ?? "") ? -1 : 1);
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      checks: sort(table.checks),
      indexes: sort(table.indexes),
      uniques: sort(table.uniques),
    })),
  };
}

test("a normalised target is what inspect finds when the target is applied, before and after", async () => {
  await withConnection(async (connection) => {
    const target = applied(EMPTY_SCHEMA, WORLD);
    const before = await postgres.normalize(connection, target);
    assert.deepEqual(await look(connection), EMPTY_SCHEMA);
    await run(connection, WORLD);
    const found = await look(connection);
    assert.deepEqual(sorted(before), found);
    assert.deepEqual(sorted(await postgres.normalize(connection, target)), found);
    assert.deepEqual(await postgres.normalize(connection, found), found);
  });
});

test("what is made from the normalised target is spelled the same again", async () => {
  await withConnection(async (connection) => {
    const once = await postgres.normalize(connection, applied(EMPTY_SCHEMA, WORLD));
    await run(connection, WORLD.slice(0, 3));
    await run(connection, once.tables.map((table) => ({ kind: "createTable", table })));
    assert.deepEqual(await look(connection), sorted(once));
  });
});

test("defaults have one spelling, whoever wrote them", async () => {
  await withConnection(async (connection) => {
    const table = (place: 1 | 2) =>
      createTable.create("t", {
        columns: DEFAULTS.map((row, number) => ({ name: `c${number}`, type: row[0], default: row[place] })),
      });
    const [written, canonical] = [table(1), table(2)].map((operation) => applied(EMPTY_SCHEMA, [operation]));
    await connection.query("SET timezone = 'America/New_York'");
    const normal = await postgres.normalize(connection, written as Schema);
    assert.deepEqual(
      normal.tables[0]?.columns.map((column, number) => [DEFAULTS[number]?.[0], DEFAULTS[number]?.[1], column.default]),
      DEFAULTS,
    );
    assert.deepEqual(await postgres.normalize(connection, canonical as Schema), normal);
    await run(connection, [table(1)]);
    assert.deepEqual(await look(connection), normal);
  });
});

const CHECKS = [
  "v IN ('a','b')",
  "v NOT IN ('it''s', 'b') OR b BETWEEN 1 AND 2",
  "CASE WHEN b > 0 THEN x LIKE 'a%' ELSE n > 0.5 END",
  "c IN ('a','b') AND n IN (1, 2.5) AND d > -1.5",
  "coalesce(v, '') <> ''",
  "NOT (b > 1 OR b < -5)",
  "b IN (1, 2) AND (b + 1) * 2 > 3",
  "x IS DISTINCT FROM v",
  "x ~ '^[a-z''\"]+$' AND length(x) > -1",
  "j ->> 'a' = 'b' AND j ? 'c'",
  "extract(year from ts) > 2000",
  "ts > '2020-01-01' AND ts < now() + interval '1 day'",
  "array_length(t, 1) < 3 AND 'a' = ANY (t)",
  "x COLLATE \"C\" < 'b'",
  "((x))::text = 'a' -- why not\n",
  "v::text IN ('a', x)",
  "t.t[1] = 'x' AND \"t\".\"v\" <> 'y'",
];

for (const expression of CHECKS) {
  test(`the check ${JSON.stringify(expression)} has one spelling`, async () => {
    await withConnection(async (connection) => {
      const columns =
        "v varchar(9), c char(2), n numeric, b bigint, d double precision, x text, j jsonb, t text[], ts timestamptz"
          .split(", ").map((column) => ({ name: column.split(" ", 1)[0] ?? "", type: column.replace(/^\w+ /, "") }));
      const make = (text: string) => createTable.create("t", { columns, checks: [{ name: "k", expression: text }] });
      const target = applied(EMPTY_SCHEMA, [make(expression)]);
      const once = await postgres.normalize(connection, target);
      assert.deepEqual(await postgres.normalize(connection, once), once);
      await run(connection, [make(expression)]);
      assert.deepEqual(await look(connection), once);
      await connection.query("DROP TABLE t");
      await run(connection, [make(once.tables[0]?.checks[0]?.expression ?? "")]);
      assert.deepEqual(await look(connection), once);
    });
  });
}

test("names that are left out stay left out, and the order stays", async () => {
  await withConnection(async (connection) => {
    const target = sorted(applied(EMPTY_SCHEMA, WORLD));
    const named = await postgres.normalize(connection, target);
    const bare = await postgres.normalize(connection, { ...target, tables: target.tables.map(nameless) });
    assert.deepEqual(bare, { ...named, tables: named.tables.map(nameless) });
  });
});

test("a schema's tables may hide what is there, and a transaction that is open stays open", async () => {
  await withConnection(async (connection) => {
    await run(connection, WORLD);
    await connection.begin();
    await connection.query("CREATE TABLE inside (a integer)");
    await assert.rejects(postgres.normalize(
      connection,
      applied(EMPTY_SCHEMA, [
        createTable.create("users", { columns: [{ name: "a", type: "nonsense" }] }),
      ]),
    ));
    await postgres.normalize(connection, applied(EMPTY_SCHEMA, WORLD));
    await connection.commit();
    assert.equal(await postgres.hasTable(connection, { name: "inside" }), true);
    assert.deepEqual(
      (await connection.query("SELECT count(*) AS n FROM pg_class WHERE relname LIKE 'limbeck%'")).rows,
      [
        { n: 0 },
      ],
    );
  });
});

const REFUSED: readonly (readonly [change: Partial<Table>, message: RegExp])[] = [
  [
    { columns: [{ name: "a", type: "geometry(Point)" }] },
    /^Cannot make the target's column "a" of table "auth\.t": .*type "geometry" does not exist/,
  ],
  [
    { checks: [{ name: "k", expression: "nothing > 1" }] },
    /check "k" of table "auth\.t": .*column "nothing" does not exist/,
  ],
  [
    { columns: [{ name: "b", type: "integer" }, { name: "a", type: "integer", default: "'x'" }] },
    /column "a" of table .*invalid input syntax/,
  ],
  [{ indexes: [{ parts: [{ column: "no" }] }] }, /index "1" of table "auth\.t": .*column "no" does not exist/],
  [{ checks: [{ expression: "a >" }] }, /check 1 of table "auth\.t": .*syntax error/],
];

for (const [change, message] of REFUSED) {
  test(`a target that the server refuses: ${message.source}`, async () => {
    await withConnection(async (connection) => {
      const columns = [{ name: "a", type: "integer" }];
      const table: Table = {
        schema: "auth",
        name: "t",
        columns,
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
      };
      const target: Schema = { ...EMPTY_SCHEMA, tables: [{ ...table, ...change }] };
      await assert.rejects(postgres.normalize(connection, target), { code: "TARGET_INVALID", message });
      assert.deepEqual(await look(connection), EMPTY_SCHEMA);
      await connection.query("SELECT 1");
    });
  });
}

test("without the right to make temporary tables it says which right is missing", async () => {
  await withConnection(async (connection) => {
    await connection.query(
      "CREATE ROLE limbeck_no_temp; DO $$ BEGIN EXECUTE 'REVOKE TEMP ON DATABASE ' || current_database() || ' FROM public'; END $$",
    );
    try {
      await connection.query("SET ROLE limbeck_no_temp");
      await assert.rejects(postgres.normalize(connection, applied(EMPTY_SCHEMA, WORLD)), {
        code: "TARGET_INVALID",
        hint: /GRANT TEMPORARY ON DATABASE/,
      });
    } finally {
      await connection.query("RESET ROLE; DROP ROLE limbeck_no_temp");
    }
  });
});

test("a target of many tables is made some at a time: a server keeps so many locks only", async () => {
  await withConnection(async (connection) => {
    const tables = Array.from({ length: 600 }, (_, number): Table => ({
      name: `t${number}`,
      columns: [{ name: "id", type: "int4" }, { name: "note", type: "varchar", default: `'${number}'::varchar` }],
      uniques: [],
      foreignKeys: [{ columns: ["id"], references: { table: `t${599 - number}`, columns: ["id"] } }],
      checks: [],
      indexes: [],
    }));
    const made: number[] = [];
    const counting = {
      ...connection,
      batch: (sql: string) => {
        made.push(sql.split("CREATE TEMPORARY TABLE").length - 1);
        return connection.batch(sql);
      },
    };
    const given = await postgres.normalize(counting, { ...EMPTY_SCHEMA, tables });
    assert.deepEqual(
      given.tables,
      tables.map((table, number) => ({
        ...table,
        columns: [{ name: "id", type: "integer" }, { name: "note", type: "varchar", default: `'${number}'` }],
      })),
    );
    assert.ok(Math.max(...made) <= 250, `${made}`);
  });
});
