/**
 * What the readers of the catalog's rows have in common.
 *
 * @module
 */
import { addTo, compareText } from "../../schema/edit.ts";
import type { ObjectName } from "../../schema/model.ts";

/** The schema that is written without its name: the connection's default one. */
export type Home = string;

/** The catalog's name of an object as the model has it. */
export function named({ schema, name }: { readonly schema: string; readonly name: string }, home: Home): ObjectName {
  return schema === home ? { name } : { schema, name };
}

/** The order of the parts of a table. */
export const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
  compareText(a.name ?? "", b.name ?? "");

/** Options as the catalog keeps them (`fillfactor=70`) as a record; undefined where there are none. */
export function optionsOf(
  options: readonly string[] | null,
  prefix = "",
): { readonly [option: string]: string } | undefined {
  if (options === null || options.length === 0) return undefined;
  const pairs = options.map((option): [string, string] => {
    const at = option.indexOf("=");
    return [prefix + option.slice(0, at), option.slice(at + 1)];
  });
  return Object.fromEntries(pairs.sort(([a], [b]) => compareText(a, b)));
}

/** The rows of each table, by its identifier. */
export function byTable<Row extends { readonly table: string | null }>(
  rows: readonly Row[],
): (id: string) => readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) if (row.table !== null) addTo(groups, row.table, row);
  return (id) => groups.get(id) ?? [];
}
