/**
 * PGlite, the embedded PostgreSQL, from the user's installation: limbeck does not bring it.
 *
 * @module
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { currentDirectory } from "../../platform/process.ts";
import { pathToFileURL } from "node:url";
import { LimbeckError } from "../../errors.ts";

/** The part of PGlite that is used. */
export interface Pglite {
  readonly waitReady: Promise<void>;
  query(sql: string, params: readonly unknown[], options: object): Promise<PgliteResult>;
  exec(sql: string, options: object): Promise<readonly PgliteResult[]>;
  close(): Promise<void>;
}

/** One result of PGlite. */
export interface PgliteResult {
  readonly rows: readonly { readonly [column: string]: unknown }[];
  readonly affectedRows?: number;
}

const PACKAGE = "@electric-sql/pglite";

/**
 * Opens a PGlite.
 *
 * @param url `pglite:./folder`, `pglite:///absolute/folder`, `pglite:` or `pglite::memory:` for one in memory
 * @throws `CONNECTION_FAILED` where the package is not installed, or the folder cannot be opened
 */
export async function openPglite(url: string): Promise<Pglite> {
  const place = decodeURI(url.replace(/^pglite:(\/\/)?/i, ""));
  const folder = place === "" || place === ":memory:" ? undefined : resolve(place);
  const { PGlite } = await load();
  try {
    const pglite = new PGlite(folder);
    await pglite.waitReady;
    return pglite;
  } catch (cause) {
    throw new LimbeckError("CONNECTION_FAILED", `Cannot open the PGlite in "${folder ?? "memory"}"`, { cause });
  }
}

/** Whether the package can be found from the working directory. */
export function isPgliteInstalled(): boolean {
  try {
    createRequire(join(currentDirectory(), "package.json")).resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

async function load(): Promise<{ readonly PGlite: new (folder?: string) => Pglite }> {
  const require = createRequire(join(currentDirectory(), "package.json"));
  try {
    return await import(pathToFileURL(require.resolve(PACKAGE)).href);
  } catch (cause) {
    throw new LimbeckError(
      "CONNECTION_FAILED",
      `Cannot open a pglite: url: the package ${PACKAGE} is not installed here`,
      {
        hint: `Install it: npm install ${PACKAGE}`,
        cause,
      },
    );
  }
}
