import { statement } from "../ddl/statement.ts";
import type { OtherObject } from "../schema/objects.ts";
import { type CreateObject, objectRef, objectsOf, requireObject } from "./create_object.ts";
import { takeOut } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropObject`. */
export interface DropObject {
  readonly kind: "dropObject";
  readonly object: OtherObject;
}

/**
 * Drops an object that limbeck has no operation for, and knows how to make it again.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropObject({
 *     type: "statistics",
 *     name: "orders_dates",
 *     definition: "CREATE STATISTICS orders_dates ON ordered, shipped FROM orders",
 *     drop: "DROP STATISTICS orders_dates",
 *   });
 * }
 * ```
 */
export const dropObject: OperationType<DropObject, [object: OtherObject]> = {
  kind: "dropObject",
  create(object) {
    requireObject("dropObject", object);
    return { kind: "dropObject", object };
  },
  args: ({ object }) => [object],
  reverse: ({ object }, before) => [
    data<CreateObject>({ kind: "createObject", object }),
    ...saidAgain(before, objectRef(object)),
  ],
  apply: (schema, { object }) => ({
    ...forgotten(schema, objectRef(object)),
    objects: takeOut("dropObject", objectsOf(schema), objectRef(object)),
  }),
  compile: ({ object }) => [statement(object.drop)],
};
