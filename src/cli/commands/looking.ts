/**
 * `current`, `history`, `heads`, `branches` and `show`: what only looks.
 *
 * @module
 */
import type { CurrentResult } from "../../commands/current.ts";
import type { HistoryResult } from "../../commands/history.ts";
import type { RevisionInfo } from "../../commands/result.ts";
import { LimbeckError } from "../../errors.ts";
import { branchLines, currentLine, headLine, historyLine, revisionLines } from "../format.ts";
import { drawGraph } from "../graph.ts";
import type { Output } from "../output.ts";
import type { CommandSpec } from "../program.ts";
import {
  answer,
  commandOptions,
  given,
  namedDatabases,
  type Options,
  REVISION_HELP,
  revisionDocument,
  type Terminal,
} from "../terminal.ts";

/** `limbeck current` */
export function currentSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "current",
    summary: "Show where the database stands",
    options: [["--check-heads", "exit 1 unless the database is at every head"]],
    examples: ["current", "current -v", "current --check-heads"],
    action: async (_args, all) => {
      const options = all as Options;
      const { current } = await import("../../commands/current.ts");
      const result = await current(commandOptions(options, terminal));
      const { heads, isHead, databases } = result;
      answer(
        { heads, isHead, ...namedDatabases(databases) },
        options,
        output,
        () => currentLines(result, options, output),
      );
      if (options["checkHeads"] !== true || isHead) return;
      return new LimbeckError("NOT_AT_HEAD", "The database is not at every head", {
        hint: "Run: limbeck upgrade heads",
      });
    },
  };
}

/** The revisions of each database; where there are several, their names stand above what is theirs. */
function currentLines({ databases, revisions, implied }: CurrentResult, options: Options, output: Output) {
  const known = new Map([...revisions, ...implied].map((info) => [info.revision, info]));
  const show = (id: string, heads: readonly string[]): readonly string[] => {
    const info = known.get(id);
    if (info === undefined) return [`${id} (its file is not in the versions directory)`];
    return options.verbose ? revisionLines(info, heads, output) : [currentLine(info, output)];
  };
  const named = databases.length > 1;
  return databases.flatMap((each) => {
    const lines = each.heads.length === 0
      ? ["<base>"]
      : [...each.heads, ...each.implied].flatMap((id) => show(id, each.heads));
    return named && each.database !== null ? [`${each.database}:`, ...lines.map((line) => indent(line))] : lines;
  });
}

const indent = (line: string): string => line === "" ? "" : `  ${line}`;

/** `limbeck history` */
export function historySpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "history",
    summary: "List the revisions, newest first",
    options: [
      ["-r, --rev-range <range>", "a:b, a:, :b; current is the database's"],
      ["-i, --indicate-current", "mark where the database stands"],
      ["--graph", "draw the branches beside them"],
    ],
    examples: ["history", "history --graph", "history -r 1975ea:head -v", "history -r -3:current", "history -i"],
    action: async (_args, all) => {
      const options = all as Options;
      const { history } = await import("../../commands/history.ts");
      const result = await history({
        ...commandOptions(options, terminal),
        ...given(options, "revRange", "range"),
        indicateCurrent: options["indicateCurrent"] === true,
      });
      if (result.revisions.length === 0) output.message("No revisions");
      answer(
        { revisions: result.revisions.map(revisionDocument) },
        options,
        output,
        () => historyLines(result, options, output),
      );
    },
  };
}

function historyLines({ revisions, current }: HistoryResult, options: Options, output: Output): readonly string[] {
  const lines = (info: RevisionInfo): readonly string[] =>
    options.verbose ? revisionLines(info, current, output) : [historyLine(info, current, output)];
  if (options["graph"] !== true) return revisions.flatMap(lines);
  const nodes = revisions.map((info) => ({ id: info.revision, parents: info.downRevision, lines: lines(info) }));
  return drawGraph(nodes, (mark, column) => output.style(LANE_COLORS[column % LANE_COLORS.length]!, mark));
}

const LANE_COLORS = ["red", "green", "yellow", "blue", "magenta", "cyan"] as const;

/** `limbeck heads` */
export function headsSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "heads",
    summary: "List the revisions that nothing revises",
    options: [["--resolve-dependencies", "leave out those that another revision depends on"]],
    action: async (_args, all) => {
      const options = all as Options;
      const { heads } = await import("../../commands/heads.ts");
      const resolveDependencies = options["resolveDependencies"] === true;
      const { revisions } = await heads({ ...commandOptions(options, terminal), resolveDependencies });
      if (revisions.length === 0) output.message("No revisions");
      answer(
        { revisions: revisions.map(revisionDocument) },
        options,
        output,
        () => revisions.flatMap((info) => options.verbose ? revisionLines(info, [], output) : [headLine(info, output)]),
      );
    },
  };
}

/** `limbeck branches` */
export function branchesSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "branches",
    summary: "List where the history forks, and into what",
    action: async (_args, all) => {
      const options = all as Options;
      const { branches } = await import("../../commands/branches.ts");
      const { revisions, into } = await branches(commandOptions(options, terminal));
      if (revisions.length === 0) output.message("No branch points");
      answer(
        { revisions: revisions.map(revisionDocument) },
        options,
        output,
        () =>
          revisions.flatMap((info, place) => branchLines(info, into[place] ?? [], options.verbose === true, output)),
      );
    },
  };
}

/** `limbeck show` */
export function showSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "show",
    summary: "Show all about a revision",
    arguments: [["<revision>", `${REVISION_HELP}; current is the database's`]],
    examples: ["show head", "show 1975ea", "show current"],
    action: async ([target], all) => {
      const options = all as Options;
      const { show } = await import("../../commands/show.ts");
      const { revisions } = await show({ ...commandOptions(options, terminal), target: String(target) });
      answer(
        { revisions: revisions.map(revisionDocument) },
        options,
        output,
        () => revisions.flatMap((info) => revisionLines(info, [], output)),
      );
    },
  };
}
