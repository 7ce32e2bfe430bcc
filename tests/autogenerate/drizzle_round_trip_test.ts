import assert from "node:assert/strict";
import { test } from "node:test";
import { compareSchemas, type ComparisonResult } from "../../src/autogenerate/compare_schemas.ts";
import { downgradeOperations } from "../../src/autogenerate/downgrade.ts";
import type { Connection } from "../../src/dialects/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import type { Operation } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model.ts";
import { nameSchema } from "../../src/schema/naming.ts";
import { readTarget } from "../../src/sources/target.ts";
import { type Drizzle, loadDrizzle, sqliteModule, VERSIONS } from "../sources/drizzle_fixture.ts";

/** The fixture's schema, much changed. */
function changedModule({ orm: { sql }, sqlite: core }: Drizzle): object {
  const users = core.sqliteTable("users", {
    id: core.integer("id").primaryKey(),
    flag: core.text("flag"),
    email: core.text("email").notNull(),
    bio: core.text("bio").notNull().default(""),
    upper: core.text("upper").generatedAlwaysAs(sql`upper("email") || '!'`, { mode: "stored" }),
    // deno-lint-ignore no-explicit-any
  }, (t: any) => [core.index("lower_email").on(t.email), core.unique().on(t.upper)]);
  return { users };
}

async function compare(
  connection: Connection,
  source: object,
): Promise<ComparisonResult & { readonly current: Schema }> {
  const { schema: written, kinds, convention } = await readTarget(source, sqlite);
  const target = await sqlite.normalize(connection, nameSchema(written, convention));
  const current = await sqlite.inspect(connection);
  return { ...compareSchemas({ current, target, written, kinds, convention, dialect: sqlite }), current };
}

async function run(connection: Connection, operations: readonly Operation[]): Promise<void> {
  await connection.begin({ rebuild: true });
  for (const group of sqlite.group(operations)) {
    const before = await sqlite.inspect(connection);
    for (const { sql, params } of sqlite.compile(group, { writer: sqlite.writer, before })) {
      await connection.query(sql, params);
    }
  }
  await connection.commit();
}

for (const version of VERSIONS) {
  test(`drizzle-orm ${version} on SQLite: upgraded there is nothing left to do, and the way back restores`, async () => {
    const drizzle = await loadDrizzle(version);
    const { users, follows } = sqliteModule(drizzle)["default"] as { readonly [name: string]: unknown };
    const [first, second] = [{ users, follows }, changedModule(drizzle)];
    const connection = await sqlite.connect({ url: ":memory:" });
    try {
      const made = await compare(connection, first);
      await run(connection, made.operations);
      assert.deepEqual((await compare(connection, first)).operations, []);
      await connection.query("insert into users (id, email) values (1, 'a@example.com')");

      const changed = await compare(connection, second);
      const back = downgradeOperations(changed.operations, changed.current, sqlite) ?? assert.fail();
      await run(connection, changed.operations);
      assert.deepEqual((await compare(connection, second)).operations, []);
      const { rows } = await connection.query("select id, flag, email, bio, upper from users");
      assert.deepEqual(rows.map((row) => ({ ...row })), [
        { id: 1, flag: "1", email: "a@example.com", bio: "", upper: "A@EXAMPLE.COM!" },
      ]);

      await run(connection, back);
      assert.deepEqual((await compare(connection, first)).operations, []);
      await run(connection, downgradeOperations(made.operations, made.current, sqlite) ?? assert.fail());
      assert.deepEqual(await sqlite.inspect(connection), EMPTY_SCHEMA);
    } finally {
      await connection.close();
    }
  });
}
