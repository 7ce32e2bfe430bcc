import { invalid } from "./arguments.ts";
import type { AnyOperation, OperationType } from "./operation.ts";

/** The data of `op.autocommitBlock`. */
export interface AutocommitBlock {
  readonly kind: "autocommitBlock";
  readonly operations: readonly AnyOperation[];
}

/** Operations that follow each other, in the revision's transaction or all of them outside of it. */
export interface Segment<O extends AnyOperation> {
  readonly autocommit: boolean;
  readonly operations: readonly O[];
}

/** Splits a list at its blocks, in order. */
export function segments<O extends AnyOperation>(operations: readonly O[]): readonly Segment<O>[] {
  const found: { readonly autocommit: boolean; readonly operations: O[] }[] = [];
  for (const operation of operations) {
    const autocommit = operation.kind === "autocommitBlock";
    const inner = autocommit ? (operation as unknown as AutocommitBlock).operations as readonly O[] : [operation];
    const last = found.at(-1);
    if (last === undefined || last.autocommit || autocommit) found.push({ autocommit, operations: [...inner] });
    else last.operations.push(...inner);
  }
  return found;
}

/**
 * Runs operations outside of the revision's transaction, for what a database does not do in one (`VACUUM`), or should not
 * do in a long one (`op.backfill`). What is before the block is committed, the block's statements are committed one by
 * one, and what follows runs in a new transaction, which also moves the version row. So a revision that fails in the
 * block or behind it is applied in part, and runs again from its beginning: write what is before the block so that it may
 * (`ifNotExists`), or put the block into a revision of its own.
 *
 * The function records, as `upgrade` does; `op.query` is not for inside of it.
 * As [Alembic's](https://alembic.sqlalchemy.org/en/latest/api/runtime.html) `autocommit_block`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.autocommitBlock((op) => {
 *     op.execute("VACUUM");
 *   });
 * }
 * ```
 */
export const autocommitBlock: OperationType<AutocommitBlock, [operations: readonly AnyOperation[]]> = {
  kind: "autocommitBlock",
  create(operations) {
    if (operations.some(({ kind }) => kind === "autocommitBlock")) {
      throw invalid("autocommitBlock", "it is in such a block already");
    }
    return { kind: "autocommitBlock", operations };
  },
  args: ({ operations }) => [operations],
  block: ({ operations }) => ({ before: [], parameter: "op", operations, argsOf: (_, args) => args, after: [] }),
  // Of what it holds, the registry takes care.
  reverse: () => null,
  apply: (schema) => schema,
  compile: () => [],
};
