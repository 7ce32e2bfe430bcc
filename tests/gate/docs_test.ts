import assert from "node:assert/strict";
import { test } from "node:test";
import { undocumentedExports } from "../../scripts/check_docs.ts";

const CASES: readonly (readonly [name: string, code: string, expected: readonly string[]])[] = [
  ["a function", "export function a() {}", ["1 a"]],
  ["an async function", "\nexport async function a() {}", ["2 a"]],
  ["a constant", "export const a = 1;", ["1 a"]],
  ["a type", "export type A = 1;", ["1 A"]],
  ["an interface", "export interface A {}", ["1 A"]],
  ["a class", "export class A {}", ["1 A"]],
  ["a comment that is none for documentation", "/* about a */\nexport const a = 1;", ["2 a"]],
  ["a comment for the linter alone", "// deno-lint-ignore no-explicit-any\nexport const a = 1;", ["2 a"]],
  ["the comment of the module", "/**\n * All.\n *\n * @module\n */\nexport const a = 1;", ["6 a"]],
  ["the comment of the one before", "/** A. */\nexport const a = 1;\nexport const b = 2;", ["3 b"]],
  ["a comment in one line", "/** A. */\nexport const a = 1;", []],
  ["a comment in several lines", "/**\n * A.\n */\nexport const a = 1;", []],
  ["a comment above one for the linter", "/** A. */\n// deno-lint-ignore no-explicit-any\nexport const a = 1;", []],
  ["the later signatures of a function", "/** A. */\nexport function a(b: 1): 1;\nexport function a(b: 2): 2;", []],
  ["what is not exported", "const a = 1;", []],
  ["what is exported from elsewhere", 'export { a } from "./a.ts";\nexport type * from "./b.ts";', []],
];

for (const [name, code, expected] of CASES) {
  test(`${name} ${expected.length === 0 ? "needs no more" : "is found"}`, () => {
    assert.deepEqual(undocumentedExports("a.ts", code).map((found) => `${found.line} ${found.name}`), expected);
  });
}
