import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { ObjectRef, OtherObject } from "../schema/objects.ts";
import { invalid, requireName, requireSql } from "./arguments.ts";
import { toDefinition } from "./definition.ts";
import type { DropObject } from "./drop_object.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.createObject`. */
export interface CreateObject {
  readonly kind: "createObject";
  readonly object: OtherObject;
}

/** The ref to an object that is known by its text. */
export function objectRef({ name, schema, table, type }: Omit<OtherObject, "definition" | "drop">): ObjectRef {
  return compact<ObjectRef>({ kind: "object", name, schema, table, type });
}

/** The objects of a schema that are known by their text. */
export const objectsOf = ({ objects }: Schema): Listed<OtherObject & ObjectName> => ({ list: objects, ref: objectRef });

/** Throws `OPERATION_INVALID` unless an object says how it is made and dropped. */
export function requireObject(kind: string, object: OtherObject): void {
  requireName(kind, object?.name);
  for (const field of ["type", "definition", "drop"] as const) {
    if (typeof object[field] !== "string") throw invalid(kind, `the object "${object.name}" has no ${field}`);
  }
  toDefinition(kind, object.definition);
  requireSql(kind, "the statement that drops it", object.drop);
}

/**
 * Makes an object that limbeck has no operation for, by its own statement, and knows how to take it back.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createObject({
 *     type: "statistics",
 *     name: "orders_dates",
 *     definition: "CREATE STATISTICS orders_dates ON ordered, shipped FROM orders",
 *     drop: "DROP STATISTICS orders_dates",
 *   });
 * }
 * ```
 */
export const createObject: OperationType<CreateObject, [object: OtherObject]> = {
  kind: "createObject",
  create(object) {
    requireObject("createObject", object);
    return { kind: "createObject", object };
  },
  args: ({ object }) => [object],
  reverse: ({ object }) => [data<DropObject>({ kind: "dropObject", object })],
  apply: (schema, { object }) => ({ ...schema, objects: put("createObject", objectsOf(schema), object) }),
  compile: ({ object }) => [statement(object.definition)],
};
