import assert from "node:assert/strict";
import { test } from "node:test";
import type { SqlValue } from "../../src/ddl/statement.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";

type Case = readonly [sql: string, params: readonly SqlValue[] | undefined, written: string];

const POSTGRES: readonly Case[] = [
  ["select 1", undefined, "select 1;"],
  ["select 1;", undefined, "select 1;"],
  ["select 1 ; \n", undefined, "select 1 ;"],
  ["select 1 -- one", undefined, "select 1 -- one\n;"],
  ["select 1 /* -- one */", undefined, "select 1 /* -- one */;"],
  ["select 1; -- done", undefined, "select 1; -- done"],
  ["select '-- no comment'", undefined, "select '-- no comment';"],
  ["select $1, $2, $1", ["a", "b"], "select 'a', 'b', 'a';"],
  ["select $10, $1", [..."abcdefghij"], "select 'j', 'a';"],
  ["select '$1', $1", ["a"], "select '$1', 'a';"],
  ['select "$1", $1', ["a"], `select "$1", 'a';`],
  ["select a$1, $1", ["a"], "select a$1, 'a';"],
  ["select $$ $1 $$, $x$ $$ $1 $x$, $1", ["a"], "select $$ $1 $$, $x$ $$ $1 $x$, 'a';"],
  ["select E'\\'$1', $1", ["a"], "select E'\\'$1', 'a';"],
  ["select '\\', $1, '\\'", ["a"], "select '\\', 'a', '\\';"],
  ["select $1 -- $1\n, $1", ["a"], "select 'a' -- $1\n, 'a';"],
  ["select /* $1 /* $1 */ $1 */ $1", ["a"], "select /* $1 /* $1 */ $1 */ 'a';"],
  ["select $1", ["$1 it's \\ \n"], "select '$1 it''s \\ \n';"],
  // As they are bound: the server finds out the type, and a minus never meets another one.
  ["select 1 -$1::int", [-5], "select 1 -'-5'::int;"],
  ["select $1, $2", [9223372036854775807n, true], "select '9223372036854775807', 'true';"],
  ["select $1", [null], "select NULL;"],
  ["select $1", [new Uint8Array([0, 255])], "select '\\x00ff'::bytea;"],
  ["select $1", [new Date("2026-11-23T05:00:00.123Z")], "select '2026-11-23T05:00:00.123Z';"],
  ["select '$1'", undefined, "select '$1';"],
  ["select a[1] from t where a ? $1", ["x"], "select a[1] from t where a ? 'x';"],
];

const SQLITE: readonly Case[] = [
  ["select 1", undefined, "select 1;"],
  ["select 1 -- one", undefined, "select 1 -- one\n;"],
  ["select ?, ?", ["a", "b"], "select 'a', 'b';"],
  ["select ?2, ?1, ?", ["a", "b", "c"], "select 'b', 'a', 'c';"],
  ["select :x, ?, :x", ["a", "b"], "select 'a', 'b', 'a';"],
  ["select '?', \"?\", [?], `?`, ?", ["a"], "select '?', \"?\", [?], `?`, 'a';"],
  ["select ? -- ?\n, ?", ["a", "b"], "select 'a' -- ?\n, 'b';"],
  ["select /* ? */ ?", ["a"], "select /* ? */ 'a';"],
  ["select '\\', ?, '\\'", ["a"], "select '\\', 'a', '\\';"],
  ["select ?", ["? it's \\ \n"], "select '? it''s \\ \n';"],
  ["select ?", ["a\r\nb"], "select ('a' || char(13) || '\nb');"],
  ["select 1 -?", [-5], "select 1 -(-5);"],
  ["select ?", [-9223372036854775808n], "select (-9223372036854775808);"],
  ["select ?, ?", [true, false], "select 1, 0;"],
  ["select ?", [2 ** 60], "select 1.152921504606847e+18;"],
  ["select ?", [new Uint8Array([0, 255])], "select x'00ff';"],
  ["select ?", [new Date(1000)], "select 1000;"],
];

for (const [dialect, cases] of [[postgres, POSTGRES], [sqlite, SQLITE]] as const) {
  for (const [sql, params, written] of cases) {
    test(`${dialect.name} writes ${JSON.stringify(sql)}`, () => {
      assert.equal(dialect.script.statement(params === undefined ? { sql } : { sql, params }), written);
    });
  }
  test(`${dialect.name} refuses what cannot be written`, () => {
    const [first, second] = [dialect.writer.placeholder(1), dialect.writer.placeholder(2)];
    const invalid = { code: "OPERATION_INVALID" };
    assert.throws(() => dialect.script.statement({ sql: `select ${first}`, params: ["a\0b"] }), invalid);
    for (const value of [["a"], { a: 1 }, undefined] as unknown as SqlValue[]) {
      assert.throws(() => dialect.script.statement({ sql: `select ${first}`, params: [value] }), invalid);
    }
    assert.throws(() => dialect.script.statement({ sql: `select ${first}, ${second}`, params: ["a"] }), invalid);
  });
}
