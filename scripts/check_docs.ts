/**
 * Checks that what `src/` and mod.ts export has a doc comment. That the examples in the comments compile and hold is
 * `deno test --doc`'s work.
 *
 *     deno run --allow-read scripts/check_docs.ts [folder or file]…
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const EXPORT =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/;

/** An exported name without a comment. */
export interface Undocumented {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

/** The exports of one file that have no doc comment. Of an overloaded function the first signature needs it. */
export function undocumentedExports(path: string, text: string): readonly Undocumented[] {
  const lines = text.split("\n");
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const name = EXPORT.exec(line)?.[1];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return isDocumented(lines, index) ? [] : [{ path, line: index + 1, name }];
  });
}

/** Whether a doc comment ends on the line above, directives for the linter skipped; the file's own one does not count. */
function isDocumented(lines: readonly string[], index: number): boolean {
  let last = index - 1;
  while (/^\s*\/\/ deno-lint-ignore/.test(lines[last] ?? "")) last--;
  if (!/\*\/\s*$/.test(lines[last] ?? "")) return false;
  let first = last;
  while (first > 0 && !/^\s*\/\*/.test(lines[first]!)) first--;
  const comment = lines.slice(first, last + 1);
  return comment[0]!.trimStart().startsWith("/**") && !comment.some((line) => line.trim() === "* @module");
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(path, name));
}

if (import.meta.main) {
  const given = process.argv.slice(2);
  const roots = given.length > 0
    ? given
    : ["../src", "../mod.ts"].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const missing = roots.flatMap(filesOf).flatMap((path) => undocumentedExports(path, readFileSync(path, "utf8")));
  for (const { path, line, name } of missing) {
    console.error(`${relative(process.cwd(), path)}:${line}: ${name} has no doc comment`);
  }
  if (missing.length > 0) process.exit(1);
}
