/**
 * Reads a SQL revision: its header of comment lines, and its two sections.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { Revision } from "./revision.ts";
import { relativePath } from "../platform/files.ts";

const KEYS = ["revision", "revises", "create date", "branch labels", "depends on", "transaction", "message"] as const;
type Key = typeof KEYS[number];

/** A part of a file. */
export interface SqlSection {
  readonly text: string;
  /** Where it begins in the file, in characters. */
  readonly offset: number;
}

/** What a SQL revision does; null where the file has no such section. */
export interface SqlSections {
  readonly upgrade: SqlSection | null;
  readonly downgrade: SqlSection | null;
}

/** Whether a comment line of a header is one of its keys, or ends the header: a message must not look like that. */
export function isHeaderLine(line: string): boolean {
  return readKey(line) !== undefined || MARKER.test(`-- ${line}`);
}

const MARKER = /^[ \t]*--[ \t]*(upgrade|downgrade)[ \t]*$/i;

/**
 * The revision that a file's header declares. Keys are case-insensitive; lines that are no known key belong to the doc. A
 * remark in parentheses after a value is left out.
 *
 * @param path absolute
 * @param text the file
 * @throws `REVISION_INVALID` where `-- revision:` or `-- revises:` is missing, or a value is not as it should be
 */
export function parseSqlRevision(path: string, text: string): Revision {
  const lines = headerLines(text);
  const values = new Map<Key, string>();
  const doc: string[] = [];
  for (const line of lines) {
    const entry = readKey(line);
    if (entry !== undefined && entry.key !== "message") values.set(entry.key, entry.value);
    doc.push(entry?.key === "message" ? entry.value : line);
  }
  const revision = values.get("revision");
  if (revision === undefined || revision === "") throw missing(path, "-- revision: 1975ea83b712");
  const revises = values.get("revises");
  if (revises === undefined) throw missing(path, "-- revises: (empty at the base)");
  const transaction = (values.get("transaction") || "true").toLowerCase();
  if (transaction !== "true" && transaction !== "false") {
    throw new LimbeckError(
      "REVISION_INVALID",
      `Cannot load "${relativePath(path)}": "transaction" is "${transaction}"`,
      {
        hint: "Write: -- transaction: true, or -- transaction: false",
        facts: { path },
      },
    );
  }
  const whole = doc.join("\n").trim();
  const first = whole.split("\n", 1)[0]!;
  return {
    revision,
    downRevisions: list(revises),
    branchLabels: list(values.get("branch labels")),
    dependsOn: list(values.get("depends on")),
    message: readKey(first) === undefined || lines.every((line) => line !== first) ? first : "",
    doc: whole,
    createDate: values.get("create date") || null,
    path,
    format: "sql",
    transaction: transaction === "true",
  };
}

/** The comment lines at the head of a file, without their marks, up to the first section or statement. */
function headerLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    if (!trimmed.startsWith("--") || MARKER.test(line)) break;
    lines.push(trimmed.slice(2).replace(/^ /, ""));
  }
  return lines;
}

function readKey(line: string): { readonly key: Key; readonly value: string } | undefined {
  const match = /^\s*([a-z]+(?:[ _-][a-z]+)?)\s*:(.*)$/i.exec(line);
  const name = match?.[1]?.toLowerCase().replace(/[_-]/, " ");
  const key = KEYS.find((known) => known === name);
  if (key === undefined) return undefined;
  const value = match![2]!.trim();
  return { key, value: key === "message" ? value : value.replace(/\s*\(.*\)$/, "") };
}

function list(value: string | undefined): readonly string[] {
  return (value ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
}

function missing(path: string, line: string): LimbeckError {
  return new LimbeckError(
    "REVISION_INVALID",
    `Cannot load "${relativePath(path)}": its header does not say ${line.split(":")[0]}:`,
    {
      hint: `Add to the comments at its head: ${line}`,
      facts: { path },
    },
  );
}

/**
 * The sections of a SQL revision: what follows the lines `-- upgrade` and `-- downgrade`. A marker counts only alone on its
 * line, outside of strings, dollar quotes and block comments.
 *
 * @param text the file
 * @throws `REVISION_INVALID` where a section comes twice
 */
export function sqlSections(text: string): SqlSections {
  const sections: { upgrade: SqlSection | null; downgrade: SqlSection | null } = { upgrade: null, downgrade: null };
  const markers = findMarkers(text);
  markers.forEach(({ name, end }, place) => {
    if (sections[name] !== null) {
      throw new LimbeckError("REVISION_INVALID", `Cannot read the revision: it has the section "-- ${name}" twice`, {
        hint: `Join the two, or remove the second line "-- ${name}"`,
        facts: { section: name },
      });
    }
    sections[name] = { text: text.slice(end, markers[place + 1]?.start ?? text.length), offset: end };
  });
  return sections;
}

interface Marker {
  readonly name: "upgrade" | "downgrade";
  /** Where the marker's line begins. */
  readonly start: number;
  /** Where the next line begins. */
  readonly end: number;
}

/** Strings, quoted names, dollar quotes and comments: inside of them nothing is a marker. */
const QUIET = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([\p{L}_][\p{L}\p{N}_]*)?\$[^]*?\$\1\$|--[^\n]*|\/\*/gu;

function findMarkers(text: string): readonly Marker[] {
  const markers: Marker[] = [];
  QUIET.lastIndex = 0;
  for (let match = QUIET.exec(text); match !== null; match = QUIET.exec(text)) {
    if (match[0] === "/*") QUIET.lastIndex = endOfBlockComment(text, match.index);
    else if (
      match[0].startsWith("'") && /(?<![\p{L}\p{N}_])e$/iu.test(text.slice(Math.max(0, match.index - 2), match.index))
    ) {
      QUIET.lastIndex = endOfEscapeString(text, match.index);
    } else if (match[0].startsWith("--")) {
      const start = text.lastIndexOf("\n", match.index) + 1;
      const lineEnd = match.index + match[0].length;
      const name = MARKER.exec(text.slice(start, lineEnd).trimEnd())?.[1]?.toLowerCase();
      if (name === "upgrade" || name === "downgrade") {
        markers.push({ name, start, end: Math.min(lineEnd + 1, text.length) });
      }
    }
  }
  return markers;
}

/** PostgreSQL's block comments nest; SQLite's do not, and hold no `/*` that matters. */
function endOfBlockComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("/*", at)) [depth, at] = [depth + 1, at + 1];
    else if (text.startsWith("*/", at)) {
      [depth, at] = [depth - 1, at + 1];
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function endOfEscapeString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "'") {
      if (text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return text.length;
}
