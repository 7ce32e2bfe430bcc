/** PostgreSQL: grants, default privileges, comments and extensions. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair } from "./pairs.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY, a int, b text)";
const on = beside(T, "INSERT INTO t VALUES (1, 2, 'x')");
const M = "pg_monitor";

const GRANTS: readonly LawCase[] = [
  on("rights on a table", "", `GRANT SELECT, INSERT ON t TO ${M}; GRANT SELECT ON t TO PUBLIC`),
  on("other rights on a table", `GRANT SELECT, INSERT ON t TO ${M}`, `GRANT INSERT, UPDATE ON t TO ${M}`),
  on("rights that may be handed on", `GRANT SELECT ON t TO ${M}`, `GRANT SELECT ON t TO ${M} WITH GRANT OPTION`),
  on("rights on columns", `GRANT SELECT (a) ON t TO ${M}`, `GRANT SELECT (a, b), UPDATE (b) ON t TO ${M}`),
  on("rights on the table for rights on a column", `GRANT SELECT ON t TO ${M}`, `GRANT SELECT (a) ON t TO ${M}`),
  on("every right", "", `GRANT ALL ON t TO ${M}`),
  on("the owner's rights are taken away", "", "REVOKE DELETE ON t FROM postgres"),
  on(
    "rights on a view and a sequence",
    "CREATE VIEW w AS SELECT a FROM t; CREATE SEQUENCE s",
    `CREATE VIEW w AS SELECT a FROM t; CREATE SEQUENCE s; GRANT SELECT ON w TO ${M}; GRANT USAGE ON SEQUENCE s TO ${M}`,
  ),
  on(
    "rights on a view that is made anew",
    `CREATE VIEW w AS SELECT a FROM t; GRANT SELECT ON w TO ${M}; COMMENT ON VIEW w IS 'w'`,
    `CREATE VIEW w AS SELECT b, a FROM t; GRANT SELECT ON w TO ${M}; COMMENT ON VIEW w IS 'w'`,
  ),
  on(
    "rights on a function",
    "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    `CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION f(int) TO ${M}`,
  ),
  on(
    "rights on a function that is made anew",
    `CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION f(int) FROM PUBLIC; COMMENT ON FUNCTION f(int) IS 'f'`,
    `CREATE FUNCTION f(int) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; REVOKE ALL ON FUNCTION f(int) FROM PUBLIC; COMMENT ON FUNCTION f(int) IS 'f'`,
  ),
  on(
    "rights on types",
    "CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int",
    `CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; REVOKE USAGE ON TYPE e FROM PUBLIC; GRANT USAGE ON DOMAIN d TO ${M}`,
  ),
  on(
    "rights on an enum that loses a value",
    `CREATE TYPE e AS ENUM ('a', 'b'); REVOKE USAGE ON TYPE e FROM PUBLIC; COMMENT ON TYPE e IS 'e'`,
    `CREATE TYPE e AS ENUM ('a'); REVOKE USAGE ON TYPE e FROM PUBLIC; COMMENT ON TYPE e IS 'e'`,
  ),
  on(
    "a table with rights and comments comes",
    "",
    `CREATE TABLE u (a int CONSTRAINT c CHECK (a > 0), b serial); COMMENT ON TABLE u IS 'u'; COMMENT ON COLUMN u.a IS 'a'; COMMENT ON CONSTRAINT c ON u IS 'c'; GRANT SELECT ON u TO ${M}; GRANT UPDATE (a) ON u TO PUBLIC; GRANT USAGE ON SEQUENCE u_b_seq TO ${M}`,
  ),
  on("a column with rights comes", "", `ALTER TABLE t ADD c int; GRANT SELECT (a, c) ON t TO ${M}`),
  pair(
    "a generated column with rights and a comment is made anew",
    `CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a) STORED); GRANT SELECT (g) ON t TO ${M}; COMMENT ON COLUMN t.g IS 'g'`,
    `CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a + 1) STORED); GRANT SELECT (g) ON t TO ${M}; COMMENT ON COLUMN t.g IS 'g'`,
  ),
  pair(
    "rights on columns of a table that changes",
    `CREATE TABLE t (a int, b text); GRANT SELECT (a) ON t TO ${M}`,
    `CREATE TABLE t (a bigint, b text, c int); GRANT SELECT (a) ON t TO ${M}`,
    { rows: "INSERT INTO t VALUES (1, 'x')" },
  ),
  on(
    "rights in a schema",
    "CREATE SCHEMA s; CREATE TABLE s.t (a int)",
    `CREATE SCHEMA s; CREATE TABLE s.t (a int); GRANT USAGE ON SCHEMA s TO ${M}; GRANT SELECT ON s.t TO ${M}`,
  ),
];

const DEFAULTS: readonly LawCase[] = [
  on(
    "default privileges in a schema",
    "CREATE SCHEMA s",
    `CREATE SCHEMA s; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO ${M}; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON SEQUENCES TO PUBLIC`,
  ),
  on("default privileges everywhere", "", "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"),
  on(
    "default privileges, and a table that gets them",
    "CREATE SCHEMA s",
    `CREATE SCHEMA s; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO ${M}; CREATE TABLE s.x (a int)`,
  ),
];

const ALL = `CREATE SCHEMA s; CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int CONSTRAINT pos CHECK (VALUE > 0);
  CREATE TYPE c AS (x int); CREATE SEQUENCE q; CREATE VIEW w AS SELECT id FROM t; CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
  CREATE INDEX i ON t (a); CREATE INDEX mi ON m (id); ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0);
  CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g(); CREATE POLICY o ON t USING (true);
  CREATE RULE u AS ON DELETE TO w DO INSTEAD NOTHING; CREATE STATISTICS st ON a, b FROM t;
  CREATE COLLATION co (provider = icu, locale = 'de')`;
const REMARKS =
  `COMMENT ON SCHEMA s IS '1'; COMMENT ON TYPE e IS '2'; COMMENT ON DOMAIN d IS '3'; COMMENT ON TYPE c IS '4';
  COMMENT ON SEQUENCE q IS '5'; COMMENT ON VIEW w IS '6'; COMMENT ON MATERIALIZED VIEW m IS '7'; COMMENT ON INDEX i IS '8';
  COMMENT ON INDEX mi IS '9'; COMMENT ON CONSTRAINT k ON t IS '10'; COMMENT ON FUNCTION f(int, text) IS '11';
  COMMENT ON PROCEDURE p() IS '12'; COMMENT ON TRIGGER r ON t IS '13'; COMMENT ON POLICY o ON t IS '14';
  COMMENT ON RULE u ON w IS '15'; COMMENT ON STATISTICS st IS '16'; COMMENT ON COLLATION co IS '17';
  COMMENT ON TABLE t IS '18'; COMMENT ON COLUMN t.a IS '19'; COMMENT ON COLUMN w.id IS '20'; COMMENT ON COLUMN m.id IS '21';
  COMMENT ON CONSTRAINT t_pkey ON t IS '22'; COMMENT ON CONSTRAINT pos ON DOMAIN d IS '23'`;

const COMMENTS: readonly LawCase[] = [
  on(
    "a table's comment, and its columns'",
    "COMMENT ON TABLE t IS 'one'; COMMENT ON COLUMN t.a IS 'a'",
    "COMMENT ON TABLE t IS E'two\\nlines, it''s; --'; COMMENT ON COLUMN t.b IS 'b'",
  ),
  on("comments on everything", ALL, `${ALL}; ${REMARKS}`),
  on("everything comes with its comments", "", `${ALL}; ${REMARKS}`),
  pair(
    "comments on keys that are made anew",
    "CREATE TABLE t (a int, b int, CONSTRAINT k UNIQUE (a), CONSTRAINT c CHECK (a > 0)); COMMENT ON CONSTRAINT k ON t IS 'k'; COMMENT ON CONSTRAINT c ON t IS 'c'",
    "CREATE TABLE t (a int, b int, CONSTRAINT k UNIQUE (a, b), CONSTRAINT c CHECK (a > 1)); COMMENT ON CONSTRAINT k ON t IS 'k'; COMMENT ON CONSTRAINT c ON t IS 'c'",
  ),
  pair(
    "comments on a trigger and a policy that are made anew",
    `${T}; CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g(); COMMENT ON TRIGGER r ON t IS 'r'; CREATE POLICY p ON t FOR SELECT USING (true); COMMENT ON POLICY p ON t IS 'p'`,
    `${T}; CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER r BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g(); COMMENT ON TRIGGER r ON t IS 'r'; CREATE POLICY p ON t FOR DELETE USING (true); COMMENT ON POLICY p ON t IS 'p'`,
  ),
];

const EXTENSIONS: readonly LawCase[] = [
  on("an extension comes", "", "CREATE EXTENSION citext"),
  on(
    "an extension in a schema of its own",
    "CREATE SCHEMA ext",
    "CREATE SCHEMA ext; CREATE EXTENSION pgcrypto SCHEMA ext",
  ),
  pair(
    "an extension with a column of its type, an index of its class, and a default",
    "CREATE TABLE t (id int, v text)",
    'CREATE EXTENSION citext; CREATE EXTENSION pg_trgm; CREATE EXTENSION "uuid-ossp"; CREATE TABLE t (id int, v citext, u uuid DEFAULT uuid_generate_v4()); CREATE INDEX i ON t USING gin ((v::text) gin_trgm_ops)',
    { rows: "INSERT INTO t VALUES (1, 'x')" },
  ),
  pair(
    "an extension's type goes, and it",
    "CREATE EXTENSION hstore; CREATE TABLE t (id int, h hstore)",
    "CREATE TABLE t (id int)",
    { rows: "INSERT INTO t VALUES (1, 'a=>1')" },
  ),
];

export const POSTGRES_RIGHTS: readonly LawCase[] = [...GRANTS, ...DEFAULTS, ...COMMENTS, ...EXTENSIONS];
