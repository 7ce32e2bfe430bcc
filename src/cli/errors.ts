/**
 * How an error is shown: one sentence, where it is, the facts, and what to do.
 *
 * @module
 */
import { isLimbeckError, type JsonValue, LimbeckError, messageOf } from "../errors.ts";
import { relativePath } from "../platform/files.ts";
import type { Output } from "./output.ts";

/** Any thrown value as an error of ours; what is not one is a bug, and says so. */
export function toLimbeckError(thrown: unknown): LimbeckError {
  if (isLimbeckError(thrown)) return thrown;
  return new LimbeckError("INTERNAL", `Something went wrong inside limbeck: ${messageOf(thrown)}`, {
    hint: "Run it again with --raiseerr, and report what it prints",
    cause: thrown,
  });
}

/** The lines that show an error to a person. */
export function errorLines(error: LimbeckError, { style }: Pick<Output, "style">): readonly string[] {
  const dim = (text: string): string => style("dim", text, "stderr");
  const { facts, hint, message } = error;
  return [
    `${style(["red", "bold"], "Error:", "stderr")} ${message}`,
    ...placeLines(facts).map((line) => `  ${dim("at")} ${line}`),
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
function appliedLines({ applied, heads, partlyApplied }: LimbeckError["facts"]): readonly string[] {
  if (!Array.isArray(applied) || !Array.isArray(heads)) return [];
  const stands = heads.length === 0 ? "the database is at <base>" : `the database is at ${heads.join(", ")}`;
  if (partlyApplied === true) {
    return [
      `Part of this revision was committed, as it runs outside a transaction: look at the database; its version says that ${stands}.`,
    ];
  }
  if (applied.length === 0) return [`Nothing was changed: ${stands}.`];
  return [`This revision was rolled back. Done before it: ${applied.join(", ")}; ${stands}.`];
}
