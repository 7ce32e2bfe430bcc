/**
 * Runs a script of `script.ts` in a fresh folder, with whichever limbeck is to be tested.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dialectOf } from "../../src/dialects/registry.ts";
import { createDatabase } from "../support/postgres_server.ts";
import { matchesLines, parseScript, type ScriptStep } from "./script.ts";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** How limbeck is started. */
export interface Runner {
  /** The program and its first arguments. */
  readonly command: readonly string[];
  /** Puts what a project needs beside it (node_modules) into its folder. */
  prepare?(directory: string): void;
  /** The variables that the program gets; default those of this process. */
  readonly environment?: { readonly [name: string]: string | undefined };
}

/** What a command printed and how it ended. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

interface State {
  cwd: string;
  readonly environment: Record<string, string | undefined>;
}

/** limbeck from this checkout, on Deno, in a folder that has drizzle-orm. */
export const checkoutRunner: Runner = {
  command: [process.execPath, "run", "-A", "--quiet", join(ROOT, "cli.ts")],
  prepare: linkDrizzle,
};

/** Gives a folder a node_modules with the drizzle-orm that the example uses. */
export function linkDrizzle(directory: string): void {
  const installed = join(ROOT, "examples/blog/node_modules/drizzle-orm");
  mkdirSync(join(directory, "node_modules"), { recursive: true });
  symlinkSync(installed, join(directory, "node_modules/drizzle-orm"), "junction");
}

/** How long a command may take, in milliseconds. */
const DEADLINE = 120_000;

/** Runs a program to its end. */
export function run(
  [program = "", ...args]: readonly string[],
  cwd: string,
  environment: { readonly [name: string]: string | undefined },
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd,
      env: environment as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => text.stdout += chunk);
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => text.stderr += chunk);
    // A program that hangs is a failure that shows what it printed, not a run of the tests that never ends.
    const deadline = setTimeout(() => {
      child.kill("SIGKILL");
      fail(new Error(`${args.join(" ")} did not end in ${DEADLINE} ms\n${text.stdout}${text.stderr}`));
    }, DEADLINE);
    child.on("error", fail);
    child.on("close", (exit) => {
      clearTimeout(deadline);
      done({ ...text, exit });
    });
  });
}

/** Runs a script and asserts every command of it. */
export async function runScript(path: string, runner: Runner): Promise<void> {
  const script = parseScript(readFileSync(path, "utf8"));
  const directory = mkdtempSync(join(tmpdir(), "limbeck-script-"));
  const database = script.needsPostgres ? await createDatabase() : null;
  const base = runner.environment ?? process.env;
  const { DATABASE_URL: _url, FORCE_COLOR: _color, ...inherited } = base;
  const state: State = { cwd: directory, environment: { ...inherited, NO_COLOR: "1" } };
  if (database !== null) state.environment["DATABASE_URL"] = database.url;
  try {
    runner.prepare?.(directory);
    for (const { path, text } of script.files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    for (const step of script.steps) await runStep(step, state, runner, path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await database?.drop();
  }
}

async function runStep(step: ScriptStep, state: State, runner: Runner, path: string): Promise<void> {
  const [name = "", ...args] = step.words;
  const { stdout, stderr, exit } = name === "limbeck"
    ? await run([...runner.command, ...args], state.cwd, state.environment)
    : { stdout: await builtin(name, args, step.text, state), stderr: "", exit: 0 };
  const where = `${path}:${step.line}: ${step.words.join(" ")}`;
  const shown = `${where}\n--- stdout\n${stdout}--- stderr\n${stderr}--- exit ${exit}`;
  assert.equal(exit, step.exit, `the exit code differs: ${shown}`);
  assert.ok(
    matchesLines(toLines(stdout), step.stdout),
    `stdout differs: ${shown}\n--- expected\n${step.stdout.join("\n")}`,
  );
  if (step.stderr === null) return;
  assert.ok(
    matchesLines(toLines(stderr), step.stderr),
    `stderr differs: ${shown}\n--- expected\n${step.stderr.join("\n")}`,
  );
}

function toLines(text: string): readonly string[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

async function builtin(name: string, args: readonly string[], text: string, state: State): Promise<string> {
  const at = (file: string | undefined): string => resolve(state.cwd, file ?? "");
  const [first = "", second = "", third = ""] = args;
  switch (name) {
    case "cat":
      return readFileSync(at(first), "utf8");
    case "rm":
      rmSync(at(first), { recursive: true });
      return "";
    case "exists":
      return existsSync(at(first)) ? "yes\n" : "no\n";
    case "cp":
      cpSync(at(first), at(second), { recursive: true });
      return "";
    case "cd":
      state.cwd = at(first);
      return "";
    case "write":
      mkdirSync(dirname(at(first)), { recursive: true });
      writeFileSync(at(first), second);
      return "";
    case "replace":
      return replaceText(at(first), second, third);
    case "export":
      state.environment[first.split("=")[0] ?? ""] = first.slice(first.indexOf("=") + 1);
      return "";
    case "sql":
      return await sql(text.slice("sql ".length), state);
    default:
      throw new Error(`"${name}" is no command of a script`);
  }
}

function replaceText(path: string, from: string, to: string): string {
  const text = readFileSync(path, "utf8");
  assert.ok(text.includes(from), `${path} has no ${from}`);
  writeFileSync(path, text.replace(from, () => to));
  return "";
}

async function sql(statement: string, state: State): Promise<string> {
  const given = state.environment["DATABASE_URL"] ?? "file:app.db";
  const url = given.startsWith("file:") ? pathToFileURL(resolve(state.cwd, given.slice(5))).href : given;
  const dialect = await dialectOf({ url });
  const connection = await dialect.connect({ url });
  try {
    const { rows } = await connection.query(statement);
    return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  } finally {
    await connection.close();
  }
}
