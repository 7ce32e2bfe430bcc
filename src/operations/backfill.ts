import { displayName } from "../schema/edit.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import {
  fromName,
  invalid,
  type Name,
  requireColumnsOf,
  requireName,
  requireSql,
  tableOf,
  toName,
} from "./arguments.ts";
import type { OperationType } from "./operation.ts";

/** What `op.backfill` takes beside the table. */
export interface BackfillOptions {
  /** The columns and their new values, SQL expressions over the row: `{ full_name: "first || ' ' || last" }`. */
  readonly set: { readonly [column: string]: string };
  /** Which rows are still to be done, a SQL condition. It has to be false for a row that is done: `"full_name is null"`. */
  readonly where: string;
  /** How many rows a transaction changes. Left out means 1000. */
  readonly batchSize?: number;
  /** How long to wait between two batches, in milliseconds. Left out means not at all. */
  readonly pause?: number;
}

/** The data of `op.backfill`. */
export interface Backfill extends BackfillOptions {
  readonly kind: "backfill";
  readonly table: ObjectName;
}

/** How many rows a batch has where nothing is said. */
export const BATCH_SIZE = 1000;

/** Throws `OPERATION_INVALID` where a table has not the columns, or they are of the key that the batches go along. */
export function requireFillable(table: Table, { set }: Backfill): void {
  requireColumnsOf("backfill", table, Object.keys(set));
  const key = table.primaryKey?.columns.find((column) => Object.hasOwn(set, column));
  if (key !== undefined) {
    throw invalid("backfill", `"${key}" is of the primary key of "${displayName(table)}", which the batches go along`);
  }
}

/** `SET a = …, b = …` with the condition of an UPDATE before it and behind it. */
export function updateSql(
  { table, set }: Backfill,
  writer: { name(name: ObjectName): string; identifier(name: string): string },
  where: string,
): string {
  const columns = Object.entries(set).map(([column, value]) => `${writer.identifier(column)} = ${value}`);
  return `UPDATE ${writer.name(table)} SET ${columns.join(", ")} WHERE ${where}`;
}

/**
 * Fills a column of the rows that are there, in batches along the primary key (on SQLite: the rowid), each in a
 * transaction of its own: nobody waits for longer than a batch takes. So it is not for a revision's transaction: say
 * `export const transaction = false`, or call it in `op.autocommitBlock`.
 *
 * A run that is stopped goes on where it was when it is started again, as `where` leaves out what is done. What else is
 * in the revision is run again too: best give it a revision of its own. A script (`--sql`) has one UPDATE in its place.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export const transaction = false;
 *
 * export function upgrade(op: Op): void {
 *   op.backfill("users", { set: { full_name: "first || ' ' || last" }, where: "full_name is null" });
 * }
 * ```
 */
export const backfill: OperationType<Backfill, [table: Name, options: BackfillOptions]> = {
  kind: "backfill",
  create(table, options) {
    const { set, where, batchSize, pause } = options ?? {};
    if (typeof set !== "object" || set === null || Object.keys(set).length === 0) {
      throw invalid("backfill", 'nothing is set, as { set: { name: "expression" } }');
    }
    for (const [column, value] of Object.entries(set)) {
      requireName("backfill", column);
      requireSql("backfill", `the value of "${column}"`, value ?? "");
    }
    if (where === undefined) throw invalid("backfill", "where is missing: the rows that are still to be done");
    requireSql("backfill", "where", where ?? "");
    if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize > 0)) {
      throw invalid("backfill", `a batch cannot have ${batchSize} rows`);
    }
    if (pause !== undefined && !(pause >= 0)) throw invalid("backfill", `a pause cannot be ${pause} ms`);
    return {
      kind: "backfill",
      table: toName("backfill", table),
      set,
      where,
      ...(batchSize === undefined ? {} : { batchSize }),
      ...(pause === undefined ? {} : { pause }),
    };
  },
  args: ({ kind: _, table, ...options }) => [fromName(table), options],
  reverse: () => null,
  apply(schema, operation) {
    requireFillable(tableOf(schema, operation.table, "backfill"), operation);
    return schema;
  },
  compile: (operation, { writer }) => {
    const size = operation.batchSize ?? BATCH_SIZE;
    const note = `-- op.backfill: limbeck runs this in batches of ${size} rows; in a script it is one statement`;
    return [{
      sql: `${note}\n${updateSql(operation, writer, operation.where)}`,
      hazards: [{
        kind: "longRunning",
        reason: `Every row of "${displayName(operation.table)}" that is to be done is changed`,
      }],
    }];
  },
};
