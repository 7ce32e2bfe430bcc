/** SQLite: views and triggers, and what stands on what. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair } from "./pairs.ts";

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT)";
const ROWS = "INSERT INTO t VALUES (1, 5, 'x'), (2, NULL, NULL)";
const on = beside(`${T}; CREATE TABLE log (what TEXT)`, ROWS);

const VIEWS: readonly LawCase[] = [
  on(
    "a view's columns get names",
    "CREATE VIEW w AS SELECT id, a FROM t",
    "CREATE VIEW w (one, two) AS SELECT id, a FROM t",
  ),
  on(
    "a view with all that a query has",
    "",
    "CREATE VIEW w AS WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT n.i, count(t.id) OVER (ORDER BY i) AS c FROM n LEFT JOIN t ON t.id = n.i ORDER BY 1 DESC LIMIT 2",
  ),
  on(
    "views on views, named against the order",
    "",
    "CREATE VIEW c AS SELECT id, a FROM t; CREATE VIEW b AS SELECT id FROM c; CREATE VIEW a AS SELECT b.id FROM b",
  ),
  on(
    "two views exchange their places",
    "CREATE VIEW b AS SELECT a FROM t; CREATE VIEW c AS SELECT a FROM b",
    "CREATE VIEW c AS SELECT a FROM t; CREATE VIEW b AS SELECT a FROM c",
  ),
  on("a view becomes a table", "CREATE VIEW w AS SELECT id FROM t", "CREATE TABLE w (id INT)"),
  on(
    "a view gets another name",
    "CREATE VIEW w AS SELECT id, a, b FROM t",
    "CREATE VIEW entries AS SELECT id, a, b FROM t",
  ),
  pair(
    "a view over a view over a table that is rebuilt",
    `${T}; CREATE VIEW a AS SELECT * FROM t; CREATE VIEW b AS SELECT id FROM a WHERE a > 1`,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> ''), b TEXT); CREATE VIEW a AS SELECT * FROM t; CREATE VIEW b AS SELECT id FROM a WHERE a > 1",
    { rows: ROWS },
  ),
  pair(
    "a view over all columns, and one comes",
    `${T}; CREATE VIEW w AS SELECT * FROM t`,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT, c INT); CREATE VIEW w AS SELECT * FROM t",
    { rows: ROWS },
  ),
  pair(
    "a view over a column that goes with it",
    `${T}; CREATE VIEW w AS SELECT a FROM t`,
    "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT)",
    { rows: ROWS },
  ),
  pair(
    "a view over a table that becomes another",
    "CREATE TABLE x (a INT); CREATE VIEW v AS SELECT a FROM x",
    "CREATE TABLE y (a INT, b TEXT, c BLOB); CREATE VIEW v AS SELECT a FROM y",
  ),
  pair(
    "a view that is broken beside a table that is rebuilt",
    `${T}; CREATE TABLE gone (a); CREATE VIEW w AS SELECT a FROM gone`,
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT '', b TEXT); CREATE TABLE gone (a, c); CREATE VIEW w AS SELECT a FROM gone`,
    { rows: "INSERT INTO t VALUES (1, 5, 'x')" },
  ),
];

const trigger = (head: string, body = "INSERT INTO log VALUES ('r')"): string =>
  `CREATE TRIGGER r ${head} BEGIN ${body}; END`;

const RENAMES: readonly LawCase[] = [
  pair(
    "a table beneath a view gets another name",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (t INT REFERENCES t ON DELETE CASCADE); CREATE VIEW w AS SELECT name FROM t",
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (t INT REFERENCES people ON DELETE CASCADE); CREATE VIEW w AS SELECT name FROM people",
    {
      rows: "INSERT INTO t VALUES (1, 'ann'); INSERT INTO c VALUES (1)",
      kept: [["SELECT name FROM w", [{ name: "ann" }]], ["SELECT t FROM c", [{ t: 1 }]]],
    },
  ),
  pair(
    "a table with a trigger gets another name",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET name = 'x' WHERE id = 5; END",
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT); CREATE TRIGGER r AFTER INSERT ON people BEGIN UPDATE people SET name = 'x' WHERE id = 5; END",
    { rows: "INSERT INTO t VALUES (1, 'ann')" },
  ),
  pair(
    "a column with an index, a check, a trigger and a view gets another name",
    "CREATE TABLE t (id INT, name TEXT NOT NULL CHECK (name <> '')); CREATE INDEX i ON t (name); CREATE VIEW w AS SELECT name AS n FROM t; CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET name = 'x' WHERE id = 5; END",
    "CREATE TABLE t (id INT, full_name TEXT NOT NULL CHECK (full_name <> '')); CREATE INDEX i ON t (full_name); CREATE VIEW w AS SELECT full_name AS n FROM t; CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET full_name = 'x' WHERE id = 5; END",
    { rows: "INSERT INTO t VALUES (1, 'ann')", kept: [["SELECT n FROM w", [{ n: "ann" }]]] },
  ),
];

const TRIGGERS: readonly LawCase[] = [
  on("a trigger fires at other times", trigger("AFTER INSERT ON t"), trigger("BEFORE UPDATE OF a, b ON t")),
  on(
    "a trigger gets a condition",
    trigger("AFTER UPDATE ON t"),
    trigger("AFTER UPDATE ON t FOR EACH ROW WHEN new.a IS NOT old.a"),
  ),
  on(
    "a trigger with several statements, and cases",
    trigger("AFTER DELETE ON t"),
    trigger(
      "AFTER DELETE ON t",
      "SELECT CASE WHEN old.a > 9 THEN RAISE(ABORT, 'no; END') END; DELETE FROM log; INSERT INTO log SELECT b FROM t",
    ),
  ),
  on("a trigger goes", trigger("AFTER INSERT ON t"), ""),
  on(
    "a trigger on a view that comes",
    "",
    `CREATE VIEW w AS SELECT id, a FROM t; ${
      trigger("INSTEAD OF UPDATE OF a ON w", "UPDATE t SET a = new.a WHERE id = new.id")
    }`,
  ),
  on(
    "a trigger moves to another table",
    trigger("AFTER INSERT ON t"),
    trigger("AFTER INSERT ON log", "DELETE FROM t WHERE id = 99"),
  ),
  pair(
    "a trigger of a table that gets another column type",
    `${T}; CREATE TABLE log (what TEXT); ${trigger("AFTER UPDATE OF a ON t WHEN new.a > 1")}`,
    `${T.replace("a INT", "a TEXT")}; CREATE TABLE log (what TEXT); ${
      trigger("AFTER UPDATE OF a ON t WHEN new.a > 1")
    }`,
    { rows: ROWS, kept: [["SELECT count(*) AS n FROM log", [{ n: 0 }]]] },
  ),
  pair(
    "triggers that would fire while a table is rebuilt",
    `${T}; CREATE TABLE log (what TEXT); CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES ('d'); END; CREATE TRIGGER n AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('i'); END`,
    `${
      T.replace("a INT", "a INT CHECK (a > 0)")
    }; CREATE TABLE log (what TEXT, more INT); CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log (what) VALUES ('d'); END; CREATE TRIGGER n AFTER INSERT ON t BEGIN INSERT INTO log (what) VALUES ('i'); END`,
    { rows: `${ROWS}; DELETE FROM log`, kept: [["SELECT count(*) AS n FROM log", [{ n: 0 }]]] },
  ),
  pair(
    "a trigger on a table that another table's trigger writes to, both rebuilt",
    "CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE TRIGGER ab AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.x); END; CREATE TRIGGER ba AFTER DELETE ON b BEGIN DELETE FROM a WHERE x = old.x; END",
    "CREATE TABLE a (x TEXT); CREATE TABLE b (x TEXT); CREATE TRIGGER ab AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.x); END; CREATE TRIGGER ba AFTER DELETE ON b BEGIN DELETE FROM a WHERE x = old.x; END",
    { rows: "INSERT INTO a VALUES (1)", kept: [["SELECT x FROM b", [{ x: "1" }]]] },
  ),
  pair(
    "a trigger that names a column that goes, and is another",
    `${T}; CREATE TABLE log (what TEXT); ${trigger("AFTER UPDATE OF a ON t", "INSERT INTO log VALUES (new.a)")}`,
    `CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT); CREATE TABLE log (what TEXT); ${
      trigger("AFTER UPDATE OF b ON t", "INSERT INTO log VALUES (new.b)")
    }`,
    { rows: ROWS },
  ),
  pair(
    "a table with a trigger, an index and a view goes",
    `CREATE TABLE x (a); ${T}; CREATE INDEX i ON t (a); CREATE VIEW w AS SELECT a FROM t; CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM x; END`,
    "CREATE TABLE x (a)",
    { rows: ROWS },
  ),
];

const BLOG = (key: string, more: string): string =>
  `CREATE TABLE users (id ${key}, mail TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (mail LIKE '%@%'));
  CREATE TABLE posts (id ${key}, author INTEGER NOT NULL REFERENCES users ON DELETE CASCADE, title TEXT NOT NULL${more},
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'public')), slug TEXT AS (lower(title)) STORED);
  CREATE TABLE tags (post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (post, tag)) WITHOUT ROWID;
  CREATE INDEX posts_public ON posts (author, slug DESC) WHERE state = 'public';
  CREATE VIEW authors AS SELECT u.id, u.mail, count(p.id) AS posts FROM users u LEFT JOIN posts p ON p.author = u.id GROUP BY u.id;
  CREATE TRIGGER tagged AFTER INSERT ON posts BEGIN INSERT INTO tags VALUES (new.id, 'new'); END`;

const WHOLE: readonly LawCase[] = [
  pair("a blog comes", "CREATE TABLE x (a)", `CREATE TABLE x (a); ${BLOG("INTEGER PRIMARY KEY", "")}`),
  pair(
    "a blog changes in every table at once",
    BLOG("INTEGER PRIMARY KEY", ""),
    `${BLOG("INTEGER PRIMARY KEY AUTOINCREMENT", " CHECK (title <> ''), likes INT NOT NULL DEFAULT 0")}`,
    {
      rows:
        "INSERT INTO users (mail) VALUES ('a@b'); INSERT INTO posts (author, title) VALUES (1, 'Hello'); INSERT INTO tags VALUES (1, 'x')",
      kept: [["SELECT posts FROM authors", [{ posts: 1 }]], ["SELECT tag FROM tags ORDER BY 1", [{ tag: "new" }, {
        tag: "x",
      }]], ["SELECT slug, likes FROM posts", [{ slug: "hello", likes: 0 }]]],
    },
  ),
];

export const SQLITE_CODE: readonly LawCase[] = [...VIEWS, ...RENAMES, ...TRIGGERS, ...WHOLE];
