/**
 * Reads the header of a TypeScript (or JavaScript) revision from its text, without running it.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { Revision } from "./revision.ts";
import { skipSpace, topLevelTokens } from "./scan_ts.ts";
import { relativePath } from "../platform/files.ts";

const HEADER = ["revision", "downRevision", "branchLabels", "dependsOn", "transaction"] as const;
type HeaderName = typeof HEADER[number];
type Literal = string | boolean | null | readonly string[];

/**
 * The revision that a file declares: the literals of its exported constants and the comment at its head.
 *
 * @param path absolute
 * @param text the file
 * @throws `REVISION_INVALID` where a constant is missing, is no literal, or has the wrong type; names file, line and column
 *
 * @example
 * ```ts
 * import { parseTypeScriptRevision } from "./parse_ts.ts";
 *
 * const text = '/** add user bio *\/\nexport const revision = "b2";\nexport const downRevision = "a1";\n';
 * console.assert(parseTypeScriptRevision("/versions/b2.ts", text).message === "add user bio");
 * ```
 */
export function parseTypeScriptRevision(path: string, text: string): Revision {
  const found = readHeader(path, text);
  const revision = found.get("revision");
  if (revision === undefined) throw missing(path, "revision", 'export const revision = "…"');
  const down = found.get("downRevision");
  if (down === undefined) throw missing(path, "downRevision", 'export const downRevision = "…" (null at the base)');
  const doc = headComment(text);
  return {
    revision: revision.value as string,
    downRevisions: list(down.value),
    branchLabels: list(found.get("branchLabels")?.value),
    dependsOn: list(found.get("dependsOn")?.value),
    message: doc.split("\n", 1)[0]!.trim(),
    doc,
    createDate: createDateOf(doc),
    path,
    format: "ts",
    transaction: found.get("transaction")?.value !== false,
  };
}

/** Whether a text exports any of `revision`, `upgrade` or `downgrade`: whether it means to be a revision. */
export function looksLikeRevision(text: string): boolean {
  const names = new Set(["revision", "upgrade", "downgrade"]);
  for (const { words } of topLevelTokens(text)) if (names.has(words.at(-1)!)) return true;
  return false;
}

/** What follows `Create Date:` in the doc of a revision; the last, as a message might say it too. */
export function createDateOf(doc: string): string | null {
  const dates = [...doc.matchAll(/^[ \t]*Create Date:[ \t]*(\S.*?)[ \t]*$/gim)];
  return dates.at(-1)?.[1] ?? null;
}

function list(value: Literal | undefined): readonly string[] {
  if (value === undefined || value === null || typeof value === "boolean") return [];
  return typeof value === "string" ? [value] : value;
}

function readHeader(path: string, text: string): ReadonlyMap<HeaderName, { readonly value: Literal }> {
  const found = new Map<HeaderName, { readonly value: Literal }>();
  for (const { words, end } of topLevelTokens(text)) {
    const name = HEADER.find((known) => known === words.at(-1));
    if (name === undefined || !["const", "let", "var"].includes(words.at(-2)!)) continue;
    if (found.has(name)) throw invalid(path, text, end, `"${name}" is declared twice`);
    found.set(name, { value: readValue(path, text, name, end) });
  }
  return found;
}

/** Reads `: type = value as type;` from the end of the name on. */
function readValue(path: string, text: string, name: HeaderName, nameEnd: number): Literal {
  const equals = findEquals(text, nameEnd);
  if (equals < 0) throw invalid(path, text, nameEnd, `"${name}" has no value`);
  const start = skipSpace(text, equals + 1);
  const literal = readLiteral(text, start);
  if (literal === undefined || !endsThere(text, literal.end)) {
    const shown = /^[^;\n]*/.exec(text.slice(start, start + 60))![0].trim();
    throw invalid(
      path,
      text,
      start,
      `"${name}" must be a literal, as it is read without running the file; found: ${shown}`,
    );
  }
  const fault = typeFault(name, literal.value);
  if (fault !== undefined) throw invalid(path, text, start, `"${name}" must be ${fault}`);
  return literal.value;
}

function typeFault(name: HeaderName, value: Literal): string | undefined {
  if (name === "transaction") return typeof value === "boolean" ? undefined : "true or false";
  if (name === "revision") return typeof value === "string" ? undefined : "a string";
  return typeof value === "boolean" ? "null, a string or an array of strings" : undefined;
}

/** The `=` after a type annotation, which may hold arrows, brackets and strings. */
function findEquals(text: string, from: number): number {
  const rest = /^\s*(?::(?:[^=;"'`]|=>|"[^"\n]*"|'[^'\n]*')*)?=(?!=)/.exec(text.slice(from, from + 2000));
  return rest === null ? -1 : from + rest[0].length - 1;
}

/** Whether a statement may end after a value: `;`, a new line, the end, or a type assertion before these. */
function endsThere(text: string, end: number): boolean {
  const rest = text.slice(end, end + 400);
  const next = rest.replace(/^(?:\s*(?:as|satisfies)\s+(?:[\w.|&<>,[\] \t]|"[^"\n]*"|'[^'\n]*')+)+/, "");
  return /^[ \t]*(?:;|$|\r?\n|\/\/|\/\*)/.test(next) &&
    !/^\s*(?:[+.?(\[*&|`]|-(?!-))/.test(next.replace(/^[ \t]*;[^]*/, ""));
}

function readLiteral(text: string, start: number): { readonly value: Literal; readonly end: number } | undefined {
  const word = /^(?:null|undefined|true|false)\b/.exec(text.slice(start, start + 10))?.[0];
  if (word !== undefined) {
    return { value: word === "true" ? true : word === "false" ? false : null, end: start + word.length };
  }
  return text[start] === "[" ? readArray(text, start) : readString(text, start);
}

function readArray(
  text: string,
  start: number,
): { readonly value: readonly string[]; readonly end: number } | undefined {
  const value: string[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== "]") {
    const element = readString(text, at);
    if (element === undefined) return undefined;
    value.push(element.value);
    at = skipSpace(text, element.end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
    else if (text[at] !== "]") return undefined;
  }
  return { value, end: at + 1 };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" };

function readString(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  const quote = text[start];
  if (quote !== '"' && quote !== "'" && quote !== "`") return undefined;
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === quote) return { value, end: at + 1 };
    if (character === "$" && quote === "`" && text[at + 1] === "{") return undefined;
    if (character === "\n" && quote !== "`") return undefined;
    if (character !== "\\") {
      value += character;
      continue;
    }
    const code = /^\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/i.exec(text.slice(at, at + 12));
    if (code !== null) {
      value += String.fromCodePoint(parseInt(code[1] ?? code[2] ?? code[3]!, 16));
      at += code[0].length - 1;
      continue;
    }
    const escaped = text[++at] ?? "";
    value += escaped === "\n" ? "" : ESCAPES[escaped] ?? escaped;
  }
  return undefined;
}

/** The comment at the head of a file, without its marks; empty where the file begins with code. */
function headComment(text: string): string {
  const head = /^(?:\uFEFF)?(?:#![^\n]*\n)?\s*/.exec(text)![0].length;
  const block = text.startsWith("/*", head) ? text.indexOf("*/", head + 2) : -1;
  const lines = block >= 0
    ? text.slice(head + 2, block).replace(/^\*/, "").split(/\r?\n/).map((line) => line.replace(/^\s*\*(?: |$)?/, ""))
    : /^(?:\/\/[^\n]*\n?[ \t]*)*/.exec(text.slice(head))![0].split(/\r?\n/).map((line) =>
      line.replace(/^\s*\/\/ ?/, "")
    );
  return lines.map((line) => line.trimEnd()).join("\n").replace(/^\s*\n/, "").trim();
}

function missing(path: string, name: string, line: string): LimbeckError {
  return new LimbeckError("REVISION_INVALID", `Cannot load "${relativePath(path)}": it does not export "${name}"`, {
    hint: `Add to it: ${line}. A file that is no revision begins with "_", or lives elsewhere`,
    facts: { path, missing: name },
  });
}

function invalid(path: string, text: string, offset: number, why: string): LimbeckError {
  const before = text.slice(0, offset).split("\n");
  const [line, column] = [before.length, before.at(-1)!.length + 1];
  return new LimbeckError("REVISION_INVALID", `Cannot load "${relativePath(path)}": ${why}`, {
    hint: 'Write a string, an array of strings or null, e.g. export const downRevision = "1975ea83b712";',
    facts: { path, line, column },
  });
}
