/**
 * Reads the versions folders.
 *
 * @module
 */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { LimbeckError } from "../errors.ts";
import { relativePath, systemReason } from "../platform/files.ts";
import { parseSqlRevision } from "./parse_sql.ts";
import { looksLikeRevision, parseTypeScriptRevision } from "./parse_ts.ts";
import type { Revision } from "./revision.ts";
import { createRevisionMap, type RevisionMap } from "./revision_map.ts";

const TYPESCRIPT = new Set([".ts", ".mts", ".js", ".mjs"]);

/** How the folders are read. */
export interface ReadOptions {
  /** Read sub-directories too. */
  readonly recursive: boolean;
  /**
   * The folder of env.ts. Where it exists and the `versions/` in it does not, there are no revisions yet: git keeps no
   * empty folders, so a fresh clone has none. Any other location that is missing is an error, as it may be mistyped.
   */
  readonly scriptLocation?: string;
}

/**
 * Reads the headers of all revisions and makes the graph of them. No file is run.
 *
 * Files are read one after the other and at once: for headers, that is faster than waiting for a thousand promises.
 * `.d.ts` files are left out, and so is a file whose name begins with `_` and that is no revision.
 *
 * @param locations directories, absolute or relative to the process
 * @throws `SCRIPT_LOCATION_NOT_FOUND`, `FILE_UNREADABLE`, `REVISION_INVALID`, and what `createRevisionMap` throws
 */
export function loadRevisions(locations: readonly string[], options: ReadOptions): Promise<RevisionMap> {
  return Promise.resolve().then(() => createRevisionMap(readRevisions(locations, options)));
}

/** The revisions of some directories, in load order: sorted names, files before sub-directories. */
export function readRevisions(
  locations: readonly string[],
  { recursive, scriptLocation }: ReadOptions,
): readonly Revision[] {
  const there = locations.map((location) => resolve(location)).filter((path) => !isYetToBeMade(path, scriptLocation));
  const paths = new Set(there.flatMap((path) => listFiles(path, recursive)));
  return [...paths].flatMap((path) => readRevision(path) ?? []);
}

function isYetToBeMade(path: string, scriptLocation: string | undefined): boolean {
  return scriptLocation !== undefined && path === join(scriptLocation, "versions") && !existsSync(path) &&
    statSync(scriptLocation, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Reads the header of one file.
 *
 * @param path absolute
 * @returns undefined where the file is no revision and does not look like one that went wrong
 * @throws `REVISION_INVALID`, `FILE_UNREADABLE`
 */
export function readRevision(path: string): Revision | undefined {
  const name = basename(path);
  const sql = extname(name) === ".sql";
  if (!sql && (!TYPESCRIPT.has(extname(name)) || /\.d\.m?ts$/.test(name))) return undefined;
  const text = readText(path);
  if (name.startsWith("_") && !(sql ? /^\s*--\s*revision\s*:/im.test(text) : looksLikeRevision(text))) return undefined;
  return sql ? parseSqlRevision(path, text) : parseTypeScriptRevision(path, text);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new LimbeckError("FILE_UNREADABLE", `Cannot read "${relativePath(path)}": ${systemReason(cause)}`, {
      hint: "Check the file's permissions",
      facts: { path },
      cause,
    });
  }
}

function listFiles(directory: string, recursive: boolean): readonly string[] {
  const entries = [...readDirectory(directory)].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const visible = entries.filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  const files = visible.filter((entry) => !entry.isDirectory()).map(({ name }) => join(directory, name));
  if (!recursive) return files;
  const directories = visible.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  return [...files, ...directories.flatMap((inner) => listFiles(inner, true))];
}

function readDirectory(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ENOTDIR") {
      throw new LimbeckError(
        "FILE_UNREADABLE",
        `Cannot read the directory "${relativePath(directory)}": ${systemReason(cause)}`,
        { hint: "Check its permissions", facts: { path: directory }, cause },
      );
    }
    const what = code === "ENOTDIR" ? "is not a directory" : "does not exist";
    throw new LimbeckError(
      "SCRIPT_LOCATION_NOT_FOUND",
      `Cannot read the revisions: "${relativePath(directory)}" ${what}`,
      {
        hint: "Make a new scripts folder with: limbeck init, or correct scriptLocation or versionLocations",
        facts: { path: directory },
        cause,
      },
    );
  }
}
