import assert from "node:assert/strict";
import { test } from "node:test";
import type { SqlValue } from "../../src/ddl/statement.ts";
import { collationName } from "../../src/ddl/writer.ts";
import { writer } from "../../src/dialects/postgres/writer.ts";
import { withConnection } from "./session.ts";

const LITERALS: readonly (readonly [value: SqlValue, sql: string])[] = [
  [null, "NULL"],
  [true, "true"],
  [0, "0"],
  [-1.5, "-1.5"],
  [Number.NaN, "'NaN'::double precision"],
  [-Infinity, "'-Infinity'::double precision"],
  [9223372036854775807n, "9223372036854775807"],
  ["it's", "'it''s'"],
  ["back\\slash\nnew line \u{1f600}", "'back\\slash\nnew line \u{1f600}'"],
  [new Date(0), "'1970-01-01T00:00:00.000Z'"],
  [new Uint8Array([0, 255, 39]), "'\\x00ff27'::bytea"],
];

for (const [value, sql] of LITERALS) {
  test(`the literal of ${sql}`, () => assert.equal(writer.literal(value), sql));
}

test("values that PostgreSQL cannot hold are refused", () => {
  for (const value of ["a\0b", new Date(Number.NaN)]) {
    assert.throws(() => writer.literal(value), { code: "OPERATION_INVALID" });
  }
});

test("the server reads literals, and bound values, back as they were", async () => {
  await withConnection(async (connection) => {
    const texts = ["it's", "back\\slash", "\r\n\t", "\u{1f600} é", "$1 :a ?", "--", "/*"];
    for (const text of texts) {
      const { rows } = await connection.query(`SELECT ${writer.literal(text)} AS a, $1::text AS b`, [text]);
      assert.deepEqual(rows, [{ a: text, b: text }]);
    }
    const date = new Date("2026-01-02T03:04:05.678Z");
    const { rows } = await connection.query(
      `SELECT ${writer.literal(date)}::timestamp::text AS a, $1::timestamp::text AS b, $2::bytea = ${
        writer.literal(new Uint8Array([1, 2]))
      } AS c, $3::int8 AS d, $4::int8 AS e`,
      [date, new Uint8Array([1, 2]), 9007199254740993n, 5n],
    );
    assert.deepEqual(rows, [
      { a: "2026-01-02 03:04:05.678", b: "2026-01-02 03:04:05.678", c: true, d: 9007199254740993n, e: 5 },
    ]);
  });
});

const IDENTIFIERS = [
  "users",
  "user",
  "Users",
  'a"b',
  "with space",
  "é",
  "1a",
  "select",
  "name",
  "json",
  "between",
  "_x",
  "$",
];

test("identifiers are quoted where the server has to have them quoted, and name what they say", async () => {
  await withConnection(async (connection) => {
    const list = IDENTIFIERS.map((name) => `1 AS ${writer.identifier(name)}`).join(", ");
    const { rows } = await connection.query(`SELECT ${list}`);
    assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), [...IDENTIFIERS].sort());
    const { rows: words } = await connection.query<{ word: string }>(
      "SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'",
    );
    for (const { word } of words) assert.equal(writer.identifier(word), `"${word}"`);
  });
});

test("names have their schema", () => {
  assert.equal(writer.name({ name: "users" }), "users");
  assert.equal(writer.name({ schema: "My App", name: "order" }), '"My App"."order"');
  assert.equal(writer.placeholder(3), "$3");
});

test("a collation of another schema, which is in quotes already, is not quoted again", () => {
  const names = ["C", "case_blind", '"text"."blind"', '"my ""s"""."B"', 'odd"name'];
  assert.deepEqual(names.map((name) => collationName(writer, name)), [
    '"C"',
    "case_blind",
    "text.blind",
    '"my ""s"""."B"',
    '"odd""name"',
  ]);
});
