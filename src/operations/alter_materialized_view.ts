import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { View } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { changedParameters, parameterClauses, reverseParameters } from "./alter_table.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { viewsOf } from "./create_view.ts";
import { edited, lookUp } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a materialized view `op.alterMaterializedView` changes. */
export interface MaterializedViewChanges {
  /** Storage parameters; null goes back to the database's own choice. */
  readonly with: { readonly [parameter: string]: string | null };
}

/** The data of `op.alterMaterializedView`. */
export interface AlterMaterializedView {
  readonly kind: "alterMaterializedView";
  readonly view: ObjectName;
  readonly changes: MaterializedViewChanges;
}

/**
 * Changes how a materialized view is kept (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterMaterializedView("post_counts", { with: { fillfactor: "80" } });
 * }
 * ```
 */
export const alterMaterializedView: OperationType<
  AlterMaterializedView,
  [name: Name, changes: MaterializedViewChanges]
> = {
  kind: "alterMaterializedView",
  create(name, changes) {
    if (Object.keys(changes?.with ?? {}).length === 0) throw invalid("alterMaterializedView", "nothing is changed");
    return { kind: "alterMaterializedView", view: toName("alterMaterializedView", name), changes };
  },
  args: ({ view, changes }) => [fromName(view), changes],
  reverse({ view, changes }, before) {
    const old = lookUp(viewsOf(before), refTo("materializedView", view));
    if (old === undefined) return null;
    const back = { with: reverseParameters(old.with, changes.with) };
    return [data<AlterMaterializedView>({ kind: "alterMaterializedView", view, changes: back })];
  },
  apply: (schema, { view, changes }) => ({
    ...schema,
    views: edited(
      "alterMaterializedView",
      viewsOf(schema),
      refTo("materializedView", view),
      (old) => compact<View>({ ...old, with: changedParameters(old.with, changes.with) }),
    ),
  }),
  compile: ({ view, changes }, { writer }) => [
    statement(`ALTER MATERIALIZED VIEW ${writer.name(view)} ${parameterClauses(writer, changes.with).join(", ")}`),
  ],
};
