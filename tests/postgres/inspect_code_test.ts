import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectCases } from "./inspect_cases.ts";
import { look, withConnection } from "./session.ts";

const TOUCH = "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";

inspectCases({
  "functions and procedures": {
    ddl: `CREATE SCHEMA s; CREATE TABLE t (a int);
      CREATE FUNCTION f(a int, b varchar DEFAULT 'q', OUT c int) LANGUAGE sql AS 'select 1';
      CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'select 1';
      CREATE FUNCTION s."F"(VARIADIC a int[]) RETURNS SETOF t LANGUAGE sql AS 'select * from public.t';
      CREATE PROCEDURE s.p(INOUT a int) LANGUAGE plpgsql AS 'begin end';`,
    expected: {
      routines: [
        {
          name: "f",
          arguments: "integer",
          type: "function",
          definition: "CREATE OR REPLACE FUNCTION f(a integer)\n RETURNS integer\n LANGUAGE sql\n" +
            " IMMUTABLE PARALLEL SAFE STRICT\nAS $function$select 1$function$",
          signature: "integer (a integer)",
        },
        {
          name: "f",
          arguments: "integer, character varying",
          type: "function",
          definition: "CREATE OR REPLACE FUNCTION f(a integer, b character varying DEFAULT 'q'::character varying, " +
            "OUT c integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$select 1$function$",
          signature: "integer (a integer, b character varying DEFAULT 'q'::character varying, OUT c integer)",
        },
        {
          schema: "s",
          name: "F",
          arguments: "integer[]",
          type: "function",
          definition: 'CREATE OR REPLACE FUNCTION s."F"(VARIADIC a integer[])\n RETURNS SETOF t\n LANGUAGE sql\n' +
            "AS $function$select * from public.t$function$",
          signature: "SETOF t (VARIADIC a integer[])",
        },
        {
          schema: "s",
          name: "p",
          arguments: "integer",
          type: "procedure",
          definition: "CREATE OR REPLACE PROCEDURE s.p(INOUT a integer)\n LANGUAGE plpgsql\n" +
            "AS $procedure$begin end$procedure$",
          signature: "(INOUT a integer)",
        },
      ],
    },
  },
  "aggregates": {
    ddl:
      `CREATE AGGREGATE plus(int) (sfunc = int4pl, stype = int, initcond = '0', combinefunc = int4pl, parallel = safe,
        msfunc = int4pl, minvfunc = int4mi, mstype = int, sortop = >);
      CREATE AGGREGATE most(float8 ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal,
        finalfunc = percentile_disc_final, finalfunc_extra);
      CREATE FUNCTION step(int) RETURNS int LANGUAGE sql AS 'select 1'; CREATE AGGREGATE rows(*) (sfunc = step, stype = int);
      DROP AGGREGATE plus(int);
      CREATE AGGREGATE plus(int) (sfunc = int4larger, stype = int, sortop = >, combinefunc = int4larger, parallel = safe);`,
    expected: {
      routines: [
        {
          name: "most",
          arguments: "double precision, anyelement",
          type: "aggregate",
          definition: "CREATE OR REPLACE AGGREGATE most(double precision ORDER BY anyelement) (\n" +
            "  SFUNC = ordered_set_transition,\n  STYPE = internal,\n  FINALFUNC = percentile_disc_final,\n" +
            "  FINALFUNC_EXTRA\n)",
          signature: "anyelement (double precision ORDER BY anyelement)",
        },
        {
          name: "plus",
          arguments: "integer",
          type: "aggregate",
          definition: "CREATE OR REPLACE AGGREGATE plus(integer) (\n  SFUNC = int4larger,\n  STYPE = integer,\n" +
            "  COMBINEFUNC = int4larger,\n  SORTOP = OPERATOR(pg_catalog.>),\n  PARALLEL = SAFE\n)",
          signature: "integer (integer)",
        },
        {
          name: "rows",
          arguments: "*",
          type: "aggregate",
          definition: "CREATE OR REPLACE AGGREGATE rows(*) (\n  SFUNC = step,\n  STYPE = integer\n)",
          signature: "integer ()",
        },
        {
          name: "step",
          arguments: "integer",
          type: "function",
          definition: "CREATE OR REPLACE FUNCTION step(integer)\n RETURNS integer\n LANGUAGE sql\n" +
            "AS $function$select 1$function$",
          signature: "integer (integer)",
        },
      ],
    },
  },
  "triggers, also on views and of constraints; not those that partitions inherit": {
    ddl: `${TOUCH} CREATE SCHEMA s; CREATE TABLE s.t (a int, b int); CREATE VIEW v AS SELECT 1 AS x;
      CREATE TRIGGER one BEFORE UPDATE OF b ON s.t FOR EACH ROW WHEN (old.a <> new.a) EXECUTE FUNCTION touch();
      ALTER TABLE s.t DISABLE TRIGGER one;
      CREATE CONSTRAINT TRIGGER two AFTER INSERT ON s.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
      ALTER TABLE s.t ENABLE ALWAYS TRIGGER two;
      CREATE TRIGGER three INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT;
      CREATE TRIGGER four AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();`,
    expected: {
      triggers: [
        {
          name: "four",
          table: "p",
          definition: "CREATE TRIGGER four AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch()",
        },
        {
          name: "three",
          table: "v",
          definition: "CREATE TRIGGER three INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch()",
        },
        {
          schema: "s",
          name: "one",
          table: "t",
          definition: "CREATE TRIGGER one BEFORE UPDATE OF b ON s.t FOR EACH ROW WHEN (old.a <> new.a) " +
            "EXECUTE FUNCTION touch()",
          enabled: "disabled",
        },
        {
          schema: "s",
          name: "two",
          table: "t",
          definition: "CREATE CONSTRAINT TRIGGER two AFTER INSERT ON s.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW " +
            "EXECUTE FUNCTION touch()",
          enabled: "always",
        },
      ],
    },
  },
  "policies": {
    ddl: `CREATE TABLE t (a int);
      CREATE POLICY one ON t AS RESTRICTIVE FOR UPDATE TO pg_read_all_data, pg_monitor USING (a > 1) WITH CHECK (a > 2);
      CREATE POLICY two ON t USING (true); CREATE POLICY three ON t FOR INSERT WITH CHECK (a > 3);`,
    expected: {
      policies: [
        {
          name: "one",
          table: "t",
          permissive: false,
          command: "update",
          roles: ["pg_monitor", "pg_read_all_data"],
          using: "a > 1",
          withCheck: "a > 2",
        },
        { name: "three", table: "t", command: "insert", withCheck: "a > 3" },
        { name: "two", table: "t", using: "true" },
      ],
    },
  },
});

test("views with their options, columns and indexes", async () => {
  await withConnection(async (connection) => {
    await connection.batch(`CREATE SCHEMA s; CREATE TABLE t (a int, b text);
      CREATE VIEW v (x, y) WITH (security_barrier) AS SELECT a, b FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
      CREATE MATERIALIZED VIEW s.m WITH (fillfactor = 60) AS SELECT x FROM v WITH NO DATA;
      CREATE UNIQUE INDEX i ON s.m (x);`);
    const { views } = await look(connection);
    const squeezed = views.map((view) => ({
      ...view,
      query: view.query.replace(/\s+/g, " ").replace(/\b[tv]\./g, ""),
    }));
    assert.deepEqual(squeezed, [
      {
        name: "v",
        query: " SELECT a AS x, b AS y FROM t WHERE a > 0",
        with: { check_option: "local", security_barrier: "true" },
        shape: [{ name: "x", type: "integer" }, { name: "y", type: "text" }],
      },
      {
        schema: "s",
        name: "m",
        query: " SELECT x FROM v",
        materialized: true,
        with: { fillfactor: "60" },
        indexes: [{ name: "i", parts: [{ column: "x" }], unique: true }],
        shape: [{ name: "x", type: "integer" }],
      },
    ]);
  });
});
