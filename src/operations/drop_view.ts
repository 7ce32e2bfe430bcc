import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { type CreateView, viewsOf } from "./create_view.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropView`. */
export interface DropView extends DropOptions {
  readonly kind: "dropView";
  readonly view: ObjectName;
}

/**
 * Drops a view.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropView("active_users");
 * }
 * ```
 */
export const dropView: OperationType<DropView, [name: Name, options?: DropOptions]> = {
  kind: "dropView",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropView>({ kind: "dropView", view: toName("dropView", name), ifExists, cascade }),
  args: ({ view, ifExists, cascade }) =>
    withOptions([fromName(view)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ view }, before) {
    const old = lookUp(viewsOf(before), refTo("view", view));
    return old === undefined
      ? null
      : [data<CreateView>({ kind: "createView", view: old }), ...saidAgain(before, refTo("view", view))];
  },
  apply: (schema, { view, ifExists }) => ({
    ...forgotten(schema, refTo("view", view)),
    views: takeOut("dropView", viewsOf(schema), refTo("view", view), ifExists),
  }),
  compile: ({ view, ...options }, { writer }) => [statement(dropSql("VIEW", writer.name(view), options))],
};
