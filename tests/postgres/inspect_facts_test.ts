import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import type { Dependency, ObjectRef } from "../../src/schema/objects.ts";
import { displayRef } from "../../src/schema/refs.ts";
import { inspectCases } from "./inspect_cases.ts";
import { withConnection } from "./session.ts";

const on = (kind: ObjectRef["kind"], name: string, more: Partial<ObjectRef> = {}): ObjectRef => ({
  kind,
  name,
  ...more,
});

inspectCases({
  "comments": {
    ddl:
      `CREATE SCHEMA s; CREATE TABLE t (a int PRIMARY KEY); CREATE VIEW s.v AS SELECT 1 AS x; CREATE EXTENSION citext;
      CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'select 1'; CREATE TYPE e AS ENUM ('a'); CREATE SEQUENCE q;
      CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING; CREATE POLICY p ON t USING (true);
      COMMENT ON SCHEMA public IS '1'; COMMENT ON TABLE t IS '2'; COMMENT ON COLUMN t.a IS '3';
      COMMENT ON CONSTRAINT t_pkey ON t IS '4'; COMMENT ON VIEW s.v IS '5'; COMMENT ON COLUMN s.v.x IS '6';
      COMMENT ON FUNCTION f(int) IS '7'; COMMENT ON TYPE e IS '8'; COMMENT ON SEQUENCE q IS '9';
      COMMENT ON RULE r ON t IS '10'; COMMENT ON POLICY p ON t IS '11'; COMMENT ON INDEX t_pkey IS '12';`,
    expected: {
      comments: [
        { on: on("column", "x", { schema: "s", table: "v" }), text: "6" },
        { on: on("constraint", "t_pkey", { table: "t" }), text: "4" },
        { on: on("index", "t_pkey", { table: "t" }), text: "12" },
        { on: on("object", "r", { table: "t", type: "rule" }), text: "10" },
        { on: on("policy", "p", { table: "t" }), text: "11" },
        { on: on("routine", "f", { arguments: "integer" }), text: "7" },
        { on: on("schema", "public"), text: "1" },
        { on: on("sequence", "q"), text: "9" },
        { on: on("type", "e"), text: "8" },
        { on: on("view", "v", { schema: "s" }), text: "5" },
      ],
      tables: [{
        name: "t",
        columns: [{ name: "a", type: "integer", nullable: false, comment: "3" }],
        primaryKey: { name: "t_pkey", columns: ["a"] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [],
        comment: "2",
      }],
    },
  },
  "grants: what is beyond the default, and what of the default is gone": {
    ddl: `CREATE SCHEMA s; CREATE TABLE t (a int, b int); CREATE SEQUENCE s.q; CREATE TYPE e AS ENUM ('a');
      CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'; CREATE TABLE quiet (a int);
      GRANT SELECT ON quiet TO pg_monitor; REVOKE SELECT ON quiet FROM pg_monitor;
      GRANT SELECT, INSERT ON t TO pg_monitor; GRANT DELETE ON t TO pg_monitor WITH GRANT OPTION;
      GRANT UPDATE (b, a) ON t TO PUBLIC; REVOKE TRUNCATE ON t FROM CURRENT_USER; GRANT USAGE ON SCHEMA s TO pg_monitor;
      GRANT USAGE ON SEQUENCE s.q TO pg_monitor; REVOKE ALL ON FUNCTION f() FROM PUBLIC; REVOKE USAGE ON TYPE e FROM PUBLIC;
      REVOKE USAGE ON SCHEMA public FROM PUBLIC;`,
    expected: {
      grants: [
        { on: on("routine", "f", { arguments: "" }), to: "PUBLIC", privileges: ["EXECUTE"], revoked: true },
        { on: on("schema", "public"), to: "PUBLIC", privileges: ["USAGE"], revoked: true },
        { on: on("schema", "s"), to: "pg_monitor", privileges: ["USAGE"] },
        { on: on("sequence", "q", { schema: "s" }), to: "pg_monitor", privileges: ["USAGE"] },
        { on: on("table", "t"), columns: ["a", "b"], to: "PUBLIC", privileges: ["UPDATE"] },
        { on: on("table", "t"), to: "pg_monitor", privileges: ["DELETE"], withGrantOption: true },
        { on: on("table", "t"), to: "pg_monitor", privileges: ["INSERT", "SELECT"] },
        { on: on("table", "t"), to: "postgres", privileges: ["TRUNCATE"], revoked: true },
        { on: on("type", "e"), to: "PUBLIC", privileges: ["USAGE"], revoked: true },
      ],
    },
  },
  "what is said of members of an extension, and of what the model has no place for": {
    ddl: `CREATE EXTENSION hstore; REVOKE EXECUTE ON FUNCTION hstore(text, text) FROM PUBLIC;
      CREATE CONVERSION co FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; COMMENT ON CONVERSION co IS 'c';`,
    expected: {
      grants: [
        {
          on: on("routine", "hstore", { arguments: "text, text" }),
          to: "PUBLIC",
          privileges: ["EXECUTE"],
          revoked: true,
        },
      ],
      comments: [{ on: on("object", "co", { type: "conversion" }), text: "c" }],
      unmodelled: ['conversion "co"'],
    },
  },
  "default privileges": {
    ddl: `CREATE SCHEMA s; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO pg_monitor;
      ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO pg_monitor WITH GRANT OPTION;`,
    expected: {
      defaultPrivileges: [
        { for: "postgres", objects: "functions", to: "PUBLIC", privileges: ["EXECUTE"], revoked: true },
        {
          for: "postgres",
          schema: "public",
          objects: "sequences",
          to: "pg_monitor",
          privileges: ["USAGE"],
          withGrantOption: true,
        },
        { for: "postgres", schema: "s", objects: "tables", to: "pg_monitor", privileges: ["INSERT", "SELECT"] },
      ],
    },
  },
});

const arrow = ({ from, on }: Dependency): string => `${displayRef(from)} > ${displayRef(on)}`;

const NEEDS = `
CREATE SCHEMA s; CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN dom AS mood;
CREATE FUNCTION ck(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'select true';
ALTER DOMAIN dom ADD CHECK (ck(1));
CREATE TABLE a (id serial PRIMARY KEY, d dom[], c citext, n int, g int GENERATED ALWAYS AS (n + 1) STORED, CHECK (ck(n)));
CREATE SEQUENCE q;
CREATE TABLE s.b (row a, ref int REFERENCES a, x int DEFAULT nextval('q'), y int DEFAULT nextval('a_id_seq'));
CREATE INDEX i ON a (ck(n));
CREATE VIEW v AS SELECT id, ck(n) AS k FROM a; CREATE MATERIALIZED VIEW m AS SELECT k FROM v;
CREATE TABLE p (k int) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE TABLE h () INHERITS (a);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE UPDATE OF n ON a FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY po ON p USING (ck(k) AND k > (SELECT max(ref) FROM s.b));
CREATE FUNCTION atom() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END;
CREATE FUNCTION text_of(a) RETURNS mood LANGUAGE sql AS 'select null::public.mood';
CREATE STATISTICS st ON id, n FROM a;`;

test("dependencies, each between what people have made", async () => {
  await withConnection(async (connection) => {
    await connection.batch(NEEDS);
    const { dependencies } = await postgres.inspect(connection, { schemas: "all" });
    assert.deepEqual(dependencies.map(arrow), [
      'column "s.b.row" > table "a"',
      'column "s.b.x" > sequence "q"',
      'column "s.b.y" > column "a.id"',
      'column "a.c" > extension "citext"',
      'column "a.d" > domain "dom"',
      'column "a.g" > column "a.n"',
      'column "h.c" > extension "citext"',
      'column "h.d" > domain "dom"',
      'column "h.g" > column "h.n"',
      'column "h.id" > column "a.id"',
      'constraint "s.b.b_ref_fkey" > column "a.id"',
      'constraint "s.b.b_ref_fkey" > constraint "a.a_pkey"',
      'constraint "a.a_n_check" > routine "ck(integer)"',
      'domain "dom" > routine "ck(integer)"',
      'domain "dom" > type "mood"',
      'index "i" > routine "ck(integer)"',
      'materialized view "m" > column "v.k"',
      'statistics "st" > column "a.id"',
      'statistics "st" > column "a.n"',
      'policy "p.po" > column "s.b.ref"',
      'policy "p.po" > column "p.k"',
      'policy "p.po" > routine "ck(integer)"',
      'routine "atom()" > view "v"',
      'routine "text_of(a)" > table "a"',
      'routine "text_of(a)" > type "mood"',
      'table "h" > table "a"',
      'table "p1" > table "p"',
      'trigger "a.tr" > column "a.n"',
      'trigger "a.tr" > routine "touch()"',
      'view "v" > column "a.id"',
      'view "v" > column "a.n"',
      'view "v" > routine "ck(integer)"',
    ]);
    const some = await postgres.inspect(connection, { tables: [{ name: "a" }] });
    assert.deepEqual(some.tables.map(({ name }) => name), ["a"]);
    assert.deepEqual(some.sequences, []);
    assert.deepEqual(some.triggers.map(({ name }) => name), ["tr"]);
    assert.deepEqual(some.dependencies.map(arrow), ['column "a.g" > column "a.n"', 'trigger "a.tr" > column "a.n"']);
  });
});
