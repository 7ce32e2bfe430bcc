/**
 * `deno task compile`: builds the standalone binary.
 *
 *     deno run -A scripts/compile.ts [--output dist/limbeck] [--target x86_64-unknown-linux-gnu] [--bare]
 *
 * `--bare` also compiles an empty program to `bare` beside the output, for benchmarks/startup.ts.
 *
 * Everything in the node_modules beside the code is embedded, so a temporary folder holds the code and the packages that
 * it needs at run time, nothing else. `--node-modules-dir=manual` also is what lets the binary find the packages of the
 * user's own node_modules. DENORT_BIN is kept where it is set.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { dependencies, ROOT } from "./package_json.ts";

const TEMPLATES = "migrations_template";
const SOURCES = ["mod.ts", "cli.ts", "src", TEMPLATES];

/** npm's names of the platforms that `deno compile --target` knows, for the packages with native parts. */
const TARGETS: { readonly [target: string]: readonly string[] } = {
  "x86_64-unknown-linux-gnu": ["--os=linux", "--cpu=x64", "--libc=glibc"],
  "aarch64-unknown-linux-gnu": ["--os=linux", "--cpu=arm64", "--libc=glibc"],
  "x86_64-apple-darwin": ["--os=darwin", "--cpu=x64"],
  "aarch64-apple-darwin": ["--os=darwin", "--cpu=arm64"],
  "x86_64-pc-windows-msvc": ["--os=win32", "--cpu=x64"],
};

function run(command: string, args: readonly string[], cwd: string): void {
  const shell = process.platform === "win32" && command === "npm";
  const { status, error } = spawnSync(command, [...args], { cwd, stdio: ["ignore", "inherit", "inherit"], shell });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}

function stage(folder: string, target: string | undefined): void {
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const { version, compilerOptions } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const manifest = { name: "limbeck", version, private: true, type: "module", dependencies: dependencies() };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "deno.json"), JSON.stringify({ compilerOptions, nodeModulesDir: "manual" }));
  const platform = target === undefined ? [] : TARGETS[target];
  if (platform === undefined) throw new Error(`--target is one of: ${Object.keys(TARGETS).join(", ")}`);
  run("npm", ["install", "--omit=dev", "--omit=peer", "--no-audit", "--no-fund", "--silent", ...platform], folder);
}

/** Compiles the program `entry` of a temporary folder that `fill` fills. */
function compile(entry: string, output: string, target: string | undefined, fill: (folder: string) => void): void {
  mkdirSync(dirname(output), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "limbeck-compile-"));
  const options = ["-A", "--quiet", "--no-check", "--node-modules-dir=manual", "--output", output];
  try {
    fill(folder);
    const include = existsSync(join(folder, TEMPLATES)) ? ["--include", TEMPLATES] : [];
    const to = target === undefined ? [] : ["--target", target];
    run(process.execPath, ["compile", ...options, ...include, ...to, entry], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.error(`Built ${output}`);
}

const { values } = parseArgs({
  options: {
    output: { type: "string", default: join(ROOT, "dist", "limbeck") },
    target: { type: "string" },
    bare: { type: "boolean", default: false },
  },
});
const { target } = values;
const output = resolve(values.output);
compile("cli.ts", output, target, (folder) => stage(folder, target));
if (values.bare) {
  const bare = join(dirname(output), "bare");
  compile("bare.ts", bare, target, (folder) => writeFileSync(join(folder, "bare.ts"), ""));
}
