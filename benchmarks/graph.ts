/**
 * How long limbeck takes on large graphs, from start to end of the program, beside Alembic on the same graph in the same
 * run where Python's `alembic` can be started.
 *
 *     deno run -A benchmarks/graph.ts                 1,000 and 10,000 revisions
 *     deno run -A benchmarks/graph.ts 50000           other sizes
 *
 * The graph is mixed: a line, with a branch of two revisions beside every tenth one that is merged again, and a second root
 * whose revisions depend on the line. Every round runs each subject once; the median of the rounds is shown.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROUNDS = 3;
const root = fileURLToPath(new URL("..", import.meta.url));

interface Node {
  readonly id: string;
  readonly down: readonly string[];
  readonly dependsOn: readonly string[];
}

/** A mixed graph of that many revisions. */
function graph(count: number): readonly Node[] {
  const id = (number: number): string =>
    ((number * 2654435761) % 2 ** 32).toString(16).padStart(8, "0") + number.toString(16).padStart(4, "0").slice(-4);
  const nodes: Node[] = [];
  const add = (down: readonly string[], dependsOn: readonly string[] = []): string => {
    nodes.push({ id: id(nodes.length), down, dependsOn });
    return id(nodes.length - 1);
  };
  let tip = add([]);
  let side = add([]);
  while (nodes.length < count) {
    for (let step = 0; step < 8; step++) tip = add([tip]);
    const branch = add([add([tip])]);
    tip = add([add([tip]), branch]);
    side = add([side], [tip]);
  }
  return nodes.slice(0, count);
}

const literal = (ids: readonly string[], open: string, close: string, nothing: string): string =>
  ids.length === 0
    ? nothing
    : ids.length === 1
    ? `"${ids[0]}"`
    : `${open}${ids.map((id) => `"${id}"`).join(", ")}${close}`;

function limbeckProject(directory: string, nodes: readonly Node[]): void {
  mkdirSync(join(directory, "migrations/versions"), { recursive: true });
  writeFileSync(join(directory, "limbeck.json"), "{}");
  for (const { id, down, dependsOn } of nodes) {
    writeFileSync(
      join(directory, `migrations/versions/${id}_step.sql`),
      `-- step\n--\n-- revision: ${id}\n-- revises: ${down.join(", ")}\n-- depends on: ${
        dependsOn.join(", ")
      }\n\n-- upgrade\nselect 1;\n\n-- downgrade\nselect 1;\n`,
    );
  }
}

function alembicProject(directory: string, nodes: readonly Node[]): void {
  mkdirSync(join(directory, "migrations/versions"), { recursive: true });
  writeFileSync(join(directory, "alembic.ini"), "[alembic]\nscript_location = migrations\n");
  writeFileSync(
    join(directory, "migrations/env.py"),
    'from alembic import context\ncontext.configure(dialect_name="sqlite")\nwith context.begin_transaction():\n    context.run_migrations()\n',
  );
  for (const { id, down, dependsOn } of nodes) {
    writeFileSync(
      join(directory, `migrations/versions/${id}_step.py`),
      `from alembic import op\nrevision = "${id}"\ndown_revision = ${literal(down, "(", ")", "None")}\n` +
        `depends_on = ${
          literal(dependsOn, "(", ")", "None")
        }\n\n\ndef upgrade():\n    op.execute("select 1")\n\n\ndef downgrade():\n    op.execute("select 1")\n`,
    );
  }
}

function time(command: readonly string[], cwd: string): number {
  const [program = "", ...args] = command;
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const limbeck = [process.execPath, "run", "-A", "--quiet", join(root, "cli.ts")];
const hasAlembic = spawnSync("alembic", ["--version"]).status === 0;
const sizes = process.argv.slice(2).map(Number);

for (const count of sizes.length > 0 ? sizes : [1000, 10_000]) {
  const work = mkdtempSync(join(tmpdir(), "limbeck-graph-"));
  try {
    const nodes = graph(count);
    const partial = (nodes[count >> 1]?.id ?? "").slice(0, 10);
    const commands = [["heads"], ["history"], ["upgrade", "heads", "--sql"], ["history", "-r", `${partial}:`]];
    limbeckProject(join(work, "limbeck"), nodes);
    if (hasAlembic) alembicProject(join(work, "alembic"), nodes);
    for (const command of commands) {
      const times = { limbeck: [] as number[], alembic: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        const dialect = command.includes("--sql") ? ["--dialect", "sqlite"] : [];
        times.limbeck.push(time([...limbeck, ...command, ...dialect], join(work, "limbeck")));
        if (hasAlembic) times.alembic.push(time(["alembic", ...command], join(work, "alembic")));
      }
      const [ours, theirs] = [median(times.limbeck), median(times.alembic)];
      const beside = hasAlembic ? `alembic ${theirs.toFixed(0).padStart(7)} ms  ×${(theirs / ours).toFixed(1)}` : "";
      const shown = command.map((word) => word.replace(partial, "PARTIAL")).join(" ");
      console.log(
        `${String(count).padStart(6)}  ${shown.padEnd(22)} limbeck ${ours.toFixed(0).padStart(6)} ms  ${beside}`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
