/**
 * Renames that a schema declares: what something was called before.
 *
 * @module
 */
import type { ObjectName } from "./model.ts";

/** Something of a schema that had another name. Where the old one is not there, there is nothing to do. */
export type DeclaredRename = DeclaredTableRename | DeclaredObjectRename;

/** A type, a sequence or a view, or a value of an enum. */
export interface DeclaredObjectRename {
  /** The object, as it is called now. */
  readonly object: ObjectName;
  /** The value of the enum, as it is called now; left out where the object itself had another name. */
  readonly value?: string;
  /** The old name. */
  readonly from: string;
}

/** A table or a column. */
export interface DeclaredTableRename {
  /** The table, as it is called now. */
  readonly table: ObjectName;
  /** The column, as it is called now; left out where the table itself had another name. */
  readonly column?: string;
  /** The old name. */
  readonly from: string;
}
