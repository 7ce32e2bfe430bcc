/**
 * `op.backfill` on a database: batches along a key, each of them one statement, and so one transaction.
 *
 * @module
 */
import type { SqlValue } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import type { QueryResult } from "../dialects/dialect.ts";
import { type Backfill, BATCH_SIZE, updateSql } from "../operations/backfill.ts";
import { displayName } from "../schema/edit.ts";

/** What a backfill needs of a session. */
export interface BackfillOptions {
  readonly writer: SqlWriter;
  /** SQL that together names a row, in the order that the rows are gone along by. */
  readonly key: readonly string[];
  query(sql: string, params: readonly SqlValue[]): Promise<QueryResult<Row>>;
  /** Waits so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** Called now and then, and at the end, with how far it is. */
  readonly note?: ((text: string) => void) | undefined;
}

type Row = { readonly [column: string]: SqlValue };

/** The key of a row. */
type Place = readonly SqlValue[];

/** How often it is said how far it is, in milliseconds. */
const NOTE_INTERVAL = 2000;

/**
 * Runs a backfill. A batch begins behind the row that the last one ended at, whatever has changed meanwhile, so that it
 * comes to an end also where `where` stays true for a row that is done.
 */
export async function runBackfill(operation: Backfill, options: BackfillOptions): Promise<void> {
  const { query, note, wait } = options;
  const done = { rows: 0, batches: 0 };
  let noted = performance.now();
  for (let from: Place | undefined, more = true; more;) {
    const to = await findEnd(operation, options, from);
    const update = statementOf(operation, options, from, to);
    done.rows += (await query(update.sql, update.params)).rowCount ?? 0;
    done.batches++;
    more = to !== undefined;
    from = to;
    if (more && performance.now() - noted > NOTE_INTERVAL) {
      note?.(progress(operation, done));
      noted = performance.now();
    }
    if (more && operation.pause !== undefined) await wait(operation.pause);
  }
  note?.(progress(operation, done));
}

function progress({ table }: Backfill, { rows, batches }: { readonly rows: number; readonly batches: number }): string {
  const plural = (count: number, one: string, many: string): string =>
    `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
  return `Filled ${plural(rows, "row", "rows")} of "${displayName(table)}" in ${plural(batches, "batch", "batches")}`;
}

/** The last row of the batch that begins behind a place; undefined where no more than a batch is left. */
async function findEnd(
  { table, where, batchSize = BATCH_SIZE }: Backfill,
  { writer, key, query }: BackfillOptions,
  from: Place | undefined,
): Promise<Place | undefined> {
  const names = key.map((_, index) => `limbeck_key_${index + 1}`);
  const columns = key.map((part, index) => `${part} AS ${names[index]}`).join(", ");
  const behind = from === undefined ? "" : `${compared(writer, key, ">", 0)} AND `;
  const sql = `SELECT ${columns} FROM ${writer.name(table)} WHERE ${behind}(${where}) ` +
    `ORDER BY ${key.join(", ")} LIMIT 1 OFFSET ${batchSize - 1}`;
  const [row] = (await query(sql, from ?? [])).rows;
  return row === undefined ? undefined : names.map((name) => row[name] as SqlValue);
}

/** The change of the rows behind a place and up to another one. */
function statementOf(
  operation: Backfill,
  { writer, key }: BackfillOptions,
  from: Place | undefined,
  to: Place | undefined,
): { readonly sql: string; readonly params: Place } {
  const conditions = [
    ...(from === undefined ? [] : [compared(writer, key, ">", 0)]),
    ...(to === undefined ? [] : [compared(writer, key, "<=", from?.length ?? 0)]),
    `(${operation.where})`,
  ];
  return { sql: updateSql(operation, writer, conditions.join(" AND ")), params: [...from ?? [], ...to ?? []] };
}

/** The key compared with parameters, of which so many are taken already. */
function compared(writer: SqlWriter, key: readonly string[], operator: string, taken: number): string {
  const places = key.map((_, index) => writer.placeholder(taken + index + 1));
  return key.length === 1
    ? `${key[0]} ${operator} ${places[0]}`
    : `(${key.join(", ")}) ${operator} (${places.join(", ")})`;
}
