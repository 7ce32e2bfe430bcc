/** Pairs of schemas that a difference must turn into each other. */

/** Two schemas, with rows for each. */
export interface DiffCase {
  readonly a: string;
  readonly b: string;
  readonly aRows?: string;
}

const USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT)";
const PEOPLE = "INSERT INTO users (id, name, age) VALUES (1, 'ann', 5), (9, 'bob', NULL)";

/** The table `t` before and after, with two rows in it. */
const t = (a: string, b: string, rows = "INSERT INTO t (id, v) VALUES (1, 7), (2, 8)"): DiffCase => ({
  a: `CREATE TABLE t (${a})`,
  b: `CREATE TABLE t (${b})`,
  aRows: rows,
});

/** What is there beside the table `users`, before and after. */
const beside = (a: string, b: string, table = USERS): DiffCase => ({
  a: `${table};${a}`,
  b: `${table};${b}`,
  aRows: PEOPLE,
});

const VIEW = "CREATE VIEW grown AS SELECT id, name FROM users WHERE age > 3";
const TRIGGER = "CREATE TRIGGER grow AFTER INSERT ON users BEGIN UPDATE users SET age = 1 WHERE id = new.id; END";
const PARENT = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT";
const CHILD = "CREATE TABLE c (id INT, p INT REFERENCES p (id) ON DELETE CASCADE)";
const FAMILY = "INSERT INTO p (id, code) VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (1, 1), (2, 2), (3, 2)";

/** By what they are about. */
export const DIFF_CASES: { readonly [name: string]: DiffCase } = {
  "a table": { a: "", b: USERS },
  "a table with everything": {
    a: "CREATE TABLE u (id INT PRIMARY KEY)",
    b: `CREATE TABLE u (id INT PRIMARY KEY); CREATE TABLE x (
      a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK (length(b) > 0),
      c AS (a + 1), d REFERENCES u ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, UNIQUE (b, d)); CREATE INDEX x_b ON x (b)`,
  },
  "tables that refer to each other": {
    a: "",
    b: "CREATE TABLE a (id INT PRIMARY KEY, b INT REFERENCES b (id)); CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a)",
  },
  "a column": t("id INT, v INT", "id INT, v INT, w TEXT"),
  "a column in the middle": t("id INT, v INT", "id INT, w TEXT, v INT"),
  "a column with NOT NULL and a default": t("id INT, v INT", "id INT, v INT, w TEXT NOT NULL DEFAULT ''"),
  "a column with an expression as default": t("id INT, v INT", "id INT, v INT, w TEXT DEFAULT (datetime('now'))"),
  "a column with CURRENT_TIMESTAMP": t("id INT, v INT", "id INT, v INT, w TEXT DEFAULT CURRENT_TIMESTAMP"),
  "a column with a check": t("id INT, v INT", "id INT, v INT, w INT CHECK (w > 0)"),
  "a column with a reference": t("id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY, v INT, w INT REFERENCES t (id)"),
  "a unique column": t("id INT, v INT", "id INT, v INT, w INT UNIQUE"),
  "a column with an index": {
    a: "CREATE TABLE t (id INT)",
    b: "CREATE TABLE t (id INT, v INT); CREATE INDEX t_v ON t (v)",
  },
  "a generated column": t("id INT, v INT", "id INT, v INT, w INT GENERATED ALWAYS AS (v * 2) VIRTUAL"),
  "a stored column": t("id INT, v INT", "id INT, v INT, w INT AS (v * 2) STORED"),
  "another rule of a generated column": t("id INT, v INT, w INT AS (v * 2)", "id INT, v INT, w INT AS (v * 3)"),
  "a column of another kind": t("id INT, v INT, w INT AS (v * 2)", "id INT, v INT, w INT"),
  "every column": { a: "CREATE TABLE t (a INT)", b: "CREATE TABLE t (b INT)" },
  "a type": t("id INT, v INT, w TEXT", "id INT, v INT, w VARCHAR (20)"),
  "no type": t("id INT, v INT, w TEXT", "id INT, v INT, w"),
  "NOT NULL": t("id INT, v INT", "id INT, v INT NOT NULL"),
  "NOT NULL on the rowid": t("id INTEGER PRIMARY KEY, v INT", "id INTEGER PRIMARY KEY, v TEXT"),
  "a default": t("id INT, v INT", "id INT, v INT DEFAULT - 20"),
  "another default": t("id INT, v INT DEFAULT 'a'", "id INT, v INT DEFAULT (1 + 1)"),
  "a default of NULL": t("id INT, v INT DEFAULT 1", "id INT, v INT DEFAULT NULL"),
  "a collation": t("id INT, v TEXT", "id INT, v TEXT COLLATE NOCASE"),
  "AUTOINCREMENT": t("id INTEGER PRIMARY KEY, v INT", "id INTEGER PRIMARY KEY AUTOINCREMENT, v INT"),
  "AUTOINCREMENT, in the constraint": t(
    "id INTEGER, v INT, PRIMARY KEY (id AUTOINCREMENT)",
    "id INTEGER, v INT NOT NULL, PRIMARY KEY (id AUTOINCREMENT)",
  ),
  "a primary key": t("id INT, v INT", "id INT PRIMARY KEY, v INT"),
  "a longer primary key": t("id INT PRIMARY KEY, v INT", "id INT, v INT, PRIMARY KEY (id, v)"),
  "another primary key": t("id INT PRIMARY KEY, v INT", "id INT, v INT PRIMARY KEY"),
  "a unique constraint": t("id INT, v INT", "id INT, v INT UNIQUE"),
  "a named unique constraint": t("id INT, v INT", "id INT, v INT, CONSTRAINT t_key UNIQUE (id, v)"),
  "a unique constraint for an index": {
    a: "CREATE TABLE t (id INT, v INT UNIQUE)",
    b: "CREATE TABLE t (id INT, v INT); CREATE UNIQUE INDEX t_v ON t (v)",
  },
  "a check": t("id INT, v INT", "id INT, v INT, CHECK (v > id)"),
  "another check": t("id INT, v INT CHECK (v > 0)", "id INT, v INT CHECK (v > 1)"),
  "a check that names its table": t("id INT, v INT CHECK (t.v > 0)", "id INT, v TEXT CHECK (t.v > 0)"),
  "one check of two": t("id INT, v INT CHECK (v > 0) CHECK (v < 99)", "id INT, v INT CHECK (v > 0)"),
  "a column in a check": t("id INT, v INT, w INT, CHECK (w > v)", "id INT, v INT"),
  "a foreign key": t("id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY, v INT, w INT, FOREIGN KEY (w) REFERENCES t"),
  "another action": {
    a: `${PARENT}); ${CHILD}`,
    b: `${PARENT}); CREATE TABLE c (id INT, p INT REFERENCES p (id) ON DELETE SET NULL ON UPDATE CASCADE)`,
    aRows: FAMILY,
  },
  "a deferred foreign key": {
    a: `${PARENT}); ${CHILD}`,
    b: `${PARENT}); CREATE TABLE c (id INT, p INT REFERENCES p DEFERRABLE INITIALLY DEFERRED)`,
    aRows: FAMILY,
  },
  "a parent whose children go with it": {
    a: `${PARENT}); ${CHILD}`,
    b: `${PARENT} NOT NULL CHECK (code <> '')); ${CHILD}`,
    aRows: FAMILY,
  },
  "parent and child at once": {
    a: `${PARENT}); ${CHILD}`,
    b: `CREATE TABLE p (id INTEGER PRIMARY KEY, code BLOB); CREATE TABLE c (id TEXT, p INT REFERENCES p (id) ON DELETE CASCADE)`,
    aRows: FAMILY,
  },
  "parent and child": { a: "CREATE TABLE other (a)", b: `CREATE TABLE other (a); ${PARENT}); ${CHILD}` },
  "an index": beside("", "CREATE INDEX users_name ON users (name)"),
  "another index of that name": beside(
    "CREATE INDEX i ON users (name)",
    "CREATE UNIQUE INDEX i ON users (lower(name), age DESC) WHERE age IS NOT NULL",
  ),
  "an index on another table": beside(
    "CREATE TABLE x (name); CREATE INDEX i ON users (name)",
    "CREATE TABLE x (name); CREATE INDEX i ON x (name)",
  ),
  "an index with a collation": beside(
    "CREATE INDEX i ON users (name)",
    "CREATE INDEX i ON users (name COLLATE NOCASE)",
  ),
  "an index on an expression in parentheses": beside("", "CREATE INDEX i ON users ((name || age))"),
  "an index of a table that is rebuilt": {
    a: `${USERS}; CREATE INDEX [my index] ON users (name)`,
    b: `${USERS.replace("age INT", "age TEXT")}; CREATE INDEX [my index] ON users (name)`,
    aRows: PEOPLE,
  },
  "an index of a table that goes": {
    a: `${USERS}; CREATE TABLE x (a); CREATE INDEX i ON x (a)`,
    b: `${USERS}; CREATE INDEX i ON users (name)`,
    aRows: PEOPLE,
  },
  "a view beneath a view, and the table too": {
    a: `${USERS}; ${VIEW}; CREATE VIEW a_top AS SELECT id FROM grown`,
    b: `${USERS.replace("name TEXT", "name BLOB")}; ${VIEW.replace("3", "4")};
      CREATE VIEW a_top AS SELECT id FROM grown`,
    aRows: PEOPLE,
  },
  "a trigger of another table that names a view that changes": {
    a: `${USERS}; ${VIEW}; CREATE TABLE x (a);
      CREATE TRIGGER g AFTER INSERT ON x BEGIN DELETE FROM x WHERE a IN (SELECT id FROM grown); END`,
    b: `${USERS.replace(", age INT", ", age INT, more TEXT NOT NULL DEFAULT (1 + 1)")}; ${VIEW.replace("3", "4")};
      CREATE TABLE x (a);
      CREATE TRIGGER g AFTER INSERT ON x BEGIN DELETE FROM x WHERE a IN (SELECT id FROM grown); END`,
    aRows: PEOPLE,
  },
  "a view": beside("", VIEW),
  "another view": beside(VIEW, "CREATE VIEW grown (a, b) AS SELECT id, upper(name) FROM users"),
  "a view on a view": beside(
    VIEW,
    `${VIEW.replace("3", "4")}; CREATE VIEW all_grown AS SELECT count(*) AS n FROM grown`,
  ),
  "a view beneath a view": beside(
    `${VIEW}; CREATE VIEW a_top AS SELECT id FROM grown`,
    `${VIEW.replace("3", "4")}; CREATE VIEW a_top AS SELECT id FROM grown`,
  ),
  "a view for a table": { a: `${USERS}; CREATE TABLE grown (id)`, b: `${USERS}; ${VIEW}` },
  "a view of a column that comes": {
    a: "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
    b: `${USERS}; ${VIEW}`,
  },
  "a view of a column that goes, and stays without it": {
    a: `${USERS}; ${VIEW}`,
    b: "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); CREATE VIEW grown AS SELECT id, name FROM users",
    aRows: PEOPLE,
  },
  "a view of a table that is rebuilt": {
    a: `${USERS}; ${VIEW}`,
    b: `${USERS.replace("age INT", "age INT CHECK (age > 0)")}; ${VIEW}`,
    aRows: PEOPLE,
  },
  "a view and its table": { a: "CREATE TABLE x (a)", b: `CREATE TABLE x (a); ${USERS}; ${VIEW}` },
  "a trigger": beside("", TRIGGER),
  "another trigger": beside(TRIGGER, TRIGGER.replace("= 1", "= 2")),
  "a trigger of a table that is rebuilt": {
    a: `${USERS}; ${TRIGGER}`,
    b: `${USERS.replace("name TEXT", "name TEXT UNIQUE")}; ${TRIGGER.replace("= 1", "= 2")}`,
    aRows: PEOPLE,
  },
  "a trigger on a view": beside(
    VIEW,
    `${VIEW}; CREATE TRIGGER g INSTEAD OF INSERT ON grown BEGIN INSERT INTO users (name) VALUES (new.name); END`,
  ),
  "a view with a trigger that stays": beside(
    `${VIEW}; CREATE TRIGGER g INSTEAD OF INSERT ON grown BEGIN INSERT INTO users (name) VALUES (new.name); END`,
    `${VIEW.replace("3", "4")};
    CREATE TRIGGER g INSTEAD OF INSERT ON grown BEGIN INSERT INTO users (name) VALUES (new.name); END`,
  ),
  "a trigger that names a column that comes": {
    a: "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
    b: `${USERS}; ${TRIGGER}`,
  },
  "a trigger that names a table that comes": {
    a: USERS,
    b: `${USERS}; CREATE TABLE log (a); CREATE TRIGGER g AFTER DELETE ON users BEGIN INSERT INTO log VALUES (1); END`,
    aRows: PEOPLE,
  },
  "a column of a table in another case": {
    a: USERS,
    b: `CREATE TABLE Users (ID INTEGER PRIMARY KEY, NAME TEXT NOT NULL, age INT, "of" INT REFERENCES USERS (Id))`,
    aRows: PEOPLE,
  },
  "STRICT and WITHOUT ROWID": {
    a: "CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
    b: "CREATE TABLE t (a TEXT, b INT, c TEXT DEFAULT (lower('X')), PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
    aRows: "INSERT INTO t VALUES ('a', 1)",
  },
  "STRICT": {
    a: "CREATE TABLE t (a TEXT, b INT)",
    b: "CREATE TABLE t (a TEXT, b INT) STRICT",
    aRows: "INSERT INTO t VALUES ('a', 1)",
  },
  "WITHOUT ROWID": {
    a: "CREATE TABLE t (a TEXT PRIMARY KEY, b INT)",
    b: "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID",
    aRows: "INSERT INTO t VALUES ('a', 1)",
  },
  "strange names": {
    a: `CREATE TABLE "a ""b"" -- c" ("select" INT, [x y] TEXT)`,
    b: `CREATE TABLE "a ""b"" -- c" ("select" INT NOT NULL DEFAULT 1, [x y] TEXT, \`é;\` INT UNIQUE)`,
    aRows: `INSERT INTO "a ""b"" -- c" VALUES (1, 'z')`,
  },
  "spaces inside a literal of a view and a trigger": {
    a: `CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT a FROM t WHERE a <> 'x y';
      CREATE TRIGGER r AFTER DELETE ON t BEGIN INSERT INTO t VALUES ('p q'); END`,
    b: `CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT a FROM t WHERE a <> 'x  y';
      CREATE TRIGGER r AFTER DELETE ON t BEGIN INSERT INTO t VALUES ('p  q'); END`,
    aRows: "INSERT INTO t VALUES ('x y')",
  },
};
