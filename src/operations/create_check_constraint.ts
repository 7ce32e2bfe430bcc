import { checkDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { CheckConstraint, ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, requireFreeName, requireSql, tableOf, toName } from "./arguments.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createCheckConstraint` takes beside name, table and condition. */
export type CheckConstraintOptions = Omit<CheckConstraint, "name" | "expression">;

/** The data of `op.createCheckConstraint`. */
export interface CreateCheckConstraint {
  readonly kind: "createCheckConstraint";
  readonly table: ObjectName;
  readonly check: CheckConstraint;
}

/**
 * Adds a check constraint. A null name leaves the naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createCheckConstraint("products_price_positive", "products", "price > 0");
 * }
 * ```
 */
export const createCheckConstraint: OperationType<
  CreateCheckConstraint,
  [name: string | null, table: Name, condition: string, options?: CheckConstraintOptions]
> = {
  kind: "createCheckConstraint",
  create(name, table, condition, options = {}) {
    if (typeof condition !== "string" || condition.trim() === "") {
      throw invalid("createCheckConstraint", "the condition is empty");
    }
    requireSql("createCheckConstraint", "the condition", condition);
    return {
      kind: "createCheckConstraint",
      table: toName("createCheckConstraint", table),
      check: compact<CheckConstraint>({ name: name ?? undefined, expression: condition, ...options }),
    };
  },
  args({ table, check: { name, expression, ...options } }) {
    const args = [name ?? null, fromName(table), expression] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, check: { name, expression } }) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: name ?? null,
      type: "check",
      ...(name === undefined ? { expression } : {}),
    }),
  ],
  apply(schema, { table, check }) {
    requireFreeName("createCheckConstraint", tableOf(schema, table, "createCheckConstraint"), check.name);
    return editTable(schema, table, (found) => ({ ...found, checks: [...found.checks, check] }));
  },
  compile: ({ table, check }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} ADD ${checkDefinition(writer, check)}`,
      check.notValid || check.notEnforced ? [] : [{
        kind: "mayFail",
        reason: `"${displayName(table)}" may have rows for which ${check.expression} is false`,
      }],
    ),
  ],
};
