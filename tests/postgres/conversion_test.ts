import assert from "node:assert/strict";
import { test } from "node:test";
import { conversion } from "../../src/dialects/postgres/conversion.ts";
import { canonicalType } from "../../src/dialects/postgres/types.ts";
import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { isLimbeckError } from "../../src/errors.ts";
import { withConnection } from "./session.ts";

/** From, to, the expression, a value before, and the same value after. */
const CONVERSIONS:
  readonly (readonly [from: string, to: string, using: string | undefined, value: string, after: string])[] = [
    ["text", "integer", "c::integer", "'5'", "5"],
    ["varchar(9)", "numeric(5,2)", "c::numeric(5,2)", "'5.25'", "5.25"],
    ["text", "boolean", "c::boolean", "'yes'", "true"],
    ["text", "mood", "c::mood", "'ok'", "ok"],
    ["text", "timestamptz", "c::timestamptz", "'2026-01-02 03:04+00'", "2026-01-02 03:04:00+00"],
    ["text", "uuid", "c::uuid", "'00000000-0000-0000-0000-000000000000'", "00000000-0000-0000-0000-000000000000"],
    ["text", "jsonb", "c::jsonb", "'{\"a\":1}'", '{"a": 1}'],
    ["text", "bytea", "convert_to(c, 'UTF8')", "'a\\b'", "\\x615c62"],
    ["text", "serial", "c::integer", "'7'", "7"],
    ["mood", "level", "c::text::level", "'ok'", "ok"],
    ["mood", "text", undefined, "'ok'", "ok"],
    ["mood[]", "level[]", "c::text[]::level[]", "'{ok}'", "{ok}"],
    ["text[]", "integer[]", "c::integer[]", "'{1,2}'", "{1,2}"],
    ["text[]", "varchar(5)[]", undefined, "'{a}'", "{a}"],
    ["integer[]", "bigint[]", undefined, "'{1}'", "{1}"],
    ["integer[]", "text[]", "c::text[]::text[]", "'{1}'", "{1}"],
    ["text", "text[]", "CASE WHEN c IS NOT NULL THEN ARRAY[c]::text[] END", "'a,b'", '{"a,b"}'],
    ["text", "integer[]", "CASE WHEN c IS NOT NULL THEN ARRAY[c::integer]::integer[] END", "'5'", "{5}"],
    ["integer", "boolean", "c <> 0", "2", "true"],
    ["bigint", "boolean", "c <> 0", "0", "false"],
    ["boolean", "integer", "c::integer", "true", "1"],
    ["boolean", "bigint", "c::integer::bigint", "true", "1"],
    ["boolean", "text", undefined, "true", "true"],
    ["integer", "bigint", undefined, "5", "5"],
    ["bigint", "integer", undefined, "5", "5"],
    ["numeric(9,3)", "integer", undefined, "5.4", "5"],
    ["double precision", "numeric", undefined, "1.5", "1.5"],
    ["integer", "text", undefined, "5", "5"],
    ["integer", "date", "c::text::date", "20260102", "2026-01-02"],
    ["date", "timestamptz", undefined, "'2026-01-02'", "2026-01-02 00:00:00+00"],
    ["timestamptz", "date", undefined, "'2026-01-02 03:04+00'", "2026-01-02"],
    ["timestamp", "time", undefined, "'2026-01-02 03:04'", "03:04:00"],
    ["date", "time", "c::timestamp::time", "'2026-01-02'", "00:00:00"],
    ["time", "interval", undefined, "'03:04'", "03:04:00"],
    ["json", "jsonb", undefined, "'{}'", "{}"],
    ["jsonb", "text", undefined, "'{}'", "{}"],
    ["bytea", "text", undefined, "'\\x61'", "\\x61"],
    [
      "uuid",
      "varchar(36)",
      undefined,
      "'00000000-0000-0000-0000-000000000000'",
      "00000000-0000-0000-0000-000000000000",
    ],
    ["inet", "cidr", undefined, "'10.0.0.0/8'", "10.0.0.0/8"],
    ["varchar(50)", "varchar(10)", undefined, "'abc'", "abc"],
    ["text", "char(3)", undefined, "'abc'", "abc"],
    ["numeric", "money", undefined, "5", "$5.00"],
    ["double precision", "money", "c::text::money", "5", "$5.00"],
    ["serial", "bigserial", undefined, "5", "5"],
  ];

async function convert(connection: PostgresConnection, from: string, to: string, value: string): Promise<unknown> {
  const using = conversion("c", from, to);
  const plain = (type: string): string => type.replace(/^serial$/, "integer").replace(/^bigserial$/, "bigint");
  await connection.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (c ${plain(from)}); INSERT INTO t VALUES (${value})`);
  await connection.query(`ALTER TABLE t ALTER c TYPE ${plain(to)}${using === undefined ? "" : ` USING ${using}`}`);
  return (await connection.query("SELECT c::text AS c FROM t")).rows[0]?.["c"];
}

test("each change of type keeps the value, with a USING only where the server needs one", async () => {
  await withConnection(async (connection) => {
    await connection.query(
      "SET timezone = 'UTC'; CREATE TYPE mood AS ENUM ('ok'); CREATE TYPE level AS ENUM ('x', 'ok')",
    );
    for (const [from, to, using, value, after] of CONVERSIONS) {
      assert.equal(conversion("c", from, to), using, `${from} to ${to}`);
      assert.equal(await convert(connection, from, to, value), after, `${from} to ${to}`);
    }
  });
});

test("a value that does not fit fails, and is not cut off", async () => {
  await withConnection(async (connection) => {
    for (
      const [from, to] of [["varchar(50)", "varchar(3)"], ["text", "char(3)"], ["text[]", "varchar(3)[]"]] as const
    ) {
      const value = from.endsWith("[]") ? "'{too long}'" : "'too long'";
      const error = await convert(connection, from, to, value).then(() => undefined, (thrown) => thrown);
      assert.ok(isLimbeckError(error) && error.facts["serverCode"] === "22001", `${from} to ${to}`);
    }
  });
});

test("for every pair of built-in types: undefined exactly where the server has an assignment cast", async () => {
  const types = [
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "real",
    "double precision",
    "money",
    "boolean",
    "text",
    "varchar",
    "char(9)",
    "date",
    "timestamp",
    "timestamptz",
    "time",
    "timetz",
    "interval",
    "uuid",
    "json",
    "jsonb",
    "bytea",
    "bit(8)",
    "varbit",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "xml",
    "point",
    "tsvector",
    "int4range",
    "mood",
    "email",
  ];
  await withConnection(async (connection) => {
    await connection.query("CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN email AS text; CREATE TABLE t (a integer)");
    for (const from of types) {
      for (const to of types.filter((type) => type !== from)) {
        await connection.query(`ALTER TABLE t ADD c ${from}`);
        const automatic = await connection.query(`ALTER TABLE t ALTER c TYPE ${to}`).then(() => true, () => false);
        const using = conversion("c", from, to);
        // A domain is assigned as its base type is; the type's name alone does not say which that is.
        const known = from === "email" || to === "email" ? automatic || using !== undefined : using === undefined;
        assert.equal(known, from === "email" || to === "email" ? true : automatic, `${from} to ${to}: ${using}`);
        await connection.query("ALTER TABLE t DROP c");
      }
    }
  });
});

const TYPES: readonly (readonly [written: string, canonical: string])[] = [
  ["INT", "integer"],
  ["int8", "bigint"],
  ["character  varying (255)", "varchar(255)"],
  ["VARCHAR", "varchar"],
  ["char", "char(1)"],
  ["CHARACTER(3)", "char(3)"],
  ["numeric(12, 2)", "numeric(12,2)"],
  ["decimal(5)", "numeric(5,0)"],
  ["timestamp(3) with time zone", "timestamptz(3)"],
  ["timestamp without time zone", "timestamp"],
  ["time with time zone", "timetz"],
  ["float(10)", "real"],
  ["float", "double precision"],
  ["double  precision", "double precision"],
  ["text ARRAY", "text[]"],
  ["int[3][]", "integer[]"],
  ["bool", "boolean"],
  ["bit varying(5)", "varbit(5)"],
  ["serial4", "serial"],
  ['"My Type"', '"My Type"'],
  ['auth."Role"[]', 'auth."Role"[]'],
  ["geometry(Point, 4326)", "geometry(point,4326)"],
];

for (const [written, canonical] of TYPES) {
  test(`the type ${written} is ${canonical}`, () => assert.equal(canonicalType(written), canonical));
}
