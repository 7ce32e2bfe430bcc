/**
 * Checks that the arrows between the folders of `src/` go down only.
 *
 *     deno run --allow-read scripts/check_layers.ts [src]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * The house: what each part may import, beside itself. The parts are written from the ground up, and each may name only
 * parts above its own line, so there are no circles. `errors` may be imported by all; a part like `dialects/sqlite` is the
 * folder or the file of that name, and has nothing to do with the rest of `dialects`.
 */
const LAYERS: { readonly [part: string]: readonly string[] } = {
  errors: [],
  version: [],
  platform: [],
  config_keys: [],
  config: ["config_keys", "platform"],
  schema: [],
  ddl: ["schema"],
  operations: ["ddl", "schema"],
  "dialects/dialect": ["operations", "ddl", "schema"],
  "dialects/postgres": ["dialects/dialect", "operations", "ddl", "schema", "platform"],
  "dialects/sqlite": ["dialects/dialect", "operations", "ddl", "schema", "platform"],
  "dialects/registry": ["dialects/dialect", "dialects/postgres", "dialects/sqlite"],
  script: ["platform"],
  autogenerate: ["operations", "ddl", "schema", "dialects/dialect"],
  sources: ["schema", "ddl", "dialects/dialect", "dialects/registry", "platform"],
  migration: ["script", "operations", "ddl", "schema", "dialects/dialect", "dialects/registry", "platform", "config"],
  commands: [
    "migration",
    "autogenerate",
    "sources",
    "script",
    "operations",
    "ddl",
    "schema",
    "dialects/dialect",
    "dialects/registry",
    "platform",
    "config",
    "version",
  ],
  cli: ["commands", "migration", "platform", "script", "version"],
};

/** What is loaded only when it is used: an import of it is `import(…)`, or of types. */
const LAZY = new Set(["dialects/postgres", "dialects/sqlite"]);

/** What only the named parts may touch; the others get it handed in. */
const GLOBALS: readonly { readonly pattern: RegExp; readonly what: string; readonly parts: readonly string[] }[] = [
  { pattern: /\bDeno\s*\./, what: "Deno.*", parts: ["platform"] },
  { pattern: /\bconsole\s*\./, what: "console", parts: ["platform", "cli"] },
  { pattern: /\bprocess\s*\.\s*exit\b|\bfrom\s*"node:process"/, what: "process", parts: ["platform", "cli"] },
];

/** A place that breaks a rule. */
export interface Problem {
  /** From the source folder, with forward slashes. */
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const IMPORT = /\bfrom\s*"(\.[^"]+)"|\bimport\s*\(\s*"(\.[^"]+)"|^[ \t]*import\s*"(\.[^"]+)"/gm;

/** Checks every file below a source folder. */
export function checkLayers(source: string): readonly Problem[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .sort();
  return [...checkTable(), ...files.flatMap((path) => checkFile(source, path))];
}

/** A table that names a part below its line would allow a circle. */
function checkTable(): readonly Problem[] {
  const parts = Object.keys(LAYERS);
  return parts.flatMap((part, index) =>
    LAYERS[part]!.filter((below) => !parts.slice(0, index).includes(below)).map((below) => ({
      path: "scripts/check_layers.ts",
      line: 1,
      text: `the table lets ${part} import ${below}, which does not stand above it`,
    }))
  );
}

function checkFile(source: string, path: string): readonly Problem[] {
  const code = withoutComments(readFileSync(join(source, path), "utf8"));
  const part = partOf(path);
  const at = (index: number): { path: string; line: number } => ({
    path,
    line: code.slice(0, index).split("\n").length,
  });
  const allowed = LAYERS[part];
  if (allowed === undefined) return [{ path, line: 1, text: `"${part}" has no line in the table of layers` }];
  const problems: Problem[] = [];
  for (const match of code.matchAll(IMPORT)) {
    const target = resolve(source, dirname(path), match[1] ?? match[2] ?? match[3]!);
    // Code that is shown to the user stands in texts, and names files of theirs.
    if (!existsSync(target)) continue;
    const other = partOf(relative(source, target).replaceAll("\\", "/"));
    if (other === part || other === "errors") continue;
    if (!allowed.includes(other)) {
      problems.push({ ...at(match.index), text: `${part} may not import ${other}` });
    } else if (LAZY.has(other) && match[2] === undefined && !isTypeImport(code, match.index)) {
      problems.push({ ...at(match.index), text: `${part} may import ${other} only when it is used: import(…)` });
    }
  }
  for (const { pattern, what, parts } of GLOBALS) {
    const index = parts.includes(part) ? -1 : code.search(pattern);
    if (index >= 0) problems.push({ ...at(index), text: `${part} may not use ${what}` });
  }
  return problems;
}

/** Whether the statement that has its `from` at the index imports, or exports, nothing but types. */
function isTypeImport(code: string, index: number): boolean {
  return /^(import|export) type\b/.test(code.slice(0, index).split(/^(?=import\b|export\b)/m).at(-1)!);
}

/** The part that a file of the source folder belongs to: the longest beginning of its path that the table names. */
function partOf(path: string): string {
  const [folder, name] = path.replace(/\.ts$/, "").split("/");
  return `${folder}/${name}` in LAYERS ? `${folder}/${name}` : folder!;
}

/** Comments as blanks, line for line, so that examples in them do not count and line numbers hold. */
function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[^]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|\s)\/\/.*$/gm, "$1");
}

if (import.meta.main) {
  const source = process.argv[2] ?? fileURLToPath(new URL("../src", import.meta.url));
  const problems = checkLayers(source);
  const shown = relative(process.cwd(), source);
  for (const { path, line, text } of problems) console.error(`${join(shown, path)}:${line}: ${text}`);
  if (problems.length > 0) process.exit(1);
}
