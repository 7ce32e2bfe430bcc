import type { Operation } from "../../src/operations/registry.ts";
import { createEnum } from "../../src/operations/create_enum.ts";
import { createForeignKey } from "../../src/operations/create_foreign_key.ts";
import { createSchema } from "../../src/operations/create_schema.ts";
import { createTable } from "../../src/operations/create_table.ts";

/** A database with something of everything, as its author writes it: not yet in the server's spelling. */
export const WORLD: readonly Operation[] = [
  createSchema.create("auth"),
  createEnum.create("mood", ["sad", "ok", "it's fine"]),
  createEnum.create({ schema: "auth", name: "role" }, ["user", "admin"]),
  createTable.create("users", {
    columns: [
      { name: "id", type: "serial", nullable: false },
      { name: "email", type: "character varying(255)", nullable: false, comment: "It's an address" },
      { name: "full name", type: "text", default: "''" },
      { name: "mood", type: "mood", default: "'ok'::mood", nullable: false },
      { name: "moods", type: "mood[]", default: "'{}'" },
      { name: "role", type: "auth.role", default: "'user'", nullable: false },
      { name: "age", type: "int4" },
      { name: "low", type: "text", generated: { expression: "lower(email)", stored: true } },
      { name: "created_at", type: "timestamp (3) with time zone", default: "now()", nullable: false },
    ],
    primaryKey: { name: "users_pkey", columns: ["id"] },
    uniques: [{ name: "users_email_key", columns: ["email"], deferrable: true, initially: "deferred" }],
    checks: [
      { name: "users_age_check", expression: '"users"."age" BETWEEN 0 AND 150' },
      { name: "users_email_check", expression: "email IN ('a@b', 'it''s')" },
      { name: "users_mood_check", expression: "(mood <> 'sad' OR age > 3)" },
      { name: "users_role_check", expression: "role IN ('user'::auth.role, 'admin')" },
    ],
    indexes: [
      {
        name: "users_lower_idx",
        columns: [{ expression: "LOWER(email)" }, { column: "id", order: "desc", nulls: "last" }],
      },
      { name: "users_mood_idx", columns: ["created_at"], where: "mood = 'ok' and age is not null" },
      { name: "users_moods_idx", columns: ["moods"], using: "gin" },
      { name: "users_pattern_idx", columns: [{ column: "email", opclass: "varchar_pattern_ops", collation: "C" }] },
      { name: "users_age_key", columns: ["age"], unique: true, include: ["mood"], with: { fillfactor: "70" } },
    ],
    comment: "Who's who",
  }),
  createTable.create({ schema: "auth", name: "users" }, {
    columns: [
      {
        name: "id",
        type: "bigint",
        nullable: false,
        identity: { generation: "byDefault", start: 100, increment: 5, maxValue: 1000, cycle: true },
      },
      { name: "user_id", type: "integer", nullable: false },
      { name: "role", type: "auth.role", default: "'user'::auth.role" },
      { name: "price", type: "numeric(12, 2)", default: "0" },
      { name: "code", type: "char(3)", default: "'abc'", collation: "C" },
    ],
    primaryKey: { name: "users_pkey", columns: ["id", "user_id"] },
    checks: [{ name: "price_check", expression: "auth.users.price > 0" }],
    indexes: [{ name: "users_lower_idx", columns: ["code"] }],
  }),
  createForeignKey.create("users_user_id_fkey", { schema: "auth", name: "users" }, "users", ["user_id"], ["id"], {
    onDelete: "cascade",
    onUpdate: "set null",
  }),
];

/** Defaults that the server prints otherwise than they are written. */
export const DEFAULTS: readonly (readonly [type: string, value: string, canonical: string])[] = [
  ["integer", "-1", "-1"],
  ["bigint", "-5", "-5"],
  ["smallint", "(3)", "3"],
  ["numeric(10,2)", "-0.50", "-0.50"],
  ["double precision", "-1.5", "-1.5"],
  ["real", "1", "1"],
  ["boolean", "TRUE", "true"],
  ["text", "'it''s'", "'it''s'"],
  ["text", "'a\\b'", "'a\\b'"],
  ["varchar(10)", "'draft'", "'draft'"],
  ["varchar(10)", "'draft'::varchar(10)", "'draft'"],
  ["char(3)", "'abc'", "'abc'"],
  ["char", "'a'", "'a'"],
  ["text", "'a' || 'b'", "'a'::text || 'b'::text"],
  ["jsonb", "'{}'", "'{}'"],
  ["json", "'[]'::json", "'[]'"],
  ["text[]", "'{}'", "'{}'"],
  ["text[]", "ARRAY[]::text[]", "ARRAY[]::text[]"],
  ["integer[][]", "'{1,2}'", "'{1,2}'"],
  ["date", "'2020-01-01'", "'2020-01-01'"],
  ["date", "CURRENT_DATE", "CURRENT_DATE"],
  ["timestamp(3)", "now()", "now()"],
  ["timestamptz", "current_timestamp", "CURRENT_TIMESTAMP"],
  ["timestamptz", "'2020-01-01 00:00:00+02'", "'2019-12-31 22:00:00+00'"],
  ["time(0)", "'10:00'", "'10:00:00'"],
  ["interval", "'1 day'", "'1 day'"],
  ["uuid", "gen_random_uuid()", "gen_random_uuid()"],
  ["bytea", "'\\x00ff'", "'\\x00ff'"],
  ["bit(3)", "B'101'", "'101'::\"bit\""],
  ["inet", "'127.0.0.1'", "'127.0.0.1'"],
];
