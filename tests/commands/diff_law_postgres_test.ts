import { after, describe, it } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { ReusedDatabases } from "../support/reused_database.ts";
import { checkLaw, type LawCase } from "./diff_law.ts";

const USERS = "CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, age integer)";
const ROWS = "INSERT INTO users (name, age) VALUES ('ann', 30), ('bob', NULL)";
const NAMES = ["SELECT name FROM users ORDER BY id", [{ name: "ann" }, { name: "bob" }]] as const;

const CASES: readonly LawCase[] = [
  {
    name: "a sequence and the column that owns it, new both",
    from: USERS,
    to:
      `${USERS}; CREATE SEQUENCE s START 5; CREATE TABLE t (n bigint DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.n`,
    rows: ROWS,
    kept: [NAMES],
  },
  {
    name: "a sequence that goes with its table, and one with its column",
    from:
      `${USERS}; CREATE SEQUENCE s START 5; CREATE TABLE t (n bigint DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.n;
      ALTER TABLE users ADD n integer; CREATE SEQUENCE n OWNED BY users.n; ALTER TABLE users ALTER n SET DEFAULT nextval('n')`,
    to: USERS,
    rows: ROWS,
    kept: [NAMES],
  },
  {
    name: "a sequence that outlives its owner, and one that gets one",
    from: `${USERS}; ALTER TABLE users ADD n integer; CREATE SEQUENCE kept OWNED BY users.n; CREATE SEQUENCE free`,
    to: `${USERS}; ALTER TABLE users ADD m integer; CREATE SEQUENCE kept; CREATE SEQUENCE free OWNED BY users.m`,
    rows: ROWS,
    kept: [NAMES],
  },
  {
    name: "an unlogged table with a serial column",
    from: USERS,
    to: `${USERS}; CREATE UNLOGGED TABLE visits (id bigserial PRIMARY KEY)`,
    rows: ROWS,
  },
  {
    name: "a view over a view over a column whose type changes",
    from: `${USERS}; CREATE VIEW a AS SELECT id, age FROM users; CREATE VIEW b AS SELECT age FROM a`,
    to: `CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, age bigint);
      CREATE VIEW a AS SELECT id, age FROM users; CREATE VIEW b AS SELECT age FROM a`,
    rows: ROWS,
    kept: [NAMES, ["SELECT count(*)::int AS n FROM b", [{ n: 2 }]]],
  },
  {
    name: "a materialized view with its index, comment and grant",
    from: `${USERS}; CREATE MATERIALIZED VIEW m AS SELECT name FROM users; CREATE UNIQUE INDEX m_name ON m (name);
      COMMENT ON MATERIALIZED VIEW m IS 'names'; GRANT SELECT ON m TO PUBLIC`,
    to: `${USERS}; CREATE MATERIALIZED VIEW m AS SELECT name, age FROM users; CREATE UNIQUE INDEX m_name ON m (name);
      COMMENT ON MATERIALIZED VIEW m IS 'names'; GRANT SELECT ON m TO PUBLIC`,
    rows: ROWS,
    kept: [NAMES],
  },
  {
    name: "a function that a default, a check and a trigger call gets another result",
    from: `CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TABLE x (a bigint DEFAULT f()); CREATE TRIGGER tr BEFORE INSERT ON x FOR EACH ROW EXECUTE FUNCTION t()`,
    to: `CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
      CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TABLE x (a bigint DEFAULT f()); CREATE TRIGGER tr AFTER INSERT ON x FOR EACH ROW EXECUTE FUNCTION t()`,
    rows: "INSERT INTO x VALUES (7)",
    kept: [["SELECT a FROM x", [{ a: 7 }]]],
  },
  {
    name: "a primary key that a foreign key refers to is made of another column",
    from: `CREATE TABLE p (a integer, b integer UNIQUE, CONSTRAINT p_pk PRIMARY KEY (a));
      CREATE TABLE c (p integer, CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p (a))`,
    to: `CREATE TABLE p (a integer NOT NULL UNIQUE, b integer UNIQUE, CONSTRAINT p_pk PRIMARY KEY (b));
      CREATE TABLE c (p integer, CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p (a))`,
    rows: "INSERT INTO p VALUES (1, 2); INSERT INTO c VALUES (1)",
    kept: [["SELECT p FROM c", [{ p: 1 }]]],
  },
  {
    name: "both sides of a foreign key become text",
    from: `CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p integer REFERENCES p)`,
    to: `CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE c (p text REFERENCES p)`,
    rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)",
    kept: [["SELECT p FROM c", [{ p: "1" }]]],
  },
  {
    name: "an index's name moves to another table",
    from: "CREATE TABLE a (x integer); CREATE TABLE b (x integer); CREATE INDEX i ON a (x)",
    to: "CREATE TABLE a (x integer); CREATE TABLE b (x integer); CREATE INDEX i ON b (x)",
  },
  {
    name: "an enum loses a value and is put in another order, under a default and an array",
    from: `CREATE TYPE s AS ENUM ('a', 'b', 'c'); CREATE TABLE t (s s DEFAULT 'a', l s[] DEFAULT '{a}')`,
    to: `CREATE TYPE s AS ENUM ('c', 'a'); CREATE TABLE t (s s DEFAULT 'a', l s[] DEFAULT '{a}')`,
    rows: "INSERT INTO t VALUES ('a', '{a,c}')",
    kept: [["SELECT s::text, l::text FROM t", [{ s: "a", l: "{a,c}" }]]],
  },
  {
    name: "row-level security and policies",
    from: `${USERS}; CREATE POLICY p ON users USING (age > 1)`,
    to: `${USERS}; ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (age > 2);
      CREATE POLICY q ON users FOR INSERT WITH CHECK (age IS NOT NULL)`,
  },
  {
    name: "domains, composite types and sequences",
    from: `CREATE DOMAIN d AS text CONSTRAINT long CHECK (length(VALUE) > 1); CREATE TYPE c AS (a integer);
      CREATE SEQUENCE s; CREATE TABLE t (d d, n bigint DEFAULT nextval('s'))`,
    to:
      `CREATE DOMAIN d AS text DEFAULT 'xx' CONSTRAINT longer CHECK (length(VALUE) > 0); CREATE TYPE c AS (a integer, b text);
      CREATE SEQUENCE s INCREMENT 5 MAXVALUE 1000; CREATE TABLE t (d d, n bigint DEFAULT nextval('s'))`,
    rows: "INSERT INTO t (d) VALUES ('abc')",
    kept: [["SELECT d FROM t", [{ d: "abc" }]]],
  },
  {
    name: "partitions come and go",
    from: `CREATE TABLE e (id integer, at date) PARTITION BY RANGE (at);
      CREATE TABLE e1 PARTITION OF e FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); CREATE INDEX e_at ON e (at)`,
    to: `CREATE TABLE e (id integer NOT NULL, at date, note text) PARTITION BY RANGE (at);
      CREATE TABLE e1 PARTITION OF e FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE e2 PARTITION OF e FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE INDEX e_at ON e (at); CREATE INDEX e_note ON e (note)`,
    rows: "INSERT INTO e VALUES (1, '2025-05-05')",
    kept: [["SELECT id FROM e", [{ id: 1 }]]],
  },
  {
    name: "a table that is partitioned from now on keeps its rows and its numbers",
    from: "CREATE TABLE e (id serial, at date NOT NULL, PRIMARY KEY (id, at))",
    to: `CREATE TABLE e (id serial, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE e1 PARTITION OF e DEFAULT`,
    rows: "INSERT INTO e (at) VALUES ('2025-05-05'), ('2026-05-05')",
    kept: [
      ["SELECT id FROM e ORDER BY id", [{ id: 1 }, { id: 2 }]],
      ["INSERT INTO e (at) VALUES ('2027-05-05') RETURNING id", [{ id: 3 }]],
    ],
    oneWay: true,
  },
  {
    name: "constraints are validated, renamed, excluded, deferred",
    from: `CREATE TABLE t (a integer, r int4range, CONSTRAINT pos CHECK (a > 0) NOT VALID, CONSTRAINT u UNIQUE (a))`,
    to: `CREATE TABLE t (a integer, r int4range, CONSTRAINT pos CHECK (a > 0), CONSTRAINT t_a_key UNIQUE (a),
      CONSTRAINT apart EXCLUDE USING gist (r WITH &&))`,
    rows: "INSERT INTO t VALUES (1, '[1,2)')",
    kept: [["SELECT a FROM t", [{ a: 1 }]]],
    oneWay: false,
  },
  {
    name: "a table and its column are renamed",
    from: USERS,
    to: "CREATE TABLE user_accounts (id serial PRIMARY KEY, full_name text NOT NULL, age integer)",
    rows: ROWS,
    kept: [["SELECT full_name FROM user_accounts ORDER BY id", [{ full_name: "ann" }, { full_name: "bob" }]]],
  },
  {
    name: "schemas with everything in them are made, and dropped",
    from: "CREATE TABLE x (a integer)",
    to: `CREATE TABLE x (a integer); CREATE SCHEMA app; CREATE TYPE app.k AS ENUM ('a');
      CREATE FUNCTION app.g(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
      CREATE TABLE app.t (id integer PRIMARY KEY, k app.k DEFAULT 'a', n integer GENERATED ALWAYS AS (app.g(id)) STORED);
      CREATE VIEW app.v AS SELECT k FROM app.t; CREATE RULE r AS ON INSERT TO app.v DO INSTEAD NOTHING;
      COMMENT ON VIEW app.v IS 'v'; CREATE STATISTICS app.st ON id, k FROM app.t`,
  },
  {
    name: "circles of foreign keys",
    from: "CREATE TABLE a (id integer PRIMARY KEY)",
    to:
      `CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
      ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b`,
    rows: "INSERT INTO a VALUES (1)",
    kept: [["SELECT id FROM a", [{ id: 1 }]]],
  },
  {
    name: "generated columns, identity and defaults",
    from: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED, c integer)",
    to: `CREATE TABLE t (a bigint DEFAULT 5, b bigint GENERATED ALWAYS AS (a * 3) STORED,
      c integer NOT NULL GENERATED BY DEFAULT AS IDENTITY (START 100))`,
    rows: "INSERT INTO t (a, c) VALUES (2, 9)",
    kept: [["SELECT a, b, c FROM t", [{ a: 2, b: 6, c: 9 }]]],
  },
  {
    name: "spaces inside a literal of a view and a trigger",
    from: `CREATE TABLE t (a text); CREATE VIEW v AS SELECT a FROM t WHERE a <> 'x y';
      CREATE TRIGGER r BEFORE UPDATE ON t FOR EACH ROW WHEN (old.a <> 'p q')
        EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    to: `CREATE TABLE t (a text); CREATE VIEW v AS SELECT a FROM t WHERE a <> 'x  y';
      CREATE TRIGGER r BEFORE UPDATE ON t FOR EACH ROW WHEN (old.a <> 'p  q')
        EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
  },
];

describe("a diff of PostgreSQL schemas", () => {
  const databases = new ReusedDatabases();
  after(() => databases.close());
  for (const law of CASES) it(law.name, () => checkLaw(postgres, databases.open, law));
});
