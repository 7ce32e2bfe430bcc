import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { createRecorder } from "../../src/operations/recorder.ts";
import type { Operation } from "../../src/operations/registry.ts";
import { renderOperations } from "../../src/operations/render.ts";
import { CODE_CASES } from "../postgres/code_cases.ts";
import { TYPE_CASES } from "../postgres/type_cases.ts";

const posts = { name: "posts" };
const auth = { name: "posts", schema: "auth" };
const long = "a rather long expression that no formatter can break, and that goes on and on ".repeat(2);

/** One of every kind, and the shapes in which they are short, long, and nested. */
const OPERATIONS: readonly Operation[] = [
  { kind: "addColumn", table: { name: "users" }, column: { name: "bio", type: "text" } },
  { kind: "addColumn", table: auth, column: { name: "bio", type: "text", nullable: false, default: "''" } },
  {
    kind: "addColumn",
    table: posts,
    column: { name: "x", type: "text", generated: { expression: long, stored: true }, collation: "C" },
    ifNotExists: true,
  },
  {
    kind: "addColumn",
    table: posts,
    column: {
      name: "n",
      type: "bigint",
      identity: {
        generation: "always",
        start: 10,
        increment: "2",
        minValue: -5,
        maxValue: 9007199254740991,
        cycle: true,
      },
    },
  },
  { kind: "addEnumValue", type: { name: "status" }, value: 'it\'s "quoted"', before: "published" },
  { kind: "alterColumn", table: posts, column: "views", changes: { type: "bigint", nullable: false, default: "0" } },
  { kind: "alterColumn", table: posts, column: "views", changes: { default: null, identity: null, collation: null } },
  {
    kind: "alterColumn",
    table: { name: "a_table_with_a_very_long_name_for_a_table", schema: "and_a_schema_with_a_long_name" },
    column: "a_column_with_a_long_name",
    changes: { type: "integer", using: "a_column_with_a_long_name::integer" },
  },
  { kind: "alterEnum", type: { name: "status", schema: "auth" }, values: ["draft", "published"] },
  { kind: "alterEnum", type: { name: "country" }, values: Array.from({ length: 60 }, (_, at) => `value_${at}`) },
  { kind: "createCheckConstraint", table: posts, check: { expression: "price > 0" } },
  { kind: "createCheckConstraint", table: posts, check: { name: "c", expression: long } },
  { kind: "createEnum", type: { name: "Mood" }, values: ["sad", "ok", "\u{1F600}", "tab\tnul\u0001\u2028"] },
  {
    kind: "createForeignKey",
    table: posts,
    key: {
      name: "posts_author_id_users_id_fk",
      columns: ["author_id"],
      references: { table: "users", schema: "auth", columns: ["id"] },
      onDelete: "set null",
      deferrable: true,
      initially: "deferred",
    },
  },
  {
    kind: "createForeignKey",
    table: posts,
    key: { columns: ["a"], references: { table: "b", columns: ["c"] } },
  },
  {
    kind: "createIndex",
    table: posts,
    index: {
      name: "posts_search_idx",
      parts: [
        { column: "slug" },
        { column: "created_at", order: "desc", nulls: "last" },
        { expression: "lower(title)", opclass: "text_pattern_ops", collation: "C" },
      ],
      unique: true,
      using: "gin",
      where: '"deletedAt" is null',
      include: ["id"],
      with: { fillfactor: "70", "odd-key": "1", ["__proto__"]: "1" },
    },
    concurrently: true,
  },
  { kind: "createIndex", table: posts, index: { name: "i", parts: [{ column: "a" }] } },
  { kind: "createPrimaryKey", table: posts, key: { name: "posts_pkey", columns: ["a", "b"] } },
  { kind: "createSchema", name: "auth" },
  {
    kind: "createTable",
    table: {
      name: "posts",
      columns: [
        { name: "id", type: "integer", nullable: false },
        { name: "title", type: "text", nullable: false, default: "'it''s'" },
        { name: "computed", type: "text", generated: { expression: long, stored: false }, nullable: false },
      ],
      primaryKey: { columns: ["id"] },
      uniques: [{ name: "u", columns: ["title"], nullsNotDistinct: true }],
      foreignKeys: [{ columns: ["id"], references: { table: "t", columns: ["id"] }, onDelete: "cascade" }],
      checks: [{ name: "c", expression: "id > 0" }],
      indexes: [{ name: "i", parts: [{ column: "title" }], where: long }],
      strict: true,
    },
  },
  {
    kind: "createTable",
    table: {
      name: "t",
      columns: [{ name: "id", type: "integer" }],
      primaryKey: { name: "t_pk", columns: ["id"] },
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
    },
  },
  { kind: "createUniqueConstraint", table: posts, unique: { columns: ["a", "b"], nullsNotDistinct: true } },
  { kind: "dropColumn", table: posts, column: "bio" },
  { kind: "dropConstraint", table: posts, name: "posts_author_id_fkey", type: "foreignKey" },
  { kind: "dropConstraint", table: posts, name: null, type: "unique", columns: ["a", "b"] },
  { kind: "dropEnum", type: { name: "status" } },
  { kind: "dropIndex", name: "i", table: auth, concurrently: true },
  { kind: "dropSchema", name: "auth", cascade: true },
  { kind: "dropTable", table: posts, ifExists: true },
  { kind: "autocommitBlock", operations: [] },
  {
    kind: "autocommitBlock",
    operations: [{ kind: "execute", sql: "VACUUM" }, { kind: "execute", sql: long }] as never,
  },
  { kind: "backfill", table: posts, set: { title: "lower(title)" }, where: "title is null", batchSize: 10, pause: 1.5 },
  {
    kind: "batchAlterTable",
    table: auth,
    recreate: "always",
    operations: [
      { kind: "addColumn", table: auth, column: { name: "bio", type: "text", default: long } },
      { kind: "createUniqueConstraint", table: auth, unique: { name: "u", columns: ["a"] } },
      { kind: "dropIndex", name: "i", table: auth },
    ] as never,
  },
  {
    kind: "autocommitBlock",
    operations: [{
      kind: "batchAlterTable",
      table: posts,
      operations: [{ kind: "dropColumn", table: posts, column: "a" }],
    }] as never,
  },
  { kind: "bulkInsert", table: posts, rows: [{ id: 1, title: "a" }, { id: 2n, at: new Date(0), ["odd key"]: null }] },
  { kind: "bulkInsert", table: auth, rows: [{ a: new Uint8Array([1]), b: true, title: long }], batchSize: 10 },
  { kind: "execute", sql: "select 1" },
  { kind: "execute", sql: "update t\n  set a = '`${x}` \\ $1'\nwhere b = $y" },
  { kind: "execute", sql: "carriage\r\nreturn" },
  {
    kind: "execute",
    sql: "insert into t values ($1, $2, $3, $4, $5, $6, $7)",
    params: [1.5, -0, 10n, null, true, new Uint8Array([1, 255]), new Date(0), "\u2029", new Uint8Array()],
  },
  { kind: "execute", sql: long, params: ["x".repeat(200), ...Array.from({ length: 40 }, (_, at) => at)] },
  { kind: "execute", sql: long },
  { kind: "execute", sql: `select 1\n  from t` },
  { kind: "execute", sql: `${long}\n  from t` },
  { kind: "execute", sql: `select 1\n  from t\n${long}` },
  { kind: "execute", sql: `${long}\n${long}`, params: ["a\nb"] },
  {
    kind: "createCheckConstraint",
    table: { name: "a_table_with_a_very_long_name_for_a_table", schema: "and_a_schema_with_a_long_name" },
    check: { name: "a_check_with_a_long_name", expression: "a > 0\nand b > 0" },
  },
  {
    kind: "alterColumn",
    table: posts,
    column: "full",
    changes: { generated: { expression: `case when\n${long}`, stored: true }, using: `${long}\nx` },
  },
  {
    kind: "createForeignKey",
    table: { name: "a_table_with_a_very_long_name_for_a_table", schema: "and_a_schema_with_a_long_name" },
    key: {
      columns: ["a_column_with_a_long_name", "another_column_with_a_long_name"],
      references: { table: "b", columns: ["a_column_with_a_long_name", "another_column_with_a_long_name"] },
      onUpdate: "cascade",
    },
  },
  { kind: "execute", sql: "select '\"a\" \\ ''' || $1, \"b\"", params: ["\u00e9\u0301 ${x} `"] },
  { kind: "renameColumn", table: posts, column: "a", newName: "b" },
  { kind: "renameTable", table: auth, newName: "articles" },
  {
    kind: "createTable",
    table: {
      name: "events",
      columns: [
        { name: "id", type: "bigint", storage: "plain", statistics: 100, inherited: true },
        { name: "body", type: "text", storage: "external", compression: "lz4", comment: "it's" },
      ],
      primaryKey: { columns: ["id"], include: ["body"], deferrable: true },
      uniques: [],
      foreignKeys: [],
      checks: [{ name: "c", expression: "id > 0", notValid: true, noInherit: true }],
      exclusions: [{ name: "x", using: "gist", parts: [{ column: "id", operator: "=" }], where: "id > 1" }],
      indexes: [{ name: "i", parts: [{ column: "id" }], invalid: true, partOf: { name: "j", schema: "auth" } }],
      partitionBy: "RANGE (id)",
      unlogged: true,
      tablespace: "fast",
      using: "heap",
      with: { fillfactor: "70", "toast.autovacuum_enabled": "false" },
      rowSecurity: "forced",
      replicaIdentity: { index: "i" },
      clusteredOn: "i",
      inherits: [{ name: "parent" }, { name: "other", schema: "auth" }],
      comment: "events",
    },
    ifNotExists: true,
  },
  {
    kind: "createTable",
    table: {
      name: "events_1",
      columns: [],
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
      partitionOf: { table: "events", schema: "auth", bound: "FOR VALUES FROM (1) TO (10)" },
    },
  },
  {
    kind: "alterTable",
    table: auth,
    changes: {
      comment: null,
      unlogged: false,
      tablespace: null,
      using: "heap",
      with: { fillfactor: null, autovacuum_enabled: "false" },
      replicaIdentity: "full",
      clusteredOn: null,
      addInherits: [{ name: "a", schema: "b" }],
      dropInherits: [{ name: "c" }],
    },
  },
  { kind: "setTableSchema", table: posts, newSchema: "auth" },
  { kind: "setTableSchema", table: auth, newSchema: null },
  { kind: "attachPartition", table: posts, partition: auth, bound: "DEFAULT" },
  { kind: "detachPartition", table: posts, partition: auth },
  { kind: "detachPartition", table: posts, partition: auth, concurrently: true },
  { kind: "detachPartition", table: auth, partition: posts, finalize: true },
  {
    kind: "alterColumn",
    table: posts,
    column: "a",
    changes: { comment: null, storage: "main", compression: null, statistics: 10, collation: null },
  },
  {
    kind: "createUniqueConstraint",
    table: posts,
    unique: { name: "u", columns: ["a"], include: ["b"], deferrable: true, initially: "deferred" },
  },
  { kind: "createUniqueConstraint", table: posts, unique: { columns: ["a"] }, usingIndex: "i" },
  { kind: "createUniqueConstraint", table: posts, unique: { name: "u", columns: ["a", "b"], withoutOverlaps: true } },
  { kind: "createPrimaryKey", table: posts, key: { name: "k", columns: ["a"], deferrable: true }, usingIndex: "i" },
  {
    kind: "createForeignKey",
    table: posts,
    key: {
      name: "f",
      columns: ["a", "b"],
      references: { table: "t", columns: ["a", "b"] },
      match: "full",
      notValid: true,
      onDelete: "set null",
      onDeleteColumns: ["b"],
      period: true,
      notEnforced: true,
    },
  },
  {
    kind: "createCheckConstraint",
    table: posts,
    check: { name: "c", expression: "a > 0", notValid: true, noInherit: true, notEnforced: true },
  },
  { kind: "validateConstraint", name: "c", table: auth },
  {
    kind: "createExcludeConstraint",
    table: posts,
    exclusion: {
      name: "x",
      parts: [{ column: "room", operator: "=" }, { expression: "lower(b)", opclass: "text_ops", operator: "&&" }],
      using: "gist",
      where: "a > 0",
      with: { fillfactor: "70" },
      deferrable: true,
    },
  },
  { kind: "createExcludeConstraint", table: posts, exclusion: { parts: [{ column: "room", operator: "=" }] } },
  { kind: "dropConstraint", table: posts, name: "x", type: "exclude", cascade: true },
  { kind: "alterConstraint", name: "f", table: posts, changes: { deferrable: true, initially: "deferred" } },
  { kind: "renameConstraint", name: "a", table: auth, newName: "b" },
  {
    kind: "createIndex",
    table: posts,
    index: { name: "i", parts: [{ column: "a" }], nullsNotDistinct: true, tablespace: "fast" },
    only: true,
  },
  { kind: "renameIndex", name: "a", table: auth, newName: "b" },
  { kind: "alterIndex", name: "a", table: auth, changes: { with: { fillfactor: null }, tablespace: "fast" } },
  { kind: "attachIndex", index: { name: "i", schema: "auth" }, partition: { name: "j" } },
  { kind: "reindex", target: "table", name: auth },
  { kind: "reindex", target: "index", name: { name: "i" }, concurrently: true },
  ...Object.values({ ...TYPE_CASES, ...CODE_CASES }).flatMap(({ operations }) => operations),
];

const WIDTHS = [80, 100, 120];

test("rendered operations, when run, are the same operations", () => {
  for (const width of WIDTHS) {
    const { op, take } = createRecorder({
      dialect: "postgres",
      placeholder: () => "?",
      query: () => Promise.resolve([]),
    });
    new Function("op", renderOperations(OPERATIONS, { width }))(op);
    assert.deepEqual(take().map(({ operation }) => operation), OPERATIONS);
  }
});

test("rendered operations are as deno fmt leaves them", () => {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-render-"));
  try {
    for (const width of WIDTHS) {
      const file = join(folder, `width_${width}.ts`);
      const body = renderOperations(OPERATIONS, { width });
      writeFileSync(file, `export function upgrade(op: Op): void {\n${body}\n}\n`);
      const args = ["fmt", "--no-config", "--check", "--line-width", String(width), file];
      const { status, stderr } = spawnSync(process.execPath, args, {
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1" },
      });
      assert.equal(status, 0, stderr);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("lines are broken where they get too long, and only there", () => {
  const [short, , , , , alter] = OPERATIONS;
  assert.ok(short !== undefined && alter !== undefined);
  assert.equal(renderOperations([]), "");
  assert.equal(renderOperations([short]), '  op.addColumn("users", { name: "bio", type: "text" });');
  assert.equal(
    renderOperations([short, alter], { indent: "", width: 70 }),
    [
      'op.addColumn("users", { name: "bio", type: "text" });',
      'op.alterColumn("posts", "views", {',
      '  type: "bigint",',
      "  nullable: false,",
      '  default: "0",',
      "});",
    ].join("\n"),
  );
});
