/**
 * Renames that a schema declares: what something was called before.
 *
 * @module
 */
import type { ObjectName } from "./model.ts";

/** A table or column of a schema that had another name. Where the old one is not there, there is nothing to do. */
export interface DeclaredRename {
  /** The table, as it is called now. */
  readonly table: ObjectName;
  /** The column, as it is called now; left out where the table itself had another name. */
  readonly column?: string;
  /** The old name. */
  readonly from: string;
}
