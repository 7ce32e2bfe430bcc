/**
 * The standalone binary, where there is neither Deno nor Node on PATH, and no node_modules but for a schema that imports
 * drizzle-orm.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { linkDrizzle, ROOT, run, type Runner, runScript } from "../cli/run_script.ts";

const work = mkdtempSync(join(tmpdir(), "limbeck-binary-"));
const binary = join(work, process.platform === "win32" ? "limbeck.exe" : "limbeck");
const barePath = join(work, "path");
mkdirSync(barePath);
// What editors and hooks of the scripts call; neither Deno nor Node.
for (const tool of ["cat", "cp", "false"]) {
  if (existsSync(`/bin/${tool}`)) symlinkSync(`/bin/${tool}`, join(barePath, tool));
}

after(() => rmSync(work, { recursive: true, force: true }));

/** Compiles the binary. Returns why it cannot be had on this machine, or null. */
function compile(): string | null {
  const script = join(ROOT, "scripts/compile.ts");
  const { status, stderr } = spawnSync(process.execPath, ["run", "-A", "--quiet", script, "--output", binary], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (status === 0) return null;
  const unreachable = /error sending request for url \(https:\/\/dl\.deno\.land\/.*/.exec(stderr)?.[0];
  assert.ok(
    unreachable !== undefined && !process.env["DENORT_BIN"],
    `scripts/compile.ts ended with ${status}\n${stderr}`,
  );
  return `DENORT_BIN is not set, and the base of the binary cannot be downloaded: ${unreachable}`;
}

const unavailable = compile();

function withoutPath(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^path$/i.test(name));
  return { ...Object.fromEntries(kept), PATH: barePath };
}

function runnerOf(script: string): Runner {
  const runner: Runner = { command: [binary], environment: withoutPath() };
  return readFileSync(script, "utf8").includes("drizzle") ? { ...runner, prepare: linkDrizzle } : runner;
}

/** A test of the binary; skipped, and said to be, only where the binary cannot be had. */
function testBinary(name: string, body: () => Promise<void>): void {
  test(`binary: ${name}`, unavailable === null ? {} : { skip: unavailable }, body);
}

if (unavailable !== null) console.error(`The binary is not tested. ${unavailable}`);

testBinary("says its version", async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const { stdout } = await run([binary, "--version"], barePath, withoutPath());
  assert.equal(stdout.trim(), `limbeck ${version}`);
});

const scripts = join(ROOT, "tests/cli/scripts");
for (const name of readdirSync(scripts).filter((each) => each.endsWith(".txt")).sort()) {
  testBinary(`script ${name}`, () => runScript(join(scripts, name), runnerOf(join(scripts, name))));
}
