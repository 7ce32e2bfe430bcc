/**
 * What went wrong while a file of the user's was loaded, in the same words on every runtime.
 *
 * @module
 */
import { basename, isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { LimbeckError, messageOf } from "../errors.ts";
import { fileExists, readText, relativePath, systemCode } from "./files.ts";

/** A place in a file; line and column count from 1. */
export interface Frame {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /((?:file:\/\/\/?)?(?:[A-Za-z]:)?[\\/][^\s()'"]*?|file:\/\/[^\s()'"]*?):(\d+):(\d+)/;
const OWN = new URL("../../", import.meta.url);
const OWN_DIRECTORIES = ["src/", "cli.ts", "cli.js", "mod.ts", "mod.js"].map((name) => toPath(new URL(name, OWN).href));

function toPath(place: string): string {
  return place.startsWith("file:") ? fileURLToPath(place) : place;
}

/** The place that a text names, as `/project/env.ts:3:7` or `file:///project/env.ts:3:7`. */
export function placeIn(text: string): Frame | undefined {
  const [, place, line, column] = FRAME.exec(text) ?? [];
  return place === undefined ? undefined : { path: toPath(place), line: Number(line), column: Number(column) };
}

function frames(error: Error): readonly Frame[] {
  return (error.stack ?? "").split("\n").filter((line) => /^\s*at /.test(line)).flatMap((line) => placeIn(line) ?? []);
}

const isForeign = ({ path }: Frame): boolean =>
  /[\\/]node_modules[\\/]/.test(path) || OWN_DIRECTORIES.some((own) => path.startsWith(own));

/**
 * The place in the user's files that an error comes from.
 *
 * @param error anything that was thrown
 * @param preferred the file that is asked about: its frame is taken before others
 */
export function userFrame(error: unknown, preferred?: string): Frame | undefined {
  if (!(error instanceof Error)) return undefined;
  const all = frames(error);
  return all.find(({ path }) => path === preferred) ?? all.find((frame) => !isForeign(frame));
}

/**
 * An error of loading as one of ours.
 *
 * @param error what the loader, the file itself, or a file that it imports threw
 * @param path the file that was to be loaded: it is blamed where nothing says which one is at fault
 * @param action what was done with it, for the sentence
 */
export async function toLoadError(
  error: unknown,
  path: string,
  action: "load" | "run" = "load",
): Promise<LimbeckError> {
  return await syntaxError(error, path) ?? await missingModule(error, path) ?? thrown(error, path, action);
}

/**
 * jiti: `ParseError: … \n /a.ts:2:13`, its columns counted from 0. Deno: `The module's source code could not be parsed: …
 * at file:///a.ts:2:14`, or a `SyntaxError` that another error quotes.
 */
async function syntaxError(error: unknown, path: string): Promise<LimbeckError | undefined> {
  const message = messageOf(error);
  const jiti = /ParseError: ?([\s\S]*)/.exec(message)?.[1];
  const deno = /could not be parsed: ?([\s\S]*)/.exec(message)?.[1] ?? /^SyntaxError: ?([\s\S]*)/.exec(message)?.[1];
  const text = jiti ?? deno ?? (error instanceof SyntaxError ? message : undefined);
  if (text === undefined) return undefined;
  const found = placeIn(text) ?? userFrame(error);
  const place = found !== undefined && jiti !== undefined ? { ...found, column: found.column + 1 } : found ?? { path };
  const reason = (text.split("\n")[0] ?? "").replace(FRAME, "").replace(/ at\s*$/, "").trim();
  return new LimbeckError("MODULE_SYNTAX", `Cannot read "${relativePath(place.path)}": ${reason}`, {
    facts: { ...place, ...await sourceLine(place) },
    cause: error,
  });
}

/** The line of a file that a place is in. */
async function sourceLine(place: Partial<Frame>): Promise<{ readonly source?: string }> {
  if (place.path === undefined || place.line === undefined || !await fileExists(place.path)) return {};
  const source = (await readText(place.path)).split("\n")[place.line - 1];
  return source === undefined ? {} : { source };
}

async function missingModule(error: unknown, path: string): Promise<LimbeckError | undefined> {
  const code = systemCode(error);
  const message = messageOf(error);
  const specifier = /Cannot find (?:module|package) ['"]([^'"]+)['"]/.exec(message)?.[1] ??
    /Import "([^"]+)" not a dependency/.exec(message)?.[1] ??
    /Module not found "([^"]+)"/.exec(message)?.[1];
  if (specifier === undefined || (code !== undefined && !/NOT_FOUND/.test(code))) return undefined;
  const stack: unknown = (error as { readonly requireStack?: unknown }).requireStack;
  const importer = Array.isArray(stack) && typeof stack[0] === "string"
    ? stack[0]
    : placeIn(message)?.path ?? /from ['"]?file:\/\/([^'"]+)/.exec(message)?.[1] ?? path;
  const name = specifier.startsWith("file:") ? toPath(specifier) : specifier;
  const place = await importPlace(importer, name);
  return new LimbeckError(
    "MODULE_NOT_FOUND",
    name === path || name === importer
      ? `Cannot load "${relativePath(path)}": there is no such file`
      : `Cannot load "${relativePath(importer)}": it imports "${relativePath(name)}", which is not there`,
    { hint: missingHint(name), facts: { specifier: name, path: importer, ...place }, cause: error },
  );
}

function missingHint(specifier: string): string {
  if (/^(\.|\/|[A-Za-z]:[\\/])/.test(specifier)) return "Correct the path, or make the file";
  if (/^(npm|jsr|https?):/.test(specifier)) {
    return "Use the package's plain name and install it, or run limbeck with Deno from npm: deno run -A npm:limbeck";
  }
  const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return `Install it in your project: npm install ${name}`;
}

/** Where in a file a specifier is imported. */
async function importPlace(
  importer: string,
  specifier: string,
): Promise<{ readonly line: number; readonly column: number } | undefined> {
  if (!await fileExists(importer)) return undefined;
  const lines = (await readText(importer)).split("\n");
  // A path may come resolved: the end of it is what stands in the file.
  const written = isAbsolute(specifier) ? basename(specifier) : specifier;
  const line = lines.findIndex((text) => text.includes(`${written}"`) || text.includes(`${written}'`));
  if (line < 0) return undefined;
  const text = lines[line] ?? "";
  const end = text.indexOf(written);
  return { line: line + 1, column: Math.max(text.lastIndexOf('"', end), text.lastIndexOf("'", end)) + 1 };
}

function thrown(error: unknown, path: string, action: string): LimbeckError {
  // The file that throws, which may be one that the file imports: a lazily linked schema, a helper.
  const place = userFrame(error) ?? { path };
  const named = action === "load" ? place.path : path;
  return new LimbeckError("MODULE_FAILED", `Cannot ${action} "${relativePath(named)}": ${messageOf(error)}`, {
    facts: { ...place },
    cause: error,
  });
}
