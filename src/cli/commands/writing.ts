/**
 * `revision`, `merge` and `edit`: what makes and changes revision files.
 *
 * @module
 */
import type { RevisionResult } from "../../commands/revision.ts";
import { LimbeckError } from "../../errors.ts";
import { relativePath } from "../../platform/files.ts";
import { hazardousStatement, statementLines } from "../format.ts";
import { COMPARE_OPTIONS, compareOptions, sayVerified, VERIFY_OPTIONS } from "../compare_options.ts";
import type { CommandSpec } from "../program.ts";
import {
  answer,
  commandOptions,
  given,
  givenList,
  type Options,
  REVISION_HELP,
  revisionDocument,
  type Terminal,
  warn,
  withFindings,
} from "../terminal.ts";

/** `limbeck revision` */
export function revisionSpec(terminal: Terminal): CommandSpec {
  return {
    name: "revision",
    summary: "Write a new revision, empty or from what the schema changes",
    options: [
      ["-m, --message <text>", "what the revision does"],
      ["--autogenerate", "compare the database with the schema that env.ts links"],
      ["--sql", "with --autogenerate: print the SQL of what changes, and write no file"],
      ["--format <format>", "ts or sql (default: revisionFormat of the configuration, else ts)"],
      ...COMPARE_OPTIONS,
      ...VERIFY_OPTIONS,
      ["--empty", "write a file also where nothing differs"],
      ["--head <revision>", "what it follows (default: head); base begins a history of its own"],
      ["--splice", "let --head be no head: a new branch begins there"],
      ["--branch-label <label>", "name the branch; repeatable", "repeatable"],
      ["--version-path <directory>", "which of the version locations to write into"],
      ["--rev-id <id>", "the id to give it (default: 12 random hex digits)"],
      ["--depends-on <revision>", "a revision of another branch that must be applied before; repeatable", "repeatable"],
    ],
    examples: [
      'revision -m "add users"',
      'revision --autogenerate -m "add user bio"',
      'revision -m "billing" --head base --branch-label billing',
    ],
    action: async (_args, all) => {
      const options = all as Options;
      if (options["sql"] === true) return await showSql(options, terminal);
      const { revision } = await import("../../commands/revision.ts");
      const result = await revision({
        ...commandOptions(options, terminal),
        ...compareOptions(options),
        ...given(options, "message", "message"),
        autogenerate: options["autogenerate"] === true,
        empty: options["empty"] === true,
        splice: options["splice"] === true,
        ...given(options, "revId", "revId"),
        ...given(options, "head", "head"),
        ...given(options, "versionPath", "versionPath"),
        ...givenList(options, "branchLabel", "branchLabels"),
        ...givenList(options, "dependsOn", "dependsOn"),
        ...(options["format"] === undefined ? {} : { format: formatOf(options["format"]) }),
      });
      return written(result, options, terminal);
    },
  };
}

/** `revision --autogenerate --sql`: what the revision would hold, as SQL. */
async function showSql(options: Options, terminal: Terminal): Promise<void> {
  if (options["autogenerate"] !== true) {
    throw new LimbeckError("USAGE", "Cannot print the SQL of an empty revision: it has none", {
      hint: "Add --autogenerate, or write a revision in SQL with --format sql",
    });
  }
  const { check } = await import("../../commands/check.ts");
  const { statements, warnings } = await check({ ...commandOptions(options, terminal), ...compareOptions(options) });
  warn(warnings, terminal.output);
  answer(
    { statements: statements.map(hazardousStatement) },
    options,
    terminal.output,
    () => statements.flatMap(statementLines),
  );
}

function formatOf(format: unknown): "ts" | "sql" {
  if (format === "ts" || format === "sql") return format;
  throw new LimbeckError("USAGE", `Cannot write a revision as "${String(format)}"`, {
    hint: "The formats are: ts, sql",
  });
}

/** Says what was written; a hook that failed is the command's negative answer. */
function written(
  { revisions, warnings, failedHooks, renames, verified }: RevisionResult,
  options: Options,
  { output }: Terminal,
): LimbeckError | undefined {
  warn(warnings, output);
  sayVerified(verified, options, output);
  answer(
    withFindings({ revisions: revisions.map(revisionDocument) }, { renames, warnings, verified }),
    options,
    output,
    () =>
      revisions.length === 0
        ? [
          options["autogenerate"] === true
            ? "No changes: the database is what the schema says"
            : "No revision: env.ts took it out",
        ]
        : revisions.map(({ path }) => `Generated ${relativePath(path)}`),
  );
  warn(failedHooks.slice(1).map(({ message }) => message), output);
  return failedHooks[0];
}

/** `limbeck merge` */
export function mergeSpec(terminal: Terminal): CommandSpec {
  return {
    name: "merge",
    summary: "Join branches by a revision with several parents",
    arguments: [["<revisions...>", "what to join: heads, ids or their beginnings, labels, label@head…"]],
    options: [
      ["-m, --message <text>", "what the revision does"],
      ["--branch-label <label>", "name the branch; repeatable", "repeatable"],
      ["--rev-id <id>", "the id to give it (default: 12 random hex digits)"],
      ["--splice", "let the parents be no heads"],
    ],
    examples: ['merge heads -m "join users and billing"', "merge 1975ea ae1027"],
    action: async ([targets], all) => {
      const options = all as Options;
      const { merge } = await import("../../commands/merge.ts");
      const result = await merge({
        ...commandOptions(options, terminal),
        targets: [targets ?? []].flat(),
        ...given(options, "message", "message"),
        ...given(options, "revId", "revId"),
        ...givenList(options, "branchLabel", "branchLabels"),
        splice: options["splice"] === true,
      });
      return written(result, options, terminal);
    },
  };
}

/** `limbeck edit` */
export function editSpec(terminal: Terminal): CommandSpec {
  return {
    name: "edit",
    summary: "Open revision files in $VISUAL or $EDITOR",
    arguments: [["<revision>", `${REVISION_HELP}; current is the database's`]],
    examples: ["edit head", "edit 1975ea"],
    action: async ([target], all) => {
      const options = all as Options;
      const { edit } = await import("../../commands/edit.ts");
      const { revisions } = await edit({ ...commandOptions(options, terminal), target: String(target) });
      answer({ revisions: revisions.map(revisionDocument) }, options, terminal.output, () => []);
    },
  };
}
