import { type Hazard, statement } from "../ddl/statement.ts";
import { compact, displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { withOptions } from "./listed.ts";
import type { OperationType } from "./operation.ts";

/** What `op.refreshMaterializedView` takes beside the name. */
export interface RefreshOptions {
  /** Let others read meanwhile; the view needs a unique index on plain columns, and must be filled. */
  readonly concurrently?: boolean;
  /** Empty it. */
  readonly withNoData?: boolean;
}

/** The data of `op.refreshMaterializedView`. */
export interface RefreshMaterializedView extends RefreshOptions {
  readonly kind: "refreshMaterializedView";
  readonly view: ObjectName;
}

/**
 * Runs the query of a materialized view again (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.refreshMaterializedView("post_counts", { concurrently: true });
 * }
 * ```
 */
export const refreshMaterializedView: OperationType<
  RefreshMaterializedView,
  [name: Name, options?: RefreshOptions]
> = {
  kind: "refreshMaterializedView",
  create(name, { concurrently, withNoData } = {}) {
    if (concurrently && withNoData) {
      throw invalid("refreshMaterializedView", "it cannot be emptied while others read it (concurrently, withNoData)");
    }
    const view = toName("refreshMaterializedView", name);
    return compact<RefreshMaterializedView>({ kind: "refreshMaterializedView", view, concurrently, withNoData });
  },
  args: ({ view, concurrently, withNoData }) =>
    withOptions([fromName(view)] as const, compact<RefreshOptions>({ concurrently, withNoData })),
  reverse: () => [],
  apply: (schema) => schema,
  compile({ view, concurrently, withNoData }, { writer }) {
    const name = displayName(view);
    const hazards: readonly Hazard[] = [
      { kind: "longRunning", reason: `The query of "${name}" is run` },
      ...(concurrently ? [] : [{
        kind: "blocksReads" as const,
        reason: `Nobody can read "${name}" meanwhile`,
        advice: "Give it a unique index, and refresh it with { concurrently: true }",
      }]),
    ];
    return [
      statement(
        `REFRESH MATERIALIZED VIEW ${concurrently ? "CONCURRENTLY " : ""}${writer.name(view)}${
          withNoData ? " WITH NO DATA" : ""
        }`,
        withNoData ? [] : hazards,
      ),
    ];
  },
};
