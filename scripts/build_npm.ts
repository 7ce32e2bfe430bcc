/**
 * `deno task npm`: builds the npm package in npm/.
 *
 *     deno run -A scripts/build_npm.ts [--output npm]
 *
 * The compiler and the types come from the npm registry into a temporary folder, so a clean clone builds as well.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { packageJson, ROOT } from "./package_json.ts";

const SOURCES = ["mod.ts", "cli.ts", "src"];
/** Files that the package carries beside the code; import.meta.url finds them from there. */
const ASSETS = ["migrations_template", "limbeck.schema.json", "README.md", "LICENSE", "CHANGELOG.md"];
// Node 20's own types: what it lacks does not compile.
const COMPILER = { typescript: "5.9.3", "@types/node": "20", "@types/pg": "8" };

const COMPILER_OPTIONS = {
  target: "es2023",
  lib: ["es2023"],
  module: "nodenext",
  types: ["node"],
  rewriteRelativeImportExtensions: true,
  declaration: true,
  skipLibCheck: true,
  rootDir: ".",
};

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + "\n";
}

/** Runs a program and ends with its output where it fails. On Windows npm is a script, which needs a shell. */
function run(command: string, args: readonly string[], cwd: string): void {
  const shell = process.platform === "win32" && command === "npm";
  const { status, stdout, stderr, error } = spawnSync(command, [...args], { cwd, encoding: "utf8", shell });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
}

/** A folder with the sources, the compiler, and everything that the code imports. */
function stage(folder: string, output: string): void {
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), json({ ...packageJson(), devDependencies: COMPILER }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    json({ compilerOptions: { ...compilerOptions, ...COMPILER_OPTIONS, outDir: output }, include: SOURCES }),
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], folder);
}

/** Builds the package into a folder, which is emptied first. */
function buildPackage(output: string): void {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "limbeck-npm-"));
  try {
    stage(folder, output);
    run("node", [join(folder, "node_modules/typescript/bin/tsc"), "-p", "."], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const cli = join(output, "cli.js");
  writeFileSync(cli, readFileSync(cli, "utf8").replace(/^#!.*/, "#!/usr/bin/env node"));
  chmodSync(cli, 0o755);
  for (const name of ASSETS) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(output, name), { recursive: true });
  }
  writeFileSync(join(output, "package.json"), json(packageJson()));
}

const { values } = parseArgs({ options: { output: { type: "string", default: join(ROOT, "npm") } } });
buildPackage(resolve(values.output));
console.error(`Built ${resolve(values.output)}`);
