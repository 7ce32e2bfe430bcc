import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { undocumentedExports } from "../../scripts/check_docs.ts";
import { checkLayers } from "../../scripts/check_layers.ts";

function check(files: { readonly [path: string]: string }): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), "limbeck-layers-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkLayers(root).map(({ path, line, text }) => `${path}:${line}: ${text}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const LEAVES = {
  "errors.ts": "",
  "schema/model.ts": "",
  "commands/upgrade.ts": "",
  "dialects/dialect.ts": "",
  "dialects/sqlite/driver.ts": "",
};

const CASES: readonly (readonly [name: string, file: string, text: string, expected: readonly string[]])[] = [
  ["an arrow down", "ddl/writer.ts", 'import "../schema/model.ts";\nimport { x } from "../errors.ts";\n', []],
  ["an arrow up", "schema/order.ts", '\nimport { x } from "../commands/upgrade.ts";\n', [
    "schema/order.ts:2: schema may not import commands",
  ]],
  ["an import over several lines", "schema/order.ts", 'import {\n  x,\n} from "../commands/upgrade.ts";\n', [
    "schema/order.ts:3: schema may not import commands",
  ]],
  ["a lazy arrow up", "schema/order.ts", 'const x = await import("../commands/upgrade.ts");\n', [
    "schema/order.ts:1: schema may not import commands",
  ]],
  ["an export that is an arrow up", "schema/order.ts", 'export * from "../commands/upgrade.ts";\n', [
    "schema/order.ts:1: schema may not import commands",
  ]],
  ["the interface of the dialects", "autogenerate/a.ts", 'import type { D } from "../dialects/dialect.ts";\n', []],
  ["a dialect itself", "autogenerate/a.ts", 'import type { D } from "../dialects/sqlite/driver.ts";\n', [
    "autogenerate/a.ts:1: autogenerate may not import dialects",
  ]],
  ["an example in a comment", "schema/order.ts", '/**\n * import "../commands/upgrade.ts"; console.log(1);\n */\n', []],
  ["console where it does not belong", "script/a.ts", "// one\nconsole.log(1);\n", [
    "script/a.ts:2: script may not use console",
  ]],
  ["console where it belongs", "cli/a.ts", "console.log(1);\n", []],
  ["Deno outside the platform", "cli/a.ts", "Deno.cwd();\n", ["cli/a.ts:1: cli may not use Deno.*"]],
  ["an exit", "commands/a.ts", "process.exit(1);\n", ["commands/a.ts:1: commands may not use process.exit"]],
  ["a folder that the table does not know", "misc/a.ts", "", [
    'misc/a.ts:1: "misc" has no line in the table of layers',
  ]],
];

for (const [name, file, text, expected] of CASES) {
  test(`check_layers: ${name}`, () => assert.deepEqual(check({ ...LEAVES, [file]: text }), expected));
}

test("check_layers: the house as it stands", () => {
  assert.deepEqual(checkLayers(fileURLToPath(new URL("../../src", import.meta.url))), []);
});

test("check_docs finds the exports without a comment", () => {
  const text = [
    "/**\n * The file.\n *\n * @module\n */\nexport const first = 1;",
    "/** Said. */\nexport function said(): void {}",
    "export interface Unsaid {}",
    "/* No doc comment. */\nexport async function half(): Promise<void> {}",
    "/** Over */\nexport function over(a: string): void;\nexport function over(a: number): void;",
  ].join("\n\n");
  assert.deepEqual(undocumentedExports("a.ts", text).map(({ name, line }) => [name, line]), [
    ["first", 6],
    ["Unsaid", 11],
    ["half", 14],
  ]);
});
