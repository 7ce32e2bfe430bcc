/**
 * The npm package as users get it: built, packed, installed into a project of theirs, run on every version of Node.js that
 * it is for, and type-checked from their code.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { ROOT, run, type Runner, runScript } from "../cli/run_script.ts";
import { nodeProgram, npmInstall, packLimbeck, succeed } from "./programs.ts";

const OLDEST = 20;
const NEWEST = 24;
const scripts = join(ROOT, "tests/cli/scripts");
const allScripts = readdirSync(scripts).filter((name) => name.endsWith(".txt")).sort();
const loops = allScripts.filter((name) => name.startsWith("loop_"));

const work = mkdtempSync(join(tmpdir(), "limbeck-npm-"));
const project = join(work, "project");
const program = join(project, "node_modules/limbeck/cli.js");

after(() => rmSync(work, { recursive: true, force: true }));

try {
  install();
} catch (error) {
  // Where this fails there are no tests, and nothing comes after them.
  rmSync(work, { recursive: true, force: true });
  throw error;
}

function install(): void {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "examples/blog/package.json"), "utf8"));
  npmInstall(
    [packLimbeck(work), `drizzle-orm@${dependencies["drizzle-orm"]}`, "typescript@5.9", "@types/pg@8"],
    project,
  );
}

/** The installed package on a version of Node.js, in a folder that has the project's node_modules. */
function nodeRunner(major: number): Runner {
  return {
    // Without "--" Node looks for its own --env-file behind the program, too: see the test of that below.
    command: [nodeProgram(major), "--", program],
    prepare: (directory) => symlinkSync(join(project, "node_modules"), join(directory, "node_modules"), "junction"),
  };
}

for (const [major, names] of [[OLDEST, loops], [22, loops], [NEWEST, allScripts]] as const) {
  test(`Node ${major} is Node ${major}`, () => {
    assert.match(succeed(nodeProgram(major), ["--version"], work), new RegExp(`^v${major}\\.`));
  });
  for (const name of names) {
    test(`Node ${major}: script ${name}`, () => runScript(join(scripts, name), nodeRunner(major)));
  }
}

test("npx finds the program", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  assert.equal(succeed("npx", ["--no-install", "limbeck", "--version"], project).trim(), `limbeck ${version}`);
});

for (const major of [OLDEST, 22, NEWEST]) {
  test(`Node ${major} itself refuses a missing --env-file, before limbeck runs`, async () => {
    const command = [nodeProgram(major), program, "--env-file", "nope.env", "heads"];
    const { stdout, stderr, exit } = await run(command, project, process.env);
    assert.deepEqual({ stdout, exit }, { stdout: "", exit: 9 });
    assert.match(stderr, /nope\.env: not found/);
  });
}

for (const major of [OLDEST, 22, NEWEST]) {
  test(`Node ${major}: no colours where nobody looks`, async () => {
    const { NO_COLOR: _no, FORCE_COLOR: _force, ...environment } = process.env;
    for (const colors of [{}, { NO_COLOR: "1" }]) {
      const { stdout, stderr, exit } = await run([nodeProgram(major), "--", program, "heads"], project, {
        ...environment,
        ...colors,
      });
      assert.equal(exit, 2);
      assert.match(stderr, /^Error: /);
      assert.ok(!`${stdout}${stderr}`.includes("\x1b"), stderr);
    }
  });
}

const USER_CODE = `
import { commands, type EnvironmentContext, isLimbeckError, LimbeckError, type Op, type Schema } from "limbeck";

export default async function env(context: EnvironmentContext): Promise<void> {
  await context.loadEnvFile(".env");
  context.configure({ url: context.requireEnv("DATABASE_URL"), target: () => import("./schema.js") });
  await context.runMigrations();
}

export function upgrade(op: Op): void {
  op.addColumn("users", { name: "bio", type: "text" });
  // @ts-expect-error: a column has a type
  op.addColumn("users", { name: "bio" });
  // @ts-expect-error: there is no such operation
  op.addColum("users", { name: "bio", type: "text" });
}

export async function start(): Promise<readonly string[]> {
  try {
    const { heads } = await commands.upgrade({ target: "head", url: "file:app.db" });
    return heads;
  } catch (error) {
    if (isLimbeckError(error)) throw new LimbeckError(error.code, error.message);
    throw error;
  }
}

export const tableNames = (schema: Schema): string[] => schema.tables.map(({ name }) => name);
`;

const compilerOptions = {
  module: "nodenext",
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  types: [],
  noEmit: true,
};

function typeCheck(settings: { readonly [key: string]: unknown }): void {
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(settings));
  succeed(nodeProgram(NEWEST), [join(project, "node_modules/typescript/bin/tsc"), "-p", project], project);
}

test("a strict nodenext project type-checks against the package, with no types but its own", () => {
  writeFileSync(join(project, "schema.ts"), "export const tables = [];\n");
  writeFileSync(join(project, "user.ts"), USER_CODE);
  typeCheck({ compilerOptions, files: ["user.ts"] });
});

test("what init writes type-checks with the option that its comment names", () => {
  mkdirSync(join(project, "src"), { recursive: true });
  for (const name of ["schema", "users", "orders"]) writeFileSync(join(project, `src/${name}.ts`), "export {};\n");
  for (const template of ["generic", "async", "drizzle", "multidb", "sql"]) {
    succeed(nodeProgram(NEWEST), ["--", program, "init", "-t", template, template], project);
    const options = { ...compilerOptions, allowImportingTsExtensions: true, skipLibCheck: true };
    typeCheck({ compilerOptions: options, include: [`${template}/**/*.ts`] });
  }
});
