import { LimbeckError } from "../errors.ts";
import { compact, displayName, findNamed, withNamed } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { EnumType } from "../schema/objects.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { requireValues } from "./create_enum.ts";
import { data, type OperationType } from "./operation.ts";
import { withValue } from "./rename_enum_value.ts";

/** The data of `op.alterEnum`. */
export interface AlterEnum {
  readonly kind: "alterEnum";
  readonly type: ObjectName;
  /** The new list of values. */
  readonly values: readonly string[];
  /** What becomes of a removed value. */
  readonly map?: { readonly [removed: string]: string };
}

/** What `op.alterEnum` takes beside name and values. */
export interface AlterEnumOptions {
  /** What rows, defaults and conditions that have a removed value get in its place: `{ archived: "draft" }`. */
  readonly map?: { readonly [removed: string]: string };
}

function requireMap(values: readonly string[], map: AlterEnumOptions["map"] = {}): void {
  for (const [from, to] of Object.entries(map)) {
    if (values.includes(from)) throw invalid("alterEnum", `"${from}" is mapped, and is not removed`);
    if (!values.includes(to)) throw invalid("alterEnum", `"${from}" is mapped to "${to}", which is no value`);
  }
}

/** The schema in which every removed value that is mapped is written as the other one; the enum itself is unchanged. */
export function mapped(schema: Schema, { type, map = {} }: AlterEnum): Schema {
  return Object.entries(map).reduce((left, [from, to]) => withValue(left, type, from, to), schema);
}

/**
 * Gives an enumerated type another list of values (PostgreSQL): removes, reorders and adds, through a new type that
 * every column that uses it is moved to. Fails, and changes nothing, where a row holds a value that is removed, unless
 * `map` says what becomes of it.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterEnum("post_status", ["draft", "published"], { map: { archived: "published" } });
 * }
 * ```
 */
export const alterEnum: OperationType<AlterEnum, [name: Name, values: readonly string[], options?: AlterEnumOptions]> =
  {
    kind: "alterEnum",
    create(name, values, { map } = {}) {
      requireValues("alterEnum", values);
      requireMap(values, map);
      return compact<AlterEnum>({ kind: "alterEnum", type: toName("alterEnum", name), values, map });
    },
    args: ({ type, values, map }) => map === undefined ? [fromName(type), values] : [fromName(type), values, { map }],
    reverse({ type }, before) {
      const found = findNamed(before.enums, type);
      return found === undefined ? null : [data<AlterEnum>({ kind: "alterEnum", type, values: found.values })];
    },
    apply(schema, operation) {
      const { type, values, map = {} } = operation;
      const found = findNamed(schema.enums, type);
      if (found === undefined) throw invalid("alterEnum", `there is no enum "${displayName(type)}"`);
      const unknown = Object.keys(map).find((value) => !found.values.includes(value));
      if (unknown !== undefined) throw invalid("alterEnum", `"${displayName(type)}" has no value "${unknown}"`);
      return { ...mapped(schema, operation), enums: withNamed<EnumType>(schema.enums, { ...type, values }) };
    },
    compile() {
      throw new LimbeckError("UNSUPPORTED", "op.alterEnum is written by a dialect that has enumerated types");
    },
  };
