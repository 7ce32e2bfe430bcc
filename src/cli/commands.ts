/**
 * The commands as the command line offers them: arguments in, text or JSON out. The work is in `src/commands/`,
 * imported when its command runs, so that `--help` and `heads` start fast.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { CommandOptions } from "../commands/project.ts";
import type { MigrateResult, RevisionInfo } from "../commands/result.ts";
import type { ProgressEvent } from "../migration/context.ts";
import { relativePath } from "../platform/files.ts";
import { duration, headLine, historyLine, revisionLines, stepLine } from "./format.ts";
import type { Output } from "./output.ts";
import type { CommandSpec, GlobalOptions } from "./program.ts";

/** What the commands print to, and what stops them. */
export interface Terminal {
  readonly output: Output;
  readonly signal: AbortSignal;
}

type Options = GlobalOptions & { readonly [option: string]: unknown };

const REVISION_HELP = "head, heads, base, an id or its beginning, a label, +N, -N, label@head…";

/** Every command, in the order of the help. */
export function commandSpecs(terminal: Terminal): readonly CommandSpec[] {
  return [
    initSpec(terminal),
    revisionSpec(terminal),
    upgradeSpec(terminal),
    downgradeSpec(terminal),
    currentSpec(terminal),
    historySpec(terminal),
    headsSpec(terminal),
  ];
}

/** The options of the command line as the commands take them. */
function commandOptions(options: Options, { output, signal }: Terminal): CommandOptions {
  return {
    ...(options.config === undefined ? {} : { configFile: options.config }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.envFile === undefined ? {} : { envFiles: options.envFile }),
    xArguments: xArguments(options.x ?? []),
    signal,
    progress: (event) => showProgress(event, output),
  };
}

/** `-x key=value` as an object; `-x key` alone is the empty text, as in Alembic. */
function xArguments(given: readonly string[]): { readonly [key: string]: string } {
  return Object.fromEntries(given.map((each) => {
    const at = each.indexOf("=");
    return at < 0 ? [each, ""] : [each.slice(0, at), each.slice(at + 1)];
  }));
}

function showProgress(event: ProgressEvent, output: Output): void {
  switch (event.type) {
    case "connected":
      return output.message(output.style("dim", event.description, "stderr"));
    case "waiting":
      return output.message(`Waiting for another run to end: ${event.holder}`);
    case "note":
      return output.message(event.text);
    case "begin":
      return output.beginLine(stepLine(event.step, output));
    case "end":
      return output.endLine(output.style("dim", `  ${duration(event.ms)}`, "stderr"));
  }
}

/** Prints a document as JSON, or what `text` gives as lines. */
function answer(document: unknown, { json }: Options, output: Output, text: () => readonly string[]): void {
  if (json) return output.result(JSON.stringify(document));
  for (const line of text()) output.result(line);
}

/** The fields of a revision that `--json` shows. */
function revisionDocument(info: RevisionInfo): unknown {
  const { doc: _doc, isEffectiveHead: _effective, children: _children, ...document } = info;
  return document;
}

function initSpec({ output }: Terminal): CommandSpec {
  return {
    name: "init",
    summary: "Make limbeck.json and a directory for revisions",
    arguments: [["[directory]", "the directory to make (default: migrations)"]],
    options: [["-t, --template <name>", "generic, or async (env.ts hands over your own client)"]],
    examples: ["init migrations", "init -t async db/migrations"],
    action: async ([directory], given) => {
      const options = given as Options;
      const { init } = await import("../commands/init.ts");
      const result = await init({
        ...(typeof directory === "string" ? { directory } : {}),
        ...(typeof options["template"] === "string" ? { template: options["template"] } : {}),
      });
      answer(result, options, output, () => [
        ...result.created.map((path) => `Created ${relativePath(path)}`),
        ...result.kept.map((path) =>
          `Kept    ${relativePath(path)} (scriptLocation in it says which directory is used)`
        ),
        "",
        "Next:",
        `  1. Put DATABASE_URL into .env, as DATABASE_URL=file:app.db or postgres://user:password@localhost:5432/app`,
        `  2. Name your schema in ${relativePath(`${result.directory}/env.ts`)}, where it says target`,
        '  3. limbeck revision --autogenerate -m "first"',
        "  4. limbeck upgrade head",
      ]);
    },
  };
}

function revisionSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "revision",
    summary: "Write a new revision, empty or from what the schema changes",
    options: [
      ["-m, --message <text>", "what the revision does"],
      ["--autogenerate", "compare the database with the schema that env.ts links"],
      ["--format <format>", "ts or sql (default: revisionFormat of the configuration, else ts)"],
      ["--empty", "write a file also where nothing differs"],
      ["--rev-id <id>", "the id to give it (default: 12 random hex digits)"],
    ],
    examples: ['revision -m "add users"', 'revision --autogenerate -m "add user bio"'],
    action: async (_args, given) => {
      const options = given as Options;
      const { revision } = await import("../commands/revision.ts");
      const result = await revision({
        ...commandOptions(options, terminal),
        message: typeof options["message"] === "string" ? options["message"] : "",
        autogenerate: options["autogenerate"] === true,
        empty: options["empty"] === true,
        ...(typeof options["revId"] === "string" ? { revId: options["revId"] } : {}),
        ...(options["format"] === undefined ? {} : { format: formatOf(options["format"]) }),
      });
      for (const warning of result.warnings) {
        output.message(`${output.style("yellow", "Warning:", "stderr")} ${warning}`);
      }
      answer(
        { revisions: result.revisions },
        options,
        output,
        () =>
          result.revisions.length === 0
            ? ["No changes: the database is what the schema says"]
            : result.revisions.map(({ path }) => `Generated ${relativePath(path)}`),
      );
    },
  };
}

function formatOf(format: unknown): "ts" | "sql" {
  if (format === "ts" || format === "sql") return format;
  throw new LimbeckError("USAGE", `Cannot write a revision as "${String(format)}"`, {
    hint: "The formats are: ts, sql",
  });
}

/** What `upgrade` and `downgrade` say when they are through. */
function migrated(result: MigrateResult, verb: string, output: Output): readonly string[] {
  const head = result.isHead ? output.style("green", " (head)") : "";
  const place = `${result.heads.length === 0 ? "<base>" : result.heads.join(", ")}${head}`;
  if (result.steps.length === 0) return [`Nothing to ${verb}: the database is at ${place}`];
  const ms = result.steps.reduce((sum, step) => sum + step.ms, 0);
  const count = result.steps.length === 1 ? "1 revision" : `${result.steps.length} revisions`;
  return [`${verb === "upgrade" ? "Upgraded" : "Downgraded"} ${count} in ${duration(ms)}: the database is at ${place}`];
}

function upgradeSpec(terminal: Terminal): CommandSpec {
  return {
    name: "upgrade",
    summary: "Apply revisions up to a target",
    arguments: [["<revision>", REVISION_HELP]],
    examples: ["upgrade head", "upgrade +1", "upgrade 1975ea"],
    action: async ([target], given) => {
      const options = given as Options;
      const { upgrade } = await import("../commands/upgrade.ts");
      const result = await upgrade({ ...commandOptions(options, terminal), target: String(target) });
      answer(migrateDocument(result), options, terminal.output, () => migrated(result, "upgrade", terminal.output));
    },
  };
}

function downgradeSpec(terminal: Terminal): CommandSpec {
  return {
    name: "downgrade",
    summary: "Take revisions back down to a target",
    arguments: [["<revision>", REVISION_HELP]],
    examples: ["downgrade -1", "downgrade base", "downgrade 1975ea"],
    action: async ([target], given) => {
      const options = given as Options;
      const { downgrade } = await import("../commands/downgrade.ts");
      const result = await downgrade({ ...commandOptions(options, terminal), target: String(target) });
      answer(migrateDocument(result), options, terminal.output, () => migrated(result, "downgrade", terminal.output));
    },
  };
}

const migrateDocument = ({ steps, heads }: MigrateResult): unknown => ({ steps, heads });

function currentSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "current",
    summary: "Show where the database stands",
    options: [["--check-heads", "exit 1 unless the database is at every head"]],
    action: async (_args, given) => {
      const options = given as Options;
      const { current } = await import("../commands/current.ts");
      const result = await current(commandOptions(options, terminal));
      const known = new Map(result.revisions.map((info) => [info.revision, info]));
      const lines = (id: string): readonly string[] => {
        const info = known.get(id);
        if (info === undefined) return [`${id} (its file is not in the versions directory)`];
        return options.verbose ? revisionLines(info, result.heads, output) : [headLine(info, output)];
      };
      answer(
        { heads: result.heads, isHead: result.isHead },
        options,
        output,
        () => result.heads.length === 0 ? ["<base>"] : result.heads.flatMap(lines),
      );
      if (options["checkHeads"] === true && !result.isHead) {
        throw new LimbeckError("NOT_AT_HEAD", "The database is not at every head", {
          hint: "Run: limbeck upgrade heads",
        });
      }
    },
  };
}

function historySpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "history",
    summary: "List the revisions, newest first",
    options: [
      ["-r, --rev-range <range>", "a:b, a:, :b; current is the database's"],
      ["-i, --indicate-current", "mark where the database stands"],
    ],
    examples: ["history", "history -r 1975ea:head -v", "history -i"],
    action: async (_args, given) => {
      const options = given as Options;
      const { history } = await import("../commands/history.ts");
      const result = await history({
        ...commandOptions(options, terminal),
        ...(typeof options["revRange"] === "string" ? { range: options["revRange"] } : {}),
        indicateCurrent: options["indicateCurrent"] === true,
      });
      answer(
        { revisions: result.revisions.map(revisionDocument) },
        options,
        output,
        () =>
          result.revisions.flatMap((info) =>
            options.verbose ? revisionLines(info, result.current, output) : [historyLine(info, result.current, output)]
          ),
      );
    },
  };
}

function headsSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "heads",
    summary: "List the revisions that nothing revises",
    action: async (_args, given) => {
      const options = given as Options;
      const { heads } = await import("../commands/heads.ts");
      const result = await heads(commandOptions(options, terminal));
      answer(
        { revisions: result.revisions.map(revisionDocument) },
        options,
        output,
        () =>
          result.revisions.flatMap((info) =>
            options.verbose ? revisionLines(info, [], output) : [headLine(info, output)]
          ),
      );
    },
  };
}
