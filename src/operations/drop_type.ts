import { statement } from "../ddl/statement.ts";
import { compact, displayName, findNamed, withoutNamed } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { CreateCompositeType } from "./create_composite_type.ts";
import type { CreateEnum } from "./create_enum.ts";
import { type DropOptions, dropSql, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";

/** The data of `op.dropType`. */
export interface DropType extends DropOptions {
  readonly kind: "dropType";
  readonly type: ObjectName;
}

/** The operation that makes a composite or enumerated type as it is; undefined where there is none. */
function createOf(schema: Schema, type: ObjectName): AnyOperation | undefined {
  const compositeType = findNamed(schema.compositeTypes, type);
  if (compositeType !== undefined) return data<CreateCompositeType>({ kind: "createCompositeType", compositeType });
  const found = findNamed(schema.enums, type);
  return found === undefined ? undefined : data<CreateEnum>({ kind: "createEnum", type, values: found.values });
}

/**
 * Drops a composite type, or an enumerated one, that nothing uses any more (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropType("money_amount");
 * }
 * ```
 */
export const dropType: OperationType<DropType, [name: Name, options?: DropOptions]> = {
  kind: "dropType",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropType>({ kind: "dropType", type: toName("dropType", name), ifExists, cascade }),
  args: ({ type, ifExists, cascade }) =>
    withOptions([fromName(type)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ type }, before) {
    const create = createOf(before, type);
    return create === undefined ? null : [create, ...saidAgain(before, refTo("type", type))];
  },
  apply(schema, { type, ifExists }) {
    if (createOf(schema, type) === undefined && !ifExists) {
      throw invalid("dropType", `there is no type "${displayName(type)}"`);
    }
    return {
      ...forgotten(schema, refTo("type", type)),
      compositeTypes: withoutNamed(schema.compositeTypes, type),
      enums: withoutNamed(schema.enums, type),
    };
  },
  compile({ type, ...options }, { writer }) {
    const hazard = { kind: "deletesData", reason: "Every column of the type is dropped" } as const;
    return [statement(dropSql("TYPE", writer.name(type), options), options.cascade ? [hazard] : [])];
  },
};
