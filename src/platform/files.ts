/**
 * Files, with errors that say what could not be done.
 *
 * @module
 */
import type { Dirent } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { LimbeckError, messageOf } from "../errors.ts";
import { currentDirectory } from "./process.ts";

/** The code of a system error (`"ENOENT"`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is a file, not a directory",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
};

/** Why the system refused something, in words: `permission denied` instead of `EACCES: …, open '/…'`. */
export function systemReason(error: unknown): string {
  return REASONS[systemCode(error) ?? ""] ?? messageOf(error);
}

function failure(action: string, path: string, error: unknown): LimbeckError {
  return new LimbeckError("FILE_UNREADABLE", `Cannot ${action} "${relativePath(path)}": ${systemReason(error)}`, {
    facts: { path },
    cause: error,
  });
}

/**
 * The text of a file, without a byte order mark.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw failure("read", path, error);
  }
}

/**
 * Whether there is a file (not a directory) at the path.
 *
 * @throws `FILE_UNREADABLE` where that cannot be known
 */
export async function fileExists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return false;
    throw failure("read", path, error);
  }
}

/** The names of what a directory holds, sorted; undefined where the path is no directory. Throws `FILE_UNREADABLE`. */
export async function listDirectory(path: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (systemCode(error) === "ENOTDIR" || systemCode(error) === "ENOENT") return undefined;
    throw new LimbeckError("FILE_UNREADABLE", `Cannot read "${relativePath(path)}": ${messageOf(error)}`, {
      facts: { path },
      cause: error,
    });
  }
}

/**
 * Whether a directory is empty or not there at all.
 *
 * @throws `FILE_UNREADABLE` where that cannot be known
 */
export async function isEmptyDirectory(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return true;
    if (systemCode(error) === "ENOTDIR") return false;
    throw failure("read the directory", path, error);
  }
}

/**
 * What is in a directory.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function readDirectory(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    throw failure("read the directory", path, error);
  }
}

/**
 * Makes a directory and those above it.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function ensureDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw failure("make the directory", path, error);
  }
}

/**
 * Writes a file that must not exist yet, and the directories above it.
 *
 * @throws `CONFIG_EXISTS` where it exists, `FILE_UNREADABLE` where it cannot be written
 */
export async function writeNew(path: string, text: string): Promise<void> {
  await ensureDirectory(dirname(path));
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if (systemCode(error) === "EEXIST") {
      throw new LimbeckError("CONFIG_EXISTS", `Cannot write "${relativePath(path)}": it exists already`, {
        facts: { path },
      });
    }
    throw failure("write", path, error);
  }
}

/**
 * Writes over a file.
 *
 * @throws `FILE_UNREADABLE` where it cannot be written
 */
export async function overwrite(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw failure("write", path, error);
  }
}

/** The directories from one upwards to the root, that one first. */
export function upwards(directory: string): readonly string[] {
  const directories = [directory];
  for (let at = directory; dirname(at) !== at; at = dirname(at)) directories.push(dirname(at));
  return directories;
}

/** The first of some names that is a file in the directory or one above it. */
export async function findUpwards(directory: string, names: readonly string[]): Promise<string | undefined> {
  for (const at of upwards(directory)) {
    for (const name of names) {
      if (await fileExists(join(at, name))) return join(at, name);
    }
  }
  return undefined;
}

/** A path as people read it: from the working directory, unless it lies outside. */
export function relativePath(path: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative(currentDirectory(), path);
  return short === "" || short.startsWith("..") ? path : short.replaceAll("\\", "/");
}
