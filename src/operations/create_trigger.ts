import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { ObjectRef, Trigger } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, type Name, requireName, toName } from "./arguments.ts";
import { isReplacing, toDefinition } from "./definition.ts";
import type { DropTrigger } from "./drop_trigger.ts";
import { type Listed, lookUp, put } from "./listed.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";
import { triggerDefinition, type TriggerParts } from "./trigger_definition.ts";

/** The data of `op.createTrigger`. */
export interface CreateTrigger {
  readonly kind: "createTrigger";
  readonly trigger: Trigger;
}

/** The table of what belongs to one. */
export function tableOfPart({ table, schema }: { readonly table: string; readonly schema?: string }): ObjectName {
  return schema === undefined ? { name: table } : { name: table, schema };
}

/** The ref to a trigger. */
export const triggerRef = (trigger: Pick<Trigger, "name" | "table" | "schema">): ObjectRef =>
  refIn("trigger", tableOfPart(trigger), trigger.name);

/** The triggers of a schema. */
export const triggersOf = ({ triggers }: Schema): Listed<Trigger> => ({ list: triggers, ref: triggerRef });

/**
 * Makes a trigger.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createTrigger("users_touch", "users", { timing: "before", events: ["update"], execute: "touch()" });
 *   op.createTrigger("users_log", "users", "CREATE TRIGGER users_log AFTER DELETE ON users EXECUTE FUNCTION log()");
 * }
 * ```
 */
export const createTrigger: OperationType<
  CreateTrigger,
  [name: string, table: Name, definition: string | TriggerParts]
> = {
  kind: "createTrigger",
  create(name, table, definition) {
    requireName("createTrigger", name);
    const on = toName("createTrigger", table);
    const text = typeof definition === "object" && definition !== null
      ? triggerDefinition(name, on, definition)
      : toDefinition("createTrigger", definition, /(?:constraint\s+|temp\s+|temporary\s+)?trigger\s/i);
    const trigger = compact<Trigger>({ name, schema: on.schema, table: on.name, definition: text });
    return { kind: "createTrigger", trigger };
  },
  args: ({ trigger }) => [trigger.name, fromName(tableOfPart(trigger)), trigger.definition],
  reverse({ trigger }, before): readonly AnyOperation[] {
    const drop = data<DropTrigger>({ kind: "dropTrigger", name: trigger.name, table: tableOfPart(trigger) });
    const old = lookUp(triggersOf(before), triggerRef(trigger));
    return old === undefined ? [drop] : [drop, data<CreateTrigger>({ kind: "createTrigger", trigger: old })];
  },
  apply: (schema, { trigger }) => ({
    ...schema,
    triggers: put("createTrigger", triggersOf(schema), trigger, isReplacing(trigger.definition)),
  }),
  compile: ({ trigger }) => [statement(trigger.definition)],
};
