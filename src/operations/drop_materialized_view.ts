import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import type { CreateMaterializedView } from "./create_materialized_view.ts";
import { viewsOf } from "./create_view.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropMaterializedView`. */
export interface DropMaterializedView extends DropOptions {
  readonly kind: "dropMaterializedView";
  readonly view: ObjectName;
}

/**
 * Drops a materialized view (PostgreSQL), with its indexes.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropMaterializedView("post_counts");
 * }
 * ```
 */
export const dropMaterializedView: OperationType<DropMaterializedView, [name: Name, options?: DropOptions]> = {
  kind: "dropMaterializedView",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropMaterializedView>({
      kind: "dropMaterializedView",
      view: toName("dropMaterializedView", name),
      ifExists,
      cascade,
    }),
  args: ({ view, ifExists, cascade }) =>
    withOptions([fromName(view)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ view }, before) {
    const old = lookUp(viewsOf(before), refTo("materializedView", view));
    return old === undefined ? null : [
      data<CreateMaterializedView>({ kind: "createMaterializedView", view: old }),
      ...saidAgain(before, refTo("materializedView", view)),
    ];
  },
  apply: (schema, { view, ifExists }) => ({
    ...forgotten(schema, refTo("materializedView", view)),
    views: takeOut("dropMaterializedView", viewsOf(schema), refTo("materializedView", view), ifExists),
  }),
  compile: ({ view, ...options }, { writer }) => [statement(dropSql("MATERIALIZED VIEW", writer.name(view), options))],
};
