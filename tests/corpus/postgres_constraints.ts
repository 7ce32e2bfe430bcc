/** PostgreSQL: keys, checks and exclusion constraints. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair, table } from "./pairs.ts";

const P = "CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE, a int, b int, UNIQUE (a, b))";
const ROWS = "INSERT INTO p VALUES (1, 'x', 1, 2); INSERT INTO c VALUES (1, 1)";
/** The table `c`, whose rows refer to `p`. */
const child = (name: string, from: string, to: string, more = {}): LawCase =>
  pair(name, `${P}; CREATE TABLE c (id int, p int${from})`, `${P}; CREATE TABLE c (id int, p int${to})`, {
    rows: ROWS,
    kept: [["SELECT id, p FROM c", [{ id: 1, p: 1 }]]],
    ...more,
  });

const PRIMARY_KEYS: readonly LawCase[] = [
  table("a primary key comes", "a int, b int", "a int PRIMARY KEY, b int", "(1, 2)"),
  table(
    "a primary key of two columns for one of one",
    "a int PRIMARY KEY, b int",
    "a int, b int, PRIMARY KEY (b, a)",
    "(1, 2)",
  ),
  table(
    "a primary key's columns in another order",
    "a int, b int, PRIMARY KEY (a, b)",
    "a int, b int, PRIMARY KEY (b, a)",
    "(1, 2)",
  ),
  table("a primary key gets a name", "a int PRIMARY KEY", "a int, CONSTRAINT the_key PRIMARY KEY (a)", "(1)"),
  table(
    "a primary key that can be deferred",
    "a int PRIMARY KEY",
    "a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED",
    "(1)",
  ),
  table(
    "a primary key with more columns in its index, and a fillfactor",
    "a int, b int, PRIMARY KEY (a)",
    "a int, b int, PRIMARY KEY (a) INCLUDE (b) WITH (fillfactor = 70)",
    "(1, 2)",
  ),
  table("a primary key goes, its column too", "a int PRIMARY KEY, b int", "b int"),
  table("a primary key goes, NOT NULL too", "a int PRIMARY KEY", "a int", "(1)"),
  table("a primary key for a unique constraint", "a int NOT NULL UNIQUE", "a int PRIMARY KEY", "(1)"),
  pair(
    "a primary key that three foreign keys refer to gets another type",
    `CREATE TABLE p (id int PRIMARY KEY, parent int REFERENCES p); CREATE TABLE c (p int REFERENCES p ON DELETE CASCADE);
      CREATE TABLE d (p int PRIMARY KEY REFERENCES p DEFERRABLE)`,
    `CREATE TABLE p (id bigint PRIMARY KEY, parent bigint REFERENCES p);
      CREATE TABLE c (p bigint REFERENCES p ON DELETE CASCADE); CREATE TABLE d (p bigint PRIMARY KEY REFERENCES p DEFERRABLE)`,
    {
      rows: "INSERT INTO p VALUES (1, NULL), (2, 1); INSERT INTO c VALUES (2); INSERT INTO d VALUES (1)",
      kept: [["SELECT parent FROM p WHERE id = 2", [{ parent: 1 }]]],
    },
  ),
  pair(
    "a primary key is named otherwise while a foreign key refers to it",
    "CREATE TABLE p (id int CONSTRAINT one PRIMARY KEY); CREATE TABLE c (p int REFERENCES p)",
    "CREATE TABLE p (id int CONSTRAINT other PRIMARY KEY); CREATE TABLE c (p int REFERENCES p)",
    { rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)" },
  ),
];

const UNIQUES: readonly LawCase[] = [
  table("a unique constraint comes", "a int, b int", "a int UNIQUE, b int, UNIQUE (a, b)", "(1, 2), (2, 2)"),
  table("a unique constraint takes one null only", "a int UNIQUE", "a int UNIQUE NULLS NOT DISTINCT", "(1), (NULL)"),
  table(
    "a unique constraint that can be deferred",
    "a int UNIQUE DEFERRABLE",
    "a int UNIQUE DEFERRABLE INITIALLY DEFERRED",
    "(1)",
  ),
  table(
    "a unique constraint with more in its index",
    "a int, b int, UNIQUE (a)",
    "a int, b int, UNIQUE (a) INCLUDE (b) WITH (fillfactor = 60)",
    "(1, 2)",
  ),
  pair(
    "a unique constraint for a unique index",
    "CREATE TABLE t (a int); CREATE UNIQUE INDEX t_a_key ON t (a)",
    "CREATE TABLE t (a int UNIQUE)",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a unique constraint that a foreign key refers to becomes another",
    "CREATE TABLE p (a int UNIQUE, b int); CREATE TABLE c (a int REFERENCES p (a))",
    "CREATE TABLE p (a int UNIQUE DEFERRABLE, b int, UNIQUE (a, b)); CREATE TABLE c (a int)",
    { rows: "INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1)" },
  ),
  table(
    "two unique constraints exchange their names",
    "a int, b int, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (b)",
    "a int, b int, CONSTRAINT y UNIQUE (a), CONSTRAINT x UNIQUE (b)",
    "(1, 2)",
  ),
];

const FOREIGN_KEYS: readonly LawCase[] = [
  child("a foreign key comes", "", " REFERENCES p"),
  child("a foreign key with every action", " REFERENCES p", " REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL"),
  child(
    "a foreign key that restricts, and sets the default",
    " REFERENCES p ON DELETE RESTRICT",
    " DEFAULT 1 REFERENCES p ON DELETE SET DEFAULT ON UPDATE RESTRICT",
  ),
  child("a foreign key becomes deferred", " REFERENCES p", " REFERENCES p DEFERRABLE INITIALLY DEFERRED"),
  child(
    "a foreign key can be deferred and is not",
    " REFERENCES p DEFERRABLE INITIALLY DEFERRED",
    " REFERENCES p DEFERRABLE",
  ),
  child("a foreign key to another column", " REFERENCES p (id)", ", code text REFERENCES p (code)"),
  child("a foreign key gets a name", " REFERENCES p", " CONSTRAINT belongs REFERENCES p"),
  child("a foreign key of a column that comes with NOT NULL", "", ", q int NOT NULL DEFAULT 1 REFERENCES p"),
  child(
    "a foreign key of two columns, matched full",
    "",
    ", b int, FOREIGN KEY (p, b) REFERENCES p (a, b) MATCH FULL",
    { rows: "INSERT INTO p VALUES (1, 'x', 1, 2)", kept: [] },
  ),
  child(
    "a foreign key that nulls one column",
    ", b int, FOREIGN KEY (p, b) REFERENCES p (a, b)",
    ", b int, FOREIGN KEY (p, b) REFERENCES p (a, b) ON DELETE SET NULL (b)",
    { rows: "INSERT INTO p VALUES (1, 'x', 1, 2); INSERT INTO c VALUES (1, 1, 2)" },
  ),
  pair(
    "a foreign key that is not valid, and one that becomes so",
    `${P}; CREATE TABLE c (p int); ALTER TABLE c ADD CONSTRAINT x FOREIGN KEY (p) REFERENCES p NOT VALID`,
    `${P}; CREATE TABLE c (p int); ALTER TABLE c ADD CONSTRAINT x FOREIGN KEY (p) REFERENCES p;
      ALTER TABLE c ADD CONSTRAINT y FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE NOT VALID`,
    { rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)" },
  ),
  pair(
    "a foreign key to a table that comes",
    "CREATE TABLE a (z int)",
    "CREATE TABLE z (id int PRIMARY KEY); CREATE TABLE a (z int REFERENCES z)",
  ),
  pair("a foreign key to a table that goes", `${P}; CREATE TABLE c (p int REFERENCES p)`, "CREATE TABLE c (p int)", {
    rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (NULL)",
    kept: [["SELECT p FROM c", [{ p: null }]]],
  }),
  pair(
    "a foreign key of a table to itself",
    "CREATE TABLE t (id int PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t ON DELETE SET NULL)",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  pair(
    "a foreign key across schemas",
    `CREATE SCHEMA s; ${P.replace("TABLE p", "TABLE s.p")}; CREATE TABLE c (p int)`,
    `CREATE SCHEMA s; ${P.replace("TABLE p", "TABLE s.p")}; CREATE TABLE c (p int REFERENCES s.p)`,
  ),
  pair(
    "a foreign key changes its table, of one name in another schema",
    "CREATE SCHEMA s; CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE s.p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p)",
    "CREATE SCHEMA s; CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE s.p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES s.p)",
  ),
  pair(
    "a foreign key to a unique index",
    "CREATE TABLE p (a int); CREATE UNIQUE INDEX p_a ON p (a); CREATE TABLE c (a int REFERENCES p (a))",
    "CREATE TABLE p (a int, b int); CREATE UNIQUE INDEX p_a ON p (a) INCLUDE (b); CREATE TABLE c (a int)",
    { rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)" },
  ),
];

const CHECKS: readonly LawCase[] = [
  table("a check comes", "a int, b int", "a int CHECK (a > 0), b int, CHECK (a < b)", "(1, 2)"),
  table(
    "a check is another",
    "a int CONSTRAINT c CHECK (a > 0)",
    "a int CONSTRAINT c CHECK (a > 1 OR a IS NULL)",
    "(2)",
  ),
  table("a check gets a name", "a int CHECK (a > 0)", "a int CONSTRAINT positive CHECK (a > 0)", "(2)"),
  table("a check of a column that goes", "a int, b int, CONSTRAINT c CHECK (a < b)", "a int", "(1, 2)"),
  table("a check over a column that comes", "a int", "a int, b int, CONSTRAINT c CHECK (a < b)", "(1)"),
  table(
    "a check stays while one of its columns goes",
    "a int, b int, CONSTRAINT c CHECK (a < 9 AND b < 9)",
    "a int, CONSTRAINT c CHECK (a < 9)",
    "(1, 2)",
  ),
  table(
    "a check over a column whose type changes",
    "a int, CHECK (a > 0), CHECK (a <> 5)",
    "a numeric(9,2), CHECK (a > 0), CHECK (a <> 5)",
    "(1)",
  ),
  table(
    "a check over a text that becomes an enum's word",
    "a varchar(9) CHECK (a IN ('x', 'y'))",
    "a text CHECK (a IN ('x', 'y', 'z'))",
    "('x')",
  ),
  table(
    "a check that children do not take over",
    "a int CONSTRAINT c CHECK (a > 0)",
    "a int CONSTRAINT c CHECK (a > 0) NO INHERIT",
    "(1)",
  ),
  pair(
    "a check that is not valid comes, and one that was not is",
    "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0) NOT VALID",
    "CREATE TABLE t (a int CONSTRAINT x CHECK (a > 0)); ALTER TABLE t ADD CONSTRAINT y CHECK (a > 100) NOT VALID",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
  table(
    "checks with many words",
    "a text, b text",
    "a text CHECK (a ~ '^[a-z]+$' AND length(a) BETWEEN 1 AND 9), b text CHECK (CASE WHEN a = 'x' THEN b IS NOT NULL ELSE true END)",
    "('x', 'y')",
  ),
  table(
    "a check over arrays and jsonb",
    "a int[], j jsonb",
    "a int[] CHECK (a <@ ARRAY[1,2,3]), j jsonb CHECK (jsonb_typeof(j) = 'object' AND (j->>'n')::int > 0)",
    `('{1}', '{"n": 1}')`,
  ),
];

const exclusion = beside("CREATE TABLE t (a int, r int4range, d daterange)", "INSERT INTO t VALUES (1, '[1,2)')");

const EXCLUSIONS: readonly LawCase[] = [
  exclusion("an exclusion constraint comes", "", "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)"),
  exclusion(
    "an exclusion constraint is another",
    "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)",
    "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&, d WITH -|-) WHERE (a > 0) DEFERRABLE INITIALLY DEFERRED",
  ),
  exclusion(
    "an exclusion constraint with expressions, an extension and storage",
    "",
    `CREATE EXTENSION btree_gist;
      ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH =, (int4range(lower(r), upper(r))) WITH &&) WITH (fillfactor = 50)`,
  ),
  exclusion(
    "an exclusion constraint gets another name",
    "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING btree (a WITH =)",
    "ALTER TABLE t ADD CONSTRAINT y EXCLUDE USING btree (a WITH =)",
  ),
  pair(
    "an exclusion constraint of a column that goes",
    "CREATE TABLE t (a int, r int4range, EXCLUDE USING gist (r WITH &&))",
    "CREATE TABLE t (a int)",
    { rows: "INSERT INTO t VALUES (1, '[1,2)')" },
  ),
];

export const POSTGRES_CONSTRAINTS: readonly LawCase[] = [
  ...PRIMARY_KEYS,
  ...UNIQUES,
  ...FOREIGN_KEYS,
  ...CHECKS,
  ...EXCLUSIONS,
];
