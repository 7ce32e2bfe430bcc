import assert from "node:assert/strict";
import { test } from "node:test";
import {
  renameCallInSql,
  renameRelationInSql,
  renameSequenceInSql,
  renameTypeInRoutine,
} from "../../src/ddl/rename_in_code.ts";
import type { ObjectName } from "../../src/schema/model.ts";

type Rename = (text: string, from: ObjectName, to: string) => string;
const t: ObjectName = { name: "t" };
const st: ObjectName = { schema: "s", name: "t" };

const CASES: readonly (readonly [rename: Rename, text: string, from: ObjectName, expected: string])[] = [
  [renameCallInSql, "t(t) > 0 AND s.t(1) > 0 AND 't()' <> ''", t, "\"N\"(t) > 0 AND s.t(1) > 0 AND 't()' <> ''"],
  [renameCallInSql, "s.t (1) + t(2)", st, 's."N" (1) + t(2)'],
  [renameCallInSql, "SELECT t(a) AS t FROM t", t, 'SELECT "N"(a) AS t FROM t'],
  [
    renameCallInSql,
    "CREATE TRIGGER t AFTER INSERT ON t EXECUTE FUNCTION t()",
    t,
    [
      "CREATE TRIGGER t AFTER INSERT ON t EXECUTE FUNCTION",
      '"N"()',
    ].join(" "),
  ],
  [renameRelationInSql, "SELECT t.t, t.a AS t FROM t", t, 'SELECT "N".t, "N".a AS t FROM "N"'],
  [renameRelationInSql, "SELECT a, t FROM u, t WHERE x IN (1, t)", t, 'SELECT a, t FROM u, "N" WHERE x IN (1, t)'],
  [renameRelationInSql, "SELECT t.a FROM s.t JOIN t2 ON true", st, 'SELECT "N".a FROM s."N" JOIN t2 ON true'],
  [renameRelationInSql, "SELECT t.a FROM t", st, "SELECT t.a FROM t"],
  [renameRelationInSql, "SELECT s.t.a FROM t", t, 'SELECT s.t.a FROM "N"'],
  [
    renameRelationInSql,
    'INSERT INTO "t" SELECT 1; UPDATE T SET t = 1',
    t,
    'INSERT INTO "N" SELECT 1; UPDATE "N" SET t = 1',
  ],
  [
    renameRelationInSql,
    "SELECT $$ FROM t $$, 'FROM t', /* FROM t */ 1 -- FROM t",
    t,
    [
      "SELECT $$ FROM t $$, 'FROM t', /* FROM t */ 1 -- FROM t",
    ].join(),
  ],
  [renameSequenceInSql, "nextval('t'::regclass) || 't'", t, "nextval('\"N\"'::regclass) || 't'"],
  [renameSequenceInSql, "nextval('s.t'::regclass)", st, "nextval('s.\"N\"'::regclass)"],
  [renameSequenceInSql, "nextval('s.t'::regclass)", t, "nextval('s.t'::regclass)"],
  [renameSequenceInSql, "nextval('\"t\"'::regclass)", t, "nextval('\"N\"'::regclass)"],
  [
    renameTypeInRoutine,
    "CREATE FUNCTION t(t t, t, u int DEFAULT 't'::t) RETURNS t LANGUAGE sql AS $$ SELECT t $$",
    t,
    'CREATE FUNCTION t(t "N", "N", u int DEFAULT \'t\'::"N") RETURNS "N" LANGUAGE sql AS $$ SELECT t $$',
  ],
  [renameTypeInRoutine, "CREATE FUNCTION f(a s.t) RETURNS SETOF t", st, 'CREATE FUNCTION f(a s."N") RETURNS SETOF t'],
];

for (const [rename, text, from, expected] of CASES) {
  test(`${rename.name} of ${from.schema ?? ""}.${from.name}: ${text}`, () => {
    assert.equal(rename(text, from, "N"), expected);
  });
}
