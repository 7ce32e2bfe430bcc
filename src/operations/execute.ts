import type { SqlValue } from "../ddl/statement.ts";
import { invalid } from "./arguments.ts";
import type { OperationType } from "./operation.ts";

/** The data of `op.execute`. */
export interface Execute {
  readonly kind: "execute";
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

/**
 * Runs one SQL statement, with values for its placeholders (`$1` on PostgreSQL, `?` on SQLite).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.execute("update users set bio = '' where bio is null");
 * }
 * ```
 */
export const execute: OperationType<Execute, [sql: string, params?: readonly SqlValue[]]> = {
  kind: "execute",
  create(sql, params) {
    if (typeof sql !== "string" || sql.trim() === "") throw invalid("execute", "the SQL is empty");
    return params === undefined ? { kind: "execute", sql } : { kind: "execute", sql, params };
  },
  args: ({ sql, params }) => params === undefined ? [sql] : [sql, params],
  reverse: () => null,
  apply: (schema) => schema,
  compile: ({ sql, params }) => [params === undefined ? { sql } : { sql, params }],
};
