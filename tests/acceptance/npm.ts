/**
 * Runs npm and other programs that must succeed.
 */
import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import process from "node:process";
import { type Ran, run } from "../cli/run_script.ts";

/** Runs a program to its end and asserts that it exits with 0. */
export async function succeed(command: readonly string[], cwd: string, environment = process.env): Promise<Ran> {
  const ran = await run(command, cwd, environment);
  assert.equal(ran.exit, 0, `${command.join(" ")}\n${ran.stdout}${ran.stderr}`);
  return ran;
}
