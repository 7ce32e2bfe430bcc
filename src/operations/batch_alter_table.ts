import { sameName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { AnyOperation, OperationType } from "./operation.ts";

/** The operations of a batch, each with the place that the table has among its arguments: there it is left out. */
export const BATCH_OPERATIONS = {
  addColumn: 0,
  alterColumn: 0,
  createCheckConstraint: 1,
  createForeignKey: 1,
  createIndex: 1,
  createPrimaryKey: 1,
  createUniqueConstraint: 1,
  dropColumn: 0,
  dropConstraint: 1,
  dropIndex: 1,
  renameColumn: 0,
} as const;

/** What `op.batchAlterTable` takes beside the table and the function. */
export interface BatchOptions {
  /**
   * Whether SQLite makes the table anew: where it has to (`"auto"`), in any case, or never, which is an error where it
   * would have to. Left out means `"auto"`. PostgreSQL alters the table, whatever is said.
   */
  readonly recreate?: "auto" | "always" | "never";
}

/** The data of `op.batchAlterTable`. */
export interface BatchAlterTable extends BatchOptions {
  readonly kind: "batchAlterTable";
  readonly table: ObjectName;
  readonly operations: readonly AnyOperation[];
}

interface OnTable extends AnyOperation {
  readonly table: ObjectName;
}

const isForBatch = (operation: AnyOperation): operation is OnTable => Object.hasOwn(BATCH_OPERATIONS, operation.kind);

const tableAt = ({ kind }: AnyOperation): number => BATCH_OPERATIONS[kind as keyof typeof BATCH_OPERATIONS];

/** A list with the neighbouring changes of one table put together, each in a batch: what `renderAsBatch` asks for. */
export function inBatches<O extends AnyOperation>(operations: readonly O[]): readonly (O | BatchAlterTable)[] {
  const found: (O | (BatchAlterTable & { readonly operations: AnyOperation[] }))[] = [];
  for (const operation of operations) {
    const last = found.at(-1);
    if (!isForBatch(operation)) found.push(operation);
    else if (last !== undefined && isBatch(last) && sameName(last.table, operation.table)) {
      last.operations.push(operation);
    } else found.push({ kind: "batchAlterTable", table: operation.table, operations: [operation] });
  }
  return found;
}

function isBatch(operation: AnyOperation): operation is BatchAlterTable & { readonly operations: AnyOperation[] } {
  return operation.kind === "batchAlterTable";
}

/**
 * Changes one table in several ways at once: the function's `batch` has the operations on a table, without its name. On
 * SQLite what `ALTER TABLE` cannot do is one rebuild of the table (a column that gets a new name ends it: what follows is
 * another one); on PostgreSQL each is a statement, as without a batch.
 *
 * As [Alembic's](https://alembic.sqlalchemy.org/en/latest/batch.html) `batch_alter_table`. Neighbouring changes of one
 * table are one rebuild also without it.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.batchAlterTable("users", (batch) => {
 *     batch.addColumn({ name: "bio", type: "text" });
 *     batch.alterColumn("email", { nullable: false });
 *     batch.createUniqueConstraint("users_email_key", ["email"]);
 *   });
 * }
 * ```
 */
export const batchAlterTable: OperationType<
  BatchAlterTable,
  [table: Name, operations: readonly AnyOperation[], options?: BatchOptions]
> = {
  kind: "batchAlterTable",
  create(name, operations, { recreate } = {}) {
    const table = toName("batchAlterTable", name);
    if (recreate !== undefined && !["auto", "always", "never"].includes(recreate)) {
      throw invalid("batchAlterTable", `recreate is "auto", "always" or "never", not "${recreate}"`);
    }
    const foreign = operations.find((each) => !isForBatch(each) || !sameName(each.table, table));
    if (foreign !== undefined) throw invalid("batchAlterTable", `op.${foreign.kind} is no change of its table`);
    return { kind: "batchAlterTable", table, operations, ...(recreate === undefined ? {} : { recreate }) };
  },
  args: ({ table, operations, recreate }) =>
    recreate === undefined ? [fromName(table), operations] : [fromName(table), operations, { recreate }],
  block: ({ table, operations, recreate }) => ({
    before: [fromName(table)],
    parameter: "batch",
    operations,
    argsOf: (operation, args) => args.toSpliced(tableAt(operation), 1),
    after: recreate === undefined ? [] : [{ recreate }],
  }),
  // Of what it holds, the registry takes care.
  reverse: () => null,
  apply: (schema) => schema,
  compile: () => [],
};
