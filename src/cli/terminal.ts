/**
 * What the commands of the command line share: the options, and the answer as text or JSON.
 *
 * @module
 */
import type { CommandOptions } from "../commands/project.ts";
import type { DatabaseInfo, RevisionInfo } from "../commands/result.ts";
import type { ProgressEvent } from "../migration/context.ts";
import { duration, stepLine } from "./format.ts";
import type { Output } from "./output.ts";
import type { GlobalOptions } from "./program.ts";

/** What the commands print to, and what stops them. */
export interface Terminal {
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** The options of one command line. */
export type Options = GlobalOptions & { readonly [option: string]: unknown };

/** What is said of an argument that names revisions. */
export const REVISION_HELP = "head, heads, base, an id or its beginning, a label, +N, -N, label@head…";

/** The options of the command line as the commands take them. */
export function commandOptions(options: Options, { output, signal }: Terminal): CommandOptions {
  return {
    ...(options.config === undefined ? {} : { configFile: options.config }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.envFile === undefined ? {} : { envFiles: options.envFile }),
    ...given(options, "tag", "tag"),
    xArguments: xArguments(options.x ?? []),
    signal,
    progress: (event) => showProgress(event, output),
  };
}

/** `-x key=value` as an object; `-x key` alone is the empty text, as in Alembic. */
function xArguments(given: readonly string[]): { readonly [key: string]: string } {
  return Object.fromEntries(given.map((each) => {
    const at = each.indexOf("=");
    return at < 0 ? [each, ""] : [each.slice(0, at), each.slice(at + 1)];
  }));
}

function showProgress(event: ProgressEvent, output: Output): void {
  switch (event.type) {
    case "connected":
      return output.message(output.style("dim", event.description, "stderr"));
    case "waiting":
      return output.message(`Waiting for another run to end: ${event.holder}`);
    case "note":
      return output.message(event.text);
    case "begin":
      return output.beginLine(stepLine(event.step, output));
    case "end":
      return output.endLine(output.style("dim", `  ${duration(event.ms)}`, "stderr"));
  }
}

/** An option with a text as a property of that name; nothing where it was not given. */
export function given<K extends string>(options: Options, option: string, property: K): { readonly [P in K]?: string } {
  const value = options[option];
  return typeof value === "string" ? { [property]: value } as { readonly [P in K]: string } : {};
}

/** A repeatable option as a property of that name; nothing where it was not given. */
export function givenList<K extends string>(
  options: Options,
  option: string,
  property: K,
): { readonly [P in K]?: readonly string[] } {
  const value = options[option];
  return Array.isArray(value) ? { [property]: value as unknown } as { readonly [P in K]?: readonly string[] } : {};
}

/** Prints a document as JSON, or what `text` gives as lines. */
export function answer(document: unknown, { json }: Options, output: Output, text: () => readonly string[]): void {
  if (json) {
    return output.result(JSON.stringify(document, plain));
  }
  for (const line of text()) output.result(line);
}

/** A document with what was taken for a rename, what a person should know, and what a trial came to, where there is something. */
export function withFindings<T extends object>(
  document: T,
  { renames, warnings, verified = null }: {
    readonly renames: readonly unknown[];
    readonly warnings: readonly string[];
    readonly verified?: boolean | null;
  },
): T {
  return {
    ...document,
    ...(renames.length === 0 ? {} : { renames }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(verified === null ? {} : { verified }),
  };
}

/** What JSON has no word for: large integers as their digits, bytes in hexadecimal, as PostgreSQL writes them. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (!(value instanceof Uint8Array)) return value;
  return `\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Prints what a person should know, on stderr. */
export function warn(warnings: readonly string[], output: Output): void {
  for (const warning of warnings) output.message(`${output.style("yellow", "Warning:", "stderr")} ${warning}`);
}

/** The name of a database as `--json` shows it: nothing where it has none. */
export function named(database: string | null): { readonly database?: string } {
  return database === null ? {} : { database };
}

/** Where each database stands, as `--json` shows it: nothing where they have no names. */
export function namedDatabases(databases: readonly DatabaseInfo[]): { readonly databases?: readonly unknown[] } {
  if (databases.every(({ database }) => database === null)) return {};
  return { databases: databases.map(({ database, heads, isHead }) => ({ database, heads, isHead })) };
}

/** The fields of a revision that `--json` shows. */
export function revisionDocument(info: RevisionInfo): unknown {
  const { doc: _doc, isEffectiveHead: _effective, children: _children, ...document } = info;
  return document;
}
