import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { compareSchemas } from "../../src/autogenerate/compare_schemas.ts";
import { EMPTY_SCHEMA, OBJECT_KINDS, type Schema, type Table } from "../../src/schema/model.ts";
import { dependenciesInText } from "../../src/schema/text_dependencies.ts";
import { look, run, withConnection } from "./session.ts";

const table = (name: string, schema: string | undefined, columns: Table["columns"]): Table => ({
  name,
  ...(schema === undefined ? {} : { schema }),
  columns,
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
});

/** A target as somebody writes it: nothing is spelled as the server does. */
const WRITTEN: Schema = {
  ...EMPTY_SCHEMA,
  schemas: ["auth"],
  enums: [{ name: "kind", schema: "auth", values: ["a", "b"] }],
  domains: [
    { name: "short", type: "name40", checks: [{ name: "short_check", expression: "LENGTH(VALUE)<5" }] },
    { name: "name40", type: "character varying (40)", default: "'X'", checks: [] },
    {
      name: "word",
      schema: "auth",
      type: "text",
      nullable: false,
      checks: [{ name: "w", expression: "value in ('a','b')" }],
    },
  ],
  sequences: [{ name: "numbers", start: 1, increment: 2, cycle: false, maxValue: "100" }],
  tables: [
    table("members", "auth", [
      { name: "id", type: "int", default: "nextval('numbers')" },
      { name: "kind", type: "auth.kind", default: "'a'" },
      { name: "word", type: "auth.word[]" },
    ]),
    {
      ...table("notes", undefined, [
        { name: "id", type: "int4" },
        { name: "owner", type: "text" },
        { name: "member", type: "int" },
        { name: "title", type: "short" },
      ]),
      rowSecurity: "enabled",
    },
  ],
  views: [
    { name: "a_first", query: "select * from z_last where id>1 or title is null" },
    {
      name: "counts",
      materialized: true,
      with: { fillfactor: "90" },
      query: "select kind, count(*) as n from auth.members group by 1",
    },
    {
      name: "joined",
      schema: "auth",
      query:
        "SELECT n.*, auth.members.kind FROM notes n JOIN auth.members ON auth.members.id=n.member WHERE members.kind='a'",
      with: { security_barrier: "true" },
    },
    { name: "named", columns: ["x", "y"], query: "select id, owner from notes" },
    {
      name: "z_last",
      query: "select notes.id, title from notes, auth.members m where m.id = notes.member",
    },
  ],
  policies: [
    {
      name: "mine",
      table: "notes",
      roles: ["current_user"],
      using: "owner=current_user and exists (select 1 from auth.members where members.id=notes.member)",
    },
    { name: "theirs", table: "notes", permissive: false, command: "insert", withCheck: "(length(owner)>1)" },
    {
      name: "for_kind",
      schema: "auth",
      table: "members",
      roles: ["PUBLIC"],
      permissive: true,
      using: "members.kind='a'",
    },
  ],
};

const target: Schema = { ...WRITTEN, dependencies: dependenciesInText(WRITTEN) };

const difference = (current: Schema, normal: Schema) =>
  compareSchemas({
    current,
    target: normal,
    written: target,
    kinds: OBJECT_KINDS,
    convention: "postgres",
    dialect: postgres,
    includeSchemas: true,
  }).operations;

test("views, policies, sequences and domains of a target have the server's spelling, before and after it is applied", async () => {
  await withConnection(async (connection) => {
    const before = await postgres.normalize(connection, target);
    assert.deepEqual(await look(connection), EMPTY_SCHEMA);
    await run(connection, difference(EMPTY_SCHEMA, before));
    const found = await look(connection);
    for (const kind of ["domains", "sequences", "views", "policies"] as const) {
      assert.deepEqual(
        new Map(before[kind].map((each) => [each.name, each])),
        new Map(found[kind].map((each) => [each.name, each])),
      );
    }
    assert.deepEqual(difference(found, before), []);
    assert.deepEqual(difference(found, await postgres.normalize(connection, target)), []);
    assert.deepEqual(difference(found, await postgres.normalize(connection, found)), []);
  });
});

test("what the server refuses of a view or policy is named", async () => {
  await withConnection(async (connection) => {
    const cases: readonly (readonly [change: Partial<Schema>, message: RegExp])[] = [
      [{ views: [{ name: "v", query: "select nothing from auth.members" }] }, /view "v": .*"nothing" does not exist/],
      [
        { policies: [{ name: "p", table: "notes", using: "no" }] },
        /policy "p" of table "notes": .*"no" does not exist/,
      ],
      [{ domains: [{ name: "short", type: "text", checks: [{ expression: "x" }] }] }, /domain "short": .*"x"/],
      [{ sequences: [{ name: "s", increment: 0 }] }, /sequence "s": .*INCREMENT/],
    ];
    for (const [change, message] of cases) {
      await assert.rejects(postgres.normalize(connection, { ...target, views: [], policies: [], ...change }), message);
    }
  });
});
