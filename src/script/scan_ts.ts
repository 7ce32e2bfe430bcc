/**
 * Finds a module's exported names in its text: just enough of the language to tell code from comments, strings, templates
 * and regular expressions, and the module's own level from what is inside of braces.
 *
 * @module
 */

/** An exported declaration: its words, e.g. `["export", "const", "revision"]`, and the offset after its name. */
export interface ExportedName {
  readonly words: readonly string[];
  readonly end: number;
}

/** The exported declarations of a module, in the order of the text. */
export function* topLevelTokens(text: string): Generator<ExportedName> {
  const declaration =
    /export\s+(?:default\s+)?(?:declare\s+)?(?:async\s+)?(const|let|var|function\s*\*?)\s*(?<=[\s*])([\p{L}\p{N}_$]+)/uy;
  let depth = 0;
  let previous = "";
  for (let at = 0; at < text.length;) {
    const character = text[at]!;
    const skipped = skipSpace(text, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (depth === 0 && character === "e" && !/[\p{L}\p{N}_$.]/u.test(text[at - 1] ?? "")) {
      declaration.lastIndex = at;
      const match = declaration.exec(text);
      if (match !== null) {
        yield { words: ["export", match[1]!, match[2]!], end: declaration.lastIndex };
        at = declaration.lastIndex;
        previous = "a";
        continue;
      }
    }
    if (character === '"' || character === "'") at = skipString(text, at);
    else if (character === "`") at = skipTemplate(text, at);
    else if (character === "/" && startsRegex(text, at, previous)) at = skipRegex(text, at);
    else {
      if (character === "{" || character === "(" || character === "[") depth++;
      else if (character === "}" || character === ")" || character === "]") depth--;
      at++;
    }
    previous = character;
  }
}

/** The offset of the first character from `from` on that is neither white space nor in a comment. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff) at++;
    else if (code !== 0x2f) return at;
    else if (text[at + 1] === "/") at = orEnd(text, text.indexOf("\n", at));
    else if (text[at + 1] === "*") at = orEnd(text, text.indexOf("*/", at + 2), 2);
    else return at;
  }
  return at;
}

function orEnd(text: string, found: number, length = 0): number {
  return found < 0 ? text.length : found + length;
}

function skipString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote || text[at] === "\n") return at + 1;
  }
  return text.length;
}

/** Skips a template with its substitutions, which may hold templates. */
function skipTemplate(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === "`") return at + 1;
    else if (text[at] === "$" && text[at + 1] === "{") at = skipSubstitution(text, at + 2);
    else at++;
  }
  return text.length;
}

function skipSubstitution(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < text.length && depth > 0) {
    const next = skipSpace(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    const character = text[at]!;
    if (character === "`") at = skipTemplate(text, at);
    else if (character === '"' || character === "'") at = skipString(text, at);
    else {
      if (character === "{") depth++;
      else if (character === "}") depth--;
      at++;
    }
  }
  return at;
}

/** Whether a `/` begins a regular expression: not after a value, which it would divide. */
function startsRegex(text: string, at: number, previous: string): boolean {
  if (previous === "") return true;
  if (/[)\]}"'`]/.test(previous)) return false;
  if (!/[\p{L}\p{N}_$]/u.test(previous)) return true;
  return /\b(?:return|typeof|case|in|of|do|else|void|delete|instanceof|yield|await)\s*$/.test(
    text.slice(Math.max(0, at - 20), at),
  );
}

function skipRegex(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "\n") return start + 1;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return at + 1;
  }
  return text.length;
}
