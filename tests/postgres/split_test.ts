import assert from "node:assert/strict";
import { test } from "node:test";
import { split } from "../../src/dialects/postgres/split.ts";

const SCRIPTS: readonly (readonly [script: string, statements: readonly string[]])[] = [
  ["", []],
  ["-- nothing\n", []],
  [" ; ;", []],
  ["SELECT 1", ["SELECT 1"]],
  ["SELECT 1;\n\nSELECT 2;\n", ["SELECT 1", "SELECT 2"]],
  ["SELECT '€;é\u{1f600}' ; -- of é;\nSELECT 2", ["SELECT '€;é\u{1f600}'", "-- of é;\nSELECT 2"]],
  ["SELECT 1;; SELECT 2 /* a; */ ;", ["SELECT 1", "SELECT 2 /* a; */"]],
  ["SELECT $$a;b$$; SELECT $x$ $$;$$ $x$", ["SELECT $$a;b$$", "SELECT $x$ $$;$$ $x$"]],
  ["SELECT E'\\';'; SELECT \"a;b\" FROM c", ["SELECT E'\\';'", 'SELECT "a;b" FROM c']],
  [
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
    ["CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"],
  ],
  ["/* a /* nested; */ b */ SELECT 1;", ["/* a /* nested; */ b */ SELECT 1"]],
];

for (const [script, statements] of SCRIPTS) {
  test(`splits ${JSON.stringify(script)}`, async () => {
    const parts = await split(script);
    assert.deepEqual(parts.map(({ sql }) => sql), statements);
    for (const { sql, offset } of parts) assert.equal(script.slice(offset, offset + sql.length), sql);
  });
}

const WRONG: readonly (readonly [script: string, message: RegExp, line: number, column: number])[] = [
  ["SELECT 1;\n SELEC 2", /at line 2: syntax error at or near "SELEC"/, 2, 2],
  ["SELECT '€\u{1f600}'; SELEC 2", /at line 1: syntax error/, 1, 15],
  ["SELECT 1;\n\\i other.sql\n", /at line 2: "\\i" is a command of psql, not SQL/, 2, 1],
  ["SELECT 'open", /unterminated quoted string/, 1, 8],
];

for (const [script, message, line, column] of WRONG) {
  test(`refuses ${JSON.stringify(script)}`, async () => {
    const error = await split(script).then(() => undefined, (thrown) => thrown);
    assert.equal(error?.code, "MODULE_SYNTAX");
    assert.match(error.message, message);
    assert.deepEqual([error.facts.line, error.facts.column], [line, column]);
  });
}
