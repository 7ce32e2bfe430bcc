import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { ObjectRef, View } from "../schema/objects.ts";
import { ownersOf, refKey, refTo } from "../schema/refs.ts";
import { fromName, type Name } from "./arguments.ts";
import { type CreateView, toView, type ViewOptions, viewsOf, viewSql } from "./create_view.ts";
import type { CreateMaterializedView } from "./create_materialized_view.ts";
import type { DropMaterializedView } from "./drop_materialized_view.ts";
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
  const over = viewsOver(before, old);
  if (over === undefined) return [data<ReplaceView>({ kind: "replaceView", view: old })];
  return [
    ...[...over].reverse().map(dropOf),
    dropOf(old),
    ...[old, ...over].flatMap((each) => [createOf(each), ...saidAgain(before, refOf(each))]),
  ];
}

const refOf = (view: View): ObjectRef => refTo(view.materialized ? "materializedView" : "view", nameOf(view));

const dropOf = (view: View): AnyOperation =>
  view.materialized
    ? data<DropMaterializedView>({ kind: "dropMaterializedView", view: nameOf(view) })
    : data<DropView>({ kind: "dropView", view: nameOf(view) });

const createOf = (view: View): AnyOperation =>
  view.materialized
    ? data<CreateMaterializedView>({ kind: "createMaterializedView", view })
    : data<CreateView>({ kind: "createView", view });

/** The views that need a view, each after those that it needs; undefined where something else needs one of them. */
function viewsOver(schema: Schema, view: View): readonly View[] | undefined {
  const found = new Map<string, View>();
  const visit = (each: View): boolean => {
    const own = refKey(refOf(each));
    const isOn = (on: ObjectRef): boolean => refKey(on) === own || ownersOf(on).some((owner) => refKey(owner) === own);
    const needing = schema.dependencies.filter(({ from, on }) =>
      isOn(on) && refKey(from) !== own && from.table !== each.name
    );
    return needing.every(({ from }) => {
      const above = schema.views.find((other) => refKey(refOf(other)) === refKey(from));
      if (above === undefined) return false;
      found.delete(refKey(from));
      found.set(refKey(from), above);
      return visit(above);
    });
  };
  return visit(view) ? [...found.values()] : undefined;
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
    // What the new query needs is not known; what the old one needed it may need no more.
    dependencies: schema.dependencies.filter(({ from }) => refKey(from) !== refKey(refTo("view", view))),
  }),
  // Options that are not named here are taken away by the same statement.
  compile: ({ view }, { writer }) => [statement(`CREATE OR REPLACE VIEW ${viewSql(writer, view)}`)],
};
