/** SQLite: tables and what a column has. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair, table } from "./pairs.ts";

/** The column `v` of a table with two rows, otherwise. */
const column = (name: string, from: string, to: string, value = "7", more = {}): LawCase =>
  table(name, `id INTEGER PRIMARY KEY, v ${from}`, `id INTEGER PRIMARY KEY, v ${to}`, `(1, ${value}), (4, NULL)`, more);

const v = (value: unknown): { readonly kept: LawCase["kept"] } => ({
  kept: [["SELECT v FROM t WHERE id = 1", [{ v: value }]]],
});

const TYPES: readonly LawCase[] = [
  column("an integer becomes text", "INTEGER", "TEXT", "7", v("7")),
  column("a text becomes an integer", "TEXT", "INTEGER", "'7'", v(7)),
  column("a text that is no number becomes an integer", "TEXT", "INTEGER", "'x7'", v("x7")),
  column("a number becomes a real one", "NUMERIC", "REAL", "7", v(7)),
  column("a type of several words and numbers", "VARCHAR(10)", "DOUBLE PRECISION (3, -2)", "1.5", v(1.5)),
  column("a type in quotes", "INT", `"my type"`, "7", v(7)),
  column("a blob", "TEXT", "BLOB", "x'00ff'"),
  column("another word of the same affinity", "INT", "BIGINT", "9007199254740991", v(9007199254740991)),
  column("a type and everything else", "INT", "TEXT COLLATE NOCASE DEFAULT 'x' CHECK (v <> '')", "7", v("7")),
];

const DEFAULTS: readonly LawCase[] = [
  column("a default with quotes and semicolons", "TEXT DEFAULT 'a'", "TEXT DEFAULT 'it''s; -- b'", "'z'", v("z")),
  column("a default that is a negative number", "INT", "INT DEFAULT -1.5e3"),
  column("a default of the time", "TEXT", "TEXT DEFAULT CURRENT_TIMESTAMP", "'z'", v("z")),
  column("a default that is computed", "TEXT DEFAULT CURRENT_DATE", "TEXT DEFAULT (strftime('%s', 'now') || ')')"),
  column("a default that is a blob", "BLOB", "BLOB DEFAULT x'0aff'", "NULL"),
  column("a default that is a word", "INT", "INT DEFAULT true"),
  column("a default goes", "INT DEFAULT 5", "INT"),
  table("NOT NULL with a default comes", "id INT, v INT", "id INT, v INT NOT NULL DEFAULT 0", "(1, 2)"),
  table("NOT NULL goes", "id INT, v INT NOT NULL", "id INT, v INT", "(1, 2)"),
  table(
    "columns with defaults come, in the middle and at the end",
    "id INT, v INT",
    "id INT, n TEXT NOT NULL DEFAULT 'n', v INT, d TEXT DEFAULT (lower('D')) NOT NULL",
    "(1, 2)",
  ),
];

const COLLATIONS: readonly LawCase[] = [
  column("a collation is another", "TEXT COLLATE NOCASE", "TEXT COLLATE RTRIM", "'a'", v("a")),
  column("a collation with a unique constraint", "TEXT UNIQUE", "TEXT COLLATE NOCASE UNIQUE", "'a'", v("a")),
];

const CHAIN = (rule: string): string => `id INT, g INT AS (${rule}), h INT AS (g + 1)`;

const GENERATED: readonly LawCase[] = [
  table("a generated column beneath another is computed otherwise", CHAIN("id * 2"), CHAIN("id * 3"), undefined, {
    rows: "INSERT INTO t (id) VALUES (4)",
    kept: [["SELECT g, h FROM t", [{ g: 12, h: 13 }]]],
  }),
  table(
    "a virtual column becomes a stored one",
    "id INT, g INT AS (id * 2)",
    "id INT, g INT AS (id * 2) STORED",
    undefined,
    { rows: "INSERT INTO t (id) VALUES (4)", kept: [["SELECT g FROM t", [{ g: 8 }]]] },
  ),
  table("a column becomes a generated one", "id INT, g INT", "id INT, g INT AS (id + 1)", "(4, 5)", {
    kept: [["SELECT g FROM t", [{ g: 5 }]]],
  }),
  table(
    "a generated column's NOT NULL, collation and check",
    "id INT, g TEXT AS ('x' || id)",
    "id INT, g TEXT COLLATE NOCASE AS ('x' || id) NOT NULL CHECK (g <> '')",
    undefined,
    { rows: "INSERT INTO t (id) VALUES (4)" },
  ),
  table(
    "a generated column over a generated column",
    "id INT",
    "id INT, g INT AS (id * 2), h INT AS (g + 1) STORED",
    "(4)",
    { kept: [["SELECT g, h FROM t", [{ g: 8, h: 9 }]]] },
  ),
  table(
    "a column that a generated one is computed from changes",
    "id INT, a INT, g INT AS (a * 2) STORED",
    "id INT, a TEXT NOT NULL, g INT AS (a * 2) STORED",
    undefined,
    { rows: "INSERT INTO t (id, a) VALUES (1, 4)", kept: [["SELECT a, g FROM t", [{ a: "4", g: 8 }]]] },
  ),
  table(
    "a column that a generated one is computed from goes with it",
    "id INT, a INT, g INT AS (a * 2)",
    "id INT",
    undefined,
    { rows: "INSERT INTO t (id, a) VALUES (1, 4)" },
  ),
  pair(
    "a generated column with an index on it",
    "CREATE TABLE t (id INT, a INT)",
    "CREATE TABLE t (id INT, a INT, g INT AS (a * 2)); CREATE INDEX i ON t (g)",
    { rows: "INSERT INTO t VALUES (1, 4)" },
  ),
];

const ROWS = "('a', 1), ('b', 2)";

const TABLES: readonly LawCase[] = [
  table("STRICT comes, with types that it knows", "a TEXT, b INT", "a ANY, b INTEGER NOT NULL) STRICT --", ROWS),
  table(
    "WITHOUT ROWID comes, with a key of two columns",
    "a TEXT, b INT, PRIMARY KEY (a, b)",
    "a TEXT, b INT, PRIMARY KEY (b, a)) WITHOUT ROWID --",
    ROWS,
  ),
  pair(
    "STRICT and WITHOUT ROWID go",
    "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) STRICT, WITHOUT ROWID",
    "CREATE TABLE t (a TEXT PRIMARY KEY, b INT)",
    { rows: `INSERT INTO t VALUES ${ROWS}` },
  ),
  pair(
    "columns of a table WITHOUT ROWID",
    "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; CREATE INDEX i ON t (b)",
    "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT NOT NULL, c INT UNIQUE) WITHOUT ROWID; CREATE INDEX i ON t (b, a)",
    { rows: `INSERT INTO t VALUES ${ROWS}` },
  ),
  pair(
    "a table gets another name",
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, age INT); CREATE INDEX t_age ON t (age)",
    "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, age INT); CREATE INDEX people_age ON people (age)",
    {
      rows: "INSERT INTO t (name) VALUES ('ann')",
      kept: [["SELECT name FROM people", [{ name: "ann" }]]],
    },
  ),
  pair(
    "a table with a table that refers to it gets another name",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (t INT REFERENCES t ON DELETE CASCADE)",
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (t INT REFERENCES people ON DELETE CASCADE)",
    {
      rows: "INSERT INTO t VALUES (1, 'ann'); INSERT INTO c VALUES (1)",
      kept: [["SELECT name FROM people", [{ name: "ann" }]], ["SELECT t FROM c", [{ t: 1 }]]],
    },
  ),
  table("a column gets another name", "id INT, name TEXT NOT NULL", "id INT, full_name TEXT NOT NULL", "(1, 'ann')", {
    kept: [["SELECT full_name FROM t", [{ full_name: "ann" }]]],
  }),
  pair(
    "a column with an index and a check gets another name",
    "CREATE TABLE t (id INT, name TEXT NOT NULL CHECK (name <> '')); CREATE INDEX i ON t (name);",
    "CREATE TABLE t (id INT, full_name TEXT NOT NULL CHECK (full_name <> '')); CREATE INDEX i ON t (full_name);",
    { rows: "INSERT INTO t VALUES (1, 'ann')", kept: [["SELECT full_name AS n FROM t", [{ n: "ann" }]]] },
  ),
  pair(
    "tables come and go at once",
    "CREATE TABLE a (x INT, y TEXT)",
    "CREATE TABLE b (p REAL PRIMARY KEY); CREATE TABLE c (q REAL REFERENCES b, r BLOB, s)",
  ),
  pair(
    "a table with comments in its text",
    "CREATE TABLE t (a INT, -- one, (\n b INT /* two ) */\n)",
    "CREATE TABLE t (a INT, -- one, (\n b TEXT /* two ) */ NOT NULL, c INT -- last\n)",
    { rows: "INSERT INTO t VALUES (1, 'x')" },
  ),
  pair(
    "a virtual table beside a table that changes",
    "CREATE VIRTUAL TABLE f USING fts5(body); CREATE TABLE t (a INT)",
    "CREATE VIRTUAL TABLE f USING fts5(body); CREATE TABLE t (a TEXT NOT NULL)",
    {
      rows: "INSERT INTO f VALUES ('hello world'); INSERT INTO t VALUES ('1')",
      kept: [["SELECT body FROM f WHERE f MATCH 'hello'", [{ body: "hello world" }]]],
    },
  ),
  pair(
    "three tables that refer to one that is rebuilt",
    "CREATE TABLE p (id INTEGER PRIMARY KEY, v INT); CREATE TABLE a (p INT REFERENCES p ON DELETE CASCADE); CREATE TABLE b (p INT REFERENCES p ON DELETE SET NULL); CREATE TABLE c (p INT DEFAULT 9 REFERENCES p (id) ON DELETE SET DEFAULT)",
    "CREATE TABLE p (id INTEGER PRIMARY KEY, v TEXT NOT NULL UNIQUE); CREATE TABLE a (p INT REFERENCES p ON DELETE CASCADE); CREATE TABLE b (p INT REFERENCES p ON DELETE SET NULL); CREATE TABLE c (p INT DEFAULT 9 REFERENCES p (id) ON DELETE SET DEFAULT)",
    {
      rows:
        "INSERT INTO p VALUES (1, 5), (2, 6); INSERT INTO a VALUES (1), (2); INSERT INTO b VALUES (1); INSERT INTO c VALUES (2)",
    },
  ),
];

export const SQLITE_COLUMNS: readonly LawCase[] = [...TYPES, ...DEFAULTS, ...COLLATIONS, ...GENERATED, ...TABLES];
