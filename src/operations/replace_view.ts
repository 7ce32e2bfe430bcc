import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { View } from "../schema/objects.ts";
import { refKey, refTo } from "../schema/refs.ts";
import { fromName, type Name } from "./arguments.ts";
import { type CreateView, toView, type ViewOptions, viewsOf, viewSql } from "./create_view.ts";
import type { DropView } from "./drop_view.ts";
import { edited, lookUp, withOptions } from "./listed.ts";
import { saidAgain } from "./object_refs.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";

/** The data of `op.replaceView`. */
export interface ReplaceView {
  readonly kind: "replaceView";
  readonly view: View;
}

/**
 * The way back. A column that was added can only go with the view itself, so it is made again where nothing needs it.
 */
function reverse({ view }: ReplaceView, before: Schema): readonly AnyOperation[] | null {
  const old = lookUp(viewsOf(before), refTo("view", view));
  if (old === undefined) return null;
  const ref = refTo("view", view);
  const isNeeded = before.dependencies.some(({ on }) => refKey(on) === refKey(ref));
  if (isNeeded) return [data<ReplaceView>({ kind: "replaceView", view: old })];
  return [
    data<DropView>({ kind: "dropView", view: nameOf(view) }),
    data<CreateView>({ kind: "createView", view: old }),
    ...saidAgain(before, ref),
  ];
}

/**
 * Gives a view another query. On PostgreSQL it stays in place, so its columns may only grow at the end; on SQLite it is
 * dropped and made again.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.replaceView("active_users", "select id, name, email from users where active");
 * }
 * ```
 */
export const replaceView: OperationType<ReplaceView, [name: Name, query: string, options?: ViewOptions]> = {
  kind: "replaceView",
  create: (name, query, options) => ({ kind: "replaceView", view: toView("replaceView", name, query, options) }),
  args: ({ view }) =>
    withOptions(
      [fromName(view), view.query] as const,
      compact<ViewOptions>({ columns: view.columns, with: view.with }),
    ),
  reverse,
  apply: (schema, { view }) => ({
    ...schema,
    views: edited("replaceView", viewsOf(schema), refTo("view", view), () => view),
  }),
  // Options that are not named here are taken away by the same statement.
  compile: ({ view }, { writer }) => [statement(`CREATE OR REPLACE VIEW ${viewSql(writer, view)}`)],
};
