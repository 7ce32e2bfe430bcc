/**
 * A script's statements.
 *
 * @module
 */
import type { SqlPart } from "../../ddl/statement.ts";
import { type Lexeme, scan } from "./tokenizer.ts";

const TRIGGER = /^(?:EXPLAIN (?:QUERY PLAN )?)?CREATE (?:TEMP |TEMPORARY )?TRIGGER$/;

/**
 * Splits a script at its semicolons; those in strings, quoted names, comments and the body of a trigger do not count. A
 * trigger ends, as for SQLite's own `sqlite3_complete`, at `; END ;`. Comments stay with the statement that follows;
 * what is only comments is left out.
 *
 * @param script SQL text
 * @returns the statements, without the semicolon, each with the offset of its first character
 *
 * @example
 * ```ts
 * import { splitScript } from "./split.ts";
 *
 * console.assert(splitScript("select ';'; select 2").length === 2);
 * ```
 */
export function splitScript(script: string): readonly SqlPart[] {
  const parts: SqlPart[] = [];
  let lexemes: Lexeme[] = [];
  let words: string[] = [];
  const finish = (end: number): void => {
    const first = lexemes.find(({ kind }) => kind !== "space");
    if (words.length > 0 && first !== undefined) {
      parts.push({ sql: script.slice(first.offset, end).trimEnd(), offset: first.offset });
    }
    lexemes = [];
    words = [];
  };
  for (const lexeme of scan(script)) {
    const ends = lexeme.kind === "operator" && lexeme.text === ";" && !insideTrigger(words);
    if (ends) {
      finish(lexeme.offset);
    } else {
      lexemes.push(lexeme);
      if (lexeme.kind !== "space" && lexeme.kind !== "comment") words.push(lexeme.text.toUpperCase());
    }
  }
  finish(script.length);
  return parts;
}

function insideTrigger(words: readonly string[]): boolean {
  const head = [3, 4, 5, 6, 2].some((length) => TRIGGER.test(words.slice(0, length).join(" ")));
  return head && !(words.at(-1) === "END" && words.at(-2) === ";");
}
