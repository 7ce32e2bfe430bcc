/** A database in which much hangs on one table, `users`. */

/** Everything that a rebuild of `users` can break. */
export const WORLD = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL COLLATE NOCASE CONSTRAINT users_email_key UNIQUE,
  age INT DEFAULT (1 + 1) CHECK ("users"."age" >= 0),
  name TEXT DEFAULT 'x',
  plan TEXT,
  loud TEXT GENERATED ALWAYS AS (upper(name)) STORED,
  manager_id INT REFERENCES users ON DELETE CASCADE,
  CONSTRAINT users_short CHECK (length(name) < 9 /* why not */)
);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  author INT NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE profiles (user_id INT REFERENCES users (id) ON DELETE SET NULL, bio TEXT);
CREATE TABLE log (what TEXT);
CREATE TABLE tags (a TEXT, b INT, PRIMARY KEY (a)) STRICT, WITHOUT ROWID;
CREATE INDEX users_name ON users (lower(name), age DESC) WHERE age > 1;
CREATE UNIQUE INDEX users_plan ON users (plan COLLATE NOCASE) WHERE plan IS NOT NULL;
CREATE VIEW names AS SELECT id, name FROM users;
CREATE VIEW long_names AS SELECT name FROM "names" WHERE length(name) > 3;
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names BEGIN INSERT INTO users (email) VALUES (new.name); END;
CREATE TRIGGER users_log AFTER DELETE ON users BEGIN INSERT INTO log VALUES ('deleted ' || old.id); END;
CREATE TRIGGER posts_log AFTER INSERT ON posts BEGIN
  INSERT INTO log SELECT CASE WHEN age > 1 THEN 'old' ELSE 'young' END FROM users WHERE id = new.author;
END;
INSERT INTO users (id, email, age, name, plan) VALUES (1, 'a', 1, 'ann', 'free'), (7, 'b', NULL, 'bob', NULL), (99, 'c', 3, 'cy', NULL);
UPDATE users SET manager_id = 1 WHERE id = 7;
DELETE FROM users WHERE id = 99;
INSERT INTO posts VALUES (1, 1), (2, 1), (3, 7);
DELETE FROM log;
INSERT INTO profiles VALUES (1, 'hello'), (7, 'world');
INSERT INTO log (rowid, what) VALUES (5, 'five');
INSERT INTO tags VALUES ('t', 1);
`;
