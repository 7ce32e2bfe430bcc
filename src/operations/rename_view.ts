import { renameRelationInSql } from "../ddl/rename_in_code.ts";
import { statement } from "../ddl/statement.ts";
import { compact, compareNames, displayName, findNamed, nameOf } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { viewsOf } from "./create_view.ts";
import { edited, withOptions } from "./listed.ts";
import { mapSql } from "./map_sql.ts";
import { followed } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.renameView` takes beside the names. */
export interface RenameViewOptions {
  /** It is a materialized view. */
  readonly materialized?: boolean;
}

/** The data of `op.renameView`. */
export interface RenameView extends RenameViewOptions {
  readonly kind: "renameView";
  readonly view: ObjectName;
  readonly newName: string;
  /** What a reader of the revision should know: a comment before it. */
  readonly note?: string;
}

/**
 * Gives a view another name (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameView("published_posts", "public_posts");
 * }
 * ```
 */
export const renameView: OperationType<RenameView, [name: Name, newName: string, options?: RenameViewOptions]> = {
  kind: "renameView",
  create(name, newName, { materialized } = {}) {
    requireName("renameView", newName);
    return compact<RenameView>({ kind: "renameView", view: toName("renameView", name), newName, materialized });
  },
  args: ({ view, newName, materialized }) =>
    withOptions([fromName(view), newName] as const, compact<RenameViewOptions>({ materialized })),
  reverse: ({ newName, view, note: _, ...rest }) => [
    data<RenameView>({ ...rest, view: nameOf({ ...view, name: newName }), newName: view.name }),
  ],
  apply(schema, { view, newName, materialized = false }) {
    const to = nameOf({ ...view, name: newName });
    if (findNamed(schema.views, to) !== undefined || findNamed(schema.tables, to) !== undefined) {
      throw invalid("renameView", `there is a table or view "${displayName(to)}" already`);
    }
    const ref = refTo(materialized ? "materializedView" : "view", view);
    const views = edited("renameView", viewsOf(schema), ref, ({ definition: _, ...found }) => ({ ...found, ...to }));
    const after = followed({ ...schema, views: views.toSorted(compareNames) }, ref, to);
    return mapSql(after, (text, role) => role === "type" ? text : renameRelationInSql(text, view, newName));
  },
  compile: ({ view, newName, materialized }, { writer }) => [
    statement(
      `ALTER ${materialized ? "MATERIALIZED " : ""}VIEW ${writer.name(view)} RENAME TO ${writer.identifier(newName)}`,
    ),
  ],
};
