import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { ObjectRef, Trigger } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import type { DropTrigger } from "./drop_trigger.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** A trigger in parts, from which its statement is put together. */
export interface TriggerInput {
  readonly timing: "before" | "after" | "instead of";
  /** `"insert"`, `"update"`, `"update of name, email"`, `"delete"`, `"truncate"`. */
  readonly events: readonly string[];
  readonly forEach?: "row" | "statement";
  /** A condition, without the parentheses around it. */
  readonly when?: string;
  /** PostgreSQL: the call: `"touch()"`. */
  readonly execute?: string;
  /** SQLite: the statements between `BEGIN` and `END`. */
  readonly body?: string;
}

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

/** Always in double quotes, which every database reads alike. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function definitionOf(name: string, { name: table, schema }: ObjectName, input: TriggerInput): string {
  const { timing, events, forEach = "row", when, execute, body } = input;
  if (!Array.isArray(events) || events.length === 0) throw invalid("createTrigger", "the list of events is empty");
  if ((execute === undefined) === (body === undefined)) {
    throw invalid("createTrigger", "a trigger has either execute (PostgreSQL) or body (SQLite)");
  }
  return [
    `CREATE TRIGGER ${quoted(name)} ${timing.toUpperCase()} ${events.join(" OR ")}`,
    `ON ${schema === undefined ? "" : `${quoted(schema)}.`}${quoted(table)} FOR EACH ${forEach.toUpperCase()}`,
    ...(when === undefined ? [] : [`WHEN (${when})`]),
    execute === undefined ? `BEGIN\n${(body ?? "").trim().replace(/;?$/, ";")}\nEND` : `EXECUTE FUNCTION ${execute}`,
  ].join(" ");
}

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
  [name: string, table: Name, definition: string | TriggerInput]
> = {
  kind: "createTrigger",
  create(name, table, definition) {
    requireName("createTrigger", name);
    const on = toName("createTrigger", table);
    const text = typeof definition === "string"
      ? definition.trim().replace(/;$/, "")
      : definitionOf(name, on, definition);
    if (!/^create\s/i.test(text)) throw invalid("createTrigger", "the definition is a whole CREATE statement");
    const trigger = compact<Trigger>({ name, schema: on.schema, table: on.name, definition: text });
    return { kind: "createTrigger", trigger };
  },
  args: ({ trigger }) => [trigger.name, fromName(tableOfPart(trigger)), trigger.definition],
  reverse: ({ trigger }) => [
    data<DropTrigger>({ kind: "dropTrigger", name: trigger.name, table: tableOfPart(trigger) }),
  ],
  apply: (schema, { trigger }) => ({ ...schema, triggers: put("createTrigger", triggersOf(schema), trigger) }),
  compile: ({ trigger }) => [statement(trigger.definition)],
};
