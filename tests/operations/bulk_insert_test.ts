import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { type BulkInsert, insertBatches } from "../../src/operations/bulk_insert.ts";
import { OPERATIONS as op } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";

const insert = (...args: Parameters<typeof op.bulkInsert.create>): BulkInsert => op.bulkInsert.create(...args);
const sizes = (operation: BulkInsert, parameters: number): readonly number[] =>
  [...insertBatches(operation, parameters)].map(({ rows }) => rows.length);

function* numbers(): Generator<{ id: number }> {
  yield { id: 1 };
  yield { id: 2 };
}

test("rows are bound as they are, objects and arrays as JSON text, undefined not at all", () => {
  const date = new Date("2026-01-02T03:04:05Z");
  const { rows } = insert("t", [{
    a: "x",
    b: 1,
    c: 1n,
    d: true,
    e: null,
    f: date,
    g: new Uint8Array([1]),
    h: undefined,
  }]);
  assert.deepEqual(rows, [{ a: "x", b: 1, c: 1n, d: true, e: null, f: date, g: new Uint8Array([1]) }]);
  assert.deepEqual(insert("t", [{ a: { b: [1, null] }, c: [] }]).rows, [{ a: '{"b":[1,null]}', c: "[]" }]);
  assert.deepEqual(insert("t", numbers()).rows, [{ id: 1 }, { id: 2 }]);
});

test("a batch has as many rows as there may be parameters, in order, and columns of one kind", () => {
  const rows = Array.from({ length: 10 }, (_, id) => ({ id, name: "n" }));
  assert.deepEqual(sizes(insert("t", rows), 8), [4, 4, 2]);
  assert.deepEqual(sizes(insert("t", rows), 9), [4, 4, 2]);
  assert.deepEqual(sizes(insert("t", rows), 1), Array(10).fill(1));
  assert.deepEqual(sizes(insert("t", rows, { batchSize: 3 }), 8), [3, 3, 3, 1]);
  assert.deepEqual(sizes(insert("t", [{ a: 1, b: 1 }, { b: 2, a: 2 }, { a: 3 }, { c: 1 }, {}, {}]), 99), [
    2,
    1,
    1,
    1,
    1,
  ]);
  assert.deepEqual(sizes(insert("t", []), 99), []);
});

test("each batch is one statement", () => {
  const operation = insert({ schema: "s", name: "t" }, [{ a: 1, "B": null }, { "B": "x", a: 2 }, {}]);
  const context = { writer: postgres.writer, before: EMPTY_SCHEMA };
  assert.deepEqual(postgres.compile([operation], context), [
    { sql: 'INSERT INTO s.t (a, "B") VALUES\n  ($1, $2),\n  ($3, $4)', params: [1, null, 2, "x"] },
    { sql: "INSERT INTO s.t DEFAULT VALUES" },
  ]);
  assert.throws(() => sqlite.compile([operation], { ...context, writer: sqlite.writer }), { code: "UNSUPPORTED" });
});

test("what cannot be a row, a value or a batch is refused", () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{ a: 1 }, /the rows are no array/],
    ["text", /the rows are no array/],
    [[1], /row 1 is no object/],
    [[{ a: 1 }, null], /row 2 is no object/],
    [[["a"]], /row 1 is no object/],
    [[{ a: () => 1 }], /"a" of row 1 is a function/],
    [[{ a: Symbol("s") }], /"a" of row 1 is a symbol/],
    [[{ a: new Map() }], /"a" of row 1 is a Map/],
    [[{ a: new Date("never") }], /"a" of row 1 is no valid date/],
    [[{ a: { b: 1n } }], /"a" of row 1 cannot be written as JSON/],
  ];
  for (const [rows, message] of cases) {
    assert.throws(() => insert("t", rows as never), { code: "OPERATION_INVALID", message }, String(message));
  }
  assert.throws(() => insert("t", [], { batchSize: 0 }), { code: "OPERATION_INVALID", message: /0 rows/ });
  assert.throws(() => insert("", []), { code: "OPERATION_INVALID", message: /name is missing/ });
});

test("a table or column that is not there is refused by the model", () => {
  const schema = op.createTable.apply(
    EMPTY_SCHEMA,
    op.createTable.create("t", { columns: [{ name: "a", type: "int" }] }),
  );
  assert.equal(op.bulkInsert.apply(schema, insert("t", [{ a: 1 }])), schema);
  assert.throws(() => op.bulkInsert.apply(schema, insert("t", [{ a: 1 }, { b: 1 }])), /"t" has no column "b"/);
  assert.throws(() => op.bulkInsert.apply(schema, insert("x", [{ a: 1 }])), /there is no table "x"/);
});
