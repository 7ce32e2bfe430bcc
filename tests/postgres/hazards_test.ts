import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import type { HazardKind } from "../../src/ddl/statement.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import type { Schema, Table } from "../../src/schema/model.ts";
import { look, withConnection } from "./session.ts";

/** Tables with rows, and what the operations need to be there. */
const SETUP = `
  CREATE SCHEMA other;
  CREATE DOMAIN checked AS integer CHECK (VALUE > 0);
  CREATE DOMAIN unchecked AS integer;
  CREATE TABLE p (id integer PRIMARY KEY, code text NOT NULL UNIQUE);
  INSERT INTO p SELECT n, n::text FROM generate_series(1, 50) n;
  CREATE TABLE t (
    id integer NOT NULL, p_id integer, free integer, a varchar(10), b text, n numeric(5, 2), d timestamp,
    j json, during int4range, proven integer, gen integer GENERATED ALWAYS AS (id * 2) STORED,
    CONSTRAINT t_proven CHECK (proven IS NOT NULL),
    CONSTRAINT t_fk FOREIGN KEY (p_id) REFERENCES p (id)
  );
  INSERT INTO t (id, p_id, free, a, b, n, d, j, during, proven)
    SELECT n, n, n, n::text, n::text, n, now(), '{}', int4range(n, n + 1), n FROM generate_series(1, 50) n;
  ALTER TABLE t ADD CONSTRAINT t_late CHECK (id > 0) NOT VALID;
  ALTER TABLE t ADD CONSTRAINT t_late_fk FOREIGN KEY (id) REFERENCES p (id) NOT VALID;
  CREATE UNIQUE INDEX t_id_idx ON t (id);
  CREATE UNIQUE INDEX t_free_idx ON t (free);
  CREATE INDEX t_b_idx ON t (b);
  CREATE TABLE e (id integer, at integer NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE e_1 PARTITION OF e FOR VALUES FROM (0) TO (10);
  INSERT INTO e SELECT n, n FROM generate_series(0, 9) n;
  CREATE TABLE e_2 (id integer, at integer NOT NULL);
  INSERT INTO e_2 SELECT n, n FROM generate_series(10, 19) n;
  CREATE TABLE f (id integer, at integer NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE f_rest PARTITION OF f DEFAULT;
  INSERT INTO f SELECT n, n FROM generate_series(50, 59) n`;

const column = (name: string, type: string): { readonly name: string; readonly type: string } => ({ name, type });

/** What the model has of the partitioned tables, where inspection does not list them. */
const PARTITIONS: readonly Table[] = [
  ["e", undefined],
  ["f", undefined],
  ["e_1", { table: "e", bound: "FOR VALUES FROM (0) TO (10)" }],
  ["f_rest", { table: "f", bound: "DEFAULT" }],
].map(([name, partitionOf]) => ({
  name: name as string,
  columns: [column("id", "integer"), column("at", "integer")],
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
  ...(partitionOf === undefined ? { partitionBy: "RANGE (at)" } : {
    partitionOf: partitionOf as Exclude<Table["partitionOf"], undefined>,
  }),
}));

const DOMAINS: Schema["domains"] = [
  { name: "checked", type: "integer", checks: [{ expression: "VALUE > 0" }] },
  { name: "unchecked", type: "integer", checks: [] },
];

const add = (type: string, more: object = {}): Operation => op.addColumn.create("t", { ...column("x", type), ...more });
const change = (name: string, changes: Parameters<typeof op.alterColumn.create>[2]): Operation =>
  op.alterColumn.create("t", name, changes);

const CASES: { readonly [title: string]: Operation | readonly Operation[] } = {
  "addColumn nullable": add("text"),
  "addColumn constant default": add("text", { default: "'x'" }),
  "addColumn now()": add("timestamptz", { default: "now()" }),
  "addColumn volatile default": add("timestamptz", { default: "clock_timestamp()" }),
  "addColumn uuid": add("uuid", { default: "gen_random_uuid()" }),
  "addColumn serial": add("serial"),
  "addColumn identity": add("bigint", { identity: { generation: "always" } }),
  "addColumn stored": add("integer", { generated: { expression: "id + 1", stored: true } }),
  "addColumn domain with a check": add("checked"),
  "addColumn domain without a check": add("unchecked"),
  "addColumn with settings": add("text", { storage: "external", statistics: 10, comment: "c" }),
  "dropColumn": op.dropColumn.create("t", "a"),
  "renameColumn": op.renameColumn.create("t", "a", "z"),
  "renameTable": op.renameTable.create("t", "z"),
  "setTableSchema": op.setTableSchema.create("t", "other"),
  "alterColumn varchar to a longer one": change("a", { type: "varchar(20)" }),
  "alterColumn varchar to a shorter one": change("a", { type: "varchar(5)" }),
  "alterColumn varchar to text": change("a", { type: "text" }),
  "alterColumn text to varchar": change("b", { type: "varchar" }),
  "alterColumn text to varchar(n)": change("b", { type: "varchar(30)" }),
  "alterColumn integer to bigint": change("free", { type: "bigint" }),
  "alterColumn integer to text": change("free", { type: "text" }),
  "alterColumn numeric wider": change("n", { type: "numeric(9,2)" }),
  "alterColumn numeric unlimited": change("n", { type: "numeric" }),
  "alterColumn numeric with another scale": change("n", { type: "numeric(9,3)" }),
  "alterColumn json to jsonb": change("j", { type: "jsonb" }),
  "alterColumn with using": change("b", { type: "integer", using: "b::integer" }),
  "alterColumn not null": change("free", { nullable: false }),
  "alterColumn not null, proven": change("proven", { nullable: false }),
  "alterColumn null": change("id", { nullable: true }),
  "alterColumn default": change("free", { default: 1 }),
  "alterColumn drop default": change("free", { default: null }),
  "alterColumn collation": change("a", { collation: "C" }),
  "alterColumn collation of an indexed one": change("b", { collation: "C" }),
  "alterColumn add identity": change("id", { identity: { generation: "always" } }),
  "alterColumn drop expression": change("gen", { generated: null }),
  "alterColumn another expression": change("gen", { generated: { expression: "id * 3", stored: true } }),
  "alterColumn settings": change("b", { storage: "main", statistics: 5, compression: "pglz", comment: "c" }),
  "createTable": op.createTable.create("new", {
    columns: [column("id", "integer"), column("p_id", "integer")],
    primaryKey: ["id"],
    foreignKeys: [{ name: "new_fk", columns: ["p_id"], references: { table: "p", columns: ["id"] } }],
  }),
  "dropTable": op.dropTable.create("t"),
  "createPartition": op.createPartition.create("e_9", { of: "e", bound: "FOR VALUES FROM (90) TO (99)" }),
  "createPartition beside a default one": op.createPartition.create("f_9", {
    of: "f",
    bound: "FOR VALUES FROM (90) TO (99)",
  }),
  "attachPartition": op.attachPartition.create("e", "e_2", "FOR VALUES FROM (10) TO (20)"),
  "attachPartition beside a default one": op.attachPartition.create("f", "e_2", "FOR VALUES FROM (10) TO (20)"),
  "detachPartition": op.detachPartition.create("e", "e_1"),
  "alterTable unlogged": op.alterTable.create("e_1", { unlogged: true }),
  "alterTable parameters": op.alterTable.create("t", { with: { fillfactor: "70" } }),
  "alterTable comment": op.alterTable.create("t", { comment: "c" }),
  "alterTable replica identity": op.alterTable.create("t", { replicaIdentity: "full" }),
  "alterTable cluster": op.alterTable.create("t", { clusteredOn: "t_b_idx" }),
  "createIndex": op.createIndex.create("i", "t", ["a"]),
  "createIndex unique": op.createIndex.create("i", "t", ["id", "a"], { unique: true }),
  "createIndex only": op.createIndex.create("i", "e", ["at"], { only: true }),
  "dropIndex": op.dropIndex.create("t_b_idx", "t"),
  "renameIndex": op.renameIndex.create("t_b_idx", "t", "z"),
  "alterIndex": op.alterIndex.create("t_b_idx", "t", { with: { fillfactor: "70" } }),
  "attachIndex": [
    op.createIndex.create("i", "e", ["at"], { only: true }),
    op.createIndex.create("i_1", "e_1", ["at"]),
    op.attachIndex.create("i", "i_1"),
  ],
  "reindex index": op.reindex.create("index", "t_b_idx"),
  "reindex table": op.reindex.create("table", "t"),
  "createPrimaryKey": op.createPrimaryKey.create("t_pkey", "t", ["id"]),
  "createPrimaryKey using index": op.createPrimaryKey.create("t_pkey", "t", ["id"], { usingIndex: "t_id_idx" }),
  "createPrimaryKey using index, nullable": op.createPrimaryKey.create("t_pkey", "t", ["free"], {
    usingIndex: "t_free_idx",
  }),
  "createUniqueConstraint": op.createUniqueConstraint.create("k", "t", ["a"]),
  "createUniqueConstraint using index": op.createUniqueConstraint.create("k", "t", ["id"], { usingIndex: "t_id_idx" }),
  "createExcludeConstraint": op.createExcludeConstraint.create("x", "t", [{ column: "during", operator: "&&" }], {
    using: "gist",
  }),
  "createCheckConstraint": op.createCheckConstraint.create("k", "t", "id > 0"),
  "createCheckConstraint not valid": op.createCheckConstraint.create("k", "t", "id > 0", { notValid: true }),
  "createForeignKey": op.createForeignKey.create("k", "t", "p", ["free"], ["id"]),
  "createForeignKey not valid": op.createForeignKey.create("k", "t", "p", ["free"], ["id"], { notValid: true }),
  "validateConstraint check": op.validateConstraint.create("t_late", "t"),
  "validateConstraint foreign key": op.validateConstraint.create("t_late_fk", "t"),
  "alterConstraint": op.alterConstraint.create("t_fk", "t", { deferrable: true }),
  "renameConstraint": op.renameConstraint.create("t_fk", "t", "z"),
  "dropConstraint check": op.dropConstraint.create("t_late", "t"),
  "dropConstraint foreign key": op.dropConstraint.create("t_fk", "t"),
  "dropConstraint unique": op.dropConstraint.create("p_code_key", "p"),
};

/** The hazards that can be seen from outside. */
const SEEN: readonly HazardKind[] = ["blocksReads", "blocksWrites", "longRunning", "rewritesTable"];

const WORK =
  /^(?<what>rewriting table|verifying table|building index|validating foreign key constraint) "(?<name>[^"]+)"(?: on table "(?<table>[^"]+)")?/;

interface TableFile {
  readonly oid: number;
  readonly name: string;
  readonly file: number;
}

interface HeldLock {
  readonly name: string;
  readonly mode: string;
}

interface Trace {
  readonly kinds: Set<HazardKind>;
  readonly told: string;
}

/** What a message says of a table on which these locks are held. */
function kindOf(message: string, locks: readonly HeldLock[]): HazardKind | undefined {
  const { what, name = "", table = name } = WORK.exec(message)?.groups ?? {};
  if (what === undefined) return undefined;
  // A foreign key is named and not its table.
  const on = what.startsWith("validating") ? "t" : table;
  const modes = locks.filter((lock) => lock.name === on).map(({ mode }) => mode);
  if (modes.length === 0) return undefined;
  if (modes.includes("AccessExclusiveLock")) return "blocksReads";
  return modes.some((mode) => mode === "ShareLock" || mode === "ShareRowExclusiveLock")
    ? "blocksWrites"
    : "longRunning";
}

const FILES = `SELECT c.oid, c.relname AS name, c.relfilenode AS file FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`;

/** Runs statements in a transaction that is taken back, and asks the server what they do to the tables that were there. */
async function trace(url: string, statements: readonly string[]): Promise<Trace> {
  const client = new pg.Client({ connectionString: url });
  const messages: string[] = [];
  client.on("notice", ({ message = "" }: { readonly message?: string }) => messages.push(message));
  await client.connect();
  const rows = async <Row>(sql: string, params: readonly unknown[] = []): Promise<readonly Row[]> =>
    (await client.query(sql, params)).rows;
  try {
    const tables = await rows<TableFile>(FILES);
    await client.query("BEGIN; SET LOCAL client_min_messages = debug1");
    for (const sql of statements) await client.query(sql);
    await client.query("SET LOCAL client_min_messages = warning");
    const held = await rows<{ readonly oid: number; readonly mode: string }>(
      "SELECT relation AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid()",
    );
    const after = await rows<TableFile>("SELECT oid, relfilenode AS file FROM pg_class");
    await client.query("ROLLBACK");
    const locks = tables.flatMap(({ oid, name }) =>
      held.filter((lock) => lock.oid === oid).map(({ mode }) => ({ name, mode }))
    );
    const kinds = new Set(messages.flatMap((message) => kindOf(message, locks) ?? []));
    const moved = tables.some(({ oid, file }) => after.some((each) => each.oid === oid && each.file !== file));
    if (moved) kinds.add("rewritesTable").add("blocksReads");
    return { kinds, told: messages.join("\n") };
  } finally {
    await client.end();
  }
}

/** What is true beside what the server tells. */
const MORE: { readonly [title: string]: HazardKind } = {
  // It reads the default partition without a word.
  "createPartition beside a default one": "blocksReads",
  // The lock on the index blocks whoever plans a query of the table.
  "reindex index": "blocksReads",
  "reindex table": "blocksReads",
};

test("the hazards of operations are what the server says that it does", async (t) => {
  await withConnection(async (connection, url) => {
    await connection.batch(SETUP);
    const found = await look(connection);
    const others = found.tables.filter(({ name }) => !PARTITIONS.some((each) => each.name === name));
    const before = { ...found, domains: DOMAINS, tables: [...others, ...PARTITIONS] };
    for (const [title, operations] of Object.entries(CASES)) {
      await t.test(title, async () => {
        const statements = [operations].flat().flatMap((operation) =>
          postgres.compile([operation], { writer: postgres.writer, before })
        );
        const { kinds, told } = await trace(url, statements.map(({ sql }) => sql));
        const more = MORE[title];
        if (more !== undefined) kinds.add(more);
        const said = new Set(statements.flatMap(({ hazards = [] }) => hazards.map(({ kind }) => kind)));
        assert.deepEqual(SEEN.filter((kind) => said.has(kind)), SEEN.filter((kind) => kinds.has(kind)), told);
      });
    }
  });
});

test("what must not run in a transaction says so, and nothing else does", async (t) => {
  const outside: readonly Operation[] = [
    op.createIndex.create("i", "t", ["a"], { concurrently: true }),
    op.reindex.create("index", "t_b_idx", { concurrently: true }),
    op.reindex.create("table", "t", { concurrently: true }),
    op.dropIndex.create("t_b_idx", "t", { concurrently: true }),
    op.detachPartition.create("e", "e_1", { concurrently: true }),
  ];
  await withConnection(async (connection, url) => {
    await connection.batch(SETUP);
    const before = await look(connection);
    for (const operation of outside) {
      await t.test(operation.kind, async () => {
        const [statement] = postgres.compile([operation], { writer: postgres.writer, before });
        assert.equal(statement?.transactional, false);
        assert.ok(statement?.hazards?.some(({ kind }) => kind === "notTransactional"));
        await assert.rejects(trace(url, [statement?.sql ?? ""]), { code: "25001" });
        await connection.query(statement?.sql ?? "");
      });
    }
  });
});
