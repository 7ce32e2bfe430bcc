/**
 * `deno task npm`: builds the npm package into `npm/`: JavaScript and declarations by tsc, the templates and the texts
 * beside them, and package.json.
 *
 *     deno run -A scripts/build_npm.ts [--output npm]
 */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import ts from "typescript";
import { packageJson, ROOT } from "./package_json.ts";

/** What is shipped as it stands; each lies in the package where it lies here. */
const COPIED = ["migrations_template", "limbeck.schema.json", "README.md", "LICENSE", "CHANGELOG.md"];

/** Builds the package into a folder, which is emptied first. */
function buildNpm(output: string): void {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const name of COPIED) cpSync(join(ROOT, name), join(output, name), { recursive: true });
  emit(createProgram(output));
  chmodSync(join(output, "cli.js"), 0o755);
  writeFileSync(join(output, "package.json"), `${JSON.stringify(packageJson(), null, 2)}\n`);
}

function createProgram(output: string): ts.Program {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const options: ts.CompilerOptions = {
    ...compilerOptions,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
    rootDir: ROOT,
    outDir: output,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    noEmitOnError: true,
  };
  const host = ts.createCompilerHost(options);
  const virtual = new Map([
    // This is where tsc reads that the files are ES modules; the checkout has no package.json.
    [join(ROOT, "package.json"), '{ "type": "module" }'],
    // `pg` has no types of its own; the driver says itself which part of it is used.
    [join(ROOT, "pg.d.ts"), 'declare module "pg";'],
  ]);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => virtual.get(resolve(path)) ?? readFile(path);
  host.fileExists = (path) => virtual.has(resolve(path)) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = virtual.get(resolve(path));
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  return ts.createProgram(["cli.ts", "mod.ts", "pg.d.ts"].map((name) => join(ROOT, name)), options, host);
}

/** Writes JavaScript and declarations; throws what tsc finds wrong. */
function emit(program: ts.Program): void {
  const write: ts.WriteFileCallback = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replace(/^#!.*/, "#!/usr/bin/env node"));
  };
  const { diagnostics } = program.emit(undefined, write, undefined, undefined, { afterDeclarations: [jsSpecifiers] });
  const problems = ts.sortAndDeduplicateDiagnostics([...ts.getPreEmitDiagnostics(program), ...diagnostics]);
  if (problems.length === 0) return;
  throw new Error(ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => ROOT,
    getNewLine: () => "\n",
  }));
}

/** tsc rewrites the imports of the JavaScript, not those of the declarations. */
const jsSpecifiers: ts.TransformerFactory<ts.SourceFile | ts.Bundle> = (context) => {
  const visit = (node: ts.Node): ts.Node =>
    ts.isStringLiteral(node) && /^\.\.?\/.*\.ts$/.test(node.text)
      ? context.factory.createStringLiteral(node.text.replace(/\.ts$/, ".js"))
      : ts.visitEachChild(node, visit, context);
  return (file) => ts.visitEachChild(file, visit, context);
};

const { values } = parseArgs({ options: { output: { type: "string", default: join(ROOT, "npm") } } });
try {
  const output = resolve(values.output);
  buildNpm(output);
  console.error(
    `Built ${output}. Install it in a project with:\n\n  npm pack ${output} && npm install ./limbeck-*.tgz`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
