/**
 * Objects that are known by their whole CREATE statement.
 *
 * @module
 */
import { invalid, requireSql } from "./arguments.ts";

const BLANK = /^(?:\s+|--[^\n]*\n|\/\*[^]*?\*\/)*/;

/**
 * A CREATE statement without the semicolon behind it.
 *
 * @param what what it has to make, as a pattern for the words behind `CREATE`; left out means anything
 * @throws `OPERATION_INVALID` for a text that is none, or whose quotes do not match
 */
export function toDefinition(kind: string, definition: unknown, what: RegExp = /\S/): string {
  if (typeof definition !== "string") throw invalid(kind, "the definition is the text of a CREATE statement");
  const text = definition.trim().replace(/;$/, "").trimEnd();
  const made = /^create\s+(?:or\s+replace\s+)?(?<rest>[^]*)$/i.exec(text.replace(BLANK, ""))?.groups?.["rest"];
  if (made === undefined || made.search(what) !== 0) {
    throw invalid(kind, `the definition does not begin as a CREATE statement of its kind (${firstLine(text)})`);
  }
  requireSql(kind, "the definition", text.replaceAll(";", " "));
  return text;
}

/** Whether a definition takes the place of what is there. */
export function isReplacing(definition: string): boolean {
  return /^create\s+or\s+replace\s/i.test(definition.replace(BLANK, ""));
}

function firstLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
