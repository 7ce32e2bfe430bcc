import type { SqlValue } from "../ddl/statement.ts";
import { columnList } from "../ddl/writer.ts";
import { findTable } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, noTable, requireColumnsOf, toName } from "./arguments.ts";
import type { OperationType } from "./operation.ts";

/** A row as it is written: a column that is left out or undefined has its default; objects and arrays become JSON text. */
export type RowInput = { readonly [column: string]: SqlValue | object | undefined };

/** A row as it is bound. */
export type BulkRow = { readonly [column: string]: SqlValue };

/** What `op.bulkInsert` takes beside table and rows. */
export interface BulkInsertOptions {
  /** How many rows a statement has at most. Left out means as many as the database takes parameters. */
  readonly batchSize?: number;
}

/** The data of `op.bulkInsert`. */
export interface BulkInsert extends BulkInsertOptions {
  readonly kind: "bulkInsert";
  readonly table: ObjectName;
  readonly rows: readonly BulkRow[];
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));

function toValue(place: string, value: unknown): SqlValue {
  if (value instanceof Date && Number.isNaN(value.getTime())) throw invalid("bulkInsert", `${place} is no valid date`);
  if (value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (["string", "number", "bigint", "boolean"].includes(typeof value)) return value as SqlValue;
  if (typeof value !== "object" || !isPlain(value)) {
    const what = typeof value === "object" ? value.constructor?.name : typeof value;
    throw invalid("bulkInsert", `${place} is a ${what}, which no database takes`);
  }
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw invalid("bulkInsert", `${place} cannot be written as JSON (${(error as Error).message})`);
  }
}

function toRow(row: unknown, number: number): BulkRow {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw invalid("bulkInsert", `row ${number} is no object, as { id: 1, name: "Ann" }`);
  }
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([column, value]) => [column, toValue(`"${column}" of row ${number}`, value)]));
}

/**
 * Cuts an insert into inserts that are one statement each: rows that follow each other and have the same columns, no more
 * of them than the database takes parameters. One is made when it is asked for.
 *
 * @param parameters how many parameters a statement may have
 */
export function* insertBatches(operation: BulkInsert, parameters: number): Generator<BulkInsert> {
  const { rows, batchSize = Infinity } = operation;
  for (let start = 0; start < rows.length;) {
    const columns = Object.keys(rows[start] as BulkRow);
    // A row without any column is a statement of its own: DEFAULT VALUES.
    const most = columns.length === 0 ? 1 : Math.min(batchSize, Math.max(1, Math.floor(parameters / columns.length)));
    let end = start + 1;
    while (end < rows.length && end - start < most && hasColumns(rows[end] as BulkRow, columns)) end++;
    yield { ...operation, rows: rows.slice(start, end) };
    start = end;
  }
}

/** Every column that some row has. */
function columnsOf(rows: readonly BulkRow[]): readonly string[] {
  const columns = new Set<string>();
  for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  return [...columns];
}

/** Whether a row has these columns and no others, in whatever order. */
function hasColumns(row: BulkRow, columns: readonly string[]): boolean {
  return Object.keys(row).length === columns.length && columns.every((column) => Object.hasOwn(row, column));
}

/**
 * Inserts rows, given as an array or anything else that can be iterated over. They are sent in batches, in order: rows
 * that follow each other and have the same columns are one statement, so sort rows of different shapes by shape.
 *
 * A value is a text, a number, a bigint, a boolean, null, bytes (`Uint8Array`) or a `Date` (on SQLite: milliseconds since
 * 1970). An object or an array becomes JSON text, for `json` and `jsonb` columns; for a PostgreSQL array column write the
 * array as PostgreSQL does: `"{a,b}"`. A text for a `json` column is JSON already: `'"a text"'`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.bulkInsert("plans", [
 *     { id: 1, name: "free", limits: { projects: 3 } },
 *     { id: 2, name: "team", limits: { projects: 50 } },
 *   ]);
 * }
 * ```
 */
export const bulkInsert: OperationType<
  BulkInsert,
  [table: Name, rows: Iterable<RowInput>, options?: BulkInsertOptions]
> = {
  kind: "bulkInsert",
  create(table, rows, { batchSize } = {}) {
    if (typeof rows !== "object" || rows === null || !(Symbol.iterator in rows)) {
      throw invalid("bulkInsert", "the rows are no array, as [{ id: 1 }]");
    }
    if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize > 0)) {
      throw invalid("bulkInsert", `a batch cannot have ${batchSize} rows`);
    }
    const made: BulkRow[] = [];
    for (const row of rows) made.push(toRow(row, made.length + 1));
    return {
      kind: "bulkInsert",
      table: toName("bulkInsert", table),
      rows: made,
      ...(batchSize === undefined ? {} : { batchSize }),
    };
  },
  args: ({ table, rows, batchSize }) =>
    batchSize === undefined ? [fromName(table), rows] : [fromName(table), rows, { batchSize }],
  reverse: () => null,
  apply(schema, { table, rows }) {
    const found = findTable(schema, table);
    if (found !== undefined) requireColumnsOf("bulkInsert", found, columnsOf(rows));
    else if (!schema.views.some(({ name, schema: of }) => name === table.name && of === table.schema)) {
      throw noTable("bulkInsert", schema, table);
    }
    return schema;
  },
  compile(operation, { writer }) {
    return [...insertBatches(operation, Infinity)].map(({ table, rows }) => {
      const columns = Object.keys(rows[0] ?? {});
      const head = `INSERT INTO ${writer.name(table)}`;
      if (columns.length === 0) return { sql: `${head} DEFAULT VALUES` };
      let number = 0;
      const lines = rows.map(() => `  (${columns.map(() => writer.placeholder(++number)).join(", ")})`);
      const params = rows.flatMap((row) => columns.map((column) => row[column] ?? null));
      return { sql: `${head} ${columnList(writer, columns)} VALUES\n${lines.join(",\n")}`, params };
    });
  },
};
