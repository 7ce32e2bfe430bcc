/**
 * SQL files as a target: one file, or a folder of them.
 *
 * @module
 */
import { join } from "node:path";
import { listDirectory, readText, relativePath } from "../platform/files.ts";
import { invalidTarget } from "./part.ts";
import type { SqlText } from "./sql_text.ts";

/** SQL that stands in a file or a folder, to be read when it is needed. */
export interface SqlFile {
  readonly kind: "sqlFile";
  readonly path: string;
}

/** Whether a value is a {@linkcode SqlFile}. */
export function isSqlFile(value: unknown): value is SqlFile {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "sqlFile" &&
    typeof Reflect.get(value, "path") === "string";
}

/**
 * Reads a `.sql` file, or all of a folder in the order of their names.
 *
 * @throws `FILE_UNREADABLE`, `TARGET_INVALID` for a folder without any
 */
export async function readSqlFiles(path: string): Promise<SqlText> {
  const names = await listDirectory(path);
  const paths = names === undefined
    ? [path]
    : names.filter((name) => name.endsWith(".sql")).map((name) => join(path, name));
  const [first, ...rest] = await Promise.all(
    paths.map(async (each): Promise<SqlText> => ({
      kind: "sqlText",
      text: await readText(each),
      path: relativePath(each),
    })),
  );
  if (first === undefined) {
    throw invalidTarget(`Cannot use the folder "${relativePath(path)}": there is no .sql file in it`);
  }
  return rest.length === 0 ? first : { ...first, rest };
}
