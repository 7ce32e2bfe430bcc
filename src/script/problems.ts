/**
 * What is wrong with a set of revisions, gathered so that one run shows all of it.
 *
 * @module
 */
import { type ErrorCode, type JsonValue, LimbeckError } from "../errors.ts";

/** One thing that is wrong. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly facts: { readonly [key: string]: JsonValue };
}

/**
 * Throws where there are problems: the first one's code and sentence, all of them in the fact `problems`.
 */
export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  const also = others.map(({ message }) => `\nAlso: ${message}`).join("");
  throw new LimbeckError(first.code, first.message, {
    hint: `${first.hint}${also}`,
    facts: { ...first.facts, problems: problems.map(({ code, message, hint }) => ({ code, message, hint })) },
  });
}
