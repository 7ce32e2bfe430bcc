import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLimbeckError } from "../../src/errors.ts";
import { parseTypeScriptRevision } from "../../src/script/parse_ts.ts";

const HEAD = 'export const revision = "b2";\n';

function parse(text: string) {
  return parseTypeScriptRevision("/v/b2.ts", text);
}

describe("parseTypeScriptRevision", () => {
  test("reads a generated file", () => {
    const text = `/**
 * add user bio
 *
 * Second line, "quoted".
 *
 * Revision ID: b2
 * Revises: a1
 * Create Date: 2026-11-23T02:10:00Z
 */
import type { Op } from "limbeck";

export const revision = "b2";
export const downRevision = "a1"; // null at the base, an array for a merge
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.addColumn("users", { name: "bio", type: "text" });
}
`;
    assert.deepEqual(parse(text), {
      revision: "b2",
      downRevisions: ["a1"],
      branchLabels: [],
      dependsOn: [],
      message: "add user bio",
      doc: 'add user bio\n\nSecond line, "quoted".\n\nRevision ID: b2\nRevises: a1\nCreate Date: 2026-11-23T02:10:00Z',
      createDate: "2026-11-23T02:10:00Z",
      path: "/v/b2.ts",
      format: "ts",
      transaction: true,
    });
  });

  const values: readonly [code: string, down: readonly string[]][] = [
    ["export const downRevision = null;", []],
    ["export const downRevision = undefined", []],
    ["export const downRevision: string | null = 'a1';", ["a1"]],
    ['export const downRevision: string | readonly string[] = ["a1", "a2",] as const;', ["a1", "a2"]],
    ['export const downRevision: Array<"a1"> = [\n  "a1", // first\n  /* second */ `a2`\n]', ["a1", "a2"]],
    ['export const downRevision = "a1" satisfies string;', ["a1"]],
    ['export const downRevision="a1"', ["a1"]],
    ["export let downRevision = [];", []],
    ['export\n  const\n  downRevision\n  =\n  "a1"\n  ;', ["a1"]],
    ['export const downRevision = "a\\u0031\\x32\\"";', ['a12"']],
    ['// export const downRevision = "no";\nexport const downRevision = "a1";', ["a1"]],
    ['/* export const downRevision = "no"; */ export const downRevision = "a1";', ["a1"]],
    ['const text = \'export const downRevision = "no";\';\nexport const downRevision = "a1";', ["a1"]],
    ['const text = `\nexport const downRevision = "no";\n${`}`}`;\nexport const downRevision = "a1";', ["a1"]],
    ['const pattern = /["\'`/*]/;\nconst half = 4 / 2;\nexport const downRevision = "a1";', ["a1"]],
    ['namespace N {\n  export const downRevision = "no";\n}\nexport const downRevision = "a1";', ["a1"]],
    ['export async function upgrade() { await 1; }\nexport const downRevision = "a1";', ["a1"]],
    ['export const downRevisionNote = "no";\nexport const downRevision = "a1";', ["a1"]],
    ['export const downRevision = "a1"\nexport function upgrade() {}', ["a1"]],
  ];
  for (const [code, down] of values) {
    test(`down revision of ${JSON.stringify(code)}`, () => assert.deepEqual(parse(HEAD + code).downRevisions, down));
  }

  test("reads labels, dependencies and the transaction flag", () => {
    const revision = parse(
      `${HEAD}export const downRevision = null;\nexport const branchLabels = ["x", "y"];\nexport const dependsOn = "z";\nexport const transaction = false;\n`,
    );
    assert.deepEqual([revision.branchLabels, revision.dependsOn, revision.transaction], [["x", "y"], ["z"], false]);
  });

  const docs: readonly [text: string, message: string][] = [
    ["// one line\n// more\n", "one line"],
    ["/* plain */\n", "plain"],
    ["#!/usr/bin/env deno\n/** after the hashbang */\n", "after the hashbang"],
    ["\uFEFF/** after the mark */\n", "after the mark"],
    ["", ""],
    ["/**\r\n * windows\r\n */\r\n", "windows"],
  ];
  for (const [head, message] of docs) {
    test(`message of ${JSON.stringify(head)}`, () => {
      assert.equal(parse(`${head}${HEAD}export const downRevision = null;`).message, message);
    });
  }

  const errors: readonly [code: string, message: RegExp][] = [
    ["export const downRevision = null;", /does not export "revision"/],
    [HEAD, /does not export "downRevision"/],
    [
      `${HEAD}export const downRevision = previous;`,
      /^2:29 .*"downRevision" must be a literal.*found: previous/,
    ],
    [`${HEAD}export const downRevision = "a" + "b";`, /^2:.*literal.*found: "a" \+ "b"/],
    [`${HEAD}export const downRevision = "a"\n  + "b";`, /^2:.*literal/],
    [`${HEAD}export const downRevision = \`a\${1}\`;`, /literal/],
    [`${HEAD}export const downRevision = ["a", b];`, /literal/],
    [`${HEAD}export const downRevision = ["a"].concat("b");`, /literal/],
    [`${HEAD}export const downRevision = true;`, /must be null, a string or an array/],
    [`${HEAD}export const downRevision = 12;`, /literal/],
    [`${HEAD}export const downRevision: string;`, /has no value/],
    ["export const revision = null; export const downRevision = null;", /"revision" must be a string/],
    [`${HEAD}${HEAD}`, /"revision" is declared twice/],
    [
      `${HEAD}export const downRevision = null;\nexport const transaction = "no";`,
      /^3:.*"transaction" must be true or false/,
    ],
  ];
  for (const [code, message] of errors) {
    test(`refuses ${JSON.stringify(code)}`, () => {
      assert.throws(() => parse(code), (error) => {
        assert.ok(isLimbeckError(error));
        assert.equal(error.code, "REVISION_INVALID");
        assert.match(`${error.facts["line"]}:${error.facts["column"]} ${error.message}`, message);
        assert.match(error.message, /\/v\/b2\.ts/);
        return true;
      });
    });
  }
});
