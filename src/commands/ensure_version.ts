/**
 * `limbeck ensure-version`: makes the version table.
 *
 * @module
 */
import { ensureVersionTable } from "../migration/version_table.ts";
import { displayName } from "../schema/edit.ts";
import { type CommandOptions, openProject } from "./project.ts";

/** A version table. */
export interface EnsuredTable {
  /** What env.ts calls the database; null where it has no name. */
  readonly database: string | null;
  readonly table: string;
  /** Whether it was missing. */
  readonly created: boolean;
}

/** What `ensure-version` returns. */
export interface EnsureVersionResult {
  /** A version table for each database that env.ts configures. */
  readonly tables: readonly EnsuredTable[];
}

/**
 * Makes the version table where it is missing.
 *
 * @throws `CONNECTION_FAILED`, `STATEMENT_FAILED`
 */
export async function ensureVersion(options: CommandOptions = {}): Promise<EnsureVersionResult> {
  const project = await openProject(options);
  const tables = await project.run(async ({ dialect, connection, versionTable, options: { name } }) => {
    const created = !await dialect.hasTable(connection, versionTable);
    if (created) await ensureVersionTable(dialect, connection, versionTable);
    return { database: name ?? null, table: displayName(versionTable), created };
  });
  return { tables };
}
