import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { View } from "../schema/objects.ts";
import { fromName, type Name } from "./arguments.ts";
import { createIndexSql, fromIndex, type IndexInput, toIndex } from "./create_index.ts";
import { toView, type ViewOptions, viewsOf, viewSql } from "./create_view.ts";
import type { DropMaterializedView } from "./drop_materialized_view.ts";
import { put, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createMaterializedView` takes beside name and query. */
export interface MaterializedViewOptions extends ViewOptions {
  readonly indexes?: readonly IndexInput[];
  /** Make it without running the query. */
  readonly withNoData?: boolean;
}

/** The data of `op.createMaterializedView`. */
export interface CreateMaterializedView {
  readonly kind: "createMaterializedView";
  readonly view: View;
  readonly withNoData?: boolean;
}

/**
 * Makes a materialized view (PostgreSQL), with its indexes.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createMaterializedView("post_counts", "select author_id, count(*) as posts from posts group by author_id", {
 *     indexes: [{ name: "post_counts_author_idx", columns: ["author_id"], unique: true }],
 *   });
 * }
 * ```
 */
export const createMaterializedView: OperationType<
  CreateMaterializedView,
  [name: Name, query: string, options?: MaterializedViewOptions]
> = {
  kind: "createMaterializedView",
  create(name, query, options = {}) {
    const indexes = options.indexes?.map((index) => toIndex("createMaterializedView", index));
    const view = toView("createMaterializedView", name, query, options);
    return compact<CreateMaterializedView>({
      kind: "createMaterializedView",
      view: compact<View>({ ...view, materialized: true, indexes }),
      withNoData: options.withNoData,
    });
  },
  args: ({ view, withNoData }) =>
    withOptions(
      [fromName(view), view.query] as const,
      compact<MaterializedViewOptions>({
        columns: view.columns,
        with: view.with,
        indexes: view.indexes?.length ? view.indexes.map(fromIndex) : undefined,
        withNoData,
      }),
    ),
  reverse: ({ view }) => [data<DropMaterializedView>({ kind: "dropMaterializedView", view: nameOf(view) })],
  apply: (schema, { view }) => ({ ...schema, views: put("createMaterializedView", viewsOf(schema), view) }),
  compile: ({ view, withNoData }, { writer }) => [
    statement(
      `CREATE MATERIALIZED VIEW ${viewSql(writer, view)}${withNoData ? "\nWITH NO DATA" : ""}`,
      withNoData ? [] : [{ kind: "longRunning", reason: `The query of "${view.name}" is run` }],
    ),
    ...(view.indexes ?? []).map((index) => statement(createIndexSql(writer, nameOf(view), index))),
  ],
};
