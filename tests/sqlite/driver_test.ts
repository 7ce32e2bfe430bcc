import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmod, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, it, test } from "node:test";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import type { Connection, ConnectionSource } from "../../src/dialects/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { connect } from "../../src/dialects/sqlite/driver.ts";
import { placeOf } from "../../src/dialects/sqlite/url.ts";
import type { LimbeckError } from "../../src/errors.ts";
import { OPERATIONS } from "../../src/operations/registry.ts";
import { inFolder, migrate, rows, withDatabase } from "./database.ts";

describe("urls", () => {
  const urls: readonly (readonly [url: string, client: string, description: string])[] = [
    [":memory:", ":memory:", ":memory:"],
    ["sqlite::memory:", ":memory:", ":memory:"],
    ["file::memory:", ":memory:", ":memory:"],
    ["sqlite://", ":memory:", ":memory:"],
    ["sqlite:///:memory:", ":memory:", ":memory:"],
    ["file:app.db", "file:app.db", "app.db"],
    ["sqlite:app.db", "file:app.db", "app.db"],
    ["sqlite:///app.db", "file:app.db", "app.db"],
    ["sqlite:////tmp/app.db", "file:/tmp/app.db", "/tmp/app.db"],
    ["sqlite:/tmp/app.db", "file:/tmp/app.db", "/tmp/app.db"],
    ["sqlite:a b%20#.db", "file:a%20b%2520%23.db", "a b%20#.db"],
    ["file:a%20b.db", "file:a%20b.db", "a b.db"],
    ["file:///tmp/app.db", "file:///tmp/app.db", "/tmp/app.db"],
    ["libsql://me.turso.io?authToken=secret", "libsql://me.turso.io?authToken=secret", "libsql://me.turso.io"],
    ["https://user:secret@host:8080/db", "https://user:secret@host:8080/db", "https://host:8080/db"],
  ];
  for (const [url, client, description] of urls) {
    it(url, () => {
      const place = placeOf(url);
      assert.deepEqual([place.url, place.description], [client, description]);
    });
  }
  for (
    const url of [
      "file:",
      "file://",
      "file:?mode=ro",
      "sqlite:",
      "app.db",
      "sqlite://app.db",
      "file:%zz.db",
      "file:app.db?mode=ro",
      "sqlite:app.db?mode=ro",
    ]
  ) {
    it(`refuses ${url}`, () => assert.rejects(sqlite.connect({ url }), { code: "URL_INVALID" }));
  }
});

describe("what cannot be opened is named, with the reason", () => {
  const files: readonly (readonly [path: string, reason: (folder: string) => string])[] = [
    ["none/app.db", (folder) => `there is no folder "${join(folder, "none")}"`],
    ["text.db/app.db", (folder) => `"${join(folder, "text.db")}" is no folder`],
    ["", () => "it is a folder"],
    ["text.db", () => "file is not a database"],
  ];
  for (const [path, reason] of files) {
    it(reason("…"), () =>
      inFolder(async (folder) => {
        await writeFile(join(folder, "text.db"), "not a database ".repeat(100));
        const file = join(folder, path);
        await assert.rejects(sqlite.connect({ url: `sqlite:${file}` }), (error: LimbeckError) => {
          assert.equal(error.code, "CONNECTION_FAILED");
          assert.equal(error.message, `Cannot open the database "${file}": ${reason(folder)}`);
          assert.doesNotMatch(error.hint ?? "", /authToken/);
          return true;
        });
      }));
  }

  // Windows has no such permissions.
  if (process.platform !== "win32") {
    it("permissions", () =>
      inFolder(async (folder) => {
        await writeFile(join(folder, "secret.db"), "");
        await chmod(join(folder, "secret.db"), 0o000);
        await chmod(folder, 0o555);
        const dialect = new URL("../../src/dialects/sqlite/dialect.ts", import.meta.url).href;
        // The administrator may do everything: the process makes itself anybody, when all that it needs is loaded.
        const program = `
          import process from "node:process";
          const { sqlite } = await import(${JSON.stringify(dialect)});
          await (await sqlite.connect({ url: ":memory:" })).close();
          if (process.getuid() === 0) process.setuid(65534);
          for (const name of ["secret.db", "new.db"]) {
            await sqlite.connect({ url: ${
          JSON.stringify(`file:${folder}/`)
        } + name }).catch(({ message }) => console.log(message));
          }
        `;
        const { stdout } = await promisify(execFile)(process.execPath, ["eval", "--ext=ts", program]);
        await chmod(folder, 0o755);
        assert.deepEqual(stdout.trim().split("\n"), [
          `Cannot open the database "${folder}/secret.db": this user may not read it`,
          `Cannot open the database "${folder}/new.db": it is not there, and this user may make no file in "${folder}"`,
        ]);
      }));
  }

  it("a server, without its token", () =>
    assert.rejects(sqlite.connect({ url: "http://127.0.0.1:1?authToken=secret" }), (error: Error) => {
      assert.equal(Reflect.get(error, "code"), "CONNECTION_FAILED");
      assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
      return true;
    }));
});

test("values go in and come out as they are", async () => {
  const connection = await sqlite.connect({ url: ":memory:" });
  const cases: readonly (readonly [value: Parameters<Connection["query"]>[1], type: string, out: unknown])[] = [
    [[1], "integer", 1],
    [[1.5], "real", 1.5],
    [[9007199254740993n], "integer", 9007199254740993n],
    [["é"], "text", "é"],
    [[true], "integer", 1],
    [[null], "null", null],
    [[new Uint8Array([1, 0, 255])], "blob", new Uint8Array([1, 0, 255])],
    [[new Date(7)], "integer", 7],
  ];
  for (const [params, type, out] of cases) {
    const result = await connection.query("SELECT typeof(?1) AS type, ?1 AS value", params);
    assert.deepEqual(result.rows, [{ type, value: out }]);
  }
  await connection.query("CREATE TABLE t (a)");
  assert.equal((await connection.query("INSERT INTO t VALUES (1), (2)")).rowCount, 2);
  await connection.close();
});

test("a failing statement is reported with the server's words and code", async () => {
  const connection = await sqlite.connect({ url: ":memory:" });
  await assert.rejects(connection.query("SELECT * FROM users"), {
    code: "STATEMENT_FAILED",
    message: "SQLite says: no such table: users",
    facts: { sql: "SELECT * FROM users", serverCode: "SQLITE_ERROR" },
  });
  await connection.query("CREATE TABLE t (a UNIQUE)");
  await connection.query("INSERT INTO t VALUES (1)");
  await assert.rejects(connection.query("INSERT INTO t VALUES (1)"), (error: { facts: { serverCode: string } }) => {
    assert.equal(error.facts.serverCode, "SQLITE_CONSTRAINT_UNIQUE");
    return true;
  });
  // SQLite would run the first and forget the second.
  await assert.rejects(connection.query("INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)"), {
    code: "STATEMENT_FAILED",
  });
  await connection.query("INSERT INTO t VALUES (';'); -- done");
  assert.deepEqual(await rows(connection, "SELECT a FROM t"), [{ a: 1 }, { a: ";" }]);
  await connection.close();
});

test("a database that cannot be written to says so, with a hint", async () => {
  await inFolder(async (folder) => {
    const client = createClient({ url: `file:${folder}/app.db`, concurrency: 1 });
    await client.execute("PRAGMA query_only = ON");
    const connection = await sqlite.connect({ client });
    await assert.rejects(connection.query("CREATE TABLE t (a)"), (error: { facts: unknown; hint: string }) => {
      assert.deepEqual(error.facts, { sql: "CREATE TABLE t (a)", serverCode: "SQLITE_READONLY" });
      assert.match(error.hint, /read-only/);
      return true;
    });
    await connection.close();
    client.close();
  });
});

test("transactions: commit, rollback, and neither where none is open", async () => {
  for (const url of [":memory:", "file"]) {
    await inFolder(async (folder) => {
      const connection = await sqlite.connect({ url: url === "file" ? `file:${folder}/app.db` : url });
      await connection.rollback();
      await connection.begin();
      await connection.query("CREATE TABLE t (a)");
      await connection.commit();
      await connection.begin();
      await connection.query("INSERT INTO t VALUES (1)");
      await connection.rollback();
      assert.deepEqual(await rows(connection, "SELECT count(*) AS n FROM t"), [{ n: 0 }]);
      await connection.begin();
      await connection.query("INSERT INTO t VALUES (1)");
      await connection.close();
    });
  }
});

test("a client that the user gave is used as it is, and left open", async () => {
  await inFolder(async (folder) => {
    const client = createClient({ url: `file:${folder}/app.db`, intMode: "string" });
    const connection = await sqlite.connect({ client });
    await migrate(connection, [
      OPERATIONS.createTable.create("t", { columns: [{ name: "a", type: "INT" }] }),
      OPERATIONS.alterColumn.create("t", "a", { type: "TEXT", nullable: false }),
    ]);
    const [table] = (await sqlite.inspect(connection)).tables;
    assert.deepEqual(table?.columns, [{ name: "a", type: "TEXT", nullable: false }]);
    await connection.close();
    assert.deepEqual((await client.execute("PRAGMA foreign_keys")).rows[0]?.[0], "1");
    assert.deepEqual((await client.execute("SELECT count(*) FROM t")).rows[0]?.[0], "0");
    client.close();
  });
});

test("foreign keys: restored after every end, and old violations are not blamed", async () => {
  const script = `
    CREATE TABLE p (id INTEGER PRIMARY KEY, u INT); CREATE TABLE c (p INT REFERENCES p (id) ON DELETE CASCADE);
    CREATE TABLE odd (x REFERENCES p (u));
    PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (404); INSERT INTO odd VALUES (1); PRAGMA foreign_keys = ON;
    INSERT INTO p (id) VALUES (1); INSERT INTO c VALUES (1);
  `;
  await withDatabase(script, async (connection) => {
    const keys = () => rows(connection, "PRAGMA foreign_keys");
    await connection.begin({ rebuild: true });
    assert.deepEqual(await keys(), [{ foreign_keys: 0 }]);
    await connection.commit();
    assert.deepEqual(await keys(), [{ foreign_keys: 1 }]);

    await connection.begin({ rebuild: true });
    await connection.rollback();
    assert.deepEqual(await keys(), [{ foreign_keys: 1 }]);

    await connection.begin({ rebuild: true });
    await connection.query("DELETE FROM p");
    await assert.rejects(connection.commit(), {
      code: "FOREIGN_KEY_VIOLATION",
      message: 'Cannot commit: a row of "c" refers to a row of "p" that is not there (rowid 2)',
    });
    assert.deepEqual(await keys(), [{ foreign_keys: 1 }]);
    assert.deepEqual(await rows(connection, "SELECT p FROM c"), [{ p: 404 }, { p: 1 }]);

    await connection.query("PRAGMA foreign_keys = OFF");
    await connection.begin({ rebuild: true });
    await connection.commit();
    assert.deepEqual(await keys(), [{ foreign_keys: 0 }]);
  });
});

test("a key that has lost its unique columns stops the commit", async () => {
  const script = "CREATE TABLE p (id INT CONSTRAINT p_key UNIQUE); CREATE TABLE c (p INT REFERENCES p (id));";
  await withDatabase(script, async (connection) => {
    await assert.rejects(migrate(connection, [OPERATIONS.dropConstraint.create("p_key", "p")]), {
      code: "FOREIGN_KEY_VIOLATION",
      message: 'Cannot commit: foreign key mismatch - "c" referencing "p"',
    });
  });
});

test("where keys are enforced, a rebuild that would delete rows is refused", async () => {
  const script = `
    CREATE TABLE p (id INTEGER PRIMARY KEY, a INT); CREATE TABLE c (p INT REFERENCES p (id) ON DELETE CASCADE);
    INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1);
  `;
  const operation = OPERATIONS.alterColumn.create("p", "a", { type: "TEXT" });
  const refusal = { code: "UNSUPPORTED", message: /^Cannot rebuild "p": .* "c" refers to it with ON DELETE CASCADE/ };
  await withDatabase(script, async (connection, url) => {
    // As a server's session: the pragma cannot be set before the transaction.
    const client = createClient({ url, concurrency: 1 });
    const server = await sqlite.connect({
      client: new Proxy(client, {
        get: (target, key) => {
          if (key === "protocol") return "http";
          const value = Reflect.get(target, key, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
    });
    await assert.rejects(migrate(server, [operation]), refusal);
    await migrate(server, [OPERATIONS.alterColumn.create("c", "p", { nullable: false })]);
    await server.close();
    client.close();

    // Outside a transaction nothing has turned the keys off.
    const before = await sqlite.inspect(connection);
    await assert.rejects(async () => {
      for (const { sql } of sqlite.compile([operation], { writer: sqlite.writer, before })) await connection.query(sql);
    }, refusal);
    assert.deepEqual(await rows(connection, "SELECT p FROM c"), [{ p: 1 }]);
  });
});

test("a session waits for another's write lock, not for ever, and can be stopped", async () => {
  await withDatabase("CREATE TABLE t (a)", async (holder, url) => {
    const impatient = await connect({ url }, { timeout: 0 });
    const patient = await sqlite.connect({ url });
    await holder.begin();
    await holder.query("INSERT INTO t VALUES (1)");
    await assert.rejects(impatient.begin(), { code: "LOCK_TIMEOUT" });
    await assert.rejects(impatient.query("INSERT INTO t VALUES (2)"), { code: "LOCK_TIMEOUT" });

    const stopped = patient.begin();
    const stop = setInterval(() => void patient.cancel(), 5);
    await assert.rejects(stopped, { code: "INTERRUPTED" });
    clearInterval(stop);

    const waiting = patient.begin();
    await holder.commit();
    await waiting;
    assert.deepEqual(await rows(patient, "SELECT a FROM t"), [{ a: 1 }]);
    await patient.rollback();
    await patient.close();
    await impatient.close();
  });
});

describe("what was refused because of a lock leaves nothing behind", () => {
  const clients: Record<string, (url: string) => { readonly source: ConnectionSource; close(): void }> = {
    "opened by url": (url) => ({ source: { url }, close: () => undefined }),
    "given by the application": (url) => {
      const client = createClient({ url, timeout: 1 });
      return { source: { client }, close: () => client.close() };
    },
  };
  const statements: Record<string, (connection: Connection) => Promise<unknown>> = {
    "a transaction": (connection) => connection.begin(),
    "a change outside a transaction": (connection) => connection.query("INSERT INTO t VALUES (404)"),
    "a query": (connection) => connection.query("SELECT * FROM t"),
  };
  for (const [client, create] of Object.entries(clients)) {
    for (const [name, refused] of Object.entries(statements)) {
      it(`${name}, on a client ${client}`, async () => {
        await withDatabase("CREATE TABLE t (a)", async (_, url) => {
          const { source, close } = create(url);
          // It never tries twice: whatever is refused fails.
          const connection = await connect(source, { timeout: 0 });
          const other = createClient({ url, timeout: 1, concurrency: 1 });
          // With the schema read, a statement is refused not before it runs.
          await connection.query("SELECT a FROM t");
          // Keeps readers out too.
          await other.executeMultiple("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
          await assert.rejects(refused(connection), { code: "LOCK_TIMEOUT" });
          await assert.rejects(refused(connection), { code: "LOCK_TIMEOUT" });
          await other.executeMultiple("PRAGMA locking_mode = NORMAL; SELECT 1 FROM t");

          await connection.query("INSERT INTO t VALUES (1)");
          assert.deepEqual((await other.execute("SELECT a FROM t")).rows.map(({ a }) => a), [1]);
          await connection.begin();
          await connection.query("INSERT INTO t VALUES (2)");
          await connection.commit();
          await other.execute("INSERT INTO t VALUES (3)");
          assert.deepEqual((await other.execute("SELECT a FROM t")).rows.map(({ a }) => a), [1, 2, 3]);
          await connection.close();
          other.close();
          close();
        });
      });
    }
  }
});

test("a long wait is told, also while the session is opened, and ends by the signal there", async () => {
  await withDatabase("CREATE TABLE t (a)", async (_, url) => {
    const holder = createClient({ url, concurrency: 1 });
    await holder.executeMultiple("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
    const stop = new AbortController();
    const told: string[] = [];
    const stopped = connect({ url }, {
      signal: stop.signal,
      onWait: (text) => {
        told.push(text);
        stop.abort();
      },
    });
    await assert.rejects(stopped, { code: "INTERRUPTED" });
    assert.deepEqual(told, [`another process has "${placeOf(url).description}" locked`]);
    holder.close();
  });
});

test("what is asked for at once runs in turn", async () => {
  await withDatabase("CREATE TABLE t (a)", async (connection) => {
    await Promise.all([
      connection.query("INSERT INTO t VALUES (1)"),
      connection.begin(),
      connection.query("INSERT INTO t VALUES (2)"),
      connection.rollback(),
      connection.query("INSERT INTO t VALUES (3)"),
    ]);
    assert.deepEqual(await rows(connection, "SELECT a FROM t"), [{ a: 1 }, { a: 3 }]);
  });
});

test("a commit waits for readers", async () => {
  await withDatabase("CREATE TABLE t (a); INSERT INTO t VALUES (1)", async (writer, url) => {
    const reader = createClient({ url });
    const reading = await reader.transaction("read");
    await reading.execute("SELECT * FROM t");
    await writer.begin();
    await writer.query("INSERT INTO t VALUES (2)");
    const committed = writer.commit();
    assert.equal((await reading.execute("SELECT count(*) AS n FROM t")).rows[0]?.["n"], 1);
    await reading.commit();
    await committed;
    assert.equal((await reader.execute("SELECT count(*) AS n FROM t")).rows[0]?.["n"], 2);
    reader.close();
  });
});

test("when a session with a WAL database is closed, the file alone has everything", async () => {
  await withDatabase("PRAGMA journal_mode = WAL", async (_, url) => {
    const connection = await sqlite.connect({ url });
    await connection.query("CREATE TABLE alone (a)");
    await connection.begin();
    await connection.query("CREATE TABLE together (a)");
    await connection.commit();
    await connection.close();
    const path = url.slice("file:".length);
    await copyFile(path, `${path}.copy`);
    const copy = await sqlite.connect({ url: `${url}.copy` });
    assert.deepEqual(await rows(copy, "SELECT name FROM sqlite_schema ORDER BY name"), [
      { name: "alone" },
      { name: "together" },
    ]);
    await copy.close();
  });
});

test("processes that start at once take turns", async () => {
  await withDatabase("CREATE TABLE t (n INT)", async (connection, url) => {
    const dialect = new URL("../../src/dialects/sqlite/dialect.ts", import.meta.url).href;
    const program = `
      const { sqlite } = await import(${JSON.stringify(dialect)});
      const connection = await sqlite.connect({ url: ${JSON.stringify(url)} });
      await connection.begin({ rebuild: true });
      const { rows } = await connection.query("SELECT count(*) AS n FROM t");
      await connection.query("INSERT INTO t VALUES (?)", [rows[0].n]);
      await connection.commit();
      await connection.close();
    `;
    const codes = await Promise.all(Array.from({ length: 6 }, () =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ["eval", "--ext=ts", program], {
          stdio: ["ignore", "ignore", "inherit"],
        });
        child.on("close", resolve);
      })));
    assert.deepEqual(codes, [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(await rows(connection, "SELECT n FROM t ORDER BY n"), [0, 1, 2, 3, 4, 5].map((n) => ({ n })));
  });
});
