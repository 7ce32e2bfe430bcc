/** PostgreSQL: enums, domains, composite types and sequences. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair } from "./pairs.ts";

const T = "CREATE TABLE t (id int, v e)";
/** The enum `e`, with the column `v` of it. */
const enumOf = (name: string, from: string, to: string, more = {}): LawCase =>
  pair(name, `CREATE TYPE e AS ENUM (${from}); ${T}`, `CREATE TYPE e AS ENUM (${to}); ${T}`, {
    rows: "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
    kept: [["SELECT v::text FROM t WHERE id = 1", [{ v: "a" }]]],
    ...more,
  });

const ENUMS: readonly LawCase[] = [
  enumOf("a value at the end", "'a'", "'a', 'b'"),
  enumOf("a value at the start, and one in the middle", "'a', 'c'", "'0', 'a', 'b', 'c'"),
  enumOf("a value goes", "'a', 'b'", "'a'"),
  enumOf("values in another order", "'a', 'b', 'c'", "'c', 'b', 'a'"),
  enumOf("one value for another", "'a', 'b'", "'a', 'x y''z'"),
  pair(
    "an enum comes with its column",
    "CREATE TABLE t (id int)",
    "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (id int, v e DEFAULT 'a' NOT NULL, w e[])",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair("an enum without values gets one", "CREATE TYPE e AS ENUM ()", "CREATE TYPE e AS ENUM ('a')"),
  pair(
    "a text becomes an enum",
    "CREATE TABLE t (v text DEFAULT 'a')",
    "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e DEFAULT 'a')",
    { rows: "INSERT INTO t VALUES ('b')", kept: [["SELECT v::text FROM t", [{ v: "b" }]]] },
  ),
  pair(
    "an enum becomes another enum",
    "CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a', 'b'); CREATE TABLE t (v e)",
    "CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a', 'b'); CREATE TABLE t (v f)",
    { rows: "INSERT INTO t VALUES ('a')" },
  ),
  pair(
    "an enum loses a value under an index, a check, a view and a policy",
    `CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (v e CHECK (v <> 'b')); CREATE INDEX i ON t (v) WHERE v = 'a';
      CREATE VIEW w AS SELECT v FROM t WHERE v = 'a'; CREATE POLICY p ON t USING (v = 'a')`,
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e CHECK (v <> 'b')); CREATE INDEX i ON t (v) WHERE v = 'a';
      CREATE VIEW w AS SELECT v FROM t WHERE v = 'a'; CREATE POLICY p ON t USING (v = 'a')`,
    { rows: "INSERT INTO t VALUES ('a')", kept: [["SELECT v::text FROM w", [{ v: "a" }]]] },
  ),
  pair(
    "an enum loses a value under a function, a domain and a composite type",
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1'; CREATE TABLE t (v e)`,
    `CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1'; CREATE TABLE t (v e)`,
    { rows: "INSERT INTO t VALUES ('a')" },
  ),
  pair(
    "an enum in another schema, used in this one",
    "CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a')",
    "CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a', 'b'); CREATE TABLE t (v s.e DEFAULT 'a')",
  ),
  pair(
    "a value that comes and is a default at once",
    "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (id int, v e DEFAULT 'a')",
    "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int, v e DEFAULT 'b')",
    { rows: "INSERT INTO t VALUES (1, 'a')" },
  ),
  pair(
    "a value that comes and is in a check and an index at once",
    "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (v e)",
    "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e CHECK (v <> 'b')); CREATE INDEX i ON t (v) WHERE v = 'b'",
    { rows: "INSERT INTO t VALUES ('a')" },
  ),
];

const D = "CREATE TABLE t (id int, v d)";
/** The domain `d`, with the column `v` of it. */
const domain = (name: string, from: string, to: string, more = {}): LawCase =>
  pair(name, `CREATE DOMAIN d AS ${from}; ${D}`, `CREATE DOMAIN d AS ${to}; ${D}`, {
    rows: "INSERT INTO t VALUES (1, '5')",
    ...more,
  });

const DOMAINS: readonly LawCase[] = [
  domain("a domain's check comes", "int", "int CHECK (VALUE > 0)"),
  domain("a domain's check is another", "int CONSTRAINT c CHECK (VALUE > 0)", "int CONSTRAINT c CHECK (VALUE > 1)"),
  domain(
    "a domain's check gets a name",
    "int CONSTRAINT c CHECK (VALUE > 0)",
    "int CONSTRAINT positive CHECK (VALUE > 0)",
  ),
  domain("a domain's NOT NULL", "int", "int NOT NULL"),
  domain("a domain's default", "int DEFAULT 1", "int DEFAULT 2"),
  domain(
    "a domain's default goes, and a check comes",
    "text DEFAULT 'a'",
    "text CHECK (VALUE ~ '^[0-9]$') CHECK (length(VALUE) < 5)",
  ),
  pair(
    "a domain over a domain",
    "CREATE DOMAIN d AS int",
    "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE DOMAIN e AS d CHECK (VALUE < 9); CREATE TABLE t (v e)",
  ),
  pair(
    "a column becomes one of a domain",
    "CREATE DOMAIN d AS text; CREATE TABLE t (v text)",
    "CREATE DOMAIN d AS text; CREATE TABLE t (v d)",
    { rows: "INSERT INTO t VALUES ('a')" },
  ),
  pair(
    "a domain goes while its column becomes plain",
    "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (v d DEFAULT 3)",
    "CREATE TABLE t (v int DEFAULT 3)",
    { rows: "INSERT INTO t VALUES (4)", kept: [["SELECT v FROM t", [{ v: 4 }]]] },
  ),
  pair(
    "a domain's check calls a function that comes",
    "CREATE DOMAIN d AS text",
    "CREATE FUNCTION ok(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length($1) > 1'; CREATE DOMAIN d AS text CHECK (ok(VALUE))",
  ),
];

const COMPOSITES: readonly LawCase[] = [
  pair(
    "a composite type comes",
    "CREATE TABLE x (a int)",
    'CREATE TABLE x (a int); CREATE TYPE c AS (a int, b text COLLATE "C", c numeric(5,2)[])',
  ),
  pair(
    "an attribute comes, in use",
    "CREATE TYPE c AS (a int); CREATE TABLE t (v c)",
    "CREATE TYPE c AS (a int, b text); CREATE TABLE t (v c)",
    {
      rows: "INSERT INTO t VALUES (ROW(1))",
      kept: [["SELECT (v).a, (v).b FROM t", [{ a: 1, b: null }]]],
      rewrites: true,
    },
  ),
  pair(
    "an attribute goes, and one is of another type",
    "CREATE TYPE c AS (a int, b text)",
    "CREATE TYPE c AS (a bigint)",
  ),
  pair("an attribute between others", "CREATE TYPE c AS (a int, c int)", "CREATE TYPE c AS (a int, b text, c int)", {
    forwardOnly: true,
  }),
  pair(
    "a composite type within another, and in a function",
    "CREATE TYPE c AS (a int)",
    "CREATE TYPE c AS (a int); CREATE TYPE d AS (c c, l c[]); CREATE FUNCTION f() RETURNS d LANGUAGE sql AS 'SELECT NULL::d'",
  ),
  pair(
    "a composite type of an enum and a domain that come",
    "CREATE TABLE x (a int)",
    "CREATE TABLE x (a int); CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE TYPE c AS (e e, d d)",
  ),
  pair(
    "a range type comes",
    "CREATE TABLE x (a int)",
    "CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi); CREATE TABLE x (a int, r r)",
  ),
];

/** The sequence `s`, made otherwise. */
const sequence = (name: string, from: string, to: string, more = {}): LawCase =>
  pair(name, `CREATE SEQUENCE s ${from}`, `CREATE SEQUENCE s ${to}`, { rows: "SELECT nextval('s')", ...more });

const SEQUENCES: readonly LawCase[] = [
  sequence("a sequence's step", "", "INCREMENT 10"),
  sequence("a sequence's bounds", "", "MINVALUE -5 MAXVALUE 500"),
  sequence("a sequence of another type", "", "AS integer"),
  sequence("a sequence of a larger type with a bound of its own", "AS smallint MAXVALUE 100", "AS bigint MAXVALUE 100"),
  sequence("a sequence that begins again, and keeps values ready", "", "CACHE 20 CYCLE"),
  sequence("a sequence's start", "", "START 7"),
  pair("an unlogged sequence", "CREATE SEQUENCE s", "CREATE SEQUENCE s; CREATE UNLOGGED SEQUENCE u"),
  pair(
    "a sequence and a default that takes from it",
    "CREATE TABLE t (a int)",
    "CREATE SEQUENCE s START 100; CREATE TABLE t (a int DEFAULT nextval('s'), b text DEFAULT 'x' || nextval('s'))",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a sequence goes with its default",
    "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'))",
    "CREATE TABLE t (a int)",
    { rows: "INSERT INTO t DEFAULT VALUES", kept: [["SELECT a FROM t", [{ a: 1 }]]] },
  ),
  pair(
    "a sequence's owner",
    "CREATE SEQUENCE s; CREATE TABLE t (a int, b int)",
    "CREATE SEQUENCE s; CREATE TABLE t (a int, b int); ALTER SEQUENCE s OWNED BY t.b",
  ),
  pair(
    "a sequence's owner is another",
    "CREATE SEQUENCE s; CREATE TABLE t (a int); CREATE TABLE u (a int); ALTER SEQUENCE s OWNED BY t.a",
    "CREATE SEQUENCE s; CREATE TABLE t (a int); CREATE TABLE u (a int); ALTER SEQUENCE s OWNED BY u.a",
  ),
  pair(
    "a sequence that two tables share, and whose owner goes",
    "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s')); CREATE TABLE u (a int DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.a",
    "CREATE SEQUENCE s; CREATE TABLE u (a int DEFAULT nextval('s'))",
    { rows: "INSERT INTO u DEFAULT VALUES" },
  ),
  pair(
    "a serial column becomes a plain one",
    "CREATE TABLE t (a serial, b int)",
    "CREATE TABLE t (a int NOT NULL, b int)",
    { rows: "INSERT INTO t (b) VALUES (1)" },
  ),
  pair("a serial column goes", "CREATE TABLE t (a serial, b int)", "CREATE TABLE t (b int)", {
    rows: "INSERT INTO t (b) VALUES (1)",
  }),
];

export const POSTGRES_TYPES: readonly LawCase[] = [...ENUMS, ...DOMAINS, ...COMPOSITES, ...SEQUENCES];
