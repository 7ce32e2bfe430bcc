/**
 * Foreign keys while they are not enforced: which rows have lost their parent, and when a rebuild would delete rows.
 *
 * @module
 */
import { LimbeckError, messageOf } from "../../errors.ts";
import { rebuildName } from "./rebuild_name.ts";
import { isWord, nameOfToken, tokenize } from "./tokenizer.ts";

/** Runs a statement of the dialect's own. */
export type RunQuery = <Row>(sql: string, params?: readonly string[]) => Promise<readonly Row[]>;

/** Rows that refer to nothing, or a key that cannot be checked: what, and how often. */
export type Violations = ReadonlyMap<string, number>;

interface ViolationRow {
  readonly rowid: number | null;
  readonly parent: string;
}

/**
 * Every violation in the database. A key that refers to columns that are not unique is one too ("foreign key mismatch").
 *
 * @param query runs a statement in the open transaction
 */
export async function findViolations(query: RunQuery): Promise<Violations> {
  const found = new Map<string, number>();
  const add = (violation: string): void => void found.set(violation, (found.get(violation) ?? 0) + 1);
  const keys = await query<{ table: string }>(
    `SELECT DISTINCT list.name AS "table" FROM pragma_table_list AS list, pragma_foreign_key_list(list.name)
     WHERE list.schema = 'main' AND list.type = 'table' ORDER BY 1`,
  );
  for (const { table } of keys) {
    try {
      // The table-valued form takes the name as a value.
      const rows = await query<ViolationRow>(`SELECT rowid, parent FROM pragma_foreign_key_check(?)`, [table]);
      for (const { rowid, parent } of rows) {
        add(
          `a row of "${table}" refers to a row of "${parent}" that is not there${
            rowid === null ? "" : ` (rowid ${rowid})`
          }`,
        );
      }
    } catch (error) {
      if (!messageOf(error).includes("foreign key mismatch")) throw error;
      add(messageOf(error).replace(/^.*?(?=foreign key mismatch)/, ""));
    }
  }
  return found;
}

/** The violations that were not there before. */
export function newViolations(before: Violations, after: Violations): readonly string[] {
  return [...after].filter(([violation, count]) => count > (before.get(violation) ?? 0)).map(([violation]) =>
    violation
  );
}

/** The error for a transaction that leaves rows without their parent. */
export function violationError(violations: readonly string[]): LimbeckError {
  const shown = violations.slice(0, 5).join("; ");
  const more = violations.length > 5 ? ` and ${violations.length - 5} more` : "";
  return new LimbeckError("FOREIGN_KEY_VIOLATION", `Cannot commit: ${shown}${more}`, {
    hint: "Delete or correct these rows in the revision, before the change that needs them right",
    facts: { violations: violations.slice(0, 100) },
  });
}

/**
 * Refuses a rebuild's DROP TABLE where foreign keys are enforced and other tables' keys act on the loss of their parent:
 * SQLite deletes (or changes) those rows. So it is on a server, where no session keeps `PRAGMA foreign_keys = OFF`, and
 * outside a transaction that was prepared.
 *
 * @returns the table, where the statement is a rebuild's
 * @throws `UNSUPPORTED`
 */
export async function guardDrop(query: RunQuery, sql: string): Promise<string | undefined> {
  const [drop, table, name] = tokenize(sql);
  const dropped = isWord(drop, "DROP") && isWord(table, "TABLE") ? nameOfToken(name) : undefined;
  if (dropped === undefined) return undefined;
  const [rebuild] = await query(`SELECT 1 FROM sqlite_schema WHERE name = ?`, [rebuildName(dropped)]);
  if (rebuild === undefined) return undefined;
  const [keys] = await query<{ foreign_keys: number }>("PRAGMA foreign_keys");
  if (Number(keys?.foreign_keys) !== 1) return dropped;
  const [child] = await query<{ name: string; action: string }>(
    // A table that refers to itself: its copy's rows refer to the old table, and would go with that one's.
    `SELECT iif(list.name = ?2, ?1, list.name) AS name, fk.on_delete AS action FROM pragma_table_list AS list, pragma_foreign_key_list(list.name) AS fk
     WHERE list.schema = 'main' AND lower(fk."table") = lower(?1) AND lower(list.name) <> lower(?1)
       AND fk.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY 1`,
    [dropped, rebuildName(dropped)],
  );
  if (child === undefined) return dropped;
  const itself = child.name === dropped;
  throw new LimbeckError(
    "UNSUPPORTED",
    `Cannot rebuild "${dropped}": foreign keys are enforced here, and ${
      itself ? "it refers to itself" : `"${child.name}" refers to it`
    } ` +
      `with ON DELETE ${child.action}, so ${itself ? "the copy's" : "its"} rows would be changed or deleted`,
    {
      hint: itself
        ? "On a server, copy the table under another name yourself, with op.execute; on a file, run the revision in a transaction"
        : "On a server, rebuild the tables that refer to it without that action first; on a file, run the revision in a transaction",
      facts: { table: dropped, child: child.name, action: child.action },
    },
  );
}
