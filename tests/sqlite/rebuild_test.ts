import assert from "node:assert/strict";
import { test } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { type Operation, OPERATIONS } from "../../src/operations/registry.ts";
import { migrate, rows, withDatabase } from "./database.ts";
import { WORLD } from "./world.ts";

const {
  addColumn,
  alterColumn,
  createCheckConstraint,
  createIndex,
  createTable,
  createUniqueConstraint,
  dropColumn,
  dropConstraint,
  dropIndex,
  dropTable,
  execute,
} = OPERATIONS;

const MANY: readonly Operation[] = [
  dropIndex.create("users_name", "users"),
  dropColumn.create("users", "plan"),
  addColumn.create("users", { name: "plan", type: "INT", default: 3 }),
  alterColumn.create("users", "email", { type: "VARCHAR(50)" }),
  createCheckConstraint.create("users_age", "users", "age > 0 OR age IS NULL"),
];

test("one rebuild for neighbouring changes, and none where ALTER TABLE does it", async () => {
  await withDatabase(WORLD, async (connection) => {
    const copies = (run: readonly string[]): number =>
      run.filter((sql) => sql.startsWith("INSERT INTO _limbeck")).length;
    assert.equal(copies(await migrate(connection, MANY)), 1);
    assert.equal(copies(await migrate(connection, [addColumn.create("users", { name: "x", type: "INT" })])), 0);
    assert.equal(copies(await migrate(connection, [dropColumn.create("users", "x")])), 0);
  });
});

test("values: the affinity converts what it can, and nothing is lost", async () => {
  await withDatabase("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('12'), ('12abc'), (NULL)", async (connection) => {
    await migrate(connection, [alterColumn.create("t", "a", { type: "INTEGER" })]);
    assert.deepEqual(await rows(connection, "SELECT a FROM t"), [{ a: 12 }, { a: "12abc" }, { a: null }]);
    await migrate(connection, [alterColumn.create("t", "a", { type: "TEXT", using: "coalesce(a, 'none') || '!'" })]);
    assert.deepEqual(await rows(connection, "SELECT a FROM t"), [{ a: "12!" }, { a: "12abc!" }, { a: "none!" }]);
  });
});

test("the rowids of a table without an integer key stay", async () => {
  await withDatabase(
    "CREATE TABLE t (rowid TEXT); INSERT INTO t (_rowid_, rowid) VALUES (40, 'a')",
    async (connection) => {
      await migrate(connection, [alterColumn.create("t", "rowid", { nullable: false })]);
      assert.deepEqual(await rows(connection, "SELECT _rowid_ AS id, rowid AS text FROM t"), [{ id: 40, text: "a" }]);
    },
  );
});

test("rows that the change does not allow stop it, and stay", async () => {
  const script = "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (NULL, 1), (2, 1)";
  const refused: readonly (readonly [operation: Operation, words: RegExp])[] = [
    [alterColumn.create("t", "a", { nullable: false }), /NOT NULL constraint failed/],
    [addColumn.create("t", { name: "c", type: "INT", nullable: false }), /NOT NULL constraint failed/],
    [createUniqueConstraint.create("b_key", "t", ["b"]), /^SQLite says: UNIQUE constraint failed: t\.b$/],
    [createCheckConstraint.create("b_check", "t", "b > 1"), /CHECK constraint failed/],
  ];
  await withDatabase(script, async (connection) => {
    const before = await sqlite.inspect(connection);
    for (const [operation, message] of refused) {
      await assert.rejects(migrate(connection, [operation]), { code: "STATEMENT_FAILED", message });
      assert.deepEqual(await sqlite.inspect(connection), before);
      assert.deepEqual(await rows(connection, "SELECT a, b FROM t"), [{ a: null, b: 1 }, { a: 2, b: 1 }]);
      assert.deepEqual(await rows(connection, "PRAGMA foreign_keys"), [{ foreign_keys: 1 }]);
    }
  });
});

test("a new foreign key whose rows refer to nothing stops the commit, and the table stays as it was", async () => {
  const script = `
    CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (parent_id INT, note TEXT);
    INSERT INTO parent VALUES (1);
    INSERT INTO child VALUES (1, 'kept'), (9, 'lost');
  `;
  const key = OPERATIONS.createForeignKey.create("child_parent", "child", "parent", ["parent_id"], ["id"]);
  await withDatabase(script, async (connection) => {
    const before = await sqlite.inspect(connection);
    await assert.rejects(migrate(connection, [key]), {
      code: "FOREIGN_KEY_VIOLATION",
      message: 'Cannot commit: a row of "child" refers to a row of "parent" that is not there (rowid 2)',
    });
    assert.deepEqual(await sqlite.inspect(connection), before);
    assert.deepEqual(await rows(connection, "SELECT parent_id FROM child"), [{ parent_id: 1 }, { parent_id: 9 }]);
    assert.deepEqual(await rows(connection, "PRAGMA foreign_keys"), [{ foreign_keys: 1 }]);

    await migrate(connection, [execute.create("DELETE FROM child WHERE parent_id = 9"), key]);
    assert.deepEqual(await rows(connection, "SELECT note FROM child"), [{ note: "kept" }]);
  });
});

test("a revision may turn a table STRICT and WITHOUT ROWID; a column goes without making the table anew", async () => {
  await withDatabase(
    "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, a INT); INSERT INTO t VALUES ('x', 1)",
    async (connection) => {
      await migrate(connection, [OPERATIONS.alterTable.create("t", { strict: true, withoutRowid: true })]);
      const [table] = (await sqlite.inspect(connection)).tables;
      assert.deepEqual([table?.strict, table?.withoutRowid], [true, true]);
      assert.deepEqual(await rows(connection, "SELECT k, a FROM t"), [{ k: "x", a: 1 }]);

      const drop = { ...dropColumn.create("t", "a") };
      const batch = OPERATIONS.batchAlterTable.create("t", [drop], { recreate: "never" });
      assert.deepEqual(await migrate(connection, [batch]), ["ALTER TABLE t DROP COLUMN a"]);
    },
  );
});

test("a column that is called as a keyword is not named by the keyword", async () => {
  await withDatabase(
    'CREATE TABLE t (a INT, "select" INT UNIQUE, "Key" INT); CREATE VIEW v AS SELECT a, "key" FROM t',
    async (connection) => {
      await migrate(connection, [dropColumn.create("t", "select")]);
      assert.deepEqual((await sqlite.inspect(connection)).tables[0]?.columns.map(({ name }) => name), ["a", "Key"]);
      await assert.rejects(migrate(connection, [dropColumn.create("t", "Key")]), /view|no such column/);
    },
  );
});

test("a table or a column in another case is not there, and the one that is is named", async () => {
  await withDatabase('CREATE TABLE "Users" (ID INT)', async (connection) => {
    const wrong: readonly (readonly [Operation, RegExp])[] = [
      [alterColumn.create("users", "ID", { nullable: false, default: "0" }), /there is no table "users", only "Users"/],
      [alterColumn.create("Users", "id", { nullable: false, default: "0" }), /"Users" has no column "id", only "ID"/],
    ];
    for (const [operation, message] of wrong) await assert.rejects(migrate(connection, [operation]), message);
  });
});

test("what the model cannot say, or a change would break, is refused", async () => {
  const script = `
    CREATE TABLE b (x INT CHECK (x > 0), y INT UNIQUE, z INT);
    CREATE INDEX b_z ON b (abs(z));
    CREATE VIEW b_view AS SELECT y FROM b;
  `;
  const refused: readonly (readonly [operation: Operation, message: RegExp])[] = [
    [dropColumn.create("b", "x"), /the check \(x > 0\) names it/],
    [dropColumn.create("b", "z"), /the index "b_z" names it/],
    [dropColumn.create("b", "y"), /which the view "b_view" names/],
    [dropColumn.create("b", "z", { only: true }), /drop a column of "b" only on SQLite/],
    [dropTable.create("b", { cascade: true }), /depends on "b"/],
    [
      createTable.create("c", { columns: [{ name: "i", type: "int", identity: { generation: "always" } }] }),
      /identity/,
    ],
    [createTable.create({ name: "c", schema: "s" }, { columns: [{ name: "i", type: "int" }] }), /schema "s"/],
    [createIndex.create("i", "b", ["x"], { using: "gin" }), /using gin/],
    [OPERATIONS.createEnum.create("mood", ["ok"]), /op.createEnum/],
    [OPERATIONS.createSchema.create("s"), /op.createSchema/],
  ];
  await withDatabase(script, async (connection) => {
    const before = await sqlite.inspect(connection);
    for (const [operation, message] of refused) {
      await assert.rejects(migrate(connection, [operation]), { code: "UNSUPPORTED", message });
      assert.deepEqual(await sqlite.inspect(connection), before);
    }
  });
});

test("a rebuild keeps the text of what does not change", async () => {
  const script = `
    CREATE TABLE a (
      x INT UNIQUE ON CONFLICT REPLACE, -- the number
      y INT  DEFAULT - 20 /* why */ CHECK (a.y < 0),
      z REFERENCES a (x) MATCH FULL,
      PRIMARY KEY (x DESC, y COLLATE NOCASE) ON CONFLICT FAIL
      -- the end
    );
    INSERT INTO a (x) VALUES (1), (2);
  `;
  await withDatabase(script, async (connection) => {
    await migrate(connection, [
      alterColumn.create("a", "y", { type: "BIGINT" }),
      addColumn.create("a", { name: "w", type: "TEXT", default: "upper('a')" }),
    ]);
    const [row] = await rows(connection, "SELECT sql FROM sqlite_schema WHERE name = 'a'");
    assert.equal(
      Reflect.get(row as object, "sql"),
      `CREATE TABLE "a" (
      x INT UNIQUE ON CONFLICT REPLACE, -- the number
      y BIGINT  DEFAULT - 20 /* why */ CHECK (y < 0),
      z REFERENCES a (x) MATCH FULL,
      w TEXT DEFAULT (upper('a')),
      PRIMARY KEY (x DESC, y COLLATE NOCASE) ON CONFLICT FAIL
      -- the end
    )`,
    );
    assert.deepEqual(await rows(connection, "SELECT x, y, w FROM a"), [{ x: 1, y: -20, w: "A" }, {
      x: 2,
      y: -20,
      w: "A",
    }]);
  });
});

test("a clause of the table takes no row away while it is copied", async () => {
  await withDatabase(
    "CREATE TABLE t (a TEXT UNIQUE ON CONFLICT REPLACE); INSERT INTO t VALUES ('1'), ('01')",
    async (connection) => {
      const retype = alterColumn.create("t", "a", { type: "INTEGER" });
      await assert.rejects(migrate(connection, [retype]), { message: /UNIQUE constraint failed/ });
      assert.deepEqual(await rows(connection, "SELECT a FROM t"), [{ a: "1" }, { a: "01" }]);
    },
  );
});

test("ifExists and ifNotExists", async () => {
  await withDatabase("CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a)", async (connection) => {
    const before = await sqlite.inspect(connection);
    await migrate(connection, [
      addColumn.create("t", { name: "a", type: "INT" }, { ifNotExists: true }),
      dropColumn.create("t", "z", { ifExists: true }),
      dropConstraint.create("z", "t", { ifExists: true }),
      createIndex.create("i", "t", ["a"], { ifNotExists: true }),
      dropIndex.create("z", "t", { ifExists: true }),
      createTable.create("t", { columns: [{ name: "a", type: "INT" }], ifNotExists: true }),
      dropTable.create("z", { ifExists: true }),
    ]);
    assert.deepEqual(await sqlite.inspect(connection), before);
  });
});

test("createTable writes strict, without rowid and autoincrement", async () => {
  await withDatabase("", async (connection) => {
    await migrate(connection, [
      createTable.create("a", {
        columns: [{ name: "id", type: "integer", autoincrement: true }],
        primaryKey: { name: "a_pk", columns: ["id"] },
        strict: true,
      }),
      createTable.create("b", { columns: [{ name: "k", type: "text" }], primaryKey: ["k"], withoutRowid: true }),
    ]);
    const [a, b] = (await sqlite.inspect(connection)).tables;
    assert.deepEqual([a?.strict, a?.primaryKey, a?.columns[0]?.autoincrement], [
      true,
      { name: "a_pk", columns: ["id"] },
      true,
    ]);
    assert.deepEqual([b?.strict, b?.withoutRowid], [undefined, true]);
  });
});

test("dropping a table leaves the rows that refer to it, and says so", async () => {
  await withDatabase(WORLD, async (connection) => {
    await assert.rejects(migrate(connection, [dropTable.create("users")]), (error: Error) => {
      assert.equal(Reflect.get(error, "code"), "FOREIGN_KEY_VIOLATION");
      assert.match(error.message, /a row of "posts" refers to a row of "users" that is not there \(rowid 1\)/);
      return true;
    });
    assert.deepEqual(await rows(connection, "SELECT count(*) AS n FROM posts"), [{ n: 3 }]);
    await migrate(connection, [
      dropTable.create("users"),
      execute.create("DROP VIEW names"),
      execute.create("DROP VIEW long_names"),
      dropTable.create("posts"),
      dropTable.create("profiles"),
    ]);
    assert.deepEqual((await sqlite.inspect(connection)).tables.map(({ name }) => name), ["log", "tags"]);
  });
});

test("hazards of a rebuild", async () => {
  await withDatabase(WORLD, async (connection) => {
    const before = await sqlite.inspect(connection);
    const kinds = (...operations: readonly Operation[]): readonly string[] =>
      sqlite.compile(operations, { writer: sqlite.writer, before })
        .flatMap(({ hazards }) => hazards ?? []).map(({ kind }) => kind);
    assert.deepEqual(kinds(alterColumn.create("users", "age", { nullable: false })), ["rewritesTable", "mayFail"]);
    assert.deepEqual(kinds(dropColumn.create("users", "manager_id")), ["rewritesTable", "deletesData"]);
    assert.deepEqual(kinds(dropTable.create("users")), ["deletesData"]);
    assert.deepEqual(kinds(dropColumn.create("log", "what")), ["rewritesTable", "deletesData"]);
    assert.deepEqual(kinds(createIndex.create("log_what", "log", ["what"])), []);
    assert.deepEqual(kinds(createIndex.create("log_what", "log", ["what"], { unique: true })), ["mayFail"]);
    assert.deepEqual(kinds(OPERATIONS.createPrimaryKey.create(null, "log", ["what"])), ["rewritesTable", "mayFail"]);
    assert.deepEqual(kinds(alterColumn.create("tags", "b", { type: "TEXT" })), ["rewritesTable", "mayFail"]);
    assert.deepEqual(kinds(OPERATIONS.alterTable.create("log", { strict: true })), ["rewritesTable", "mayFail"]);
  });
});

test("a table that refers to itself is not rebuilt where foreign keys are enforced", async () => {
  const script = `
    CREATE TABLE staff (id INTEGER PRIMARY KEY, boss INT REFERENCES staff ON DELETE CASCADE, age INT);
    INSERT INTO staff VALUES (1, NULL, 30), (2, 1, 20);
  `;
  await withDatabase(script, async (connection) => {
    const before = await sqlite.inspect(connection);
    const change = alterColumn.create("staff", "age", { type: "TEXT" });
    const statements = sqlite.compile([change], { writer: sqlite.writer, before });
    await connection.begin({ rebuild: false });
    await assert.rejects(async () => {
      for (const { sql, params } of statements) await connection.query(sql, params);
    }, { code: "UNSUPPORTED", message: /"staff": .* it refers to itself with ON DELETE CASCADE/ });
    await connection.rollback();
    assert.deepEqual(await rows(connection, "SELECT count(*) AS n FROM staff"), [{ n: 2 }]);
    await migrate(connection, [change]);
    assert.deepEqual(await rows(connection, "SELECT count(*) AS n FROM staff"), [{ n: 2 }]);
  });
});

test("a table that a rebuild leaves unsound is not committed", async () => {
  await withDatabase(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT); INSERT INTO t VALUES (1, -1);",
    async (connection) => {
      const before = await sqlite.inspect(connection);
      const change = createCheckConstraint.create("positive", "t", "n > 0");
      await connection.begin({ rebuild: true });
      await connection.query("PRAGMA ignore_check_constraints = ON");
      for (const { sql } of sqlite.compile([change], { writer: sqlite.writer, before })) await connection.query(sql);
      await connection.query("PRAGMA ignore_check_constraints = OFF");
      await assert.rejects(connection.commit(), { code: "INTEGRITY_VIOLATION", message: /"t" is not sound: CHECK/ });
      assert.deepEqual(await sqlite.inspect(connection), before);
    },
  );
});
