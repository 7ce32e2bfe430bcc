import { statement } from "../ddl/statement.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, type Name, requireName, toName } from "./arguments.ts";
import { reverseFiring, withFiring } from "./enable_trigger.ts";
import type { OperationType } from "./operation.ts";

/** The data of `op.disableTrigger`. */
export interface DisableTrigger {
  readonly kind: "disableTrigger";
  readonly name: string;
  readonly table: ObjectName;
}

/**
 * Keeps a trigger from firing (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.disableTrigger("users_touch", "users");
 * }
 * ```
 */
export const disableTrigger: OperationType<DisableTrigger, [name: string, table: Name]> = {
  kind: "disableTrigger",
  create(name, table) {
    requireName("disableTrigger", name);
    return { kind: "disableTrigger", name, table: toName("disableTrigger", table) };
  },
  args: ({ name, table }) => [name, fromName(table)],
  reverse: (operation, before) => reverseFiring(operation, before),
  apply: (schema, operation) => withFiring("disableTrigger", schema, operation, "disabled"),
  compile: ({ name, table }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} DISABLE TRIGGER ${writer.identifier(name)}`),
  ],
};
