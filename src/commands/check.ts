/**
 * `limbeck check`: whether a revision is missing.
 *
 * @module
 */
import type { Rename } from "../autogenerate/renames.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Operation } from "../operations/registry.ts";
import type { CompareOptions } from "./compare.ts";
import { compileOperations } from "./compile_operations.ts";
import { draftByComparison } from "./draft_revisions.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { renderBody } from "./revision_body.ts";

/** What `check` returns. */
export interface CheckResult {
  /** What `revision --autogenerate` would write; nothing where the database is what the target says. */
  readonly operations: readonly Operation[];
  /** The same as a revision would hold it; empty where there is nothing. */
  readonly rendered: string;
  /** The same as SQL. */
  readonly statements: readonly Statement[];
  /** What is not compared, and other things that a person should know. */
  readonly warnings: readonly string[];
  /** What has only another name. */
  readonly renames: readonly Rename[];
}

/**
 * Compares the database with the target that env.ts links, as `revision --autogenerate` does, and writes nothing.
 *
 * @throws `NOT_AT_HEAD` where revisions are not applied yet, `TARGET_MISSING`, `TARGET_INVALID`
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const isComplete = async () => (await commands.check()).operations.length === 0;
 * ```
 */
export async function check(options: CommandOptions & CompareOptions = {}): Promise<CheckResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const start = { command: "check" as const, downRevisions: map.effectiveHeads };
  const found = await project.run(async (context) => {
    const { directives, current, warnings, renames } = await draftByComparison(context, map, {
      ...start,
      directive: { message: "" },
    }, { ...options, verify: false });
    const operations = directives.flatMap(({ upgrade }) => upgrade);
    const { dialect, options: { name: database, renderAsBatch } } = context;
    return {
      operations,
      part: { database, current, dialect, renderAsBatch, upgrade: operations, downgrade: [] },
      statements: compileOperations(operations, current, dialect),
      warnings,
      renames,
    };
  });
  return {
    operations: found.flatMap(({ operations }) => operations),
    rendered: renderBody(found.map(({ part }) => part), "ts").upgrades,
    statements: found.flatMap(({ statements }) => statements),
    warnings: found.flatMap(({ warnings }) => warnings),
    renames: found.flatMap(({ renames }) => renames),
  };
}
