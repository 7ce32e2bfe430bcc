/**
 * How long `heads` takes from start to end, with 1 and with 1,000 revisions, on Deno, on Node (the built npm package) and
 * as a binary, beside a bare start of the same runtime in the same run.
 *
 *     deno task npm && deno task compile     (for Node and the binary; what is not built is left out)
 *     deno run -A benchmarks/startup.ts
 *
 * Every round runs each subject once, in turn, so that noise meets all alike; the median of the rounds is shown, and its
 * ratio to the bare start.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROUNDS = 15;
const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "limbeck-bench-"));

/** A project whose revisions stand in one line. */
function project(count: number): string {
  const directory = join(work, `revisions-${count}`);
  mkdirSync(join(directory, "migrations/versions"), { recursive: true });
  writeFileSync(join(directory, "limbeck.json"), '{ "scriptLocation": "migrations" }\n');
  const id = (number: number): string => number.toString(16).padStart(12, "0");
  for (let number = 1; number <= count; number++) {
    const parent = number === 1 ? "null" : `"${id(number - 1)}"`;
    writeFileSync(
      join(directory, `migrations/versions/${id(number)}_step.ts`),
      `/**\n * step ${number}\n *\n * Revision ID: ${id(number)}\n * Create Date: 2026-01-01T00:00:00Z\n */\n` +
        `import type { Op } from "limbeck";\n\nexport const revision = "${id(number)}";\n` +
        `export const downRevision = ${parent};\nexport const branchLabels = null;\nexport const dependsOn = null;\n\n` +
        `export function upgrade(op: Op): void {\n  op.execute("select ${number}");\n}\n\n` +
        `export function downgrade(op: Op): void {\n  op.execute("select ${number}");\n}\n`,
    );
  }
  return directory;
}

interface Subject {
  readonly name: string;
  /** The subject that this one is measured against. */
  readonly bare: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

/** Wall time of one run, in milliseconds. */
function time({ name, command: [program = "", ...args], cwd }: Subject): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

function subjects(): readonly Subject[] {
  const [one, many] = [project(1), project(1000)];
  const emptyFile = join(work, "empty.mjs");
  writeFileSync(emptyFile, "");
  const tools = [
    {
      runtime: "deno",
      bare: [process.execPath, "run", emptyFile],
      tool: [process.execPath, "run", "-A", join(root, "cli.ts")],
    },
    {
      runtime: "node",
      bare: ["node", emptyFile],
      tool: ["node", join(root, "npm/cli.js")],
      needs: join(root, "npm/cli.js"),
    },
    {
      runtime: "binary",
      bare: [join(root, "dist/bare")],
      tool: [join(root, "dist/limbeck")],
      needs: join(root, "dist/bare"),
    },
  ];
  return tools.filter(({ needs }) => needs === undefined || existsSync(needs)).flatMap(({ runtime, bare, tool }) => [
    { name: `${runtime} bare`, bare: `${runtime} bare`, command: bare, cwd: work },
    { name: `${runtime} heads, 1 revision`, bare: `${runtime} bare`, command: [...tool, "heads"], cwd: one },
    { name: `${runtime} heads, 1,000 revisions`, bare: `${runtime} bare`, command: [...tool, "heads"], cwd: many },
  ]);
}

try {
  const all = subjects();
  const times = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (const subject of all) time(subject);
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of all) times.get(subject.name)?.push(time(subject));
  }
  for (const { name, bare } of all) {
    const ms = median(times.get(name) ?? []);
    const ratio = ms / median(times.get(bare) ?? []);
    console.log(`${name.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms  ×${ratio.toFixed(2)}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
