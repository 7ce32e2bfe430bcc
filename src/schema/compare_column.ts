/**
 * How a user decides about a column that is compared.
 *
 * @module
 */
import type { Column, ObjectName } from "./model.ts";

/**
 * Decides whether a column's type, or its default, differs: Alembic's `compare_type` and `compare_server_default`.
 *
 * @param current the database's column
 * @param target the target's, in the database's spelling
 * @returns true where it differs, false where it does not, null where limbeck shall tell
 * @see https://alembic.sqlalchemy.org/en/latest/autogenerate.html#comparing-types
 */
export type CompareColumn = (current: Column, target: Column, table: ObjectName) => boolean | null;
