import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { View } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name } from "./arguments.ts";
import { toView, type ViewOptions, viewsOf, viewSql } from "./create_view.ts";
import { edited, lookUp, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.replaceView`. */
export interface ReplaceView {
  readonly kind: "replaceView";
  readonly view: View;
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
  reverse({ view }, before) {
    const old = lookUp(viewsOf(before), refTo("view", view));
    return old === undefined ? null : [data<ReplaceView>({ kind: "replaceView", view: old })];
  },
  apply: (schema, { view }) => ({
    ...schema,
    views: edited("replaceView", viewsOf(schema), refTo("view", view), () => view),
  }),
  compile: ({ view }, { writer, before }) => {
    const old = lookUp(viewsOf(before), refTo("view", view));
    const reset = Object.keys(old?.with ?? {}).filter((name) => view.with?.[name] === undefined);
    return [
      statement(`CREATE OR REPLACE VIEW ${viewSql(writer, view)}`),
      ...(reset.length === 0 ? [] : [
        statement(
          `ALTER VIEW ${writer.name(nameOf(view))} RESET (${reset.map((name) => writer.identifier(name)).join(", ")})`,
        ),
      ]),
    ];
  },
};
