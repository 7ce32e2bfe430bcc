/** PostgreSQL: indexes. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair } from "./pairs.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text[], j jsonb, p point)";
const ROWS = `INSERT INTO t VALUES (1, 5, 'x', '{y}', '{"k": 1}', '(1,2)'), (2, NULL, NULL, NULL, NULL, NULL)`;
const on = beside(T, ROWS);

/** The index `i`, made otherwise. */
const index = (name: string, from: string, to: string): LawCase =>
  on(name, `CREATE INDEX i ON t ${from}`, `CREATE INDEX i ON t ${to}`);

const KINDS: readonly LawCase[] = [
  on("an index comes", "", "CREATE INDEX i ON t (a)"),
  on("a unique index comes", "CREATE INDEX i ON t (a)", "CREATE UNIQUE INDEX i ON t (a)"),
  index("a hash index", "(a)", "USING hash (a)"),
  index("a gin index over an array", "(c)", "USING gin (c)"),
  index("a gin index with another operator class", "USING gin (j)", "USING gin (j jsonb_path_ops)"),
  index("a gist index", "USING gist (p)", "USING spgist (p)"),
  index(
    "a brin index with its options",
    "USING brin (a)",
    "USING brin (a, id) WITH (pages_per_range = 32, autosummarize = on)",
  ),
  index("an operator class for patterns", "(b)", "(b text_pattern_ops)"),
  index("a collation", "(b)", '(b COLLATE "C")'),
  index("an order", "(a)", "(a DESC)"),
  index("nulls first", "(a)", "(a NULLS FIRST)"),
  index(
    "an order, nulls, a collation and an operator class at once",
    "(a, b)",
    '(a DESC NULLS LAST, b COLLATE "POSIX" text_pattern_ops DESC)',
  ),
  index("more columns in the index", "(a)", "(a) INCLUDE (b, c)"),
  index("a condition", "(a)", "(a) WHERE b IS NOT NULL AND a > 0"),
  index("another condition", "(a) WHERE b = 'x'", "(a) WHERE b IN ('x', 'y')"),
  index("storage", "(a)", "(a) WITH (fillfactor = 70, deduplicate_items = off)"),
  index("an expression", "(b)", "(lower(b))"),
  index("expressions and columns", "(lower(b), a)", "(a, (b || 'x'), upper(b) DESC, (j ->> 'k'))"),
  index("an expression with a cast", "((a::text))", "(((j ->> 'k')::int))"),
  on(
    "nulls that are not distinct",
    "CREATE UNIQUE INDEX i ON t (a)",
    "CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT",
  ),
  on("an index without a name of its own", "", "CREATE INDEX ON t (a, b)"),
  on("an index gets another name", "CREATE INDEX i ON t (a)", "CREATE INDEX i_of_a ON t (a)"),
  on(
    "two indexes exchange their names",
    "CREATE INDEX i ON t (a); CREATE INDEX k ON t (b)",
    "CREATE INDEX k ON t (a); CREATE INDEX i ON t (b)",
  ),
  on("two indexes alike", "CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a); CREATE INDEX k ON t (a)"),
  on("a name that has to be quoted", "", `CREATE INDEX "I ""x""" ON t ((b || '"'))`),
];

const TABLES: readonly LawCase[] = [
  pair(
    "indexes on a column whose type changes",
    "CREATE TABLE t (a int, b varchar(5)); CREATE INDEX i ON t (a) WHERE a > 0; CREATE UNIQUE INDEX k ON t (lower(b), a)",
    "CREATE TABLE t (a bigint, b text); CREATE INDEX i ON t (a) WHERE a > 0; CREATE UNIQUE INDEX k ON t (lower(b), a)",
    { rows: "INSERT INTO t VALUES (1, 'x')" },
  ),
  pair(
    "indexes of a column that goes",
    `${T}; CREATE INDEX i ON t (a); CREATE INDEX k ON t (b, a); CREATE INDEX l ON t (lower(b)); CREATE INDEX m ON t (id) INCLUDE (b); CREATE INDEX n ON t (id) WHERE b > 'x'`,
    "CREATE TABLE t (id int PRIMARY KEY, a int, c text[], j jsonb, p point); CREATE INDEX i ON t (a)",
    { rows: ROWS },
  ),
  pair(
    "an index over an enum and a function of one's own",
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (e e, n int)`,
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
      CREATE TABLE t (e e, n int); CREATE INDEX i ON t (twice(n)) WHERE e = 'a'`,
    { rows: "INSERT INTO t VALUES ('a', 1)" },
  ),
  pair(
    "replica identity by an index",
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a)",
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i",
  ),
  pair(
    "replica identity by an index that is made anew",
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i",
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a, b); ALTER TABLE t REPLICA IDENTITY USING INDEX i",
  ),
  pair(
    "replica identity full, and nothing",
    "CREATE TABLE t (a int); CREATE TABLE u (a int); ALTER TABLE t REPLICA IDENTITY FULL",
    "CREATE TABLE t (a int); CREATE TABLE u (a int); ALTER TABLE u REPLICA IDENTITY NOTHING",
  ),
  pair(
    "clustered on an index",
    `${T}; CREATE INDEX i ON t (a)`,
    `${T}; CREATE INDEX i ON t (a); ALTER TABLE t CLUSTER ON i`,
    { rows: ROWS },
  ),
  pair(
    "clustered on another index, and the first one goes",
    `${T}; CREATE INDEX i ON t (a); ALTER TABLE t CLUSTER ON i`,
    `${T}; CREATE INDEX k ON t (b); ALTER TABLE t CLUSTER ON k`,
    { rows: ROWS },
  ),
  pair(
    "clustered on a primary key that is made anew",
    "CREATE TABLE t (a int, b int, CONSTRAINT k PRIMARY KEY (a)); ALTER TABLE t CLUSTER ON k",
    "CREATE TABLE t (a int, b int, CONSTRAINT k PRIMARY KEY (a, b)); ALTER TABLE t CLUSTER ON k",
    { rows: "INSERT INTO t VALUES (1, 2)" },
  ),
  pair(
    "an index's statistics and comment",
    `${T}; CREATE INDEX i ON t (lower(b))`,
    `${T}; CREATE INDEX i ON t (lower(b)); COMMENT ON INDEX i IS 'i''s'`,
  ),
  pair(
    "an index with a comment is made otherwise",
    `${T}; CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'one'`,
    `${T}; CREATE INDEX i ON t (a, b); COMMENT ON INDEX i IS 'one'`,
  ),
];

const PARTS = (rest: string): string =>
  `CREATE TABLE t (id int, at int, v text) PARTITION BY RANGE (at);
    CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (10); CREATE TABLE t2 PARTITION OF t DEFAULT; ${rest}`;
const parts = (name: string, from: string, to: string): LawCase =>
  pair(name, PARTS(from), PARTS(to), { rows: "INSERT INTO t VALUES (1, 2, 'a'), (2, 20, 'b')" });

const PARTITIONED: readonly LawCase[] = [
  parts("an index on a partitioned table", "", "CREATE INDEX i ON t (v)"),
  parts(
    "an index on a partitioned table is made otherwise",
    "CREATE INDEX i ON t (v)",
    "CREATE INDEX i ON t (v, id DESC)",
  ),
  parts(
    "an index of one partition alone",
    "CREATE INDEX i ON t1 (v)",
    "CREATE INDEX i ON t1 (lower(v)); CREATE INDEX k ON t2 (id)",
  ),
  parts("a primary key on a partitioned table", "", "ALTER TABLE t ADD PRIMARY KEY (id, at)"),
  parts(
    "a unique constraint on a partitioned table becomes another",
    "ALTER TABLE t ADD UNIQUE (id, at)",
    "ALTER TABLE t ADD CONSTRAINT u UNIQUE (at, v)",
  ),
];

export const POSTGRES_INDEXES: readonly LawCase[] = [...KINDS, ...TABLES, ...PARTITIONED];
