/**
 * What a revision does: its TypeScript module imported, or its SQL split into statements.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { execute } from "../operations/execute.ts";
import type { Recorder } from "../operations/recorder.ts";
import { readText } from "../platform/files.ts";
import { loadModule, preloadModules } from "../platform/load_module.ts";
import { sqlSections } from "../script/parse_sql.ts";
import type { Step } from "./plan.ts";
import type { Revision } from "../script/revision.ts";

/** Which of a revision's two functions. */
export type Direction = "upgrade" | "downgrade";

/** Records a revision's operations; called with the recorder of one attempt. */
export type RevisionScript = (recorder: Recorder) => Promise<void>;

/**
 * Loads what a revision does in one direction. Nothing of it is run yet.
 *
 * @throws `MODULE_INVALID` where the revision has no such function, `MODULE_SYNTAX`, `MODULE_NOT_FOUND`, `MODULE_FAILED`
 */
export function loadRevisionScript(
  revision: Revision,
  direction: Direction,
  dialect: Dialect,
): Promise<RevisionScript> {
  return revision.format === "sql" ? sqlScript(revision, direction, dialect) : moduleScript(revision, direction);
}

/** Imports the modules of many steps at once, where that is faster. */
export async function preloadScripts(steps: readonly Pick<Step, "revision" | "direction">[]): Promise<void> {
  const paths = steps.flatMap(({ revision, direction }) =>
    revision?.format === "ts" && direction !== "stamp" ? [revision.path] : []
  );
  await preloadModules(paths);
}

async function moduleScript(revision: Revision, direction: Direction): Promise<RevisionScript> {
  const module = await loadModule(revision.path);
  const run = module[direction];
  if (typeof run !== "function") throw missing(revision, direction, `export function ${direction}(op: Op): void {}`);
  return async ({ op }) => {
    await run(op);
  };
}

async function sqlScript(revision: Revision, direction: Direction, dialect: Dialect): Promise<RevisionScript> {
  const text = await readText(revision.path);
  const section = sqlSections(text)[direction];
  if (section === null) throw missing(revision, direction, `-- ${direction}`);
  const parts = await dialect.split(section.text);
  return ({ add }) => {
    for (const { sql, offset } of parts) {
      const place = placeOf(text, section.offset + offset);
      add({ operation: execute.create(sql), origin: { path: revision.path, ...place } });
    }
    return Promise.resolve();
  };
}

function missing(revision: Revision, direction: Direction, line: string): LimbeckError {
  return new LimbeckError("MODULE_INVALID", `Cannot ${direction} ${revision.revision}: its file has no ${direction}`, {
    hint: `Add to the file: ${line}`,
    facts: { revision: revision.revision, path: revision.path },
  });
}

/** The line and column (from 1) of an offset in a text. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}
