/**
 * How an error is shown: one sentence, where it is, the facts, and what to do.
 *
 * @module
 */
import type { JsonValue, LimbeckError } from "../errors.ts";
import { relativePath } from "../platform/files.ts";
import type { Output } from "./output.ts";

/** The lines that show an error to a person. */
export function errorLines(error: LimbeckError, { style }: Pick<Output, "style">): readonly string[] {
  const dim = (text: string): string => style("dim", text, "stderr");
  const { facts, hint, message } = error;
  return [
    `${style(["red", "bold"], "Error:", "stderr")} ${message}`,
    ...placeLines(facts).map((line) => `  ${dim("at")} ${line}`),
    ...sourceLines(facts).map((line) => `  ${line}`),
    ...statementLines(facts).map((line) => `  ${line}`),
    ...appliedLines(facts),
    ...(hint === undefined ? [] : [`${style("cyan", "Hint:", "stderr")} ${hint}`]),
  ];
}

function placeLines({ path, line, column }: LimbeckError["facts"]): readonly string[] {
  if (typeof path !== "string") return [];
  const place = typeof line === "number" ? `:${line}${typeof column === "number" ? `:${column}` : ""}` : "";
  return [`${relativePath(path)}${place}`];
}

/** The line of the user's file, with a mark under the place. */
function sourceLines({ source, column }: LimbeckError["facts"]): readonly string[] {
  if (typeof source !== "string" || typeof column !== "number") return [];
  // A tab is as wide as the terminal likes: kept in front of the mark, it is as wide there.
  return [source, `${source.slice(0, column - 1).replace(/[^\t]/g, " ")}^`];
}

/** The statement that failed, with a mark under the place that the database names. */
function statementLines({ sql, at }: LimbeckError["facts"]): readonly string[] {
  if (typeof sql !== "string") return [];
  const lines = sql.split("\n");
  if (!isPlace(at)) return shorten(lines);
  const mark = `${" ".repeat(at.column - 1)}^ line ${at.line}, column ${at.column}`;
  const from = Math.max(0, at.line - 4);
  return [...lines.slice(from, at.line), mark, ...lines.slice(at.line, at.line + 2)];
}

const isPlace = (at: JsonValue | undefined): at is { readonly line: number; readonly column: number } =>
  typeof at === "object" && at !== null && "line" in at && "column" in at;

const shorten = (lines: readonly string[]): readonly string[] =>
  lines.length <= 12 ? lines : [...lines.slice(0, 10), `… ${lines.length - 10} more lines`];

/** What the run did before it failed, and where the database stands now. */
function appliedLines(
  { applied, heads, partlyApplied, committedLine }: LimbeckError["facts"],
): readonly string[] {
  if (!Array.isArray(applied) || !Array.isArray(heads)) return [];
  const stands = heads.length === 0 ? "the database is at <base>" : `the database is at ${heads.join(", ")}`;
  if (partlyApplied === true) {
    if (typeof committedLine === "number") {
      return [
        `What this revision does up to line ${committedLine} is committed, as it does not run in one transaction; ${stands}.`,
        "Take that part back in the database, or out of the file, before you run it again.",
      ];
    }
    return [
      `Part of this revision may be committed, as it runs outside a transaction: look at the database; its version says that ${stands}.`,
    ];
  }
  if (applied.length === 0) return [`Nothing was changed: ${stands}.`];
  return [`This revision was rolled back. Done before it: ${applied.join(", ")}; ${stands}.`];
}
