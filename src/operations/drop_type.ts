import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { compositeTypesOf, type CreateCompositeType } from "./create_composite_type.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropType`. */
export interface DropType extends DropOptions {
  readonly kind: "dropType";
  readonly type: ObjectName;
}

/**
 * Drops a composite type (PostgreSQL). For an enum there is `op.dropEnum`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropType("address");
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
    const old = lookUp(compositeTypesOf(before), refTo("type", type));
    return old === undefined ? null : [data<CreateCompositeType>({ kind: "createCompositeType", compositeType: old })];
  },
  apply: (schema, { type, ifExists }) => ({
    ...schema,
    compositeTypes: takeOut("dropType", compositeTypesOf(schema), refTo("type", type), ifExists),
  }),
  compile: ({ type, ...options }, { writer }) => [statement(dropSql("TYPE", writer.name(type), options))],
};
