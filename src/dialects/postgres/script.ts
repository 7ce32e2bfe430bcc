/**
 * PostgreSQL's scripts, as `psql -v ON_ERROR_STOP=1` takes them.
 *
 * @module
 */
import { type ScriptPiece, scriptStatement } from "../../ddl/script_text.ts";
import type { SqlValue } from "../../ddl/statement.ts";
import type { ScriptRules } from "../dialect.ts";
import { writer } from "./writer.ts";

// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
const PIECE = new RegExp(
  [
    /(?<string>[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?\$\k<tag>\$|"(?:[^"]|"")*")/,
    /(?<placeholder>\$\d+)/,
    /(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
    /(?<line>--[^\n]*)/,
    /(?<block>\/\*)/,
    /(?<space>\s+)/,
    /(?<other>[^])/,
  ].map(({ source }) => source).join("|"),
  "y",
);

/** Where a block comment ends; they nest. */
function commentEnd(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    const two = sql.slice(at, at + 2);
    if (two !== "/*" && two !== "*/") continue;
    depth += two === "/*" ? 1 : -1;
    at++;
    if (depth === 0) return at + 1;
  }
  return sql.length;
}

function piecesOf(sql: string): readonly ScriptPiece[] {
  const pieces: ScriptPiece[] = [];
  for (let at = 0; at < sql.length;) {
    PIECE.lastIndex = at;
    const found = PIECE.exec(sql);
    const groups = found?.groups ?? {};
    const text = groups["block"] === undefined ? found?.[0] ?? "" : sql.slice(at, commentEnd(sql, at));
    at += text.length;
    if (groups["placeholder"] !== undefined) {
      pieces.push({ kind: "placeholder", text, number: Number(text.slice(1)) });
    } else {
      const comment = groups["line"] !== undefined || groups["block"] !== undefined;
      pieces.push({ kind: comment ? "comment" : groups["space"] === undefined ? "other" : "space", text });
    }
  }
  return pieces;
}

/**
 * A value as it is bound: a text whose type the server finds out from where it stands. A bare number would be an integer
 * also where a text or json is meant, and a minus sign could meet another one.
 */
function boundLiteral(value: SqlValue): string {
  const bare = typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
  return writer.literal(bare ? String(value) : value);
}

/** PostgreSQL's scripts. */
export const script: ScriptRules = {
  head: [],
  begin: () => ["BEGIN;"],
  around: () => ({ before: [], after: [] }),
  commit: () => ["COMMIT;"],
  statement: (statement) => scriptStatement(statement, piecesOf(statement.sql), boundLiteral),
  scratch: null,
};
