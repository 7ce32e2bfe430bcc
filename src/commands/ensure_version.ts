/**
 * `limbeck ensure-version`: makes the version table.
 *
 * @module
 */
import { ensureVersionTable } from "../migration/version_table.ts";
import { displayName } from "../schema/edit.ts";
import { type CommandOptions, openProject } from "./project.ts";

/** What `ensure-version` returns. */
export interface EnsureVersionResult {
  /** A version table for each database that env.ts configures. */
  readonly tables: readonly { readonly table: string; readonly created: boolean }[];
}

/**
 * Makes the version table where it is missing.
 *
 * @throws `CONNECTION_FAILED`, `STATEMENT_FAILED`
 */
export async function ensureVersion(options: CommandOptions = {}): Promise<EnsureVersionResult> {
  const project = await openProject(options);
  const tables = await project.run(async ({ dialect, connection, versionTable }) => {
    const created = !await dialect.hasTable(connection, versionTable);
    if (created) await ensureVersionTable(dialect, connection, versionTable);
    return { table: displayName(versionTable), created };
  });
  return { tables };
}
