/** PostgreSQL: other names for what stays what it is. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair } from "./pairs.ts";

const FELT = { rows: "INSERT INTO t VALUES (1, 'sad'), (2, 'ok')" };
const values = (name: string, from: string, to: string, kept: string, rows = FELT.rows): LawCase =>
  pair(
    name,
    `CREATE TYPE mood AS ENUM (${from}); CREATE TABLE t (id int, m mood)`,
    `CREATE TYPE mood AS ENUM (${to}); CREATE TABLE t (id int, m mood)`,
    { rows, rewrites: true, kept: [["SELECT m::text FROM t WHERE id = 1", [{ m: kept }]]] },
  );

const TYPES: readonly LawCase[] = [
  pair(
    "an enum, in a column, an array and a function",
    `CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id int, m mood DEFAULT 'ok', a mood[] DEFAULT '{sad}');
     CREATE FUNCTION f(m mood) RETURNS mood LANGUAGE plpgsql AS 'BEGIN RETURN m; END'`,
    `CREATE TYPE feeling AS ENUM ('sad', 'ok'); CREATE TABLE t (id int, m feeling DEFAULT 'ok', a feeling[] DEFAULT '{sad}');
     CREATE FUNCTION f(m feeling) RETURNS feeling LANGUAGE plpgsql AS 'BEGIN RETURN m; END'`,
    { rows: "INSERT INTO t VALUES (1, 'sad', '{ok}')", kept: [["SELECT m::text FROM t", [{ m: "sad" }]]] },
  ),
  values("a value of an enum", "'sad', 'ok'", "'so sad', 'ok'", "so sad"),
  values("a value of an enum, with another one before it", "'sad', 'ok'", "'low', 'so sad', 'ok'", "so sad"),
  values("a value of an enum, in quotes", "'sa''d', 'ok'", "'sa''d one', 'ok'", "ok", "INSERT INTO t VALUES (1, 'ok')"),
  pair(
    "an enum and a value in a default, with a comment and rights",
    `CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id int, m mood DEFAULT 'sad');
     COMMENT ON TYPE mood IS 'How one feels'; REVOKE USAGE ON TYPE mood FROM PUBLIC`,
    `CREATE TYPE moods AS ENUM ('sad', 'ok'); CREATE TABLE t (id int, m moods DEFAULT 'sad');
     COMMENT ON TYPE moods IS 'How one feels'; REVOKE USAGE ON TYPE moods FROM PUBLIC`,
    FELT,
  ),
  pair(
    "a domain with its check",
    "CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%'); CREATE TABLE t (id int, m mail)",
    "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE TABLE t (id int, m email)",
    { rows: "INSERT INTO t VALUES (1, 'a@b')" },
  ),
  pair(
    "a composite type in a column",
    "CREATE TYPE place AS (street text, zip text); CREATE TABLE t (id int, p place)",
    "CREATE TYPE address AS (street text, zip text); CREATE TABLE t (id int, p address)",
    { rows: "INSERT INTO t VALUES (1, ROW('a', 'b'))" },
  ),
];

const CODE: readonly LawCase[] = [
  pair(
    "a sequence of a default keeps its number",
    "CREATE SEQUENCE s_ids; CREATE TABLE t (id int DEFAULT nextval('s_ids'), x int)",
    "CREATE SEQUENCE t_ids; CREATE TABLE t (id int DEFAULT nextval('t_ids'), x int)",
    { rows: "INSERT INTO t (x) VALUES (1), (2)", kept: [["SELECT last_value FROM t_ids", [{ last_value: 2 }]]] },
  ),
  pair(
    "a function that a trigger calls",
    `CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
    `CREATE TABLE t (id int); CREATE FUNCTION "F 2"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "F 2"()`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "overloaded functions, one with rights and a comment, in a check",
    `CREATE FUNCTION f(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a';
     CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
     COMMENT ON FUNCTION f(int) IS 'Itself'; REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
     CREATE TABLE t (id int CHECK (f(id) > 0))`,
    `CREATE FUNCTION g(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a';
     CREATE FUNCTION g(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
     COMMENT ON FUNCTION g(int) IS 'Itself'; REVOKE EXECUTE ON FUNCTION g(int) FROM PUBLIC;
     CREATE TABLE t (id int CHECK (g(id) > 0))`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a procedure and an aggregate",
    `CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT a';
     CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = '0')`,
    `CREATE PROCEDURE q(a int) LANGUAGE sql AS 'SELECT a';
     CREATE AGGREGATE sum_up(int) (sfunc = int4pl, stype = int, initcond = '0')`,
  ),
  pair(
    "a function that a generated column calls",
    `CREATE FUNCTION f(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a + 1';
     CREATE TABLE t (id int, g int GENERATED ALWAYS AS (f(id)) STORED)`,
    `CREATE FUNCTION next_of(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a + 1';
     CREATE TABLE t (id int, g int GENERATED ALWAYS AS (next_of(id)) STORED)`,
    { rows: "INSERT INTO t VALUES (1)", kept: [["SELECT g FROM t", [{ g: 2 }]]] },
  ),
  pair(
    "a view with a view on it, with rights, a comment and a rule",
    `CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id + 1 AS n FROM v;
     COMMENT ON VIEW v IS 'All'; GRANT SELECT ON v TO PUBLIC;
     CREATE RULE no_delete AS ON DELETE TO v DO INSTEAD NOTHING`,
    `CREATE TABLE t (id int); CREATE VIEW x AS SELECT id FROM t; CREATE VIEW w AS SELECT id + 1 AS n FROM x;
     COMMENT ON VIEW x IS 'All'; GRANT SELECT ON x TO PUBLIC;
     CREATE RULE no_delete AS ON DELETE TO x DO INSTEAD NOTHING`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a materialized view with its index",
    "CREATE TABLE t (id int); CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE UNIQUE INDEX m_id ON m (id)",
    "CREATE TABLE t (id int); CREATE MATERIALIZED VIEW n AS SELECT id FROM t; CREATE UNIQUE INDEX m_id ON n (id)",
    { rows: "INSERT INTO t VALUES (1); REFRESH MATERIALIZED VIEW m", kept: [["SELECT id FROM n", [{ id: 1 }]]] },
  ),
  pair(
    "all in one: a schema's table, its type, its sequence and its view",
    `CREATE SCHEMA s; CREATE TYPE s.kind AS ENUM ('a', 'b'); CREATE SEQUENCE s.ids;
     CREATE TABLE s.t (id int DEFAULT nextval('s.ids') PRIMARY KEY, k s.kind DEFAULT 'a', note text);
     CREATE VIEW s.v AS SELECT id, k FROM s.t WHERE k = 'b'`,
    `CREATE SCHEMA s; CREATE TYPE s.kinds AS ENUM ('a', 'b'); CREATE SEQUENCE s.idss;
     CREATE TABLE s.tt (id int DEFAULT nextval('s.idss') PRIMARY KEY, k s.kinds DEFAULT 'a', note text);
     CREATE VIEW s.vv AS SELECT id, k FROM s.tt WHERE k = 'b'`,
    { rows: "INSERT INTO s.t (k) VALUES ('b')", kept: [["SELECT id, k::text FROM s.vv", [{ id: 1, k: "b" }]]] },
  ),
];

/** Pairs of schemas. */
export const POSTGRES_RENAMES: readonly LawCase[] = [...TYPES, ...CODE];
