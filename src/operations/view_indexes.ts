/**
 * The indexes of materialized views.
 *
 * @module
 */
import { compact, compareText, displayName, findNamed, sameName } from "../schema/edit.ts";
import type { Index, ObjectName, Schema } from "../schema/model.ts";
import type { View } from "../schema/objects.ts";
import { invalid } from "./arguments.ts";
import type { CreateIndex } from "./create_index.ts";

/** The materialized view of that name, or undefined. */
export function materializedViewOf(schema: Schema, name: ObjectName): View | undefined {
  const found = findNamed(schema.views, name);
  return found?.materialized ? found : undefined;
}

function edited(schema: Schema, name: ObjectName, edit: (indexes: readonly Index[]) => readonly Index[]): Schema {
  const views = schema.views.map((view) => {
    if (!sameName(view, name)) return view;
    const indexes = edit(view.indexes ?? []).toSorted((a, b) => compareText(a.name ?? "", b.name ?? ""));
    return compact<View>({ ...view, indexes: indexes.length === 0 ? undefined : indexes });
  });
  return { ...schema, views };
}

/** The schema with an index on a materialized view. Throws `OPERATION_INVALID` where it has one of that name. */
export function withViewIndex(schema: Schema, { table, index, ifNotExists }: CreateIndex): Schema {
  if (materializedViewOf(schema, table)?.indexes?.some(({ name }) => name === index.name)) {
    if (ifNotExists) return schema;
    throw invalid("createIndex", `"${displayName(table)}" has an index "${index.name}" already`);
  }
  return edited(schema, table, (indexes) => [...indexes, index]);
}

/** The schema without an index of a materialized view. Throws `OPERATION_INVALID` where it has none of that name. */
export function withoutViewIndex(schema: Schema, table: ObjectName, name: string, ifExists: boolean): Schema {
  if (!ifExists && !materializedViewOf(schema, table)?.indexes?.some((index) => index.name === name)) {
    throw invalid("dropIndex", `"${displayName(table)}" has no index "${name}"`);
  }
  return edited(schema, table, (indexes) => indexes.filter((index) => index.name !== name));
}
