/** What libSQL changes in place: the same table comes of it as of a rebuild, and no row is another one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alterColumn, type ColumnChanges } from "../../src/operations/alter_column.ts";
import { migrate, rows, withDatabase } from "./database.ts";

const change = (changes: ColumnChanges) => alterColumn.create("t", "n", changes);

/** Tables with a column `n`, what is changed, and whether it is done in place. */
const CASES: readonly (readonly [table: string, changes: ColumnChanges, inPlace: boolean])[] = [
  ["t (id INTEGER PRIMARY KEY, n int  not null default 1, g AS (n + 1))", { nullable: true }, true],
  [
    "t (id text UNIQUE, n varchar(9) CONSTRAINT some CHECK (n <> '') NOT NULL ON CONFLICT FAIL COLLATE nocase REFERENCES t (id))",
    { nullable: true },
    true,
  ],
  ["t (id int, n int NOT NULL, UNIQUE (n))", { nullable: true }, true],
  ["t (id int, n int NOT NULL UNIQUE)", { nullable: true }, false],
  ["t (id int, n int NOT NULL /* why */, x int)", { nullable: true }, false],
  ["t (n int NOT NULL, id int, PRIMARY KEY (n)) WITHOUT ROWID", { nullable: true }, false],
  ["t (id int, n int NOT NULL DEFAULT 1)", { nullable: true, default: "2" }, false],
  ["t (id int, n int)", { nullable: false }, false],
  ["t (id int, n int DEFAULT 1)", { default: "2" }, false],
];

for (const [table, changes, inPlace] of CASES) {
  test(`libSQL's ALTER COLUMN: ${JSON.stringify(changes)} in ${table}`, async () => {
    const script = `CREATE TABLE ${table}; CREATE INDEX i ON t (n) WHERE n > 0; CREATE VIEW v AS SELECT n FROM t;
      INSERT INTO t (id, n) VALUES (1, 1), (2, 2)`;
    const run = (connected: boolean) =>
      new Promise<readonly unknown[]>((resolve, reject) => {
        withDatabase(script, async (connection) => {
          const statements = await migrate(connection, [change(changes)], connected);
          const isAltered = statements.join().includes("ALTER COLUMN");
          assert.equal(isAltered, connected && inPlace, statements.join("\n"));
          const schema = await rows(
            connection, // A rebuild leaves the name in quotes.
            "SELECT type, name, replace(sql, '\"t\"', 't') AS sql FROM sqlite_schema ORDER BY name",
          );
          resolve([
            schema,
            await rows(connection, "SELECT * FROM t"),
            await rows(connection, "PRAGMA integrity_check"),
          ]);
        }).catch(reject);
      });
    assert.deepEqual(await run(true), await run(false));
  });
}

test("the value that an added column gave to older rows is not changed by its next default", async () => {
  await withDatabase("CREATE TABLE t (id int); INSERT INTO t VALUES (1)", async (connection) => {
    await connection.query("ALTER TABLE t ADD COLUMN n int NOT NULL DEFAULT 1");
    await migrate(connection, [change({ default: "2" })], true);
    await migrate(connection, [change({ nullable: true })], true);
    await connection.query("INSERT INTO t (id) VALUES (2)");
    assert.deepEqual(await rows(connection, "SELECT id, n FROM t ORDER BY id"), [{ id: 1, n: 1 }, { id: 2, n: 2 }]);
  });
});
