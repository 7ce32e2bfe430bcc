import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, type Name, requireName, toName } from "./arguments.ts";
import { type CreateTrigger, triggersOf } from "./create_trigger.ts";
import { firing } from "./enable_trigger.ts";
import { type DropOptions, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropTrigger`. */
export interface DropTrigger extends DropOptions {
  readonly kind: "dropTrigger";
  readonly name: string;
  readonly table: ObjectName;
}

/**
 * Drops a trigger.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropTrigger("users_touch", "users");
 * }
 * ```
 */
export const dropTrigger: OperationType<DropTrigger, [name: string, table: Name, options?: DropOptions]> = {
  kind: "dropTrigger",
  create(name, table, { ifExists, cascade } = {}) {
    requireName("dropTrigger", name);
    return compact<DropTrigger>({ kind: "dropTrigger", name, table: toName("dropTrigger", table), ifExists, cascade });
  },
  args: ({ name, table, ifExists, cascade }) =>
    withOptions([name, fromName(table)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ name, table }, before) {
    const old = lookUp(triggersOf(before), refIn("trigger", table, name));
    if (old === undefined) return null;
    const { enabled, ...trigger } = old;
    return [
      data<CreateTrigger>({ kind: "createTrigger", trigger }),
      ...firing(name, table, enabled),
      ...saidAgain(before, refIn("trigger", table, name)),
    ];
  },
  apply: (schema, { name, table, ifExists }) => ({
    ...forgotten(schema, refIn("trigger", table, name)),
    triggers: takeOut("dropTrigger", triggersOf(schema), refIn("trigger", table, name), ifExists),
  }),
  compile: ({ name, table, ifExists, cascade }, { writer }) => [
    statement(
      `DROP TRIGGER ${ifExists ? "IF EXISTS " : ""}${writer.identifier(name)} ON ${writer.name(table)}${
        cascade ? " CASCADE" : ""
      }`,
    ),
  ],
};
