import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { Trigger } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, type Name, requireName, toName } from "./arguments.ts";
import { triggersOf } from "./create_trigger.ts";
import type { DisableTrigger } from "./disable_trigger.ts";
import { edited, lookUp, withOptions } from "./listed.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";

/** What `op.enableTrigger` takes beside name and table. */
export interface EnableTriggerOptions {
  /** Fire on replicas only, or everywhere; left out means on origins, as a new trigger does. */
  readonly mode?: "replica" | "always";
}

/** The data of `op.enableTrigger`. */
export interface EnableTrigger extends EnableTriggerOptions {
  readonly kind: "enableTrigger";
  readonly name: string;
  readonly table: ObjectName;
}

/** The operations that let a new trigger fire when another one does. */
export function firing(name: string, table: ObjectName, enabled: Trigger["enabled"]): readonly AnyOperation[] {
  if (enabled === undefined) return [];
  if (enabled === "disabled") return [data<DisableTrigger>({ kind: "disableTrigger", name, table })];
  return [data<EnableTrigger>({ kind: "enableTrigger", name, table, mode: enabled })];
}

/** The schema with a trigger that fires at other times. */
export function withFiring(
  kind: string,
  schema: Schema,
  { name, table }: { readonly name: string; readonly table: ObjectName },
  enabled: Trigger["enabled"],
): Schema {
  const triggers = edited(
    kind,
    triggersOf(schema),
    refIn("trigger", table, name),
    ({ enabled: _, ...trigger }) => compact<Trigger>({ ...trigger, enabled }),
  );
  return { ...schema, triggers };
}

/** The operations that let a trigger fire as it did before. */
export function reverseFiring(
  { name, table }: { readonly name: string; readonly table: ObjectName },
  before: Schema,
): readonly AnyOperation[] | null {
  const old = lookUp(triggersOf(before), refIn("trigger", table, name));
  if (old === undefined) return null;
  return old.enabled === undefined
    ? [data<EnableTrigger>({ kind: "enableTrigger", name, table })]
    : firing(name, table, old.enabled);
}

/**
 * Lets a trigger fire (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.enableTrigger("users_touch", "users");
 * }
 * ```
 */
export const enableTrigger: OperationType<
  EnableTrigger,
  [name: string, table: Name, options?: EnableTriggerOptions]
> = {
  kind: "enableTrigger",
  create(name, table, { mode } = {}) {
    requireName("enableTrigger", name);
    return compact<EnableTrigger>({ kind: "enableTrigger", name, table: toName("enableTrigger", table), mode });
  },
  args: ({ name, table, mode }) =>
    withOptions([name, fromName(table)] as const, compact<EnableTriggerOptions>({ mode })),
  reverse: (operation, before) => reverseFiring(operation, before),
  apply: (schema, operation) => withFiring("enableTrigger", schema, operation, operation.mode),
  compile: ({ name, table, mode }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} ENABLE ${mode === undefined ? "" : `${mode.toUpperCase()} `}TRIGGER ${
        writer.identifier(name)
      }`,
    ),
  ],
};
