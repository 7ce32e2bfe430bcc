/**
 * The same schemas in every version of drizzle-orm, which are imported side by side: their types do not fit together.
 */
// deno-lint-ignore-file no-explicit-any

export const VERSIONS = ["0.36.4", "0.45.4", "1.0.0-rc.4"] as const;

export interface Drizzle {
  readonly version: string;
  readonly orm: any;
  readonly pg: any;
  readonly sqlite: any;
}

export async function loadDrizzle(version: string): Promise<Drizzle> {
  const load = (path: string): Promise<any> => import(`npm:drizzle-orm@${version}${path}`);
  return { version, orm: await load(""), pg: await load("/pg-core"), sqlite: await load("/sqlite-core") };
}

/** A module as a user would have it, for PostgreSQL. */
export function postgresModule({ orm: { sql, gt, relations }, pg }: Drizzle): { readonly [name: string]: unknown } {
  const auth = pg.pgSchema("auth");
  const kind = auth.enum("kind", ["a", "b"]);
  const mood = pg.pgEnum("Mood", ["sad", "ok"]);
  // 1.0 has the casing in the table, 0.x in the configuration.
  const pgTable = pg.snakeCase?.table ?? pg.pgTable;
  const users = pgTable("users", {
    id: pg.serial("id").primaryKey(),
    email: pg.varchar("email", { length: 255 }).notNull().unique(),
    handle: pg.text().notNull().unique("my_handle"),
    createdAt: pg.timestamp({ withTimezone: true, precision: 3 }).defaultNow(),
    price: pg.numeric("price", { precision: 12, scale: 2 }).default("1.5"),
    big: pg.bigint("big", { mode: "bigint" }).default(10n),
    n: pg.integer("n").generatedAlwaysAsIdentity({ startWith: 10, increment: 2 }),
    tags: pg.text("tags").array().default(["a", 'b"\\c', "it's"]),
    numbers: pg.integer("numbers").array().default([1, 2]),
    moods: mood("moods").array(),
    kind: kind("kind").default("a"),
    mood: mood("mood").notNull().default("sad"),
    data: pg.jsonb("data").default({ a: "it's" }),
    text: pg.jsonb("text").default("abc"),
    at: pg.timestamp("at").default(new Date(1000)),
    on: pg.boolean("on").default(true),
    embedding: pg.vector("embedding", { dimensions: 3 }),
    clientOnly: pg.text("client_only").$defaultFn(() => "x"),
    full: pg.text("full").generatedAlwaysAs((): any => sql`${users.email} || 'x'`),
  }, (t: any) => [
    pg.index().on(t.createdAt.desc()),
    pg.index("lower_idx").using("btree", sql`lower(${t.email})`, t.handle.desc().nullsFirst()).where(gt(t.big, 5n)),
    pg.index("gin_idx").using("gin", t.handle.op("gin_trgm_ops")).with({ fastupdate: false }),
    pg.index("sql_idx").on(sql`${t.email} desc nulls last`, sql`(lower(${t.handle})) text_pattern_ops`),
    pg.uniqueIndex("unique_idx").on(t.email, t.handle),
    pg.unique().on(t.email, t.on).nullsNotDistinct(),
    pg.check("price_check", sql`${t.price} > ${5} and ${t.at} < ${new Date(0)}`),
  ]);
  const posts = auth.table("posts", {
    a: pg.integer("a").references(() => users.id, { onDelete: "cascade" }),
    b: pg.integer("b"),
    parent: pg.integer("parent"),
  }, (t: any) => [
    pg.primaryKey({ columns: [t.a, t.b] }),
    pg.foreignKey({ columns: [t.parent, t.b], foreignColumns: [posts.a, posts.b], name: "parent_fk" }).onUpdate(
      "set null",
    ),
    pg.pgPolicy("posts_read", {
      as: "restrictive",
      for: "select",
      to: [pg.pgRole("editor"), "current_user"],
      using: sql`${t.b} > 1`,
    }),
  ]);
  const active = pg.pgView("active_users").as((query: any) =>
    query.select({ id: users.id, created: users.createdAt }).from(users).where(gt(users.big, 5n))
  );
  const counts = pg.pgMaterializedView("counts").using("heap").with({ fillfactor: 90 }).withNoData().as((query: any) =>
    query.select({ id: users.id }).from(users)
  );
  const readable = auth.view("readable", { a: pg.integer("a") }).with({
    checkOption: "cascaded",
    securityBarrier: true,
  })
    .as(sql`select ${posts.a} from ${posts}`);
  const elsewhere = pg.pgTable("elsewhere", { id: pg.integer("id") });
  return {
    auth,
    kind,
    mood,
    users,
    posts,
    active,
    counts,
    readable,
    there: pg.pgView("there", { id: pg.integer("id") }).existing(),
    thereToo: pg.pgMaterializedView("there_too", { id: pg.integer("id") }).existing(),
    linked: pg.pgPolicy("linked", {
      to: "public",
      withCheck: sql`(exists (select 1 from ${users} where ${users.id} = ${posts.a}))`,
    }).link(posts),
    idle: pg.pgPolicy("idle"),
    outside: pg.pgPolicy("outside").link(elsewhere),
    editor: pg.pgRole("editor"),
    reader: pg.pgRole("reader").existing(),
    sequence: pg.pgSequence("numbers", {
      startWith: 10,
      increment: 2,
      minValue: 5,
      maxValue: 1000,
      cache: 3,
      cycle: true,
    }),
    more: auth.sequence("more"),
    again: users,
    // 1.0 has another way to say relations.
    usersRelations: relations?.(users, () => ({})),
    helper: () => 1,
  };
}

/** A module as a user would have it, for SQLite. */
export function sqliteModule({ orm: { sql }, sqlite }: Drizzle): { readonly [name: string]: unknown } {
  const users = sqlite.sqliteTable("users", {
    id: sqlite.integer("id").primaryKey({ autoIncrement: true }),
    flag: sqlite.integer("flag", { mode: "boolean" }).notNull().default(true),
    at: sqlite.integer("at", { mode: "timestamp" }).default(new Date(5000)),
    now: sqlite.text("now").default(sql`CURRENT_TIMESTAMP`),
    data: sqlite.text("data", { mode: "json" }).default({ a: 1 }),
    raw: sqlite.blob("raw", { mode: "buffer" }),
    email: sqlite.text("email").unique(),
    upper: sqlite.text("upper").generatedAlwaysAs(sql`upper("email")`, { mode: "stored" }),
    lazy: sqlite.text("lazy").generatedAlwaysAs(sql`lower("email")`),
  }, (t: any) => [
    sqlite.uniqueIndex("email_flag").on(t.email, t.flag),
    sqlite.index("lower_email").on(sql`lower(${t.email})`).where(sql`${t.flag} = 1`),
    sqlite.check("flag_check", sql`${t.flag} in (0, 1)`),
  ]);
  const follows = sqlite.sqliteTable("follows", {
    follower: sqlite.integer("follower").notNull().references(() => users.id),
    followed: sqlite.integer("followed").notNull(),
  }, (t: any) => [
    sqlite.primaryKey({ columns: [t.follower, t.followed], name: "follows_key" }),
    sqlite.foreignKey({ columns: [t.followed], foreignColumns: [users.id] }).onDelete("cascade"),
  ]);
  const flagged = sqlite.sqliteView("flagged").as((query: any) =>
    query.select({ id: users.id, email: users.email }).from(users).where(sql`${users.flag} = 1`)
  );
  const there = sqlite.sqliteView("there", { id: sqlite.integer("id") }).existing();
  return { default: { users, follows, flagged, there } };
}
