/**
 * `op`, what a revision's `upgrade` and `downgrade` are given: it records operations, and runs nothing by itself.
 *
 * @module
 */
import type { SqlValue } from "../ddl/statement.ts";
import { invalid, type Name } from "./arguments.ts";
import { BATCH_OPERATIONS, type BatchOptions } from "./batch_alter_table.ts";
import { type CustomOperation, type CustomOperations, customTypes } from "./custom.ts";
import type { OperationType } from "./operation.ts";
import { type Operation, type OperationKind, OPERATIONS, typeOf } from "./registry.ts";

/** Operations that are recorded by a function. */
type Holding = "autocommitBlock" | "batchAlterTable";

type Recording = {
  readonly [K in Exclude<OperationKind, Holding>]: (...args: Parameters<(typeof OPERATIONS)[K]["create"]>) => void;
};

type WithoutTable<A extends readonly unknown[], Place extends 0 | 1> = Place extends 0
  ? A extends readonly [unknown, ...infer Rest] ? Rest : never
  : A extends readonly [infer First, unknown, ...infer Rest] ? [First, ...Rest]
  : never;

/** The operations on one table, without its name: see `op.batchAlterTable`. */
export type Batch = {
  readonly [K in keyof typeof BATCH_OPERATIONS]: (
    ...args: WithoutTable<Parameters<(typeof OPERATIONS)[K]["create"]>, (typeof BATCH_OPERATIONS)[K]>
  ) => void;
};

type CustomRecording = {
  readonly [K in keyof CustomOperations]: CustomOperations[K] extends OperationType<infer _, infer A>
    ? (...args: A) => void
    : never;
};

/**
 * The operations of a revision. Every method but `query` appends to a list that is run when `upgrade` (or `downgrade`)
 * returns, so nothing has to be awaited.
 */
export interface Op extends Recording, CustomRecording {
  /** The dialect's name, for a revision that has to differ: `"postgres"` or `"sqlite"`. */
  readonly dialect: string;
  /** The name that env.ts gave the database, for a revision that is run on several: null where it gave none. */
  readonly database: string | null;
  /**
   * Runs what is recorded so far, then a query, and returns its rows.
   *
   * @param sql one statement
   * @param params the values of its placeholders (`$1` on PostgreSQL, `?` on SQLite)
   */
  query<Row = { readonly [column: string]: unknown }>(
    sql: string,
    params?: readonly SqlValue[],
  ): Promise<readonly Row[]>;
  /** Records a statement whose values are bound: `` op.sql`update users set plan = ${plan}` ``. */
  sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): void;
  /**
   * Runs what the function records outside of the revision's transaction: what is before it is committed, and what
   * follows, the version row with it, runs in a new transaction. See operations/autocommit_block.ts for what that means for a
   * revision that fails.
   *
   * @param record records operations by its `op`; it is not async, and does not call `op.query`
   */
  autocommitBlock(record: (op: Op) => void): void;
  /**
   * Changes one table in several ways at once, on SQLite by one rebuild where one is needed.
   *
   * @param record records the changes by its `batch`; it is not async
   */
  batchAlterTable(table: Name, record: (batch: Batch) => void, options?: BatchOptions): void;
  /** Records an operation that is data already, as autogenerate finds it, or another run recorded it. */
  invoke(operation: Operation | CustomOperation): void;
}

/** Where an operation stands in the user's file: a place, or an error whose stack tells it and is read only on failure. */
export type Origin = Error | { readonly path: string; readonly line: number; readonly column: number };

/** An operation, and where it was recorded. */
export interface Recorded {
  readonly operation: Operation;
  readonly origin: Origin;
  /** Where the operations that it holds were recorded. */
  readonly held?: readonly Recorded[];
}

/** What a recorder needs from outside. */
export interface RecorderOptions {
  readonly dialect: string;
  /** What env.ts calls the database; left out where it has no name. */
  readonly database?: string | undefined;
  /** A dialect's placeholder for the parameter with that number, counted from 1. */
  readonly placeholder: (number: number) => string;
  /** What `op.query` does, the recorder's own operations being taken first. */
  readonly query: (sql: string, params: readonly SqlValue[]) => Promise<readonly unknown[]>;
}

/** A list that `op` fills. */
export interface Recorder {
  readonly op: Op;
  /** Appends an operation that was not made through `op`. */
  add(recorded: Recorded): void;
  /** What has been recorded since the last call. */
  take(): readonly Recorded[];
}

/**
 * Makes an `op` and the list behind it.
 *
 * @example
 * ```ts
 * import { createRecorder } from "./recorder.ts";
 *
 * const { op, take } = createRecorder({ dialect: "sqlite", placeholder: () => "?", query: () => Promise.resolve([]) });
 * op.dropColumn("users", "bio");
 * console.assert(take()[0]?.operation.kind === "dropColumn");
 * ```
 */
export function createRecorder({ dialect, database, placeholder, query }: RecorderOptions): Recorder {
  let recorded: Recorded[] = [];
  let holding: string | undefined;
  const append = (operation: Operation, held?: readonly Recorded[]): void => {
    recorded.push({ operation, origin: new Error("recorded here"), ...(held === undefined ? {} : { held }) });
  };
  /** What a function records. */
  const hold = (kind: string, record: () => unknown): readonly Recorded[] => {
    const outer = { recorded, holding };
    recorded = [];
    holding = kind;
    try {
      const result = record();
      if (result instanceof Promise) {
        result.catch(() => undefined);
        throw invalid(kind, "its function is async, and it is not waited for");
      }
      return recorded;
    } finally {
      ({ recorded, holding } = outer);
    }
  };
  const methods = Object.fromEntries(
    [...Object.entries(OPERATIONS), ...customTypes().map((type) => [type.kind, type] as const)].map(([name, type]) => [
      name,
      (...args: readonly unknown[]): void =>
        append((type.create as (...args: readonly unknown[]) => Operation)(...args)),
    ]),
  );
  const op = {
    ...methods,
    dialect,
    database: database ?? null,
    query: (sql: string, params: readonly SqlValue[] = []) => {
      if (holding !== undefined) throw invalid(holding, "op.query is not for inside of its function: ask before it");
      return query(sql, params);
    },
    sql: (strings: TemplateStringsArray, ...params: readonly SqlValue[]): void => {
      const missing = params.findIndex((value) => value === undefined);
      if (missing >= 0) throw invalid("sql", `value ${missing + 1} is undefined: write null for NULL`);
      const sql = strings.reduce((text, part, index) => text + placeholder(index) + part);
      append(OPERATIONS.execute.create(sql, params));
    },
    invoke: (operation: Operation): void => {
      if (typeof operation !== "object" || operation === null) {
        throw invalid("invoke", 'an operation is an object, as { kind: "dropTable", table: { name: "users" } }');
      }
      const type = typeOf(operation);
      type.create(...type.args(operation));
      append(operation);
    },
    autocommitBlock: (record: (op: Op) => unknown): void => {
      if (typeof record !== "function") throw invalid("autocommitBlock", "a function is missing, as (op) => { … }");
      const held = hold("autocommitBlock", () => record(op as unknown as Op));
      append(OPERATIONS.autocommitBlock.create(held.map(({ operation }) => operation)), held);
    },
    batchAlterTable: (table: Name, record: (batch: Batch) => unknown, options?: BatchOptions): void => {
      if (typeof record !== "function") throw invalid("batchAlterTable", "a function is missing, as (batch) => { … }");
      const held = hold("batchAlterTable", () => record(batch(table)));
      append(OPERATIONS.batchAlterTable.create(table, held.map(({ operation }) => operation), options), held);
    },
  };
  const batch = (table: Name): Batch =>
    Object.fromEntries(
      Object.entries(BATCH_OPERATIONS).map(([kind, place]) => {
        const create = OPERATIONS[kind as keyof Batch].create as (...args: readonly unknown[]) => Operation;
        return [kind, (...args: readonly unknown[]): void => append(create(...args.toSpliced(place, 0, table)))];
      }),
    ) as unknown as Batch;
  return {
    op: op as unknown as Op,
    add: (each) => {
      recorded.push(each);
    },
    take: () => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
  };
}
