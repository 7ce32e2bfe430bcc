import assert from "node:assert/strict";
import { test } from "node:test";
import type { Op } from "../../mod.ts";

/** Never run: TypeScript has to refuse each line that says so, and to take the others. */
export function typed(op: Op): void {
  op.createPartition("e_1", { of: "e", bound: "DEFAULT", partitionBy: "LIST (a)" });
  // @ts-expect-error: a partition has a bound
  op.createPartition("e_1", { of: "e" });
  // @ts-expect-error: the columns of a partition are its parent's
  op.createPartition("e_1", { of: "e", bound: "DEFAULT", columns: [] });
  op.alterTable("t", { comment: null, with: { fillfactor: null }, replicaIdentity: { index: "i" } });
  // @ts-expect-error: a table has no such thing
  op.alterTable("t", { colour: "red" });
  // @ts-expect-error: what is identified by
  op.alterTable("t", { replicaIdentity: "some" });
  // @ts-expect-error: a parameter is text
  op.alterTable("t", { with: { fillfactor: 70 } });
  op.setTableSchema("t", null);
  // @ts-expect-error: the default schema is null
  op.setTableSchema("t");
  // @ts-expect-error: a bound is missing
  op.attachPartition("e", "e_1");
  op.detachPartition("e", "e_1", { concurrently: true });
  op.alterColumn("t", "a", { comment: null, storage: null, compression: null, statistics: null, default: 1 });
  // @ts-expect-error: a column has no such thing
  op.alterColumn("t", "a", { nulable: true });
  // @ts-expect-error: a target is a number
  op.alterColumn("t", "a", { statistics: "100" });
  op.createUniqueConstraint("u", "t", ["a"], { usingIndex: "i", initially: "deferred" });
  // @ts-expect-error: a unique constraint refers to nothing
  op.createUniqueConstraint("u", "t", ["a"], { onDelete: "cascade" });
  op.createPrimaryKey(null, "t", ["a"], { usingIndex: "i" });
  op.createForeignKey("f", "t", "p", ["a"], ["b"], { match: "full", notValid: true });
  // @ts-expect-error: there is no other match
  op.createForeignKey("f", "t", "p", ["a"], ["b"], { match: "partial" });
  // @ts-expect-error: there is no such action
  op.createForeignKey("f", "t", "p", ["a"], ["b"], { onDelete: "delete" });
  op.createCheckConstraint("c", "t", "a > 0", { notValid: true, noInherit: true });
  // @ts-expect-error: the name is said, or null
  op.createCheckConstraint("t", "a > 0");
  op.createExcludeConstraint("x", "t", [{ expression: "lower(a)", operator: "=" }], { using: "gist" });
  // @ts-expect-error: a part has an operator
  op.createExcludeConstraint("x", "t", [{ column: "a" }]);
  op.dropConstraint("x", "t", { type: "exclude", cascade: true });
  // @ts-expect-error: there is no such type
  op.dropConstraint("x", "t", { type: "index" });
  op.alterConstraint("f", "t", { deferrable: true });
  // @ts-expect-error: now or later
  op.alterConstraint("f", "t", { initially: "never" });
  op.createIndex("i", "t", ["a", { expression: "lower(b)", nulls: "first" }], { only: true, tablespace: "fast" });
  // @ts-expect-error: a column or an expression, not both
  op.createIndex("i", "t", [{ column: "a", expression: "b" }]);
  op.alterIndex("i", "t", { tablespace: null });
  op.attachIndex({ schema: "other", name: "i" }, "j");
  op.reindex("table", "t", { concurrently: true });
  // @ts-expect-error: one index or one table
  op.reindex("database", "t");
  // @ts-expect-error: on which table
  op.renameIndex("i", "j");
  // @ts-expect-error: on which table
  op.validateConstraint("c");
  op.createDomain("d", { type: "text", checks: [{ expression: "value > ''" }] });
  // @ts-expect-error: a domain has a type
  op.createDomain("d", { nullable: false });
  op.alterDomain("d", { default: null });
  // @ts-expect-error: a check has an expression
  op.alterDomain("d", { addChecks: ["value > 0"] });
  op.alterEnum("e", ["a"], { map: { b: "a" } });
  // @ts-expect-error: the values are texts
  op.alterEnum("e", [1]);
  // @ts-expect-error: a value becomes one other
  op.alterEnum("e", ["a"], { map: { b: ["a"] } });
  op.alterSequence("s", { restart: true, maxValue: null });
  // @ts-expect-error: restart is a number or true
  op.alterSequence("s", { restart: false });
  op.createView("v", "select 1", { with: { security_barrier: "true" } });
  // @ts-expect-error: a view has a query
  op.createView("v");
  // @ts-expect-error: only a materialized view has indexes
  op.createView("v", "select 1", { indexes: [] });
  op.createFunction("f", "integer", "create function f(integer) returns int", { type: "function" });
  // @ts-expect-error: there is no such type of function
  op.createFunction("f", "", "create operator", { type: "operator" });
  op.createTrigger("g", "t", { timing: "after", events: [{ update: ["a"] }], execute: "f()" });
  // @ts-expect-error: there is no such event
  op.createTrigger("g", "t", { timing: "after", events: ["upsert"], execute: "f()" });
  // @ts-expect-error: there is no such time
  op.createTrigger("g", "t", { timing: "during", events: ["insert"], execute: "f()" });
  // @ts-expect-error: there is no such mode
  op.enableTrigger("g", "t", { mode: "never" });
  // @ts-expect-error: there is no such command
  op.createPolicy("p", "t", { command: "truncate" });
  op.grant({ kind: "schema", name: "s" }, { to: "r", privileges: ["usage"] });
  // @ts-expect-error: to whom
  op.grant("t", { privileges: ["select"] });
  // @ts-expect-error: there is no such kind of object
  op.comment({ kind: "colum", name: "a" }, "x");
  // @ts-expect-error: no comment is null
  op.comment("t");
  // @ts-expect-error: how it is dropped
  op.createObject({ type: "rule", name: "r", definition: "create rule r" });
}

test("the types refuse what is wrong: deno check has done it", () => {
  assert.equal(typeof typed, "function");
});
