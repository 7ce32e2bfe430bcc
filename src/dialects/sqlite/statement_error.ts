/**
 * What SQLite and libSQL's client throw, as limbeck's errors.
 *
 * @module
 */
import { LimbeckError, messageOf } from "../../errors.ts";
import { rebuildName } from "./rebuild_name.ts";

const HINTS: { readonly [code: string]: string } = {
  SQLITE_READONLY:
    "The file, its folder or the session is read-only: give the user that runs limbeck the right to write",
  SQLITE_FULL: "The disk (or the quota) is full: nothing of the revision has been kept",
  SQLITE_CORRUPT: "The file is damaged: restore it from a backup",
  SQLITE_NOTADB: "The file is not a SQLite database, or it is encrypted",
};

/** The error's basic code: `SQLITE_BUSY` for `SQLITE_BUSY_SNAPSHOT`; empty where there is none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}

/** Whether the database only asks to wait. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

/** The server's own words: the client puts its code before them. A rebuild's copy is called as the table itself. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  const message = messageOf(error).replaceAll(rebuildName(""), "");
  return code !== "" && message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
}

/** The error of a statement. */
export function statementError(sql: string, error: unknown): LimbeckError {
  const extended = error instanceof Error ? Reflect.get(error, "extendedCode") : undefined;
  const serverCode = typeof extended === "string" ? extended : codeOf(error);
  return new LimbeckError("STATEMENT_FAILED", `SQLite says: ${wordsOf(error)}`, {
    hint: HINTS[codeOf(error)] ?? HINTS[serverCode],
    facts: serverCode === "" ? { sql } : { sql, serverCode },
    cause: error,
  });
}
