import { LimbeckError } from "../errors.ts";
import { displayName, findNamed, withNamed } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { EnumType } from "../schema/objects.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { requireValues } from "./create_enum.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.alterEnum`. */
export interface AlterEnum {
  readonly kind: "alterEnum";
  readonly type: ObjectName;
  /** The new list of values. */
  readonly values: readonly string[];
}

/**
 * Gives an enumerated type another list of values (PostgreSQL): removes, reorders and adds, through a new type that
 * every column that uses it is moved to. Fails, and changes nothing, where a row holds a value that is removed.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterEnum("post_status", ["draft", "published"]);
 * }
 * ```
 */
export const alterEnum: OperationType<AlterEnum, [name: Name, values: readonly string[]]> = {
  kind: "alterEnum",
  create(name, values) {
    requireValues("alterEnum", values);
    return { kind: "alterEnum", type: toName("alterEnum", name), values };
  },
  args: ({ type, values }) => [fromName(type), values],
  reverse({ type }, before) {
    const found = findNamed(before.enums, type);
    return found === undefined ? null : [data<AlterEnum>({ kind: "alterEnum", type, values: found.values })];
  },
  apply(schema, { type, values }) {
    if (findNamed(schema.enums, type) === undefined) {
      throw invalid("alterEnum", `there is no enum "${displayName(type)}"`);
    }
    return { ...schema, enums: withNamed<EnumType>(schema.enums, { ...type, values }) };
  },
  compile() {
    throw new LimbeckError("UNSUPPORTED", "op.alterEnum is written by a dialect that has enumerated types");
  },
};
