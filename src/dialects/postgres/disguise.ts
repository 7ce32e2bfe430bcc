/**
 * The names under which a target's objects are made as temporary ones, and the way back.
 *
 * @module
 */
import { compareNames, keyOf, nameOf } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import { replaceNames } from "./tokens.ts";
import { writer } from "./writer.ts";

/** The temporary names of the target's objects. */
export interface Disguise {
  /** The temporary name of an object. */
  nameIn(object: ObjectName): string;
  /** A type or expression of the target, about the temporary objects. */
  textIn(text: string): string;
  /** What the server printed, about the real objects. */
  textOut(text: string): string;
}

/**
 * Temporary objects live in one schema: those of the target's other schemas are called otherwise.
 *
 * @param home the default schema
 */
export function disguise({ tables, enums, domains, views, sequences }: Schema, home: string): Disguise {
  const names = new Map<string, string>();
  const real = new Map<string, ObjectName>();
  /** What has a temporary name, by the bare name with which its columns may be written: `posts.author`. */
  const bare = new Map<string, string>();
  const objects = [...enums, ...domains, ...sequences, ...tables, ...views].sort(compareNames);
  for (const object of objects) {
    const name = object.schema === undefined ? object.name : `limbeck_t_${real.size}`;
    names.set(keyOf(object), name);
    if (object.schema === undefined) continue;
    real.set(name, nameOf(object));
    if (!names.has(keyOf({ name: object.name }))) bare.set(object.name, name);
  }
  return {
    nameIn: (object) => names.get(keyOf(object)) ?? object.name,
    textIn: (text) =>
      replaceNames(text, (name, schema) => {
        if (schema === undefined) return undefined;
        const found = names.get(keyOf(schema === home ? { name } : { name, schema }));
        if (found !== undefined) return writer.identifier(found);
        const table = bare.get(schema);
        return table === undefined ? undefined : `${writer.identifier(table)}.${writer.identifier(name)}`;
      }),
    textOut: (text) =>
      replaceNames(text, (name, table) => {
        if (table === undefined) {
          const found = real.get(name);
          return found === undefined ? undefined : writer.name(found);
        }
        const found = real.get(table);
        return found === undefined ? undefined : `${writer.identifier(found.name)}.${writer.identifier(name)}`;
      }),
  };
}
