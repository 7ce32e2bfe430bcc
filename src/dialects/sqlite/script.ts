/**
 * SQLite's scripts, as `sqlite3 -bail` takes them.
 *
 * @module
 */
import { type ScriptPiece, scriptStatement } from "../../ddl/script_text.ts";
import type { SqlValue, Statement } from "../../ddl/statement.ts";
import type { ScriptRules } from "../dialect.ts";
import { scan } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/** Numbers placeholders as SQLite does: https://sqlite.org/lang_expr.html#varparam */
function piecesOf(sql: string): readonly ScriptPiece[] {
  const named = new Map<string, number>();
  let largest = 0;
  const numberOf = (text: string): number => {
    const number = named.get(text) ?? (/^\?\d+$/.test(text) ? Number(text.slice(1)) : largest + 1);
    if (text !== "?") named.set(text, number);
    largest = Math.max(largest, number);
    return number;
  };
  return scan(sql).map(({ kind, text }): ScriptPiece => {
    if (kind === "variable") return { kind: "placeholder", text, number: numberOf(text) };
    return { kind: kind === "space" || kind === "comment" ? kind : "other", text };
  });
}

/** A value in parentheses where what stands around it could change it: `- -1` is no comment, and a sum is one value. */
function boundLiteral(value: SqlValue): string {
  const literal = writer.literal(value);
  if (literal.startsWith("-")) return `(${literal})`;
  // The sqlite3 program takes the carriage returns at line ends away, also inside of a string.
  return literal.includes("\r") ? `(${literal.replaceAll("\r", "' || char(13) || '")})` : literal;
}

const CHECK = "limbeck_foreign_keys";

/** SQLite's scripts. */
export const script: ScriptRules = {
  // The program has keys off, limbeck's own connection on; a deletion has to reach the same rows.
  head: ["PRAGMA foreign_keys = ON;"],
  begin: ({ rebuild = false }) =>
    rebuild
      ? [
        "PRAGMA foreign_keys = OFF;",
        "BEGIN IMMEDIATE;",
        `-- Counts the rows whose parent is missing, to refuse the transaction if it makes more of them.\n` +
        `CREATE TEMP TABLE ${CHECK} (\n  old INTEGER,\n  new INTEGER,\n` +
        `  CONSTRAINT rows_lost_their_parent CHECK (new <= old)\n);`,
        `INSERT INTO ${CHECK} (old) SELECT count(*) FROM pragma_foreign_key_check;`,
      ]
      : ["BEGIN IMMEDIATE;"],
  around: ({ rebuild = false }) => {
    const keys = (
      word: string,
    ): readonly Statement[] => [{ sql: `PRAGMA foreign_keys = ${word}`, transactional: false }];
    return rebuild ? { before: keys("OFF"), after: keys("ON") } : { before: [], after: [] };
  },
  commit: ({ rebuild = false }) =>
    rebuild
      ? [
        `UPDATE ${CHECK} SET new = (SELECT count(*) FROM pragma_foreign_key_check);`,
        `DROP TABLE temp.${CHECK};`,
        "COMMIT;",
        "PRAGMA foreign_keys = ON;",
      ]
      : ["COMMIT;"],
  statement: (statement) => scriptStatement(statement, piecesOf(statement.sql), boundLiteral),
  scratch: { url: ":memory:" },
};
