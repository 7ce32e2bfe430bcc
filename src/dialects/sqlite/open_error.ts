/**
 * Why a database cannot be opened, in a sentence.
 *
 * @module
 */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { LimbeckError } from "../../errors.ts";
import { codeOf, statementError, wordsOf } from "./statement_error.ts";
import type { Place } from "./url.ts";

/** The error of opening a database: `CONNECTION_FAILED` or `URL_INVALID`; limbeck's own errors as they are. */
export function openError({ description, path }: Pick<Place, "description" | "path">, error: unknown): LimbeckError {
  if (error instanceof LimbeckError) return error;
  if (codeOf(error).startsWith("URL_")) {
    return new LimbeckError("URL_INVALID", `Cannot use the database url: ${wordsOf(error)}`, { cause: error });
  }
  const found = path === undefined ? undefined : obstacle(path);
  const known = statementError("", error).hint;
  const server = "Is the url right, is the server there, is its authToken valid?";
  const hint = found?.hint ?? known ?? (path === undefined ? server : undefined);
  return new LimbeckError(
    "CONNECTION_FAILED",
    `Cannot open the database "${path ?? description}": ${found?.reason ?? plainWords(error)}`,
    {
      hint,
      facts: {
        ...(path === undefined ? {} : { path }),
        ...(codeOf(error) === "" ? {} : { serverCode: codeOf(error) }),
      },
      cause: error,
    },
  );
}

/** libSQL puts SQLite's number into words of its own, with the path once more. */
function plainWords(error: unknown): string {
  const words = wordsOf(error);
  const [, code] = /Unable to open connection to local database [^]*: (\d+)"?\)?$/.exec(words) ?? [];
  return code === undefined ? words : `SQLite cannot open the file (error ${code})`;
}

/** What stands in the way of a file; the database itself only says that it cannot open it. */
function obstacle(path: string): { readonly reason: string; readonly hint: string } | undefined {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    return {
      reason: `there is no folder "${folder}"`,
      hint: `Make the folder first (mkdir -p ${folder}), or correct the url`,
    };
  }
  if (!statSync(folder).isDirectory()) return { reason: `"${folder}" is no folder`, hint: "Correct the url" };
  if (!existsSync(path)) {
    return permits(folder, constants.W_OK | constants.X_OK) ? undefined : {
      reason: `it is not there, and this user may make no file in "${folder}"`,
      hint: "Give the user that runs limbeck the right to write there, or correct the url",
    };
  }
  if (statSync(path).isDirectory()) {
    return { reason: "it is a folder", hint: "Name the file in the url, such as app.db in that folder" };
  }
  return permits(path, constants.R_OK) ? undefined : {
    reason: "this user may not read it",
    hint: "Give the user that runs limbeck the right to read and write the file and its folder",
  };
}

function permits(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
