import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { lockNumber } from "../../src/dialects/postgres/lock.ts";
import { withConnection } from "./session.ts";

test("one session holds the lock; who waits gets it when it is released", async () => {
  await withConnection(async (_, url) => {
    const first = await postgres.lock({ url }, { key: "limbeck_version", timeout: 0 });
    const order: string[] = [];
    const second = postgres.lock({ url }, { key: "limbeck_version", timeout: 60_000 }).then((lock) => {
      order.push("second has it");
      return lock;
    });
    await assert.rejects(postgres.lock({ url }, { key: "limbeck_version", timeout: 150 }), {
      code: "LOCK_TIMEOUT",
      message:
        /^Cannot take the lock of the migrations: process \d+ \(limbeck, from 127\.0\.0\.1, for \d+ s\) holds it/,
    });
    order.push("first releases");
    await first?.release();
    await (await second)?.release();
    assert.deepEqual(order, ["first releases", "second has it"]);
  });
});

test("other version tables have other locks, and the lock ends with its session", async () => {
  await withConnection(async (connection, url) => {
    const locks = await Promise.all(["a", "b"].map((key) => postgres.lock({ url }, { key, timeout: 0 })));
    await Promise.all(locks.map((lock) => lock?.release()));
    const { rows } = await connection.query(
      "SELECT count(*)::integer AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND datname = current_database()" +
        " WHERE locktype = 'advisory'",
    );
    assert.deepEqual(rows, [{ n: 0 }]);
    assert.notEqual(lockNumber("a"), lockNumber("b"));
  });
});

test("who waits holds no transaction open, so that an index can be built concurrently", async () => {
  await withConnection(async (connection, url) => {
    await connection.query("CREATE TABLE t (a integer)");
    const held = await postgres.lock({ url }, { key: "k", timeout: 0 });
    const waiting = postgres.lock({ url }, { key: "k", timeout: 60_000 });
    await connection.query("CREATE INDEX CONCURRENTLY t_a ON t (a)");
    await held?.release();
    await (await waiting)?.release();
  });
});

test("a signal ends the wait, and says who held the lock before", async () => {
  await withConnection(async (_, url) => {
    const held = await postgres.lock({ url }, { key: "k", timeout: 0 });
    const abort = new AbortController();
    const holders: string[] = [];
    const waiting = postgres.lock({ url }, {
      key: "k",
      timeout: 600_000,
      signal: abort.signal,
      onWait: (holder) => {
        holders.push(holder);
        abort.abort();
      },
    });
    await assert.rejects(waiting, { code: "INTERRUPTED" });
    assert.match(holders.join(), /^process \d+ \(limbeck/);
    await held?.release();
  });
});
