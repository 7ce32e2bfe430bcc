/** PostgreSQL: schemas, tables, partitions, inheritance and storage. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair, table } from "./pairs.ts";

const TABLES: readonly LawCase[] = [
  pair(
    "a table beneath a view and a policy gets another name",
    "CREATE TABLE t (id int PRIMARY KEY, name text); CREATE VIEW w AS SELECT name FROM t WHERE t.id > 0; CREATE POLICY p ON t USING (name <> '')",
    "CREATE TABLE people (id int PRIMARY KEY, name text); CREATE VIEW w AS SELECT name FROM people WHERE people.id > 0; CREATE POLICY p ON people USING (name <> '')",
    {
      rows: "INSERT INTO t VALUES (1, 'ann')",
      kept: [["SELECT name FROM w", [{ name: "ann" }]]],
    },
  ),
  pair(
    "a partition's default of its own",
    "CREATE TABLE t (id int, v text) PARTITION BY LIST (id); CREATE TABLE t0 PARTITION OF t DEFAULT",
    "CREATE TABLE t (id int, v text) PARTITION BY LIST (id); CREATE TABLE t0 PARTITION OF t DEFAULT; ALTER TABLE t0 ALTER v SET DEFAULT 'zero'; CREATE TABLE t1 PARTITION OF t (v DEFAULT 'one' NOT NULL) FOR VALUES IN (1)",
  ),
  pair(
    "a table comes",
    "CREATE TABLE x (a int)",
    "CREATE TABLE x (a int); CREATE TABLE t (id bigserial PRIMARY KEY, v text NOT NULL UNIQUE)",
  ),
  pair("a table of nothing", "CREATE TABLE x (a int)", "CREATE TABLE x (a int); CREATE TABLE t ()"),
  pair("a table becomes unlogged", "CREATE TABLE t (a int)", "CREATE UNLOGGED TABLE t (a int)", {
    rows: "INSERT INTO t VALUES (1)",
  }),
  pair(
    "an unlogged table with a serial column and an index is logged",
    "CREATE UNLOGGED TABLE t (id serial PRIMARY KEY, a int); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (id serial PRIMARY KEY, a int); CREATE INDEX i ON t (a)",
    { rows: "INSERT INTO t (a) VALUES (1)" },
  ),
  pair(
    "storage options",
    "CREATE TABLE t (a int) WITH (fillfactor = 70)",
    "CREATE TABLE t (a int) WITH (fillfactor = 90, autovacuum_enabled = off, toast.autovacuum_enabled = off)",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "storage options go",
    "CREATE TABLE t (a text) WITH (fillfactor = 70, parallel_workers = 2)",
    "CREATE TABLE t (a text)",
  ),
  pair(
    "a table gets another name",
    "CREATE TABLE t (id serial PRIMARY KEY, name text NOT NULL, age int); CREATE INDEX t_age ON t (age)",
    "CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL, age int); CREATE INDEX people_age ON people (age)",
    {
      rows: "INSERT INTO t (name) VALUES ('ann')",
      kept: [["SELECT id, name FROM people", [{ id: 1, name: "ann" }]]],
    },
  ),
  pair(
    "a table gets another name, and a foreign key refers to it",
    "CREATE TABLE t (id int PRIMARY KEY, name text); CREATE TABLE c (t int REFERENCES t)",
    "CREATE TABLE people (id int PRIMARY KEY, name text); CREATE TABLE c (t int REFERENCES people)",
    {
      rows: "INSERT INTO t VALUES (1, 'ann'); INSERT INTO c VALUES (1)",
      kept: [["SELECT name FROM people", [{ name: "ann" }]]],
    },
  ),
  pair(
    "a table becomes a view",
    "CREATE TABLE x (a int); CREATE TABLE t (a int)",
    "CREATE TABLE x (a int); CREATE VIEW t AS SELECT a FROM x",
  ),
  pair(
    "a table of a composite type",
    "CREATE TYPE c AS (a int, b text)",
    "CREATE TYPE c AS (a int, b text); CREATE TABLE t (a int, b text); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a'",
  ),
  pair(
    "tables come and go at once",
    "CREATE TABLE a (x int, y text, z date)",
    "CREATE TABLE b (p uuid PRIMARY KEY); CREATE TABLE c (q uuid REFERENCES b)",
  ),
];

const SCHEMAS: readonly LawCase[] = [
  pair("a schema comes", "CREATE TABLE x (a int)", "CREATE TABLE x (a int); CREATE SCHEMA s"),
  pair(
    "a schema with a table, and a table of that name here",
    "CREATE TABLE t (a int)",
    "CREATE TABLE t (a int); CREATE SCHEMA s; CREATE TABLE s.t (a bigint, b text)",
  ),
  pair(
    "a name that has to be quoted",
    "CREATE TABLE x (a int)",
    `CREATE TABLE x (a int); CREATE SCHEMA "My ""S"; CREATE TABLE "My ""S"."T x" (id serial PRIMARY KEY); CREATE INDEX ON "My ""S"."T x" (id)`,
  ),
  pair(
    "tables in schemas change",
    "CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY, a int); CREATE INDEX i ON s.t (a)",
    "CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY, a bigint NOT NULL DEFAULT 1, CHECK (a > 0)); CREATE INDEX i ON s.t (a DESC)",
    { rows: "INSERT INTO s.t VALUES (1, 2)" },
  ),
  pair(
    "a schema's comment and rights",
    "CREATE SCHEMA s",
    "CREATE SCHEMA s; COMMENT ON SCHEMA s IS 's'; GRANT USAGE ON SCHEMA s TO pg_monitor; GRANT CREATE ON SCHEMA s TO PUBLIC",
  ),
];

const RANGE = "CREATE TABLE t (id int NOT NULL, at date NOT NULL, v text) PARTITION BY RANGE (at)";
const Y1 = "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')";
const ROWS = { rows: "INSERT INTO t VALUES (1, '2025-05-05', 'x')" };

const PARTITIONS: readonly LawCase[] = [
  pair(
    "a partition comes",
    `${RANGE}; ${Y1}`,
    `${RANGE}; ${Y1}; CREATE TABLE t2 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)`,
    ROWS,
  ),
  pair("a partition goes", `${RANGE}; ${Y1}; CREATE TABLE t0 PARTITION OF t DEFAULT`, `${RANGE}; ${Y1}`, ROWS),
  pair(
    "a partition by list",
    "CREATE TABLE t (a text) PARTITION BY LIST (a)",
    "CREATE TABLE t (a text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('x', 'it''s', NULL); CREATE TABLE t2 PARTITION OF t DEFAULT",
  ),
  pair(
    "partitions by hash",
    "CREATE TABLE t (a int) PARTITION BY HASH (a); CREATE TABLE t0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
    "CREATE TABLE t (a int) PARTITION BY HASH (a); CREATE TABLE t0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE t1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
  ),
  pair(
    "partitions by expressions and several columns",
    "CREATE TABLE x (a int)",
    `CREATE TABLE x (a int); CREATE TABLE t (a text, b int) PARTITION BY RANGE (lower(a) COLLATE "C" text_pattern_ops, b);
    CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('a', MINVALUE) TO ('b', 5)`,
  ),
  pair(
    "partitions of partitions",
    `${RANGE}; ${Y1}`,
    `${RANGE}; ${Y1}; CREATE TABLE t2 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (v); CREATE TABLE t2a PARTITION OF t2 FOR VALUES IN ('a'); CREATE TABLE t2x PARTITION OF t2 DEFAULT`,
    ROWS,
  ),
  pair("a partition's bounds", `${RANGE}; ${Y1}`, `${RANGE}; ${Y1.replace("2026", "2027")}`, ROWS),
  pair(
    "a table becomes a partition",
    `${RANGE}; CREATE TABLE t1 (id int NOT NULL, at date NOT NULL, v text)`,
    `${RANGE}; ${Y1}`,
    {
      rows: "INSERT INTO t1 VALUES (1, '2025-05-05', 'x')",
      kept: [["SELECT id FROM t", [{ id: 1 }]]],
      forwardOnly: true,
      rewrites: true,
    },
  ),
  pair(
    "columns of a partitioned table",
    `${RANGE}; ${Y1}`,
    `${RANGE.replace("v text", "v varchar(9) DEFAULT 'q' NOT NULL, w int[] DEFAULT '{}'")}; ${Y1}`,
    ROWS,
  ),
  pair(
    "a column of a partitioned table goes",
    `${RANGE.replace("v text", "v text, w int CHECK (w > 0)")}; ${Y1}`,
    `${RANGE}; ${Y1}`,
    { rows: "INSERT INTO t VALUES (1, '2025-05-05', 'x', 1)" },
  ),
  pair(
    "keys and checks of a partitioned table",
    `${RANGE}; ${Y1}`,
    `${RANGE.replace("v text", "v text, PRIMARY KEY (id, at), CHECK (v <> '')")}; ${Y1}`,
    ROWS,
  ),
  pair(
    "a foreign key from a partitioned table, and one to it",
    "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, p int, PRIMARY KEY (id)) PARTITION BY LIST (id); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE c (t int)",
    "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, p int REFERENCES p, PRIMARY KEY (id)) PARTITION BY LIST (id); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE c (t int REFERENCES t)",
    { rows: "INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1); INSERT INTO c VALUES (1)" },
  ),
  pair(
    "a partition with a default, a check and storage of its own",
    `${RANGE}; ${Y1}`,
    `${RANGE}; ${Y1} WITH (fillfactor = 50); ALTER TABLE t1 ALTER v SET DEFAULT 'one'; ALTER TABLE t1 ADD CHECK (id > 0)`,
    ROWS,
  ),
  pair(
    "a partitioned table goes with its partitions",
    `CREATE TABLE x (a int); ${RANGE}; ${Y1}`,
    "CREATE TABLE x (a int)",
    ROWS,
  ),
  pair(
    "comments and rights of partitions",
    `${RANGE}; ${Y1}`,
    `${RANGE}; ${Y1}; COMMENT ON TABLE t1 IS 'one'; COMMENT ON COLUMN t.v IS 'v'; GRANT SELECT ON t1 TO pg_monitor`,
    ROWS,
  ),
];

const CIRCLE = (a: string, b: string): string =>
  `CREATE TABLE a (x int, y int, UNIQUE (x, y)) ${a}; CREATE TABLE b (x int, y int, UNIQUE (x, y)) ${b};
   CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES a (x, y));
   ALTER TABLE a ADD FOREIGN KEY (x, y) REFERENCES b (x, y); ALTER TABLE b ADD FOREIGN KEY (x, y) REFERENCES a (x, y)`;

const CIRCLED = {
  rows: "WITH x AS (INSERT INTO a VALUES (1, 2)) INSERT INTO b VALUES (1, 2); INSERT INTO c VALUES (1, 2)",
  oneWay: true,
};

const REMADE: readonly LawCase[] = [
  pair(
    "tables in a circle of keys are partitioned",
    CIRCLE("", ""),
    `${CIRCLE("PARTITION BY LIST (x)", "PARTITION BY LIST (x)")}; CREATE TABLE a1 PARTITION OF a DEFAULT;
     CREATE TABLE b1 PARTITION OF b DEFAULT`,
    CIRCLED,
  ),
  pair(
    "one of two tables in a circle of keys is partitioned otherwise",
    `${CIRCLE("PARTITION BY LIST (x)", "")}; CREATE TABLE a1 PARTITION OF a DEFAULT`,
    `${CIRCLE("PARTITION BY HASH (x)", "")}; CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (MODULUS 1, REMAINDER 0)`,
    CIRCLED,
  ),
  pair(
    "an index on a partitioned table alone",
    `${RANGE}; ${Y1}`,
    `${RANGE}; ${Y1}; CREATE INDEX i ON ONLY t (id)`,
    ROWS,
  ),
  pair(
    "an index on a partitioned table alone gets the partitions'",
    `${RANGE}; ${Y1}; CREATE INDEX i ON ONLY t (id)`,
    `${RANGE}; ${Y1}; CREATE INDEX i ON t (id)`,
    ROWS,
  ),
];

const P = "CREATE TABLE p (a int, b text)";

const INHERITANCE: readonly LawCase[] = [
  pair(
    "a parent's column goes, and its child keeps it as its own",
    "CREATE TABLE p (a int, b text); CREATE TABLE c (x int) INHERITS (p); CREATE TABLE d () INHERITS (c)",
    "CREATE TABLE p (a int); CREATE TABLE c (x int, b text) INHERITS (p); CREATE TABLE d () INHERITS (c)",
    {
      rows: "INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (1, 'y', 2); INSERT INTO d VALUES (1, 'z', 2)",
      kept: [["SELECT b FROM c ORDER BY b", [{ b: "y" }, { b: "z" }]]],
      loose: true,
      forwardOnly: true,
    },
  ),
  pair("a child comes", P, `${P}; CREATE TABLE c (x int) INHERITS (p)`, { rows: "INSERT INTO p VALUES (1, 'x')" }),
  pair(
    "a parent's column comes",
    `${P}; CREATE TABLE c (x int) INHERITS (p)`,
    `${P.replace("b text", "b text, d int DEFAULT 4")}; CREATE TABLE c (x int) INHERITS (p)`,
    { rows: "INSERT INTO c VALUES (1, 'x', 2)" },
  ),
  pair(
    "a parent's column changes",
    `${P}; CREATE TABLE c (x int) INHERITS (p)`,
    `${P.replace("a int", "a bigint NOT NULL")}; CREATE TABLE c (x int) INHERITS (p)`,
    { rows: "INSERT INTO c VALUES (1, 'x', 2)" },
  ),
  pair(
    "a parent's check",
    `${P}; CREATE TABLE c (x int) INHERITS (p)`,
    `${P.replace("b text", "b text, CHECK (a > 0)")}; CREATE TABLE c (x int, CHECK (x > 0)) INHERITS (p)`,
    { rows: "INSERT INTO c VALUES (1, 'x', 2)" },
  ),
  pair(
    "a child gets a parent",
    `${P}; CREATE TABLE c (a int, b text, x int)`,
    `${P}; CREATE TABLE c (a int, b text, x int) INHERITS (p)`,
    { rows: "INSERT INTO c VALUES (1, 'x', 2)", rewrites: true },
  ),
  pair(
    "a child of two parents",
    `${P}; CREATE TABLE q (b text, z int)`,
    `${P}; CREATE TABLE q (b text, z int); CREATE TABLE c () INHERITS (p, q)`,
  ),
  pair(
    "a child's column with a default of its own",
    `${P}; CREATE TABLE c (x int) INHERITS (p)`,
    `${P}; CREATE TABLE c (x int, b text DEFAULT 'own') INHERITS (p)`,
    { loose: true },
  ),
  pair(
    "parent and child go",
    `${P}; CREATE TABLE c (x int) INHERITS (p); CREATE TABLE y (a int)`,
    "CREATE TABLE y (a int)",
  ),
];

const OTHERS: readonly LawCase[] = [
  table(
    "a table's rows survive every change at once",
    "id int PRIMARY KEY, a int CHECK (a > 0), b varchar(9) UNIQUE, c date",
    "id bigint PRIMARY KEY, a numeric(9,2) NOT NULL DEFAULT 1, b text, d timestamptz DEFAULT now(), CONSTRAINT ab UNIQUE (a, b)",
    "(1, 5, 'x', '2025-01-01'), (2, 6, 'y', NULL)",
    {
      kept: [["SELECT id, b FROM t ORDER BY id", [{ id: 1, b: "x" }, { id: 2, b: "y" }]]],
    },
  ),
  pair(
    "a publication and a text search configuration",
    "CREATE TABLE t (a int)",
    "CREATE TABLE t (a int); CREATE PUBLICATION pub FOR TABLE t",
  ),
  pair(
    "a foreign server with a table",
    "CREATE TABLE x (a int)",
    "CREATE TABLE x (a int); CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ft (a int) SERVER s",
  ),
];

export const POSTGRES_TABLES: readonly LawCase[] = [
  ...TABLES,
  ...SCHEMAS,
  ...PARTITIONS,
  ...REMADE,
  ...INHERITANCE,
  ...OTHERS,
];
