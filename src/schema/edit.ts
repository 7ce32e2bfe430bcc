/**
 * Reads and changes of the schema model, each returning a new value: the ground that every operation's `apply` stands on.
 *
 * @module
 */
import type { Column, ObjectName, Schema, Table } from "./model.ts";

/** A key that is equal for equal names, fit for a `Map`. */
export function keyOf(name: ObjectName): string {
  return JSON.stringify([name.schema ?? null, name.name]);
}

/** A name as people write it: `users`, `auth.users`. Not quoted: for messages, never for SQL. */
export function displayName(name: ObjectName): string {
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
}

/** Whether two names mean the same object. */
export function sameName(a: ObjectName, b: ObjectName): boolean {
  return a.name === b.name && a.schema === b.schema;
}

/** The name alone of anything that has more fields. */
export function nameOf({ name, schema }: ObjectName): ObjectName {
  return schema === undefined ? { name } : { name, schema };
}

/** Orders names: the default schema first, then by schema and name, by code unit so that no locale changes it. */
export function compareNames(a: ObjectName, b: ObjectName): number {
  return compareText(a.schema ?? "", b.schema ?? "") || compareText(a.name, b.name);
}

/** Orders texts by code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Adds an element to the list that stands under a key. */
export function addTo<Key, T>(lists: Map<Key, T[]>, key: Key, element: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [element]);
  else list.push(element);
}

/** The element with a name, or undefined. */
export function findNamed<T extends ObjectName>(list: readonly T[], name: ObjectName): T | undefined {
  return list.find((element) => sameName(element, name));
}

/** The element of that name, in whatever case where none is written exactly so; undefined where there is none. */
export function findCalled<T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined {
  return list.find((each) => each.name === name) ??
    list.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** The list with an element put in (in place of one of that name), sorted by name. */
export function withNamed<T extends ObjectName>(list: readonly T[], element: T): readonly T[] {
  return [...withoutNamed(list, element), element].sort(compareNames);
}

/** The list without the element of that name. */
export function withoutNamed<T extends ObjectName>(list: readonly T[], name: ObjectName): readonly T[] {
  return list.filter((element) => !sameName(element, name));
}

/** The table of that name, or undefined. */
export function findTable(schema: Schema, name: ObjectName): Table | undefined {
  return findNamed(schema.tables, name);
}

/** The schema with one table changed by a function; unchanged where there is no such table. */
export function editTable(schema: Schema, name: ObjectName, edit: (table: Table) => Table): Schema {
  return { ...schema, tables: schema.tables.map((table) => sameName(table, name) ? edit(table) : table) };
}

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** A copy without the fields that are undefined, so that equal values have equal JSON. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  const copy: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) copy[key] = value[key];
  return copy as T;
}
