/**
 * A statement as it stands in a script: its values in the place of the placeholders, and a semicolon at its end.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { SqlValue, Statement } from "./statement.ts";

/** A piece of a statement's text; joined, the texts of all pieces are the statement. */
export interface ScriptPiece {
  /** `other` is everything that is no comment, white space or placeholder: strings and quoted names are one piece each. */
  readonly kind: "other" | "comment" | "space" | "placeholder";
  readonly text: string;
  /** Which parameter a placeholder stands for, counted from 1. */
  readonly number?: number;
}

/**
 * Writes a statement into a script.
 *
 * @param pieces the statement's text
 * @param literal writes a value so that it means what it would mean when bound, whatever stands before and behind it
 * @throws `OPERATION_INVALID` for a placeholder without a value, and what `literal` throws
 */
export function scriptStatement(
  { sql, params = [] }: Statement,
  pieces: readonly ScriptPiece[],
  literal: (value: SqlValue) => string,
): string {
  const written = pieces.map(({ kind, text, number = 0 }) => {
    // Without any values nothing is bound: then what looks like a placeholder is something else.
    if (kind !== "placeholder" || params.length === 0) return text;
    const value = params[number - 1];
    if (value === undefined) throw missingValue(sql, text);
    return literal(value);
  });
  const text = written.join("").trimEnd();
  const code = pieces.findLast(({ kind }) => kind === "other" || kind === "placeholder");
  if (code?.text === ";") return text;
  const last = pieces.findLast(({ kind }) => kind !== "space");
  const swallows = last?.kind === "comment" && last.text.startsWith("--");
  return `${text}${swallows ? "\n" : ""};`;
}

function missingValue(sql: string, placeholder: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", `Cannot write the statement: there is no value for "${placeholder}"`, {
    facts: { sql },
  });
}
