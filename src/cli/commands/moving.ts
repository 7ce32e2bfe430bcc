/**
 * `upgrade`, `downgrade`, `stamp` and `ensure-version`: what changes a database.
 *
 * @module
 */
import type { DryRunResult } from "../../commands/dry_run.ts";
import type { ScriptResult } from "../../commands/offline.ts";
import type { DatabaseInfo, MigrateResult } from "../../commands/result.ts";
import { LimbeckError } from "../../errors.ts";
import { dryRunLines, duration, hazardousStatement } from "../format.ts";
import type { CommandSpec } from "../program.ts";
import {
  answer,
  commandOptions,
  given,
  named,
  namedDatabases,
  type Options,
  REVISION_HELP,
  type Terminal,
} from "../terminal.ts";

const TAG = ["--tag <text>", "a text for env.ts: context.tag"] as const;
const DRY_RUN = ["--dry-run", "show the plan and the SQL, with a connection; change nothing"] as const;
const SQL = ["--sql", "print a script instead, without asking the database"] as const;
const DIALECT = ["--dialect <name>", "with --sql: postgres or sqlite, where no url says it"] as const;

/** `limbeck upgrade` */
export function upgradeSpec(terminal: Terminal): CommandSpec {
  return {
    name: "upgrade",
    summary: "Apply revisions up to a target",
    arguments: [["<revisions...>", `${REVISION_HELP}; with --sql also a:b`]],
    options: [DRY_RUN, SQL, DIALECT, TAG],
    examples: ["upgrade head", "upgrade +1", "upgrade 1975ea --dry-run", "upgrade 1975ea:head --sql"],
    action: async ([revisions], all) => {
      const options = all as Options;
      const targets = [revisions ?? []].flat();
      if (options["sql"] === true) {
        refuseDryScript(options);
        const { upgradeScript } = await import("../../commands/offline.ts");
        const target = onlyOne(targets, "upgrade");
        return showScript(await upgradeScript({ ...offlineOptions(options, terminal), target }), options, terminal);
      }
      refuseRange(targets, "upgrade");
      if (options["dryRun"] === true) return await showDryRun("upgrade", targets, options, terminal);
      const { upgrade } = await import("../../commands/upgrade.ts");
      const result = await upgrade({ ...commandOptions(options, terminal), target: targets });
      migrated(result, "upgrade", options, terminal);
    },
  };
}

/** `limbeck downgrade` */
export function downgradeSpec(terminal: Terminal): CommandSpec {
  return {
    name: "downgrade",
    summary: "Take revisions back down to a target",
    arguments: [["<revision>", `${REVISION_HELP}; with --sql a:b`]],
    options: [DRY_RUN, SQL, DIALECT, TAG],
    examples: ["downgrade -1", "downgrade base", "downgrade 1975ea --dry-run", "downgrade head:base --sql"],
    action: async ([revision], all) => {
      const options = all as Options;
      const target = String(revision);
      if (options["sql"] === true) {
        refuseDryScript(options);
        const { downgradeScript } = await import("../../commands/offline.ts");
        return showScript(await downgradeScript({ ...offlineOptions(options, terminal), target }), options, terminal);
      }
      refuseRange([target], "downgrade");
      if (options["dryRun"] === true) return await showDryRun("downgrade", [target], options, terminal);
      const { downgrade } = await import("../../commands/downgrade.ts");
      const result = await downgrade({ ...commandOptions(options, terminal), target });
      migrated(result, "downgrade", options, terminal);
    },
  };
}

/** `limbeck stamp` */
export function stampSpec(terminal: Terminal): CommandSpec {
  return {
    name: "stamp",
    summary: "Set the version table without running anything",
    arguments: [["<revisions...>", "head, heads, base, ids or their beginnings, labels…"]],
    options: [["--purge", "take all other rows away first, also unknown ones"], SQL, DIALECT, TAG],
    examples: ["stamp head", "stamp --purge 1975ea"],
    action: async ([revisions], all) => {
      const options = all as Options;
      const targets = [revisions ?? []].flat();
      const purge = options["purge"] === true;
      if (options["sql"] === true) {
        if (purge) {
          throw new LimbeckError(
            "USAGE",
            "Cannot use --purge with --sql: a script does not know which rows are there",
            {
              hint: "Say where the database stands: limbeck stamp --sql FROM:TO",
            },
          );
        }
        const { stampScript } = await import("../../commands/offline.ts");
        return showScript(await stampScript({ ...offlineOptions(options, terminal), targets }), options, terminal);
      }
      refuseRange(targets, "stamp");
      const { stamp } = await import("../../commands/stamp.ts");
      const result = await stamp({ ...commandOptions(options, terminal), targets, purge });
      migrated(result, "stamp", options, terminal);
    },
  };
}

/** `limbeck ensure-version` */
export function ensureVersionSpec(terminal: Terminal): CommandSpec {
  return {
    name: "ensure-version",
    summary: "Make the version table where it is missing",
    options: [SQL, DIALECT],
    action: async (_args, all) => {
      const options = all as Options;
      if (options["sql"] === true) {
        const { ensureVersionScript } = await import("../../commands/offline.ts");
        const { script } = await ensureVersionScript(offlineOptions(options, terminal));
        return answer({ script }, options, terminal.output, () => scriptLines(script));
      }
      const { ensureVersion } = await import("../../commands/ensure_version.ts");
      const { tables } = await ensureVersion(commandOptions(options, terminal));
      answer(
        { tables: tables.map(({ database, ...table }) => ({ ...table, ...named(database) })) },
        options,
        terminal.output,
        () =>
          tables.map(({ database, table, created }) =>
            `${created ? `Created ${table}` : `${table} is there already`}${database === null ? "" : ` (${database})`}`
          ),
      );
    },
  };
}

function offlineOptions(options: Options, terminal: Terminal) {
  return { ...commandOptions(options, terminal), ...given(options, "dialect", "dialect") };
}

function onlyOne(targets: readonly string[], action: string): string {
  const [target = "", ...others] = targets;
  if (others.length === 0) return target;
  throw new LimbeckError(
    "USAGE",
    `Cannot ${action} to "${targets.join(" ")}" with --sql: a script goes to one target`,
    {
      hint: "Use heads, or a range: a:b",
    },
  );
}

function refuseDryScript(options: Options): void {
  if (options["dryRun"] !== true) return;
  throw new LimbeckError("USAGE", "Cannot use --dry-run with --sql: one asks the database, the other does not", {
    hint: "Leave one of them out: neither changes anything",
  });
}

function refuseRange(targets: readonly string[], action: string): void {
  const range = targets.find((target) => target.includes(":"));
  if (range === undefined) return;
  const end = range.slice(range.indexOf(":") + 1) || "head";
  throw new LimbeckError("RANGE_INVALID", `Cannot ${action} "${range}": a range is for --sql only`, {
    hint: `The database says where it stands: limbeck ${action} ${end}`,
    facts: { range },
  });
}

/** The end of a script is the end of its last line: `result` adds it. */
const scriptLines = (script: string): readonly string[] => script === "" ? [] : [script.replace(/\n$/, "")];

function showScript({ script, ...result }: ScriptResult, options: Options, { output }: Terminal): void {
  answer({ ...migrateDocument(result), script }, options, output, () => scriptLines(script));
}

/** What `upgrade`, `downgrade` and `stamp` say when they are through. */
function migrated(
  result: MigrateResult,
  verb: "upgrade" | "downgrade" | "stamp",
  options: Options,
  { output }: Terminal,
): void {
  const { steps, databases } = result;
  answer(migrateDocument(result), options, output, () => {
    const place = databases.map((each) => placeOf(each, databases.length > 1, output)).join(", ");
    if (steps.length === 0) return [`Nothing to ${verb}: ${place}`];
    if (verb === "stamp") return [`Stamped: ${place}`];
    const ms = steps.reduce((sum, step) => sum + step.ms, 0);
    const count = steps.length === 1 ? "1 revision" : `${steps.length} revisions`;
    return [
      `${verb === "upgrade" ? "Upgraded" : "Downgraded"} ${count} in ${duration(ms)}: ${place}`,
    ];
  });
}

/** Where a database stands: `the database is at 1975ea83b712 (head)`, or its name where there are several. */
function placeOf({ database, heads, isHead }: DatabaseInfo, several: boolean, { style }: Terminal["output"]): string {
  const head = isHead && heads.length > 0 ? style("green", " (head)") : "";
  const name = several && database !== null ? database : "the database";
  return `${name} is at ${heads.length === 0 ? "<base>" : heads.join(", ")}${head}`;
}

function migrateDocument({ steps, heads, databases }: MigrateResult): object {
  return {
    steps: steps.map(({ database, ...step }) => ({ ...step, ...named(database) })),
    heads,
    ...namedDatabases(databases),
  };
}

async function showDryRun(
  direction: "upgrade" | "downgrade",
  target: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const { dryRun } = await import("../../commands/dry_run.ts");
  const result = await dryRun({ ...commandOptions(options, terminal), direction, target });
  const { output } = terminal;
  for (const note of result.notes) output.message(note);
  answer(dryRunDocument(result), options, output, () => result.steps.flatMap(dryRunLines));
  const { heads, steps } = result;
  const place = heads.length === 0 ? "<base>" : heads.join(", ");
  const count = steps.length === 1 ? "1 revision" : `${steps.length} revisions`;
  output.message(
    steps.length === 0
      ? `Nothing to ${direction}: the database is at ${place}`
      : `Nothing was changed: this would ${direction} ${count}, to ${place}`,
  );
}

function dryRunDocument({ steps, heads }: DryRunResult): unknown {
  return {
    dryRun: true,
    steps: steps.map(({ step, database, statements, unknown }) => ({
      revision: step.revision?.revision ?? null,
      direction: step.direction,
      message: step.revision?.message ?? "",
      path: step.revision?.path ?? null,
      ...named(database),
      statements: statements.map(hazardousStatement),
      unknown,
    })),
    heads,
  };
}
