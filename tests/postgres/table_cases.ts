import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";

/** Operations, and what they are in SQL. */
export interface Case {
  readonly operations: readonly Operation[];
  readonly sql: readonly string[];
  /** Without words to take it back. */
  readonly final?: true;
  /** The first major version that knows it. */
  readonly since?: number;
  /** Taken back, the server takes for the table's own what was its parent's. */
  readonly keepsOwn?: true;
}

const one = (operation: Operation, ...sql: readonly string[]): Case => ({ operations: [operation], sql });

/** Each operation on tables, columns, constraints and indexes. */
export const CASES: { readonly [title: string]: Case } = {
  "alterTable": one(
    op.alterTable.create("users", {
      comment: "it's",
      unlogged: true,
      with: { fillfactor: "70", autovacuum_enabled: "false" },
      replicaIdentity: { index: "users_both_idx" },
      clusteredOn: "users_age_idx",
    }),
    "ALTER TABLE users SET UNLOGGED, SET (fillfactor = 70, autovacuum_enabled = false), " +
      "REPLICA IDENTITY USING INDEX users_both_idx, CLUSTER ON users_age_idx",
    "COMMENT ON TABLE users IS 'it''s'",
  ),
  "alterTable back": {
    operations: [
      op.alterTable.create("posts", {
        unlogged: false,
        with: { fillfactor: null, "toast.autovacuum_enabled": null },
        replicaIdentity: null,
        clusteredOn: null,
        tablespace: null,
      }),
      op.alterTable.create("users", { comment: null }),
    ],
    sql: [
      "ALTER TABLE posts SET LOGGED, SET TABLESPACE pg_default, RESET (fillfactor, toast.autovacuum_enabled), " +
      "REPLICA IDENTITY DEFAULT, SET WITHOUT CLUSTER",
      "COMMENT ON TABLE users IS NULL",
    ],
  },
  "alterTable add inherits": one(
    op.alterTable.create("free", { addInherits: [{ name: "base" }] }),
    "ALTER TABLE free INHERIT base",
  ),
  "setTableSchema": one(op.setTableSchema.create("posts", "other"), "ALTER TABLE posts SET SCHEMA other"),
  "setTableSchema of a parent": one(op.setTableSchema.create("events", "other"), "ALTER TABLE events SET SCHEMA other"),
  "setTableSchema to the default one": one(
    op.setTableSchema.create({ schema: "other", name: "events_2_1" }, null),
    "DO $limbeck$ BEGIN EXECUTE format('ALTER TABLE other.events_2_1 SET SCHEMA %I', current_schema()); END $limbeck$",
  ),
  "renameTable": one(op.renameTable.create("events", "Events"), 'ALTER TABLE events RENAME TO "Events"'),
  "dropTable with its partitions": one(op.dropTable.create("events"), "DROP TABLE events"),
  "dropTable cascade": one(op.dropTable.create("users", { cascade: true }), "DROP TABLE users CASCADE"),
  "dropTable that inherits": one(op.dropTable.create("child"), "DROP TABLE child"),
  "alterTable drop inherits": {
    operations: [op.alterTable.create("child", { dropInherits: [{ name: "base" }] })],
    sql: ["ALTER TABLE child NO INHERIT base"],
    keepsOwn: true,
  },
  "createTable of many parts": one(
    op.createTable.create("many", {
      columns: [{ name: "a", type: "integer" }, { name: "note", type: "text", nullable: false }],
      inherits: [{ name: "base" }, { name: "free" }],
      checks: [{ name: "many_check", expression: "a > 0", notValid: true }],
      rowSecurity: "enabled",
      replicaIdentity: "nothing",
      tablespace: "pg_default",
      using: "heap",
      comment: "many",
    }),
    "CREATE TABLE many (\n  a integer,\n  note text NOT NULL\n) INHERITS (base, free) USING heap TABLESPACE pg_default",
    "ALTER TABLE many ALTER COLUMN note DROP DEFAULT",
    "ALTER TABLE many ADD CONSTRAINT many_check CHECK (a > 0) NOT VALID",
    "ALTER TABLE many REPLICA IDENTITY NOTHING, ENABLE ROW LEVEL SECURITY",
    "COMMENT ON TABLE many IS 'many'",
  ),
  "createPartition": one(
    op.createPartition.create("events_3", { of: "events", bound: "DEFAULT", partitionBy: "LIST (at)" }),
    "CREATE TABLE events_3 PARTITION OF events DEFAULT PARTITION BY LIST (at)",
  ),
  "attachPartition": one(
    op.attachPartition.create("events", "loose", "FOR VALUES FROM (20) TO (30)"),
    "ALTER TABLE events ATTACH PARTITION loose FOR VALUES FROM (20) TO (30)",
  ),
  "detachPartition": one(
    op.detachPartition.create("events", "events_1"),
    "ALTER TABLE events DETACH PARTITION events_1",
  ),
  "detachPartition concurrently": {
    operations: [
      op.detachPartition.create("events_2", { schema: "other", name: "events_2_1" }, { concurrently: true }),
      // The server gives the table a check of what the bound was, which stays.
      op.execute.create("ALTER TABLE other.events_2_1 DROP CONSTRAINT events_2_1_at_check"),
    ],
    sql: [
      "ALTER TABLE events_2 DETACH PARTITION other.events_2_1 CONCURRENTLY",
      "ALTER TABLE other.events_2_1 DROP CONSTRAINT events_2_1_at_check",
    ],
    final: true,
  },
  "addColumn with settings": one(
    op.addColumn.create("users", {
      name: "bio",
      type: "text",
      storage: "main",
      compression: "pglz",
      statistics: 7,
      comment: "life",
    }),
    "ALTER TABLE users ADD COLUMN bio text",
    "ALTER TABLE users ALTER COLUMN bio SET STORAGE main, ALTER COLUMN bio SET COMPRESSION pglz, " +
      "ALTER COLUMN bio SET STATISTICS 7",
    "COMMENT ON COLUMN users.bio IS 'life'",
  ),
  "addColumn to a partitioned table": one(
    op.addColumn.create("events", { name: "more", type: "text", default: "'x'" }),
    "ALTER TABLE events ADD COLUMN more text DEFAULT 'x'",
  ),
  "addColumn to an inherited table": one(
    op.addColumn.create("base", { name: "added", type: "text", nullable: false, default: "''" }),
    "ALTER TABLE base ADD COLUMN added text DEFAULT '' NOT NULL",
  ),
  "dropColumn of a partitioned table": one(
    op.dropColumn.create("events", "kind"),
    "ALTER TABLE events DROP COLUMN kind",
  ),
  "dropColumn of an inherited table": one(op.dropColumn.create("base", "note"), "ALTER TABLE base DROP COLUMN note"),
  "renameColumn everywhere": {
    operations: [
      op.renameColumn.create("events", "at", "Time of it"),
      op.renameColumn.create("posts", "id", "key"),
      op.renameColumn.create("base", "id", "key"),
    ],
    sql: [
      'ALTER TABLE events RENAME COLUMN at TO "Time of it"',
      "ALTER TABLE posts RENAME COLUMN id TO key",
      "ALTER TABLE base RENAME COLUMN id TO key",
    ],
  },
  "alterColumn, all at once": one(
    op.alterColumn.create("users", "age", {
      type: "bigint",
      nullable: false,
      default: 5,
      statistics: 20,
      comment: "years",
    }),
    "ALTER TABLE users ALTER COLUMN age TYPE bigint, ALTER COLUMN age SET DEFAULT 5, ALTER COLUMN age SET NOT NULL, " +
      "ALTER COLUMN age SET STATISTICS 20",
    "COMMENT ON COLUMN users.age IS 'years'",
  ),
  "alterColumn settings back": one(
    op.alterColumn.create("posts", "body", { storage: null, compression: null, statistics: null, comment: null }),
    "ALTER TABLE posts ALTER COLUMN body SET STORAGE extended, ALTER COLUMN body SET COMPRESSION DEFAULT, " +
      "ALTER COLUMN body SET STATISTICS -1",
    "COMMENT ON COLUMN posts.body IS NULL",
  ),
  "alterColumn of a partitioned table": one(
    op.alterColumn.create("events", "kind", { type: "varchar(20)", default: "'k'", nullable: false, comment: "c" }),
    "ALTER TABLE events ALTER COLUMN kind TYPE varchar(20), ALTER COLUMN kind SET DEFAULT 'k', " +
      "ALTER COLUMN kind SET NOT NULL",
    "COMMENT ON COLUMN events.kind IS 'c'",
  ),
  "createPrimaryKey": {
    operations: [
      op.createPrimaryKey.create("free_pkey", "free", ["id"], { include: ["note"], deferrable: true }),
    ],
    sql: ["ALTER TABLE free ADD CONSTRAINT free_pkey PRIMARY KEY (id) INCLUDE (note) DEFERRABLE"],
  },
  "createPrimaryKey using index": {
    operations: [
      op.createIndex.create("free_idx", "free", ["id"], { unique: true }),
      op.createPrimaryKey.create(null, "free", ["id"], { usingIndex: "free_idx" }),
    ],
    sql: [
      "CREATE UNIQUE INDEX free_idx ON free (id)",
      "ALTER TABLE free ADD PRIMARY KEY USING INDEX free_idx",
    ],
  },
  "createUniqueConstraint": one(
    op.createUniqueConstraint.create("k", "users", ["age"], {
      include: ["email"],
      with: { fillfactor: "60" },
      deferrable: true,
      initially: "deferred",
    }),
    "ALTER TABLE users ADD CONSTRAINT k UNIQUE (age) INCLUDE (email) WITH (fillfactor = 60) " +
      "DEFERRABLE INITIALLY DEFERRED",
  ),
  "createUniqueConstraint using index": one(
    op.createUniqueConstraint.create("k", "users", ["id", "email"], { usingIndex: "users_both_idx" }),
    "ALTER TABLE users ADD CONSTRAINT k UNIQUE USING INDEX users_both_idx",
  ),
  "createForeignKey": one(
    op.createForeignKey.create("k", "posts", "users", ["id", "body"], ["id", "email"], {
      match: "full",
      onUpdate: "cascade",
      onDelete: "restrict",
      deferrable: true,
      initially: "deferred",
      notValid: true,
    }),
    "ALTER TABLE posts ADD CONSTRAINT k FOREIGN KEY (id, body) REFERENCES users (id, email) MATCH FULL " +
      "ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID",
  ),
  "createCheckConstraint": one(
    op.createCheckConstraint.create("k", "base", "id > 3", { notValid: true, noInherit: true }),
    "ALTER TABLE base ADD CONSTRAINT k CHECK (id > 3) NO INHERIT NOT VALID",
  ),
  "validateConstraint": {
    operations: [
      op.validateConstraint.create("posts_check", "posts"),
      op.validateConstraint.create("posts_user_id_fkey", "posts"),
    ],
    sql: [
      "ALTER TABLE posts VALIDATE CONSTRAINT posts_check",
      "ALTER TABLE posts VALIDATE CONSTRAINT posts_user_id_fkey",
    ],
  },
  "createExcludeConstraint": one(
    op.createExcludeConstraint.create(
      "k",
      "posts",
      [{ column: "during", operator: "&&" }, { expression: "int4range(id, id + 1)", operator: "=" }],
      { using: "gist", where: "id < 9", deferrable: true, with: { fillfactor: "50" } },
    ),
    "ALTER TABLE posts ADD CONSTRAINT k EXCLUDE USING gist (during WITH &&, (int4range(id, id + 1)) WITH =) " +
      "WITH (fillfactor = 50) WHERE (id < 9) DEFERRABLE",
  ),
  "dropConstraint exclude": one(
    op.dropConstraint.create("posts_excl", "posts", { type: "exclude" }),
    "ALTER TABLE posts DROP CONSTRAINT posts_excl",
  ),
  "dropConstraint cascade": one(
    op.dropConstraint.create("users_pkey", "users", { cascade: true }),
    "ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE",
  ),
  "alterConstraint": one(
    op.alterConstraint.create("posts_user_id_fkey", "posts", { deferrable: true, initially: "deferred" }),
    "ALTER TABLE posts ALTER CONSTRAINT posts_user_id_fkey DEFERRABLE INITIALLY DEFERRED",
  ),
  "renameConstraint": {
    operations: [
      op.renameConstraint.create("posts_pkey", "posts", "Key"),
      op.renameConstraint.create("posts_check", "posts", "k"),
      op.renameConstraint.create("posts_excl", "posts", "x"),
    ],
    sql: [
      'ALTER TABLE posts RENAME CONSTRAINT posts_pkey TO "Key"',
      "ALTER TABLE posts RENAME CONSTRAINT posts_check TO k",
      "ALTER TABLE posts RENAME CONSTRAINT posts_excl TO x",
    ],
  },
  "createIndex": one(
    op.createIndex.create("k", "users", [
      { column: "email", opclass: "text_pattern_ops", collation: "C", order: "desc", nulls: "last" },
      { expression: "age % 10" },
    ], { include: ["id"], with: { fillfactor: "60" }, where: "age > 5", tablespace: "pg_default" }),
    'CREATE INDEX k ON users (email COLLATE "C" text_pattern_ops DESC NULLS LAST, (age % 10)) INCLUDE (id) ' +
      "WITH (fillfactor = 60) TABLESPACE pg_default WHERE age > 5",
  ),
  "createIndex nulls not distinct": {
    operations: [
      op.createIndex.create("k", "users", ["age"], { unique: true, nullsNotDistinct: true, ifNotExists: true }),
    ],
    sql: ["CREATE UNIQUE INDEX IF NOT EXISTS k ON users (age) NULLS NOT DISTINCT"],
    since: 15,
  },
  "createIndex of a partitioned table": one(
    op.createIndex.create("k", "events", ["kind", "at"]),
    "CREATE INDEX k ON events (kind, at)",
  ),
  "createIndex, a part at a time": {
    operations: [
      op.createIndex.create("k", "events_2", ["kind", "id"], { only: true }),
      op.createIndex.create("k_1", { schema: "other", name: "events_2_1" }, ["kind", "id"], { concurrently: true }),
      op.attachIndex.create("k", { schema: "other", name: "k_1" }),
    ],
    sql: [
      "CREATE INDEX k ON ONLY events_2 (kind, id)",
      "CREATE INDEX CONCURRENTLY k_1 ON other.events_2_1 (kind, id)",
      "ALTER INDEX k ATTACH PARTITION other.k_1",
    ],
    final: true,
  },
  "dropIndex of a partitioned table": one(
    op.dropIndex.create("events_kind_idx", "events"),
    "DROP INDEX events_kind_idx",
  ),
  "renameIndex": {
    operations: [
      op.renameIndex.create("events_kind_idx", "events", "k"),
      op.alterTable.create("users", { clusteredOn: "users_age_idx" }),
      op.renameIndex.create("users_age_idx", "users", "Age"),
    ],
    sql: [
      "ALTER INDEX events_kind_idx RENAME TO k",
      "ALTER TABLE users CLUSTER ON users_age_idx",
      'ALTER INDEX users_age_idx RENAME TO "Age"',
    ],
  },
  "alterIndex": one(
    op.alterIndex.create("posts_idx", "posts", { with: { fillfactor: "50" } }),
    "ALTER INDEX posts_idx SET (fillfactor = 50)",
  ),
  "alterIndex back": one(
    op.alterIndex.create("posts_idx", "posts", { with: { fillfactor: null } }),
    "ALTER INDEX posts_idx RESET (fillfactor)",
  ),
  "reindex": {
    operations: [op.reindex.create("table", "users"), op.reindex.create("index", "users_pkey", { concurrently: true })],
    sql: ["REINDEX TABLE users", "REINDEX INDEX CONCURRENTLY users_pkey"],
  },
};
