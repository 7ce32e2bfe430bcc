/**
 * What the user's filters leave alone, asked once for each object before anything is compared: an object that is left
 * alone is also not renamed, and neither is what belongs to it, or is said about it.
 *
 * @module
 */
import type { ObjectName } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { ownersOf, refKey, refTo } from "../schema/refs.ts";
import type { Comparison } from "./comparison.ts";
import { type FilteredType, isIncluded } from "./filters.ts";
import { KINDS_OF_OBJECT } from "./object_kinds.ts";

/** The objects of one kind on both sides. */
interface Sides<T> {
  readonly type: FilteredType;
  readonly current: readonly T[];
  readonly target: readonly T[];
  readonly ref: (object: T) => ObjectRef;
}

function excludedOf<T extends object>({ type, current, target, ref }: Sides<T>, { filters }: Comparison) {
  const there = new Map(current.map((object) => [refKey(ref(object)), object]));
  const wanted = new Map(target.map((object) => [refKey(ref(object)), object]));
  return [...new Map([...there, ...wanted])].flatMap(([key, object]) => {
    const { name, schema, table } = ref(object);
    const owner: ObjectName | undefined = table === undefined
      ? undefined
      : schema === undefined
      ? { name: table }
      : { name: table, schema };
    const sides = { current: there.get(key), target: wanted.get(key) };
    const filtered = { type, name, schema, ...(owner === undefined ? {} : { table: owner }), ...sides };
    return isIncluded(filters, filtered) ? [] : [key];
  });
}

/** The comparison with the answers of its filters. */
export function withExcluded(comparison: Comparison): Comparison {
  const { current, target, filters, excluded } = comparison;
  if (excluded !== undefined) return comparison;
  if (filters?.includeName === undefined && filters?.includeObject === undefined) {
    return { ...comparison, excluded: new Set() };
  }
  const tables = {
    type: "table" as const,
    current: current.tables,
    target: target.tables,
    ref: (table: ObjectName) => refTo("table", table),
  };
  const enums = {
    type: "enum" as const,
    current: current.enums,
    target: target.enums,
    ref: (type: ObjectName) => refTo("type", type),
  };
  const objects = () =>
    KINDS_OF_OBJECT.flatMap(({ filtered, list, ref }) =>
      excludedOf({ type: filtered, current: list(current), target: list(target), ref }, comparison)
    );
  const keys = [...excludedOf(tables, comparison), ...excludedOf(enums, comparison), ...objects()];
  return { ...comparison, excluded: new Set(keys) };
}

/** Whether an object, or what it belongs to, is left alone. */
export function isExcluded({ excluded }: Comparison, ref: ObjectRef): boolean {
  return excluded !== undefined && [ref, ...ownersOf(ref)].some((each) => excluded.has(refKey(each)));
}
