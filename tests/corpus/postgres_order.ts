/** PostgreSQL: what needs what, and so has to come in an order. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair } from "./pairs.ts";

const X = "CREATE TABLE x (a int)";
const sql = (head: string, body: string): string => `CREATE FUNCTION ${head} LANGUAGE sql IMMUTABLE AS '${body}'`;
/** Everything comes, or goes in the other direction. */
const comes = (name: string, ...to: readonly string[]): LawCase => pair(name, X, [X, ...to].join("; "));

const CIRCLES: readonly LawCase[] = [
  comes(
    "two tables that refer to each other",
    "CREATE TABLE a (id int PRIMARY KEY, b int)",
    "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a)",
    "ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED",
  ),
  comes(
    "three tables in a circle, and one that refers to itself",
    "CREATE TABLE a (id int PRIMARY KEY, b int, up int REFERENCES a)",
    "CREATE TABLE b (id int PRIMARY KEY, c int)",
    "CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a)",
    "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
    "ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c",
  ),
  pair(
    "a circle whose keys get another type",
    "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b",
    "CREATE TABLE a (id bigint PRIMARY KEY, b bigint); CREATE TABLE b (id bigint PRIMARY KEY, a bigint REFERENCES a); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b",
    { rows: "INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b = 1" },
  ),
  pair(
    "a table of a circle goes",
    "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b",
    "CREATE TABLE a (id int PRIMARY KEY)",
    { rows: "INSERT INTO a VALUES (1, NULL)" },
  ),
  comes(
    "tables in a chain, named against the order",
    "CREATE TABLE z (id int PRIMARY KEY)",
    "CREATE TABLE m (id int PRIMARY KEY, z int REFERENCES z)",
    "CREATE TABLE a (id int PRIMARY KEY, m int REFERENCES m, z int REFERENCES z)",
  ),
];

const VIEWS: readonly LawCase[] = [
  comes(
    "views on views, named against the order",
    "CREATE VIEW c AS SELECT a FROM x",
    "CREATE VIEW b AS SELECT a FROM c",
    "CREATE VIEW a AS SELECT b.a FROM b JOIN c USING (a)",
  ),
  pair(
    "a view beneath two others gets another column type",
    `${X}; CREATE VIEW c AS SELECT a FROM x; CREATE VIEW b AS SELECT a FROM c; CREATE MATERIALIZED VIEW m AS SELECT a FROM b`,
    `${X}; CREATE VIEW c AS SELECT a::text FROM x; CREATE VIEW b AS SELECT a FROM c; CREATE MATERIALIZED VIEW m AS SELECT a FROM b`,
    { rows: "INSERT INTO x VALUES (1)" },
  ),
  pair(
    "two views exchange their places",
    `${X}; CREATE VIEW b AS SELECT a FROM x; CREATE VIEW c AS SELECT a FROM b`,
    `${X}; CREATE VIEW c AS SELECT a FROM x; CREATE VIEW b AS SELECT a FROM c`,
  ),
  pair(
    "a view over a table that becomes another",
    `${X}; CREATE VIEW v AS SELECT a FROM x`,
    "CREATE TABLE y (a int, b text, c date); CREATE VIEW v AS SELECT a FROM y",
  ),
  comes(
    "a view over a function over a view",
    "CREATE VIEW b AS SELECT a FROM x",
    "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM b'",
    "CREATE VIEW a AS SELECT f() AS n",
  ),
  comes(
    "a view over a primary key that its groups stand on",
    "CREATE TABLE t (id int PRIMARY KEY, v text)",
    "CREATE VIEW w AS SELECT id, v, count(*) AS n FROM t GROUP BY id",
  ),
  pair(
    "a primary key that a view's groups stand on is made anew",
    "CREATE TABLE t (id int, v text, CONSTRAINT k PRIMARY KEY (id)); CREATE VIEW w AS SELECT id, v, count(*) AS n FROM t GROUP BY id",
    "CREATE TABLE t (id int, v text, CONSTRAINT k PRIMARY KEY (id) INCLUDE (v)); CREATE VIEW w AS SELECT id, v, count(*) AS n FROM t GROUP BY id",
    { rows: "INSERT INTO t VALUES (1, 'x')" },
  ),
  pair(
    "every column beneath a view changes",
    "CREATE TABLE t (a int, b int, c int); CREATE VIEW w AS SELECT * FROM t",
    "CREATE TABLE t (a bigint, b text, d date); CREATE VIEW w AS SELECT * FROM t",
    { rows: "INSERT INTO t VALUES (1, 2, 3)" },
  ),
];

const FUNCTIONS: readonly LawCase[] = [
  comes(
    "a function in a default, a check, a generated column and an index",
    sql("f(int) RETURNS int", "SELECT $1 * 2"),
    "CREATE TABLE t (a int DEFAULT f(3), b int CHECK (f(b) > 0), c int GENERATED ALWAYS AS (f(4)) STORED)",
    "CREATE INDEX i ON t (f(a)) WHERE f(b) > 1",
  ),
  pair(
    "a function in a default gets another argument type",
    `${sql("f(int) RETURNS int", "SELECT $1")}; CREATE TABLE t (id int, a int DEFAULT f(3))`,
    `${sql("f(bigint) RETURNS int", "SELECT $1::int")}; CREATE TABLE t (id int, a int DEFAULT f(3))`,
    { rows: "INSERT INTO t VALUES (1)", kept: [["SELECT a FROM t", [{ a: 3 }]]] },
  ),
  pair(
    "a function in a check is called otherwise",
    `${sql("f(int) RETURNS boolean", "SELECT $1 > 0")}; CREATE TABLE t (a int CHECK (f(a)))`,
    `${sql("g(int) RETURNS boolean", "SELECT $1 > 0")}; CREATE TABLE t (a int CHECK (g(a)))`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a function in a check gets another result",
    `${sql("f(int) RETURNS int", "SELECT $1")}; CREATE TABLE t (a int CONSTRAINT c CHECK (f(a) > 0))`,
    `${sql("f(int) RETURNS bigint", "SELECT $1::bigint")}; CREATE TABLE t (a int CONSTRAINT c CHECK (f(a) > 0))`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a function in an index gets another result",
    `${sql("f(int) RETURNS int", "SELECT $1")}; CREATE TABLE t (a int); CREATE INDEX i ON t (f(a))`,
    `${sql("f(int) RETURNS bigint", "SELECT $1::bigint")}; CREATE TABLE t (a int); CREATE INDEX i ON t (f(a))`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a function in a policy and a view gets another result",
    `${X}; ${
      sql("f() RETURNS int", "SELECT 1")
    }; CREATE POLICY p ON x USING (a = f()); CREATE VIEW v AS SELECT f() AS n`,
    `${X}; ${
      sql("f() RETURNS bigint", "SELECT 1::bigint")
    }; CREATE POLICY p ON x USING (a = f()); CREATE VIEW v AS SELECT f() AS n`,
    { rows: "INSERT INTO x VALUES (1)" },
  ),
  comes(
    "functions that call each other",
    sql("b() RETURNS int", "SELECT 1"),
    sql("a() RETURNS int", "SELECT b()"),
    sql("c() RETURNS int", "SELECT a() + b()"),
  ),
  comes(
    "a function that takes a table's row, and a view's",
    "CREATE TABLE t (a int)",
    "CREATE VIEW v AS SELECT a FROM t",
    sql("f(t) RETURNS int", "SELECT $1.a"),
    sql("g(v) RETURNS SETOF v", "SELECT $1"),
    "CREATE VIEW u AS SELECT f(t) AS n FROM t",
  ),
  comes(
    "a function over types",
    "CREATE TYPE e AS ENUM ('a')",
    "CREATE DOMAIN d AS int",
    "CREATE TYPE c AS (e e, d d)",
    sql("f(e, d[]) RETURNS c", "SELECT ROW($1, $2[1])::c"),
    "CREATE TABLE t (v e DEFAULT (f('a', '{1}')).e)",
  ),
  comes(
    "a trigger on a table over a function over a table",
    "CREATE TABLE log (a int)",
    "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (1); RETURN NEW; END'",
    "CREATE TRIGGER r AFTER INSERT ON x FOR EACH ROW EXECUTE FUNCTION g()",
  ),
  pair(
    "a trigger's function is another",
    `${X}; CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER r BEFORE INSERT ON x FOR EACH ROW EXECUTE FUNCTION g()`,
    `${X}; CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER r BEFORE INSERT ON x FOR EACH ROW EXECUTE FUNCTION h()`,
  ),
  comes(
    "an aggregate, in a view",
    sql("f(int, int) RETURNS int", "SELECT $1 + $2"),
    "CREATE AGGREGATE total(int) (SFUNC = f, STYPE = int)",
    "CREATE VIEW v AS SELECT total(a) AS n FROM x",
  ),
  comes(
    "a function with a body in SQL over a view",
    "CREATE VIEW z AS SELECT a FROM x",
    "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM z; END",
  ),
  pair(
    "a function with a body in SQL over a column whose type changes",
    `${X}; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM x; END`,
    `CREATE TABLE x (a bigint); CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM x; END`,
    { rows: "INSERT INTO x VALUES (1)" },
  ),
];

const TYPES: readonly LawCase[] = [
  comes(
    "a type over a type over a table",
    "CREATE TABLE t (a int)",
    "CREATE TYPE c AS (t t)",
    "CREATE DOMAIN d AS c",
    "CREATE TABLE u (d d, l t[])",
  ),
  comes(
    "a domain over an enum, whose check calls a function of it",
    "CREATE TYPE e AS ENUM ('a', 'b')",
    sql("ok(e) RETURNS boolean", "SELECT $1 IS NOT NULL"),
    "CREATE DOMAIN d AS e CHECK (ok(VALUE))",
    "CREATE TABLE t (v d DEFAULT 'a')",
  ),
  pair(
    "a column becomes one of a type that comes, under a view",
    `${X}; CREATE VIEW v AS SELECT a FROM x`,
    "CREATE DOMAIN d AS int; CREATE TABLE x (a d); CREATE VIEW v AS SELECT a FROM x",
    { rows: "INSERT INTO x VALUES (1)" },
  ),
  pair(
    "a function of a type that goes",
    `${X}; CREATE TYPE e AS ENUM ('a'); ${sql("f(e) RETURNS int", "SELECT 1")}; CREATE TABLE t (v e)`,
    X,
  ),
  pair(
    "a type's name passes to a table, and a table's to a view",
    "CREATE TYPE c AS (a int); CREATE TABLE t (z date)",
    "CREATE TABLE c (q uuid); CREATE VIEW t AS SELECT 1 AS one",
  ),
];

const BLOG = (id: string, more: string): string =>
  `CREATE SCHEMA blog; CREATE TYPE blog.state AS ENUM ('draft', 'public'${more && ", 'gone'"});
  CREATE TABLE blog.users (id ${id} PRIMARY KEY GENERATED ALWAYS AS IDENTITY, mail text NOT NULL CHECK (mail LIKE '%@%') UNIQUE);
  CREATE TABLE blog.posts (id ${id} PRIMARY KEY GENERATED ALWAYS AS IDENTITY, author ${id} NOT NULL REFERENCES blog.users ON DELETE CASCADE,
    state blog.state NOT NULL DEFAULT 'draft', title text NOT NULL, body text, words tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED${more});
  CREATE INDEX posts_words ON blog.posts USING gin (words); CREATE INDEX posts_public ON blog.posts (author) WHERE state = 'public';
  CREATE FUNCTION blog.count_of(${id}) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM blog.posts WHERE author = $1';
  CREATE VIEW blog.authors AS SELECT u.id, u.mail, blog.count_of(u.id) AS posts FROM blog.users u;
  CREATE MATERIALIZED VIEW blog.top AS SELECT * FROM blog.authors WHERE posts > 0; CREATE UNIQUE INDEX top_id ON blog.top (id);
  ALTER TABLE blog.posts ENABLE ROW LEVEL SECURITY; CREATE POLICY visible ON blog.posts FOR SELECT USING (state = 'public');
  GRANT SELECT ON ALL TABLES IN SCHEMA blog TO pg_monitor; COMMENT ON TABLE blog.posts IS 'posts'`;

const WHOLE: readonly LawCase[] = [
  comes("a blog comes", BLOG("int", "")),
  pair(
    "a blog's keys grow, with all that stands on them",
    BLOG("int", ""),
    BLOG("bigint", ", likes int NOT NULL DEFAULT 0"),
    {
      rows: "INSERT INTO blog.users (mail) VALUES ('a@b'); INSERT INTO blog.posts (author, title) VALUES (1, 'hello')",
      kept: [["SELECT posts::int FROM blog.authors", [{ posts: 1 }]]],
    },
  ),
];

/** What random pairs have found. */
const NAMES: readonly LawCase[] = [
  pair(
    "a key's name that passes from a table that goes to one that comes",
    "CREATE TABLE a (id int, t text, u text, CONSTRAINT k PRIMARY KEY (id))",
    "CREATE TABLE other (n int, m date, CONSTRAINT k PRIMARY KEY (n))",
  ),
  pair(
    "an index's name that passes to a table with another enum",
    "CREATE TYPE e AS ENUM ('1', '2'); CREATE TABLE a (id int, t text, k e DEFAULT '1'); CREATE INDEX i ON a (t)",
    "CREATE TYPE e AS ENUM ('3', '2'); CREATE TABLE other (n int, m date, k e DEFAULT '2'); CREATE INDEX i ON other (m)",
  ),
  comes(
    "a unique constraint on the columns of the primary key",
    "CREATE TABLE y (a int, b int, CONSTRAINT p PRIMARY KEY (a, b))",
    "ALTER TABLE y ADD CONSTRAINT u UNIQUE (a, b), ADD CONSTRAINT w UNIQUE (a, b)",
  ),
];

export const POSTGRES_ORDER: readonly LawCase[] = [...CIRCLES, ...VIEWS, ...FUNCTIONS, ...TYPES, ...WHOLE, ...NAMES];
