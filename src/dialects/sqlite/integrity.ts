/**
 * The check of what a rebuild has written, before it is committed.
 *
 * @module
 */
import { LimbeckError } from "../../errors.ts";
import type { RunQuery } from "./foreign_keys.ts";

/**
 * Asks SQLite whether the tables, with their indexes, are sound: entries that are missing in an index, values of a wrong
 * type in a STRICT table, NULL where none may be, rows that break a CHECK.
 *
 * @param query runs a statement in the open transaction
 * @param tables the tables that were made anew in it
 * @throws `INTEGRITY_VIOLATION`
 * @see https://www.sqlite.org/pragma.html#pragma_integrity_check
 */
export async function checkIntegrity(query: RunQuery, tables: Iterable<string>): Promise<void> {
  for (const table of [...tables].sort()) {
    // A table that is gone again has nothing to check.
    const [there] = await query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?)", [table]);
    if (there === undefined) continue;
    const found = await query<{ integrity_check: string }>("SELECT integrity_check FROM pragma_integrity_check(?)", [
      table,
    ]);
    const faults = found.map(({ integrity_check: fault }) => fault).filter((fault) => fault !== "ok");
    if (faults.length === 0) continue;
    throw new LimbeckError("INTEGRITY_VIOLATION", `Cannot commit: "${table}" is not sound: ${faults[0]}`, {
      hint: "Nothing was changed. Correct what the revision writes into the table",
      facts: { table, faults: faults.slice(0, 100) },
    });
  }
}
