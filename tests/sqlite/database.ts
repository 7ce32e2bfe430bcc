/** Real database files for the tests, each in a folder of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../src/dialects/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import type { Operation } from "../../src/operations/registry.ts";

/** Runs something in a new folder, which is deleted afterwards. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "limbeck-sqlite-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs something with a session on a new file, in which a script has been run. */
export async function withDatabase(
  script: string,
  work: (connection: Connection, url: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const url = `file:${join(folder, "app.db")}`;
    const connection = await sqlite.connect({ url });
    try {
      for (const { sql } of await sqlite.split(script)) await connection.query(sql);
      await work(connection, url);
    } finally {
      await connection.close();
    }
  });
}

/** Runs operations as the migration context does, and returns the SQL that was run. */
export async function migrate(
  connection: Connection,
  operations: readonly Operation[],
  connected = false,
): Promise<readonly string[]> {
  const run: string[] = [];
  await connection.begin({ rebuild: operations.some(sqlite.mayRebuild) });
  try {
    for (const group of sqlite.group(operations)) {
      const before = await sqlite.inspect(connection);
      for (const { sql, params } of sqlite.compile(group, { writer: sqlite.writer, before, connected })) {
        await connection.query(sql, params);
        run.push(sql);
      }
    }
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
  return run;
}

/** The rows of a query. */
export async function rows(connection: Connection, sql: string): Promise<readonly unknown[]> {
  return (await connection.query(sql)).rows;
}
