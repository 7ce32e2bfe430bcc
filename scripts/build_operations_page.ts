/**
 * Writes docs/operations.md from the doc comments of the operations.
 *
 *     deno run -A scripts/build_operations_page.ts [--check]
 *
 * With `--check` it writes nothing, and fails where the page is not what it would write.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../src/operations", import.meta.url));
const PAGE = fileURLToPath(new URL("../docs/operations.md", import.meta.url));

/** What the page says of one operation. */
export interface OperationEntry {
  readonly kind: string;
  /** Its doc comment without the example. */
  readonly text: string;
  /** The TypeScript of its example. */
  readonly example: string;
}

const COMMENT = /\/\*\*\n((?: \*[^\n]*\n)+?) \*\/\nexport const (\w+): OperationType</g;

/** The operations of a source file, with their comments. */
export function operationsOf(source: string): readonly OperationEntry[] {
  return [...source.matchAll(COMMENT)].map(([, comment = "", kind = ""]) => {
    const lines = comment.split("\n").map((line) => line.replace(/^ \* ?/, ""));
    const text = lines.join("\n");
    const [before = "", rest = ""] = text.split("@example\n");
    const example = /```ts\n([^]*?)```/.exec(rest)?.[1] ?? "";
    return { kind, text: before.replace(/\{@linkcode (\w+)\}/g, "`$1`").trim(), example: example.trimEnd() };
  });
}

/** Every operation, sorted by its name. */
export function allOperations(): readonly OperationEntry[] {
  return readdirSync(SOURCES).filter((name) => name.endsWith(".ts")).sort()
    .flatMap((name) => operationsOf(readFileSync(join(SOURCES, name), "utf8")))
    .sort((a, b) => a.kind < b.kind ? -1 : 1);
}

/** The page. */
export function operationsPage(entries: readonly OperationEntry[]): string {
  return [
    "# Operations",
    "",
    "What a revision can do: the methods of `op`, each with an example. Every one is checked when it is recorded,",
    "written in the SQL of the database that the revision runs on, and, but for raw SQL and data, taken back by its",
    "reverse. What a database cannot do is refused with what to do instead. This page is made from the comments in",
    "`src/operations`; the examples are run by the tests.",
    "",
    entries.map(({ kind }) => `[${kind}](#${kind.toLowerCase()})`).join(" · "),
    ...entries.flatMap(({ kind, text, example }) => ["", `## ${kind}`, "", text, "", "```ts", example, "```"]),
    "",
  ].join("\n");
}

if (import.meta.main) {
  const page = operationsPage(allOperations());
  if (!process.argv.includes("--check")) writeFileSync(PAGE, page);
  else if (readFileSync(PAGE, "utf8") !== page) {
    console.error("docs/operations.md is not what the comments say: deno run -A scripts/build_operations_page.ts");
    process.exit(1);
  }
}
