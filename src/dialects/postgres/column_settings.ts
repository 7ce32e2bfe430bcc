/**
 * What a column has that `CREATE TABLE` and `ADD COLUMN` have no place for: how it is kept, and its comment.
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import type { Column, ObjectName } from "../../schema/model.ts";
import { typeParts } from "./types.ts";
import { writer } from "./writer.ts";

/** The changes of how a column is kept; null goes back to the usual way, undefined leaves it. */
export interface ColumnSettings {
  readonly storage?: string | null | undefined;
  readonly compression?: string | null | undefined;
  readonly statistics?: number | null | undefined;
}

/** The types whose values are kept compressed in the row first (`pg_type.typstorage` is `m`). */
const MAIN = new Set(["numeric", "inet", "cidr"]);

/** How values of a type are kept unless something else is asked for; `SET STORAGE DEFAULT` is known from version 16 on. */
function usualStorage(type: string): string {
  const { base, array } = typeParts(type);
  return MAIN.has(base) && !array ? "main" : "extended";
}

/**
 * The clauses of `ALTER COLUMN` for the settings.
 *
 * @param type the column's type, for going back to its way of storage
 */
export function settingClauses({ storage, compression, statistics }: ColumnSettings, type: string): readonly string[] {
  return [
    ...(storage === undefined ? [] : [`SET STORAGE ${writer.identifier(storage ?? usualStorage(type))}`]),
    ...(compression === undefined ? [] : [`SET COMPRESSION ${compression === null ? "DEFAULT" : compression}`]),
    ...(statistics === undefined ? [] : [`SET STATISTICS ${statistics ?? -1}`]),
  ];
}

/** `COMMENT ON COLUMN`. */
export function columnComment(table: ObjectName, column: string, comment: string | null): Statement {
  const name = `${writer.name(table)}.${writer.identifier(column)}`;
  return statement(`COMMENT ON COLUMN ${name} IS ${writer.literal(comment)}`);
}

/** What is said of new columns behind the statement that makes them. */
export function columnExtras(table: ObjectName, columns: readonly Column[]): readonly Statement[] {
  const clauses = columns.flatMap((column) =>
    settingClauses(column, column.type).map((clause) => `ALTER COLUMN ${writer.identifier(column.name)} ${clause}`)
  );
  return [
    ...(clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)]),
    ...columns.flatMap(({ name, comment }) => comment === undefined ? [] : [columnComment(table, name, comment)]),
  ];
}
