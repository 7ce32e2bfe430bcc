import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";

const id = { name: "id", type: "integer", nullable: false };

/** Tables of every sort, as their author writes them. */
export const TABLES: readonly Operation[] = [
  op.createSchema.create("other"),
  op.createTable.create("users", {
    columns: [id, { name: "email", type: "text", nullable: false }, { name: "age", type: "integer" }],
    primaryKey: { name: "users_pkey", columns: ["id"] },
    uniques: [{ name: "users_email_key", columns: ["email"] }],
    checks: [{ name: "users_age_check", expression: "age > 0" }],
    indexes: [
      { name: "users_age_idx", columns: ["age"] },
      { name: "users_both_idx", columns: ["id", "email"], unique: true },
    ],
    comment: "people",
  }),
  op.createTable.create("posts", {
    columns: [
      { ...id, storage: "plain" },
      { name: "user_id", type: "integer" },
      { name: "body", type: "text", storage: "external", compression: "pglz", statistics: 50, comment: "text" },
      { name: "during", type: "int4range" },
    ],
    primaryKey: { name: "posts_pkey", columns: ["id"] },
    checks: [{ name: "posts_check", expression: "id > 0", notValid: true }],
    foreignKeys: [{
      name: "posts_user_id_fkey",
      columns: ["user_id"],
      references: { table: "users", columns: ["id"] },
      notValid: true,
    }],
    exclusions: [{
      name: "posts_excl",
      using: "gist",
      parts: [{ column: "during", operator: "&&" }],
      where: "id > 5",
      deferrable: true,
    }],
    indexes: [{ name: "posts_idx", columns: ["body"], using: "hash", with: { fillfactor: "80" } }],
    unlogged: true,
    with: { fillfactor: "90", "toast.autovacuum_enabled": "false" },
    rowSecurity: "forced",
    replicaIdentity: "full",
    clusteredOn: "posts_pkey",
  }),
  op.createTable.create("events", {
    columns: [id, { name: "at", type: "integer", nullable: false, default: 0 }, { name: "kind", type: "text" }],
    primaryKey: { name: "events_pkey", columns: ["id", "at"] },
    checks: [{ name: "events_check", expression: "id > 0" }],
    indexes: [{ name: "events_kind_idx", columns: ["kind"] }],
    partitionBy: "RANGE (at)",
  }),
  op.createPartition.create("events_1", {
    of: "events",
    bound: "FOR VALUES FROM (0) TO (10)",
    checks: [{ name: "events_1_check", expression: "at < 100" }],
    indexes: [{ name: "events_1_own_idx", columns: ["id"] }],
  }),
  op.createPartition.create("events_2", {
    of: "events",
    bound: "FOR VALUES FROM (10) TO (20)",
    partitionBy: "RANGE (at)",
  }),
  op.createPartition.create({ schema: "other", name: "events_2_1" }, {
    of: "events_2",
    bound: "FOR VALUES FROM (10) TO (15)",
  }),
  op.createTable.create("loose", {
    columns: [
      { name: "kind", type: "text" },
      id,
      { name: "at", type: "integer", nullable: false, default: 0 },
    ],
    primaryKey: { name: "loose_pkey", columns: ["id", "at"] },
    checks: [{ name: "events_check", expression: "id > 0" }],
    indexes: [{ name: "loose_idx", columns: ["kind"] }],
  }),
  op.createTable.create("base", {
    columns: [id, { name: "note", type: "text", default: "'x'" }],
    checks: [{ name: "base_check", expression: "id > 0" }, {
      name: "base_own_check",
      expression: "id > 1",
      noInherit: true,
    }],
  }),
  op.createTable.create("child", { columns: [{ name: "more", type: "text" }], inherits: [{ name: "base" }] }),
  op.createTable.create("free", {
    columns: [id, { name: "note", type: "text" }],
    checks: [{ name: "base_check", expression: "id > 0" }],
  }),
];
