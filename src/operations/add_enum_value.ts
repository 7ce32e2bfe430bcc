import { compact, displayName, findNamed, withNamed } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { AlterEnum } from "./alter_enum.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** Where `op.addEnumValue` puts the value; left out means at the end. */
export interface AddEnumValueOptions {
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

/** The data of `op.addEnumValue`. */
export interface AddEnumValue extends AddEnumValueOptions {
  readonly kind: "addEnumValue";
  readonly type: ObjectName;
  readonly value: string;
}

/**
 * Adds a value to an enumerated type (PostgreSQL). The new value can be used only after it is committed, so the
 * statement runs outside the revision's transaction: what was recorded before it is committed first.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.addEnumValue("post_status", "review", { before: "published" });
 * }
 * ```
 */
export const addEnumValue: OperationType<
  AddEnumValue,
  [name: Name, value: string, options?: AddEnumValueOptions]
> = {
  kind: "addEnumValue",
  create(name, value, options = {}) {
    if (typeof value !== "string") throw invalid("addEnumValue", "the value is no text");
    if (options.before !== undefined && options.after !== undefined) {
      throw invalid("addEnumValue", `"${value}" is put either before or after another value, not both`);
    }
    return {
      ...compact<AddEnumValueOptions>({ ...options }),
      kind: "addEnumValue",
      type: toName("addEnumValue", name),
      value,
    };
  },
  args({ kind: _, type, value, ...options }) {
    return Object.keys(options).length === 0 ? [fromName(type), value] : [fromName(type), value, options];
  },
  reverse({ type }, before) {
    const found = findNamed(before.enums, type);
    return found === undefined ? null : [data<AlterEnum>({ kind: "alterEnum", type, values: found.values })];
  },
  apply(schema, operation) {
    const { type, value } = operation;
    const found = findNamed(schema.enums, type);
    if (found === undefined) throw invalid("addEnumValue", `there is no enum "${displayName(type)}"`);
    if (found.values.includes(value)) {
      if (operation.ifNotExists) return schema;
      throw invalid("addEnumValue", `"${displayName(type)}" has a value "${value}" already`);
    }
    const neighbour = operation.before ?? operation.after;
    const at = neighbour === undefined ? found.values.length : found.values.indexOf(neighbour);
    if (at < 0) throw invalid("addEnumValue", `"${displayName(type)}" has no value "${neighbour}"`);
    const values = found.values.toSpliced(operation.after === undefined ? at : at + 1, 0, value);
    return { ...schema, enums: withNamed(schema.enums, { ...found, values }) };
  },
  compile({ type, value, before, after, ifNotExists }, { writer }) {
    const place = before !== undefined
      ? ` BEFORE ${writer.literal(before)}`
      : after !== undefined
      ? ` AFTER ${writer.literal(after)}`
      : "";
    const sql = `ALTER TYPE ${writer.name(type)} ADD VALUE ${ifNotExists ? "IF NOT EXISTS " : ""}`;
    return [{ sql: sql + writer.literal(value) + place, transactional: false }];
  },
};
