import { statement } from "../ddl/statement.ts";
import type { ObjectName } from "../schema/model.ts";
import { compact } from "../schema/edit.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { OperationType } from "./operation.ts";

/** What is built anew: one index, or all of a table. */
export type ReindexTarget = "index" | "table";

/** How `op.reindex` builds. */
export interface ReindexOptions {
  /** Without blocking writes; runs outside a transaction (PostgreSQL). */
  readonly concurrently?: boolean;
}

/** The data of `op.reindex`. */
export interface Reindex extends ReindexOptions {
  readonly kind: "reindex";
  readonly target: ReindexTarget;
  readonly name: ObjectName;
}

/**
 * Builds an index, or every index of a table, anew.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.reindex("index", "posts_slug_idx", { concurrently: true });
 * }
 * ```
 */
export const reindex: OperationType<Reindex, [target: ReindexTarget, name: Name, options?: ReindexOptions]> = {
  kind: "reindex",
  create(target, name, { concurrently } = {}) {
    if (target !== "index" && target !== "table") {
      throw invalid("reindex", `"${String(target)}" is neither "index" nor "table"`);
    }
    return compact<Reindex>({ kind: "reindex", target, name: toName("reindex", name), concurrently });
  },
  args: ({ target, name, concurrently }) =>
    concurrently === undefined ? [target, fromName(name)] : [target, fromName(name), { concurrently }],
  reverse: () => [],
  apply: (schema) => schema,
  compile({ target, name, concurrently }, { writer }) {
    const sql = `REINDEX ${target.toUpperCase()} ${concurrently ? "CONCURRENTLY " : ""}${writer.name(name)}`;
    return [concurrently ? { sql, transactional: false } : statement(sql)];
  },
};
