import { parameterList } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { columnList, type SqlWriter } from "../ddl/writer.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { View } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireColumns, requireSql, toName } from "./arguments.ts";
import type { DropView } from "./drop_view.ts";
import { type Listed, lookUp, put, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What a view has beside name and query. */
export interface ViewOptions {
  /** Its columns, where they are not called as the query calls them. */
  readonly columns?: readonly string[];
  /** `WITH (…)`: `{ security_barrier: "true", check_option: "local" }` (PostgreSQL). */
  readonly with?: { readonly [parameter: string]: string };
}

/** What `op.createView` takes beside name and query. */
export interface CreateViewOptions extends ViewOptions {
  /** Replace a view of that name (PostgreSQL). */
  readonly orReplace?: boolean;
}

/** The data of `op.createView`. */
export interface CreateView {
  readonly kind: "createView";
  readonly view: View;
  readonly orReplace?: boolean;
}

/** The views of a schema. */
export const viewsOf = ({ views }: Schema): Listed<View> => ({
  list: views,
  ref: (view) => refTo(view.materialized ? "materializedView" : "view", view),
});

/** A view as data. Throws `OPERATION_INVALID` where it has no query. */
export function toView(kind: string, name: Name, query: string, options: ViewOptions = {}): View {
  if (typeof query !== "string" || query.trim() === "") throw invalid(kind, "the view has no query");
  const text = query.trim().replace(/;$/, "").trimEnd();
  requireSql(kind, "the query", text);
  if (options.columns !== undefined) requireColumns(kind, options.columns);
  return compact<View>({
    ...toName(kind, name),
    query: text,
    columns: options.columns,
    with: options.with,
  });
}

/** What stands behind `CREATE VIEW` and `CREATE MATERIALIZED VIEW`. */
export function viewSql(writer: SqlWriter, { query, columns, with: options, ...name }: View): string {
  const parameters = Object.keys(options ?? {}).length === 0 ? "" : ` WITH ${parameterList(writer, options ?? {})}`;
  return `${writer.name(nameOf(name))}${
    columns === undefined ? "" : ` ${columnList(writer, columns)}`
  }${parameters} AS\n${query.trim()}`;
}

/**
 * Makes a view.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createView("active_users", "select id, name from users where active");
 * }
 * ```
 */
export const createView: OperationType<CreateView, [name: Name, query: string, options?: CreateViewOptions]> = {
  kind: "createView",
  create: (name, query, options = {}) =>
    compact<CreateView>({
      kind: "createView",
      view: toView("createView", name, query, options),
      orReplace: options.orReplace,
    }),
  args: ({ view, orReplace }) =>
    withOptions(
      [fromName(view), view.query] as const,
      compact<CreateViewOptions>({ columns: view.columns, with: view.with, orReplace }),
    ),
  reverse({ view, orReplace }, before) {
    const old = orReplace ? lookUp(viewsOf(before), refTo("view", view)) : undefined;
    if (old !== undefined) return [data<CreateView>({ kind: "createView", view: old, orReplace: true })];
    return [data<DropView>({ kind: "dropView", view: nameOf(view) })];
  },
  apply: (schema, { view, orReplace }) => ({
    ...schema,
    views: put("createView", viewsOf(schema), view, orReplace),
  }),
  compile: ({ view, orReplace }, { writer }) => [
    statement(`CREATE ${orReplace ? "OR REPLACE " : ""}VIEW ${viewSql(writer, view)}`),
  ],
};
