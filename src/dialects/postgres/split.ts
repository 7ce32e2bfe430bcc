/**
 * Splits a script with PostgreSQL's own parser.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { SqlPart } from "../../ddl/statement.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../../errors.ts";

/** Turns places in UTF-8, as the parser counts, into UTF-16 code units, as we do; asked in rising order. */
function utf16Places(script: string): (offset: number) => number {
  const bytes = Buffer.from(script, "utf8");
  if (bytes.length === script.length) return (offset) => offset;
  let [byte, unit] = [0, 0];
  return (offset) => {
    unit += bytes.subarray(byte, offset).toString("utf8").length;
    byte = offset;
    return unit;
  };
}

/** What stands between two places without the white space, and empty statements, before it. */
function partBetween(script: string, from: number, to: number): SqlPart {
  const text = script.slice(from, to);
  const sql = text.replace(/^[\s;]+/, "");
  return { sql: sql.trimEnd(), offset: from + text.length - sql.length };
}

function syntaxError(script: string, error: unknown): LimbeckError {
  const details: unknown = error instanceof Error ? Reflect.get(error, "sqlDetails") : undefined;
  const cursor: unknown = typeof details === "object" && details !== null ? Reflect.get(details, "cursorPosition") : -1;
  const known = typeof cursor === "number" && cursor >= 0;
  const offset = known ? codePoints(script, cursor) : 0;
  const before = script.slice(0, offset).split("\n");
  const [line, column] = [before.length, (before.at(-1) ?? "").length + 1];
  const command = /^\\\S*/.exec(script.slice(offset))?.[0];
  const reason = command === undefined ? messageOf(error) : `"${command}" is a command of psql, not SQL`;
  return new LimbeckError("MODULE_SYNTAX", `Cannot read the SQL${known ? ` at line ${line}` : ""}: ${reason}`, {
    hint: command === undefined ? undefined : "Write the SQL itself (a dump with data: pg_dump --inserts)",
    facts: known ? { sql: script, position: offset + 1, line, column } : { sql: script },
    cause: error,
  });
}

function codePoints(script: string, count: number): number {
  return [...script].slice(0, count).join("").length;
}

/**
 * The statements of a script, each with where it begins. A comment belongs to the statement after it.
 *
 * @throws `MODULE_SYNTAX` with the facts `position` (counted from 1), `line` and `column`, for what is no SQL
 */
export async function split(script: string): Promise<readonly SqlPart[]> {
  if (script.trim() === "") return [];
  const { parse } = await import("libpg-query");
  let statements: readonly { stmt_location?: number; stmt_len?: number }[];
  try {
    statements = (await parse(script)).stmts ?? [];
  } catch (error) {
    throw isLimbeckError(error) ? error : syntaxError(script, error);
  }
  const place = utf16Places(script);
  let end = 0;
  return statements.map(({ stmt_location: location = 0, stmt_len: length }) => {
    const last = length === undefined || length === 0 ? script.length : place(location + length);
    const part = partBetween(script, end, last);
    end = last + 1;
    return part;
  });
}
