import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkLayers } from "../../scripts/check_layers.ts";

/** The problems in a source folder that holds these files, and an empty one for each file that they name. */
function problemsIn(files: { readonly [path: string]: string }): readonly string[] {
  const source = mkdtempSync(join(tmpdir(), "limbeck-layers-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text);
    }
    return checkLayers(source).map(({ path, line, text }) => `${path}:${line}: ${text}`);
  } finally {
    rmSync(source, { recursive: true });
  }
}

const UP: readonly (readonly [name: string, from: string, code: string, to: string, expected: string])[] = [
  [
    "an import",
    "schema/a.ts",
    'import { b } from "../ddl/b.ts";',
    "ddl/b.ts",
    "schema/a.ts:1: schema may not import ddl",
  ],
  [
    "an import over several lines",
    "ddl/a.ts",
    '// a comment\nimport {\n  b,\n} from "../operations/b.ts";',
    "operations/b.ts",
    "ddl/a.ts:4: ddl may not import operations",
  ],
  [
    "an import of types",
    "script/a.ts",
    'import type { B } from "../migration/b.ts";',
    "migration/b.ts",
    "script/a.ts:1: script may not import migration",
  ],
  [
    "an import of nothing",
    "platform/a.ts",
    '\nimport "../config.ts";',
    "config.ts",
    "platform/a.ts:2: platform may not import config",
  ],
  [
    "a lazy import",
    "migration/a.ts",
    'export const b = () => import("../commands/b.ts");',
    "commands/b.ts",
    "migration/a.ts:1: migration may not import commands",
  ],
  [
    "an export from",
    "commands/a.ts",
    'export { b } from "../cli/b.ts";',
    "cli/b.ts",
    "commands/a.ts:1: commands may not import cli",
  ],
  [
    "SQL in the graph of revisions",
    "script/a.ts",
    'import { b } from "../ddl/b.ts";',
    "ddl/b.ts",
    "script/a.ts:1: script may not import ddl",
  ],
  [
    "a dialect outside the registry",
    "migration/a.ts",
    'import { b } from "../dialects/sqlite/b.ts";',
    "dialects/sqlite/b.ts",
    "migration/a.ts:1: migration may not import dialects/sqlite",
  ],
  [
    "a dialect in another one",
    "dialects/sqlite/a.ts",
    'import { b } from "../postgres/b.ts";',
    "dialects/postgres/b.ts",
    "dialects/sqlite/a.ts:1: dialects/sqlite may not import dialects/postgres",
  ],
];

for (const [name, from, code, to, expected] of UP) {
  test(`${name} that goes up is found`, () => {
    assert.deepEqual(problemsIn({ [from]: code, [to]: "" }), [expected]);
  });
}

test("an arrow that goes down is none, nor is an import in a comment", () => {
  const files = {
    "cli/a.ts":
      'import { b } from "../commands/b.ts";\nimport { LimbeckError } from "../errors.ts";\nconsole.log(b);\n',
    "commands/b.ts":
      '/**\n * ```ts\n * import { a } from "../cli/a.ts";\n * Deno.exit();\n * ```\n */\nexport const b = 1;\n',
    "errors.ts": "",
    "platform/process.ts": "process.exit(1);\n",
  };
  assert.deepEqual(problemsIn(files), []);
});

const GLOBALS: readonly (readonly [path: string, code: string, expected: string])[] = [
  ["platform/a.ts", "Deno.exit(1);", ""],
  ["cli/a.ts", "process.exit(1);", ""],
  ["cli/a.ts", "Deno.exit(1);", "cli/a.ts:1: cli may not use Deno.*"],
  ["commands/a.ts", "\nconsole.log(1);", "commands/a.ts:2: commands may not use console"],
  ["script/a.ts", 'import process from "node:process";', "script/a.ts:1: script may not use process"],
  ["migration/a.ts", "process.exit(1);", "migration/a.ts:1: migration may not use process"],
];

for (const [path, code, expected] of GLOBALS) {
  test(`${code.trim()} in ${path} is ${expected === "" ? "allowed" : "found"}`, () => {
    assert.deepEqual(problemsIn({ [path]: code }), expected === "" ? [] : [expected]);
  });
}

test("a dialect is loaded lazily", () => {
  const files = {
    "dialects/registry.ts":
      'import type { A } from "./sqlite/a.ts";\nimport { a } from "./sqlite/a.ts";\nimport("./sqlite/a.ts");\n',
    "dialects/sqlite/a.ts": "",
  };
  assert.deepEqual(problemsIn(files), [
    "dialects/registry.ts:2: dialects/registry may import dialects/sqlite only when it is used: import(…)",
  ]);
});

test("a folder that the table does not know is found", () => {
  assert.deepEqual(problemsIn({ "helpers/a.ts": "" }), [
    'helpers/a.ts:1: "helpers" has no line in the table of layers',
  ]);
});

test("src keeps its layers", () => {
  assert.deepEqual(checkLayers(fileURLToPath(new URL("../../src", import.meta.url))), []);
});
