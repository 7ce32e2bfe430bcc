// deno-lint-ignore-file no-explicit-any
import assert from "node:assert/strict";
import { test } from "node:test";
import { downgradeOperations } from "../../src/autogenerate/downgrade.ts";
import { compare } from "../../src/commands/compare.ts";
import { compileOperations } from "../../src/commands/compile_operations.ts";
import { spellTarget } from "../../src/commands/spell_target.ts";
import type { Connection } from "../../src/dialects/dialect.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import type { Operation } from "../../src/operations/registry.ts";
import type { Schema } from "../../src/schema/model.ts";
import { readTarget } from "../../src/sources/target.ts";
import { withDatabase } from "../support/postgres_server.ts";
import { type Drizzle, loadDrizzle, VERSIONS } from "../sources/drizzle_fixture.ts";

/** Everything that pg-core can express and a server without extensions can hold. */
function firstModule({ orm: { sql, gt, relations }, pg }: Drizzle): object {
  const auth = pg.pgSchema("auth");
  const kind = auth.enum("kind", ["a", "b"]);
  const mood = pg.pgEnum("Mood", ["sad", "ok"]);
  const citext = pg.customType({ dataType: () => "character varying(40)" });
  const pgTable = pg.snakeCase?.table ?? pg.pgTable;
  const numbers = pg.pgSequence("numbers", { startWith: 10, increment: 2, maxValue: 1000, cache: 3, cycle: true });
  const more = pg.pgSequence("more", { startWith: "1" });
  const users = pgTable("users", {
    id: pg.serial("id").primaryKey(),
    big: pg.bigserial("big", { mode: "number" }),
    email: pg.varchar("email", { length: 255 }).notNull().unique(),
    handle: pg.text().notNull().unique("my_handle"),
    createdAt: pg.timestamp({ withTimezone: true, precision: 3 }).defaultNow().notNull(),
    price: pg.numeric("price", { precision: 12, scale: 2 }).default("1.5"),
    count: pg.bigint("count", { mode: "bigint" }).default(10n),
    n: pg.integer("n").generatedAlwaysAsIdentity({ startWith: 10, increment: 2, minValue: 2, cache: 5, cycle: true }),
    m: pg.integer("m").generatedByDefaultAsIdentity(),
    number: pg.integer("number").default(sql`nextval('numbers')`),
    tags: pg.text("tags").array().default(["a", 'b"\\c', "it's"]),
    pairs: pg.integer("pairs").array(2),
    moods: mood("moods").array(),
    kinds: kind("kinds").array(),
    kind: kind("kind").default("a"),
    mood: mood("mood").notNull().default("sad"),
    data: pg.jsonb("data").default({ a: "it's" }),
    at: pg.timestamp("at").default(new Date(1000)),
    day: pg.date("day").default("2026-01-02"),
    time: pg.time("time", { precision: 2 }),
    span: pg.interval("span", { fields: "day to second" }),
    on: pg.boolean("on").default(true),
    letter: pg.char("letter", { length: 3 }),
    real: pg.real("real"),
    double: pg.doublePrecision("double"),
    uuid: pg.uuid("uuid").defaultRandom(),
    ip: pg.inet("ip"),
    net: pg.cidr("net"),
    mac: pg.macaddr("mac"),
    point: pg.point("point"),
    line: pg.line("line"),
    custom: citext("custom"),
    lazy: pg.text("lazy").$defaultFn(() => "x").$onUpdate(() => "y"),
    full: pg.text("full").generatedAlwaysAs((): any => sql`${users.email} || 'x'`),
  }, (t: any) => [
    pg.index().on(t.createdAt.desc()),
    pg.index("lower_idx").using("btree", sql`lower(${t.email})`, t.handle.desc().nullsFirst()).where(gt(t.count, 5n)),
    pg.index("gin_idx").using("gin", t.tags).with({ fastupdate: false }),
    pg.index("ops_idx").on(t.handle.op("text_pattern_ops")).concurrently(),
    pg.index("sql_idx").on(sql`${t.email} desc nulls last`, sql`(lower(${t.handle})) text_pattern_ops`),
    pg.index("hash_idx").using("hash", t.uuid),
    pg.uniqueIndex("unique_idx").on(t.email, t.handle),
    pg.unique().on(t.email, t.on).nullsNotDistinct(),
    pg.check("price_check", sql`${t.price} > ${1} or ${t.at} < ${new Date(0)}`),
  ]);
  const posts = auth.table("posts", {
    a: pg.integer("a").references(() => users.id, { onDelete: "cascade" }),
    b: pg.integer("b"),
    parent: pg.integer("parent"),
    owner: pg.text("owner").default(sql`current_user`),
  }, (t: any) => [
    pg.primaryKey({ columns: [t.a, t.b] }),
    pg.foreignKey({ columns: [t.parent, t.b], foreignColumns: [posts.a, posts.b], name: "parent_fk" }),
    pg.pgPolicy("posts_read", { as: "restrictive", for: "select", to: ["public"], using: sql`${t.b} > 1` }),
    pg.pgPolicy("mine", { to: "current_user", using: sql`${t.owner} = current_user`, withCheck: sql`true` }),
  ]);
  const locked = pg.pgTable("locked", { id: pg.integer("id") });
  const active = pg.pgView("active_users").with({ securityBarrier: true }).as((query: any) =>
    query.select({ id: users.id, createdAt: users.createdAt, up: sql`upper(${users.email})`.as("up") })
      .from(users).where(gt(users.count, 5n))
  );
  return {
    auth,
    kind,
    mood,
    numbers,
    more,
    users,
    posts,
    locked: locked.enableRLS?.() ?? locked,
    // It needs the view that comes after it by name.
    above: pg.pgView("above", { id: pg.integer("id") }).as(sql`select id from ${active} where id > 3`),
    active,
    writers: pg.pgMaterializedView("writers").with({ fillfactor: 80 }).as((query: any) =>
      query.select({ id: users.id, b: posts.b }).from(users).innerJoin(posts, sql`${posts.a} = ${users.id}`)
    ),
    mine: auth.view("mine", { a: pg.integer("a") }).as(
      sql`select ${posts.a}, ${posts.b} as c from ${posts} where ${posts.owner} in ('x', 'y')`,
    ),
    linked: pg.pgPolicy("linked", {
      for: "insert",
      withCheck: sql`exists (select 1 from ${users} where ${users.id} = ${posts.a})`,
    }).link(posts),
    there: pg.pgView("there", { id: pg.integer("id") }).existing(),
    usersRelations: relations?.(users, () => ({})),
  };
}

/** The same, much changed. */
function secondModule({ orm: { sql }, pg }: Drizzle): object {
  const auth = pg.pgSchema("auth");
  const kind = auth.enum("kind", ["a", "c", "b"]);
  const mood = pg.pgEnum("Mood", ["sad", "ok", "happy"]);
  const pgTable = pg.snakeCase?.table ?? pg.pgTable;
  const users = pgTable("users", {
    id: pg.serial("id").primaryKey(),
    email: pg.text("email").notNull(),
    handle: pg.text().unique("my_handle"),
    createdAt: pg.timestamp({ withTimezone: true, precision: 3 }).defaultNow(),
    count: pg.bigint("count", { mode: "bigint" }).default(11n),
    n: pg.integer("n").generatedByDefaultAsIdentity({ startWith: 10, increment: 3 }),
    tags: pg.text("tags").array().notNull().default([]),
    kind: kind("kind").default("c"),
    mood: mood("mood").notNull().default("happy"),
    full: pg.text("full").generatedAlwaysAs((): any => sql`${users.email} || 'y'`),
    letter: pg.char("letter", { length: 5 }),
  }, (t: any) => [
    pg.index("lower_idx").using("btree", sql`lower(${t.email})`, t.handle.asc()),
    pg.check("price_check", sql`${t.count} > ${5}`),
  ]);
  const posts = auth.table("posts", {
    a: pg.integer("a").references(() => users.id, { onDelete: "set null" }),
    b: pg.integer("b").primaryKey(),
    owner: pg.text("owner").default(sql`current_user`),
  }, (t: any) => [
    pg.pgPolicy("mine", { using: sql`${t.owner} = session_user` }),
    pg.pgPolicy("posts_read", { for: "delete", using: sql`${t.b} > 2` }),
  ]);
  return {
    auth,
    kind,
    mood,
    numbers: pg.pgSequence("numbers", { startWith: 11, increment: 1 }),
    users,
    posts,
    locked: pg.pgTable("locked", { id: pg.bigint("id", { mode: "number" }) }),
    active: pg.pgView("active_users", {}).with({ checkOption: "local" }).as(
      sql`select id, created_at, email from ${users} where count > 6`,
    ),
    writers: pg.pgMaterializedView("writers", {}).with({ fillfactor: 70 }).as(sql`select id from ${users}`),
    mine: auth.view("mine", { a: pg.integer("a") }).as(sql`select a, b as c, owner from ${posts}`),
  };
}

async function difference(connection: Connection, url: string, module: object) {
  const target = await readTarget(module, postgres, { casing: "snake_case" });
  const current = await postgres.inspect(connection, { schemas: target.schema.schemas });
  const scratch = () => postgres.openScratch({ url });
  const spelled = await spellTarget(target, { dialect: postgres, connection, scratch, sameServer: true });
  const { kinds, convention } = target;
  return await compare(
    { current, target: spelled.normal, written: spelled.written, kinds, convention, dialect: postgres },
    { noRenames: true },
  );
}

async function run(connection: Connection, operations: readonly Operation[], before: Schema): Promise<void> {
  for (const { sql, params } of compileOperations(operations, before, postgres)) {
    await connection.query(sql, params);
  }
}

/** What is compared: without what only helps. */
async function look(connection: Connection): Promise<Schema> {
  return { ...await postgres.inspect(connection, { schemas: "all" }), dependencies: [] };
}

for (const version of VERSIONS) {
  test(`drizzle-orm ${version} on PostgreSQL: upgraded there is nothing left to do, and the way back restores`, async () => {
    const drizzle = await loadDrizzle(version);
    const [first, second] = [firstModule(drizzle), secondModule(drizzle)];
    await withDatabase(async (url) => {
      const connection = await postgres.connect({ url });
      try {
        const empty = await look(connection);
        const made = await difference(connection, url, first);
        await run(connection, made.operations, made.current);
        assert.deepEqual((await difference(connection, url, first)).operations, []);
        const before = await look(connection);
        assert.deepEqual([before.views.length, before.policies.length, before.sequences.length], [4, 3, 2]);
        await connection.query("insert into users (email, handle, tags) values ('a@example.com', 'a', '{x}')");

        const changed = await difference(connection, url, second);
        const back = downgradeOperations(changed.operations, changed.current, postgres) ?? assert.fail("no way back");
        await run(connection, changed.operations, changed.current);
        assert.deepEqual((await difference(connection, url, second)).operations, []);
        const { rows } = await connection.query("select email, handle, tags, mood from users");
        assert.deepEqual(rows, [{ email: "a@example.com", handle: "a", tags: ["x"], mood: "sad" }]);

        await run(connection, back, await look(connection));
        assert.deepEqual((await difference(connection, url, first)).operations, []);
        const undo = downgradeOperations(made.operations, made.current, postgres) ?? assert.fail("no way back");
        await run(connection, undo, await postgres.inspect(connection, { schemas: "all" }));
        assert.deepEqual(await look(connection), empty);
      } finally {
        await connection.close();
      }
    });
  });
}
