/**
 * `--sql`: what `upgrade`, `downgrade`, `stamp` and `ensure-version` would do, as a script.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { type OfflinePlan, type OfflineSettings, versionTableScript, writeScript } from "../migration/offline.ts";
import { type Plan, planDowngradeRange, planStamp, planUpgrade, planUpgradeRange } from "../migration/plan.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { maximal } from "../migration/version_rows.ts";
import { resolveRevisions } from "../script/resolve.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { mergeReports, type MigrateResult, noteDatabase } from "./result.ts";

/** What every command that writes a script takes. */
export interface OfflineOptions extends CommandOptions {
  /** `"postgres"` or `"sqlite"`, where no url says it. */
  readonly dialect?: string;
}

/** A script, and what it does where it is run. */
export interface ScriptResult extends MigrateResult {
  /** The script; empty where there is nothing to do. */
  readonly script: string;
}

/**
 * Writes the script of an upgrade. No database is asked: without a start, the range begins at base.
 *
 * @param options `target`: `a:b`, or `b` for a script that starts at base
 * @throws `RANGE_INVALID`, `OFFLINE_UNSUPPORTED` where a revision reads the database, and others
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const script = async () => (await commands.upgradeScript({ target: "head", dialect: "postgres" })).script;
 * ```
 */
export function upgradeScript(options: OfflineOptions & { readonly target: string }): Promise<ScriptResult> {
  return scriptOf(options, (map) => planUpgradeRange(map, options.target));
}

/**
 * Writes the script of a downgrade.
 *
 * @param options `target`: `a:b`, where the database is at `a`
 * @throws `RANGE_INVALID` where there is no start, `OFFLINE_UNSUPPORTED`, and others
 */
export function downgradeScript(options: OfflineOptions & { readonly target: string }): Promise<ScriptResult> {
  return scriptOf(options, (map) => planDowngradeRange(map, options.target));
}

/**
 * Writes the script of a stamp.
 *
 * @param options `targets`: revision arguments, each `a:b` where rows are there; all with the same `a`
 * @throws `RANGE_INVALID` where the starts differ, and others
 */
export function stampScript(options: OfflineOptions & { readonly targets: readonly string[] }): Promise<ScriptResult> {
  return scriptOf(options, (map) => planStampRange(map, options.targets));
}

/** Writes the script that makes the version table where it is missing. */
export async function ensureVersionScript(options: OfflineOptions = {}): Promise<{ readonly script: string }> {
  const project = await openProject(options);
  const check = oneDatabase();
  const scripts = await project.offline(options.dialect, (settings) => {
    check(settings);
    return Promise.resolve(versionTableScript(settings));
  });
  return { script: scripts.join("\n") };
}

async function scriptOf(options: OfflineOptions, decide: (map: RevisionMap) => Plan): Promise<ScriptResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  // Decided before env.ts runs: what is wrong with the range needs no database to be said.
  const plan = decide(map);
  for (const text of plan.notes) options.progress?.({ type: "note", text });
  const check = oneDatabase();
  const written = await project.offline(options.dialect, (settings) => {
    check(settings);
    return noteDatabase(settings, write(settings, map, plan));
  });
  return {
    ...mergeReports(written, map),
    script: written.map(({ text }) => text).join("\n"),
  };
}

async function write(settings: OfflineSettings, map: RevisionMap, plan: Plan) {
  const rows = plan.steps[0]?.rowsBefore ?? [];
  const offline: OfflinePlan = {
    plan,
    rows,
    history: () => rows.length === 0 ? [] : planUpgrade(map, [], rows).steps,
  };
  const { text, statements } = await writeScript(settings, offline);
  const steps = plan.steps.map((step, place) => ({ step, ms: 0, statements: statements[place] ?? 0 }));
  return { text, steps, heads: plan.steps.at(-1)?.rowsAfter ?? plan.targets };
}

/**
 * Refuses the second of several databases: a script is fed to one. Runs without a name, as for several schemas, are of one
 * database, and stand below each other.
 */
function oneDatabase(): (settings: OfflineSettings) => void {
  const names = new Set<string | undefined>();
  return ({ options: { name } }) => {
    if (names.add(name).size < 2) return;
    const list = [...names].map((each) => each === undefined ? "one without a name" : `"${each}"`).join(", ");
    throw new LimbeckError("USAGE", `Cannot write one script for several databases: ${list}`, {
      hint: "Write one for each: -n NAME",
      facts: { databases: [...names].map((each) => each ?? null) },
    });
  };
}

function planStampRange(map: RevisionMap, targets: readonly string[]): Plan {
  const ranges = targets.map((target): readonly [from: string, to: string] => {
    const [first = "", second, ...more] = target.split(":");
    if (second === undefined) return ["", first];
    if (more.length > 0 || second === "") throw invalidStamp(`"${target}" is not a start and an end`, target);
    return [first, second];
  });
  const [start = "", ...others] = new Set(ranges.map(([from]) => from));
  if (others.length > 0) throw invalidStamp("the targets do not all start from the same revision", targets.join(" "));
  const from = start === "" ? [] : resolveRevisions(map, start, { action: "stamp from" });
  return planStamp(map, maximal(map, from.map(({ revision }) => revision)), ranges.map(([, to]) => to));
}

function invalidStamp(why: string, range: string): LimbeckError {
  return new LimbeckError("RANGE_INVALID", `Cannot stamp: ${why}`, {
    hint: "Write the revision to stamp, or start:end where the table has a row already",
    facts: { range },
  });
}
