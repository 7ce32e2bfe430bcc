/**
 * What an operation is: one change of a database, as plain data, and the five functions that a kind of operation has.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import type { Schema } from "../schema/model.ts";

/** One change, as plain data: what `op.addColumn(…)` appends, what autogenerate finds. */
export interface AnyOperation {
  readonly kind: string;
}

/**
 * The operation itself: gives a literal the type of its kind where only {@linkcode AnyOperation} is asked for.
 *
 * @param operation the operation
 */
export function data<O extends AnyOperation>(operation: O): O {
  return operation;
}

/** What an operation may know when it is written as SQL. */
export interface CompileContext {
  readonly writer: SqlWriter;
  /**
   * What the tables and types that the operation concerns look like just before it. Given to the operations for which
   * the dialect's `needsSchema` says so, and, where a database can be read, for which its `usesSchema` does.
   */
  readonly before: Schema;
  /** Whether the statements are run on a connection of limbeck's own, which may do more than what a script is run by. */
  readonly connected?: boolean;
}

/** How an operation that holds others is written: as a call with a function, in whose body they are. */
export interface Block {
  /** The arguments before the function. */
  readonly before: readonly unknown[];
  /** What the function calls the thing that records: `op`. */
  readonly parameter: string;
  readonly operations: readonly AnyOperation[];
  /** What one of them is called with there. */
  argsOf(operation: AnyOperation, args: readonly unknown[]): readonly unknown[];
  /** The arguments behind the function. */
  readonly after: readonly unknown[];
}

/** What an operation that holds others has. */
export interface Compound extends AnyOperation {
  readonly operations: readonly AnyOperation[];
}

/**
 * A kind of operation: one file that exports one of these, and one line in the registry.
 *
 * @typeParam O the operation's data
 * @typeParam A what `op.kind(…)` takes
 */
export interface OperationType<O extends AnyOperation, A extends readonly unknown[]> {
  readonly kind: O["kind"];
  /** Makes the operation from what the user wrote. Throws `OPERATION_INVALID` for what can never be right. */
  create(...args: A): O;
  /** What `create` has to be given to make this operation again: how it is rendered. */
  args(operation: O): A;
  /** Only for one that holds others (see {@linkcode Compound}): how it is rendered instead. */
  block?(operation: O): Block;
  /**
   * The operations that take it back, in order; null where none can (raw SQL).
   *
   * @param before the schema before the operation: what is dropped is found there
   */
  reverse(operation: O, before: Schema): readonly AnyOperation[] | null;
  /** The schema after the operation. Throws `OPERATION_INVALID` where that cannot be (a column that is not there). */
  apply(schema: Schema, operation: O): Schema;
  /** The default SQL; a dialect that writes it otherwise overrides it. */
  compile(operation: O, context: CompileContext): readonly Statement[];
}
