/**
 * Refs: how one object is pointed at from another.
 *
 * @module
 */
import { compact, displayName } from "./edit.ts";
import type { ObjectName } from "./model.ts";
import type { ObjectRef, RefKind } from "./objects.ts";

/** A key that is equal for refs to the same object, fit for a `Map`. */
export function refKey({ kind, schema, table, name, arguments: types, type }: ObjectRef): string {
  return JSON.stringify([kind, schema ?? null, table ?? null, name, types ?? null, type ?? null]);
}

/** A ref to an object that has a name, and perhaps a schema. */
export function refTo(kind: RefKind, { name, schema }: ObjectName): ObjectRef {
  return schema === undefined ? { kind, name } : { kind, name, schema };
}

/** A ref to a part of a table: a column, a constraint, an index, a trigger, a policy. */
export function refIn(kind: RefKind, table: ObjectName, name: string): ObjectRef {
  const { name: owner, schema } = table;
  return schema === undefined ? { kind, name, table: owner } : { kind, name, schema, table: owner };
}

/** The refs to what a part may belong to: a table, a view, a materialized view. Empty for what is no part. */
export function ownersOf({ table: name, schema }: ObjectRef): readonly ObjectRef[] {
  if (name === undefined) return [];
  const owner: ObjectName = schema === undefined ? { name } : { name, schema };
  return [refTo("table", owner), refTo("view", owner), refTo("materializedView", owner)];
}

const WORDS: { readonly [kind in RefKind]?: string } = { materializedView: "materialized view" };

/** A ref as people write it: `column "users.email"`, `routine "touch()"`. For messages, never for SQL. */
export function displayRef({ kind, name, schema, table, arguments: types, type }: ObjectRef): string {
  const inTable = table === undefined || kind === "index" ? name : `${table}.${name}`;
  const full = displayName(compact<ObjectName>({ name: inTable, schema }));
  return `${type ?? WORDS[kind] ?? kind} "${full}${types === undefined ? "" : `(${types})`}"`;
}
