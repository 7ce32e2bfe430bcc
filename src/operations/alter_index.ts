import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findTable, nameOf } from "../schema/edit.ts";
import type { Index, ObjectName } from "../schema/model.ts";
import { changedParameters, parameterClauses, reverseParameters } from "./alter_table.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** What of an index `op.alterIndex` changes; null goes back to the database's own choice. */
export interface IndexChanges {
  /** Storage parameters: `{ fillfactor: "70" }`. */
  readonly with?: { readonly [parameter: string]: string | null };
  readonly tablespace?: string | null;
}

/** The data of `op.alterIndex`. */
export interface AlterIndex {
  readonly kind: "alterIndex";
  readonly name: string;
  /** The table that the index is on: its schema is the index's. */
  readonly table: ObjectName;
  readonly changes: IndexChanges;
}

function changed(index: Index, { with: values, tablespace }: IndexChanges): Index {
  const { with: before, tablespace: space, ...rest } = index;
  return compact<Index>({
    ...rest,
    with: changedParameters(before, values),
    tablespace: (tablespace === undefined ? space : tablespace) ?? undefined,
  });
}

/**
 * Changes how an index is kept (PostgreSQL): its storage parameters, its tablespace.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterIndex("posts_slug_idx", "posts", { with: { fillfactor: "70" } });
 * }
 * ```
 */
export const alterIndex: OperationType<AlterIndex, [name: string, table: Name, changes: IndexChanges]> = {
  kind: "alterIndex",
  create(name, table, changes) {
    requireName("alterIndex", name);
    const all = compact<IndexChanges>({ with: changes.with, tablespace: changes.tablespace });
    if (all.tablespace === undefined && Object.keys(all.with ?? {}).length === 0) {
      throw invalid("alterIndex", `nothing is changed of "${name}"`);
    }
    return { kind: "alterIndex", name, table: toName("alterIndex", table), changes: all };
  },
  args: ({ name, table, changes }) => [name, fromName(table), changes],
  reverse({ name, table, changes }, before) {
    const index = findTable(before, table)?.indexes.find((each) => each.name === name);
    if (index === undefined) return null;
    const old = compact<IndexChanges>({
      with: changes.with === undefined ? undefined : reverseParameters(index.with, changes.with),
      tablespace: changes.tablespace === undefined ? undefined : index.tablespace ?? null,
    });
    return [data<AlterIndex>({ kind: "alterIndex", name, table, changes: old })];
  },
  apply(schema, { name, table, changes }) {
    if (!tableOf(schema, table, "alterIndex").indexes.some((each) => each.name === name)) {
      throw invalid("alterIndex", `"${displayName(table)}" has no index "${name}"`);
    }
    return editTable(schema, table, (found) => ({
      ...found,
      indexes: found.indexes.map((each) => each.name === name ? changed(each, changes) : each),
    }));
  },
  compile({ name, table, changes }, { writer }) {
    const head = `ALTER INDEX ${writer.name(nameOf({ ...table, name }))}`;
    const clauses = [
      ...parameterClauses(writer, changes.with),
      ...(changes.tablespace === undefined
        ? []
        : [`SET TABLESPACE ${writer.identifier(changes.tablespace ?? "pg_default")}`]),
    ];
    return [statement(`${head} ${clauses.join(", ")}`)];
  },
};
