/** SQLite: keys, checks and indexes. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair, table } from "./pairs.ts";

const KEYS: readonly LawCase[] = [
  table(
    "a primary key of several columns",
    "a INT, b TEXT",
    "a INT, b TEXT, CONSTRAINT k PRIMARY KEY (b, a)",
    "(1, 'x'), (2, 'y')",
  ),
  table(
    "a named primary key for another",
    "a INT PRIMARY KEY, b TEXT",
    "a INT, b TEXT, CONSTRAINT k PRIMARY KEY (b)",
    "(1, 'x')",
  ),
  table("a primary key goes", "a INTEGER PRIMARY KEY, b TEXT", "a INTEGER, b TEXT", "(1, 'x'), (7, 'y')"),
  table("a primary key goes with its column", "a INTEGER PRIMARY KEY, b TEXT", "b TEXT", "(1, 'x')"),
  table(
    "AUTOINCREMENT, with a counter far ahead",
    "id INTEGER PRIMARY KEY AUTOINCREMENT, v INT",
    "id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL",
    "(100, 7); DELETE FROM t; INSERT INTO t VALUES (5, 1)",
    {
      kept: [["INSERT INTO t (v) VALUES ('n') RETURNING id", [{ id: 101 }]], [
        "DELETE FROM t WHERE id = 101 RETURNING v",
        [{ v: "n" }],
      ]],
      rewrites: true,
    },
  ),
  table("AUTOINCREMENT goes", "id INTEGER PRIMARY KEY AUTOINCREMENT, v INT", "id INTEGER PRIMARY KEY, v INT", "(5, 7)"),
  table(
    "a key in an index's collation",
    "a TEXT PRIMARY KEY, b INT",
    "a TEXT COLLATE NOCASE PRIMARY KEY, b INT",
    "('x', 1)",
  ),
];

const UNIQUES: readonly LawCase[] = [
  table("two unique constraints", "a INT, b INT", "a INT UNIQUE, b INT, CONSTRAINT ab UNIQUE (b, a)", "(1, 2)"),
  table("a unique constraint of a column that goes", "a INT, b INT, UNIQUE (a, b)", "a INT", "(1, 2)"),
  table("a unique constraint goes, and its column stays", "a INT, b INT UNIQUE", "a INT, b INT", "(1, 2)"),
  pair(
    "a unique index for a unique constraint",
    "CREATE TABLE t (a INT); CREATE UNIQUE INDEX u ON t (a)",
    "CREATE TABLE t (a INT UNIQUE)",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
];

const P = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE, a INT, b INT, UNIQUE (a, b))";
const ROWS = "INSERT INTO p VALUES (1, 'x', 1, 2); INSERT INTO c (id, p) VALUES (1, 1)";
const child = (name: string, from: string, to: string): LawCase =>
  pair(name, `${P}; CREATE TABLE c (id INT, p INT${from})`, `${P}; CREATE TABLE c (id INT, p INT${to})`, {
    rows: ROWS,
    kept: [["SELECT p FROM c", [{ p: 1 }]]],
  });

const FOREIGN_KEYS: readonly LawCase[] = [
  child("a foreign key comes", "", " REFERENCES p"),
  child("a foreign key with actions", " REFERENCES p", " REFERENCES p ON DELETE SET DEFAULT ON UPDATE CASCADE"),
  child("a foreign key to another column", " REFERENCES p (id)", ", code TEXT REFERENCES p (code)"),
  child("a foreign key of two columns", "", ", b INT, FOREIGN KEY (p, b) REFERENCES p (a, b) ON UPDATE RESTRICT"),
  child(
    "a foreign key waits, and waits no more",
    " REFERENCES p DEFERRABLE INITIALLY DEFERRED",
    " REFERENCES p NOT DEFERRABLE",
  ),
  child(
    "two foreign keys alike",
    " REFERENCES p",
    " REFERENCES p, q INT REFERENCES p, r INT REFERENCES p (id) ON DELETE CASCADE",
  ),
  pair(
    "a foreign key of a table to itself, and the table is rebuilt",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, up INT REFERENCES t ON DELETE CASCADE, v INT)",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, up INT REFERENCES t ON DELETE CASCADE, v TEXT NOT NULL)",
    { rows: "INSERT INTO t VALUES (1, NULL, 5), (2, 1, 6)" },
  ),
  pair(
    "a circle of foreign keys, rebuilt",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a ON DELETE CASCADE)",
    "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, a INT NOT NULL REFERENCES a ON DELETE CASCADE)",
    { rows: "INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b = 1", rewrites: true },
  ),
  pair(
    "a foreign key to a table that goes",
    "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INT, p INT REFERENCES p ON DELETE CASCADE)",
    "CREATE TABLE c (id INT, p INT)",
    { rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, NULL)" },
  ),
  pair(
    "parent and child come, named against the order",
    "CREATE TABLE x (a)",
    "CREATE TABLE x (a); CREATE TABLE z (id INTEGER PRIMARY KEY); CREATE TABLE a (z INT REFERENCES z)",
  ),
];

const CHECKS: readonly LawCase[] = [
  table("a check with a name comes", "a INT, b INT", "a INT, b INT, CONSTRAINT small CHECK (a < b)", "(1, 2)"),
  table(
    "a named check is another",
    "a INT, CONSTRAINT c CHECK (a > 0)",
    "a INT, CONSTRAINT c CHECK (a > 0 AND a IN (1, 2, 3))",
    "(1)",
  ),
  table(
    "checks with strings, comments and parentheses",
    "a TEXT",
    "a TEXT CHECK (a <> ')--' AND (length(a) < 9 /* ( */ OR a GLOB '[a-z]*')), CHECK (CASE WHEN a IS NULL THEN 0 ELSE 1 END)",
    "('x')",
  ),
  table(
    "checks of columns that come and go",
    "a INT CHECK (a > 0), b INT CHECK (b > 0)",
    "a INT CHECK (a > 0), c INT DEFAULT 1 CHECK (c > 0)",
    "(1, 2)",
  ),
];

const on = beside(
  "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT)",
  "INSERT INTO t VALUES (1, 5, 'x'), (2, NULL, NULL)",
);
const index = (name: string, from: string, to: string): LawCase =>
  on(name, `CREATE INDEX i ON t ${from}`, `CREATE INDEX i ON t ${to}`);

const INDEXES: readonly LawCase[] = [
  index("an index of two columns", "(a)", "(b, a)"),
  index("an index's order", "(a)", "(a DESC)"),
  index("an index's condition", "(a) WHERE a > 1", "(a) WHERE a > 1 AND b LIKE 'x%'"),
  index("an index over an expression", "(lower(b))", "(lower(b), a + 1, (b))"),
  index("a collation, an order and a condition at once", "(b)", "(b COLLATE NOCASE DESC, a) WHERE b IS NOT NULL"),
  on("an index becomes unique", "CREATE INDEX i ON t (a)", "CREATE UNIQUE INDEX i ON t (a)"),
  on(
    "two indexes alike, one of them unique",
    "CREATE INDEX i ON t (a)",
    "CREATE INDEX i ON t (a); CREATE UNIQUE INDEX k ON t (a)",
  ),
  on("an index gets another name", "CREATE INDEX i ON t (a)", "CREATE INDEX i_of_a ON t (a)"),
  on(
    "two indexes exchange their names",
    "CREATE INDEX i ON t (a); CREATE INDEX k ON t (b)",
    "CREATE INDEX k ON t (a); CREATE INDEX i ON t (b)",
  ),
  pair(
    "indexes of a column that goes",
    "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (b); CREATE INDEX k ON t (a) WHERE b > 1; CREATE INDEX l ON t (b + 1); CREATE INDEX m ON t (a)",
    "CREATE TABLE t (a INT); CREATE INDEX m ON t (a)",
    { rows: "INSERT INTO t VALUES (1, 2)" },
  ),
  pair(
    "an index over a JSON path of a table that is rebuilt",
    "CREATE TABLE t (j TEXT); CREATE INDEX i ON t (json_extract(j, '$.a'))",
    "CREATE TABLE t (j TEXT NOT NULL CHECK (json_valid(j))); CREATE INDEX i ON t (json_extract(j, '$.a'))",
    { rows: `INSERT INTO t VALUES ('{"a": 1}')` },
  ),
];

export const SQLITE_KEYS: readonly LawCase[] = [...KEYS, ...UNIQUES, ...FOREIGN_KEYS, ...CHECKS, ...INDEXES];
