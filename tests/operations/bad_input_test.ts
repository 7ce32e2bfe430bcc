import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOfSql } from "../../src/operations/sql_text.ts";
import { applyOperation, type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model.ts";

const SCHEMA: Schema = [
  op.createTable.create("p", {
    columns: [{ name: "id", type: "integer" }, { name: "at", type: "integer" }],
    partitionBy: "RANGE (at)",
  }),
  op.createPartition.create("p_1", { of: "p", bound: "DEFAULT" }),
  op.createTable.create("t", {
    columns: [{ name: "a", type: "text" }, { name: "b", type: "text" }],
    primaryKey: { name: "t_pkey", columns: ["a"] },
    checks: [{ name: "c", expression: "a > b" }],
    indexes: [{ name: "i", columns: ["a"] }],
  }),
].reduce((schema: Schema, operation) => applyOperation(schema, operation), EMPTY_SCHEMA);

/** What can never be right, whatever the database. */
const NEVER: readonly (readonly [() => Operation, RegExp])[] = [
  [
    () => op.createTable.create("x", { columns: [{ name: "a", type: "text" }, { name: "a", type: "text" }] }),
    /two columns "a"/,
  ],
  [
    () =>
      op.createTable.create("x", {
        columns: [{ name: "a", type: "text" }],
        indexes: [{ name: "i", columns: ["a"] }, { name: "i", columns: ["a"] }],
      }),
    /two indexes "i"/,
  ],
  [
    () => op.createTable.create("x", { columns: [], checks: [{ expression: "a > (1" }] }),
    /the condition of a check .* "\)" is missing/,
  ],
  [() => op.createTable.create("x", { columns: [], partitionBy: "RANGE (a" }), /what the table is partitioned by/],
  [() => op.createPartition.create("x", { of: "p", bound: "" }), /the bound is missing/],
  [() => op.attachPartition.create("p", "t", "DEFAULT; drop table t"), /semicolon/],
  [() => op.detachPartition.create("p", "p_1", { concurrently: true, finalize: true }), /not both/],
  [
    () => op.addColumn.create("t", { name: "x", type: "text", default: "it's" }),
    /the default of "x" .* a ' is not closed/,
  ],
  [() => op.addColumn.create("t", { name: "x", type: "varchar(10" }), /the type of "x"/],
  [
    () => op.addColumn.create("t", { name: "x", type: "int", generated: { expression: "a)", stored: true } }),
    /the expression of "x" .* "\)" too many/,
  ],
  [() => op.alterColumn.create("t", "a", {}), /nothing is changed of "a"/],
  [() => op.alterColumn.create("t", "a", { using: "a::text" }), /nothing is changed of "a"/],
  [() => op.alterColumn.create("t", "a", { nulable: true } as never), /"nulable" is nothing that a column has/],
  [() => op.alterColumn.create("t", "a", { type: "integer", using: "a::(" }), /what "a" is made of/],
  [() => op.alterTable.create("t", {}), /nothing is changed of "t"/],
  [() => op.alterTable.create("t", { with: {}, addInherits: [] }), /nothing is changed of "t"/],
  [() => op.alterTable.create("t", { tablespaces: "x" } as never), /"tablespaces" is nothing that/],
  [() => op.alterIndex.create("i", "t", { with: {} }), /nothing is changed of "i"/],
  [() => op.alterConstraint.create("f", "t", {}), /nothing is changed of "f"/],
  [() => op.alterConstraint.create("f", "t", { deferrable: false, initially: "deferred" }), /cannot be deferred/],
  [() => op.createIndex.create("x", "t", []), /the list of columns is empty/],
  [() => op.createIndex.create("x", "t", [{ expression: "lower(a" }]), /a part of an index/],
  [() => op.createIndex.create("x", "t", ["a"], { where: "a > 'b" }), /the predicate of an index/],
  [() => op.createPrimaryKey.create("x", "t", []), /the list of columns is empty/],
  [() => op.createUniqueConstraint.create("x", "t", []), /the list of columns is empty/],
  [() => op.createForeignKey.create("x", "t", "p", [], []), /the list of columns is empty/],
  [() => op.createForeignKey.create("x", "t", "p", ["a"], ["a", "b"]), /1 columns cannot refer to 2/],
  [() => op.createExcludeConstraint.create("x", "t", []), /the list of columns is empty/],
  [() => op.createExcludeConstraint.create("x", "t", [{ column: "a", operator: "= a" }]), /"= a" is no operator/],
  [() => op.createExcludeConstraint.create("x", "t", [{ column: "a" } as never]), /undefined is no operator/],
  [() => op.createCheckConstraint.create("x", "t", "a > 0 -- why"), /ends in a comment/],
  [() => op.createCheckConstraint.create("x", "t", " "), /the condition is empty/],
  [() => op.backfill.create("t", { set: {}, where: "a" }), /nothing is set/],
  [() => op.backfill.create("t", undefined as never), /nothing is set/],
  [() => op.backfill.create("t", { set: { a: "1)" }, where: "a" }), /the value of "a" .* "\)" too many/],
  [() => op.backfill.create("t", { set: { a: 1 as never }, where: "a" }), /the value of "a" is no SQL text/],
  [() => op.backfill.create("t", { set: { a: "1" } } as never), /where is missing/],
  [() => op.backfill.create("t", { set: { a: "1" }, where: " " }), /where is no SQL expression: it is empty/],
  [() => op.backfill.create("t", { set: { a: "1" }, where: "a", batchSize: 0 }), /a batch cannot have 0 rows/],
  [() => op.backfill.create("t", { set: { a: "1" }, where: "a", pause: -1 }), /a pause cannot be -1 ms/],
  [() => op.autocommitBlock.create([op.autocommitBlock.create([])]), /in such a block already/],
  [() => op.batchAlterTable.create("t", [op.dropColumn.create("u", "a")]), /op.dropColumn is no change of its table/],
  [() => op.batchAlterTable.create("t", [op.dropTable.create("t")]), /op.dropTable is no change of its table/],
  [() => op.batchAlterTable.create("t", [], { recreate: "often" as never }), /not "often"/],
  [() => op.reindex.create("database" as never, "x"), /neither "index" nor "table"/],
  [() => op.setTableSchema.create("t", ""), /a name is missing/],
  [() => op.renameIndex.create("i", "t", ""), /a name is missing/],
  [() => op.validateConstraint.create("", "t"), /a name is missing/],
  [() => op.createDomain.create("", { type: "text" }), /a name is missing/],
  [() => op.createDomain.create("d", { type: "" }), /has no type/],
  [() => op.createDomain.create("d", { type: "text", default: "'a" }), /the default .* a ' is not closed/],
  [
    () => op.createDomain.create("d", { type: "text", checks: [{ expression: "(value" }] }),
    /a check .* "\)" is missing/,
  ],
  [() => op.alterDomain.create("d", {}), /nothing is changed/],
  [() => op.alterDomain.create("d", { addChecks: [] }), /nothing is changed/],
  [
    () => op.createCompositeType.create("c", [{ name: "a", type: "text" }, { name: "a", type: "text" }]),
    /stands twice/,
  ],
  [() => op.createCompositeType.create("c", [{ name: "a", type: "varchar(" }]), /the type of "a"/],
  [() => op.alterCompositeType.create("c", { dropAttributes: [] }), /nothing is changed/],
  [() => op.renameType.create("t", ""), /a name is missing/],
  [() => op.renameSchema.create("", "x"), /a name is missing/],
  [() => op.alterEnum.create("e", ["a"], { map: { b: "c" } }), /which is no value/],
  [() => op.createSequence.create("s", { start: 1.5 }), /start is no whole number/],
  [() => op.createSequence.create("s", { type: "text" }), /a smallint, an integer or a bigint/],
  [() => op.alterSequence.create("s", {}), /nothing is changed/],
  [() => op.alterSequence.create("s", { restart: "x" }), /restart is no whole number/],
  [() => op.alterExtension.create("e", {}), /nothing is changed/],
  [() => op.createView.create("v", " "), /has no query/],
  [() => op.createView.create("v", "select 1; drop table t"), /semicolon/],
  [() => op.createView.create("v", "select 'a"), /a ' is not closed/],
  [() => op.createView.create("v", "select 1", { columns: [] }), /the list of columns is empty/],
  [() => op.createMaterializedView.create("v", "select (1"), /"\)" is missing/],
  [() => op.refreshMaterializedView.create("v", { concurrently: true, withNoData: true }), /cannot be emptied/],
  [() => op.createFunction.create("f", "", "drop function f()"), /does not begin as a CREATE statement/],
  [() => op.createFunction.create("f", "", "create procedure f() language sql as ''"), /of its kind/],
  [() => op.createFunction.create("f", "integer)", "create function f() returns int"), /the types of the arguments/],
  [() => op.createFunction.create("f", "", "create function f() language sql as 'select 1"), /a ' is not closed/],
  [() => op.createTrigger.create("g", "t", "create view v as select 1"), /of its kind/],
  [
    () => op.createTrigger.create("g", "t", { timing: "before", events: [], execute: "f()" }),
    /list of events is empty/,
  ],
  [() => op.createTrigger.create("g", "t", { timing: "before", events: ["insert"] }), /either execute .* or body/],
  [() => op.createTrigger.create("g", "t", { timing: "before", events: ["insert"], execute: "f" }), /a call: "f\(\)"/],
  [
    () =>
      op.createTrigger.create("g", "t", { timing: "before", events: ["insert"], execute: "f()", when: "new.a = '" }),
    /the condition/,
  ],
  [() => op.createPolicy.create("p", "t", { roles: [] }), /the list of roles is empty/],
  [() => op.createPolicy.create("p", "t", { using: "a > (1" }), /using/],
  [() => op.alterPolicy.create("p", "t", {}), /nothing is changed/],
  [() => op.grant.create("t", { to: "", privileges: ["select"] }), /the role is missing/],
  [() => op.grant.create("t", { to: "r", privileges: [] }), /list of privileges is empty/],
  [() => op.grant.create("t", { to: "r", privileges: ["select; drop"] }), /is no privilege/],
  [() => op.grant.create("t", { to: "r", privileges: ["select"], columns: [] }), /the list of columns is empty/],
  [() => op.comment.create({ kind: "routine", name: "f" }, "x"), /named with its arguments/],
  [() => op.comment.create({ kind: "colum" as never, name: "f" }, "x"), /no kind of object/],
  [() => op.comment.create("t", ""), /null where there shall be none/],
  [() => op.createObject.create({ type: "rule", name: "r", definition: "drop rule r", drop: "" }), /CREATE statement/],
];

test("what can never be right is refused when it is recorded", () => {
  for (const [create, message] of NEVER) assert.throws(create, { code: "OPERATION_INVALID", message }, String(message));
});

/** What is not there, or there already. */
const NOT_HERE: readonly (readonly [Operation, RegExp])[] = [
  [op.addColumn.create("x", { name: "a", type: "text" }), /there is no table "x"/],
  [op.addColumn.create("t", { name: "a", type: "text" }), /has a column "a" already/],
  [op.alterColumn.create("t", "x", { nullable: true }), /has no column "x"/],
  [op.alterColumn.create("t", "a", { newName: "b" }), /has a column "b" already/],
  [op.renameColumn.create("t", "a", "b"), /has a column "b" already/],
  [op.alterTable.create("x", { comment: "c" }), /there is no table "x"/],
  [op.alterTable.create("t", { dropInherits: [{ name: "p" }] }), /"t" does not inherit from "p"/],
  [op.setTableSchema.create("x", "other"), /there is no table "x"/],
  [op.attachPartition.create("t", "p_1", "DEFAULT"), /"t" is not partitioned/],
  [op.attachPartition.create("p", "p_1", "DEFAULT"), /"p_1" is a partition already/],
  [op.detachPartition.create("p", "t"), /"t" is no partition of "p"/],
  [op.createPrimaryKey.create("x", "t", ["a"]), /has a primary key already/],
  [op.createPrimaryKey.create("x", "p", ["x"]), /"p" has no column "x"/],
  [op.createUniqueConstraint.create("x", "t", ["x"]), /"t" has no column "x"/],
  [op.createUniqueConstraint.create("c", "t", ["a"]), /has a constraint "c" already/],
  [op.createUniqueConstraint.create("x", "t", ["a"], { usingIndex: "x" }), /"t" has no index "x"/],
  [op.createForeignKey.create("x", "t", "p", ["x"], ["id"]), /"t" has no column "x"/],
  [op.createForeignKey.create("x", "t", "p", ["a"], ["x"]), /"p" has no column "x"/],
  [op.createForeignKey.create("t_pkey", "t", "p", ["a"], ["id"]), /has a constraint "t_pkey" already/],
  [op.createCheckConstraint.create("c", "t", "a > 0"), /has a constraint "c" already/],
  [op.createExcludeConstraint.create("x", "t", [{ column: "x", operator: "=" }]), /"t" has no column "x"/],
  [op.validateConstraint.create("x", "t"), /has no check or foreign key "x"/],
  [op.alterConstraint.create("c", "t", { deferrable: true }), /has no foreign key "c"/],
  [op.renameConstraint.create("x", "t", "y"), /has no constraint "x"/],
  [op.renameConstraint.create("c", "t", "t_pkey"), /has a constraint "t_pkey" already/],
  [op.dropConstraint.create("x", "t", { type: "exclude" }), /has no constraint "x"/],
  [op.createIndex.create("i", "t", ["a"]), /has an index "i" already/],
  [op.createIndex.create("x", "t", ["x"]), /"t" has no column "x"/],
  [op.createIndex.create("x", "t", ["a"], { include: ["x"] }), /"t" has no column "x"/],
  [op.renameIndex.create("x", "t", "y"), /has no index "x"/],
  [op.alterIndex.create("x", "t", { tablespace: null }), /has no index "x"/],
  [op.backfill.create("x", { set: { a: "1" }, where: "a" }), /there is no table "x"/],
  [op.backfill.create("t", { set: { x: "1" }, where: "a" }), /"t" has no column "x"/],
  [op.backfill.create("t", { set: { a: "1" }, where: "a" }), /"a" is of the primary key of "t"/],
  [op.autocommitBlock.create([op.bulkInsert.create("t", [{ x: 1 }])]), /"t" has no column "x"/],
  [op.attachIndex.create("i", "x"), /there is no index "x"/],
];

test("what is not there, or there already, is refused by the model", () => {
  for (const [operation, message] of NOT_HERE) {
    assert.throws(() => applyOperation(SCHEMA, operation), { code: "OPERATION_INVALID", message });
  }
});

test("SQL text is told from what would change the statement around it", () => {
  const right = [
    "a > 0",
    "'it''s; (fine'",
    "E'\\'('",
    "$$ a ' ( ; $$",
    "$x$ $$ ' $x$",
    '"a ("',
    "`a (`",
    "a /* ( */ > 0",
    "a -- (\n > 0",
    "ARRAY['a', ')']::text[]",
    "type'2020-01-01'",
    "[a b]",
  ];
  const wrong = ["", "'", '"a', "(", "a)", "a > 0;", "a --", "(]", "name'a''", "f(']'"];
  for (const text of right) assert.equal(faultOfSql(text), undefined, text);
  for (const text of wrong) assert.notEqual(faultOfSql(text), undefined, text);
});
