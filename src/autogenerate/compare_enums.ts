/**
 * Enumerated types that differ.
 *
 * @module
 */
import { refTo } from "../schema/refs.ts";
import { isExcluded } from "./excluded.ts";
import type { Operation } from "../operations/registry.ts";
import { compact, keyOf, nameOf } from "../schema/edit.ts";
import type { EnumType } from "../schema/objects.ts";
import { byName, type Change, type Comparison, speaksAbout } from "./comparison.ts";

function isSubsequence(values: readonly string[], of: readonly string[]): boolean {
  let next = 0;
  for (const value of of) if (value === values[next]) next++;
  return next === values.length;
}

/** Each new value is put before the next one that is there already; without one, at the end. */
function addValues(current: EnumType, target: EnumType): readonly Operation[] {
  const type = nameOf(current);
  return target.values.flatMap((value, at): readonly Operation[] => {
    if (current.values.includes(value)) return [];
    const before = target.values.slice(at).find((each) => current.values.includes(each));
    return [compact<Operation & { kind: "addEnumValue" }>({ kind: "addEnumValue", type, value, before })];
  });
}

function changed(current: EnumType, target: EnumType): readonly Operation[] {
  if (JSON.stringify(current.values) === JSON.stringify(target.values)) return [];
  return isSubsequence(current.values, target.values)
    ? addValues(current, target)
    : [{ kind: "alterEnum", type: nameOf(current), values: target.values }];
}

/** Whether a table that the comparison leaves alone has a column of the type: then it cannot be dropped. */
function isUsed(type: EnumType, { current, dialect }: Comparison, left: ReadonlySet<string>): boolean {
  const names = [type.name, `${type.schema}.${type.name}`].map((name) => dialect.canonicalType(name));
  return current.tables.some((table) =>
    left.has(keyOf(table)) &&
    table.columns.some((column) =>
      names.includes(dialect.canonicalType(column.type.replaceAll("[]", "").replaceAll('"', "")))
    )
  );
}

/**
 * Compares the enumerated types.
 *
 * @param left the keys of the tables that are left alone
 */
export function compareEnums(comparison: Comparison, left: ReadonlySet<string>): readonly Change[] {
  const { current, written, kinds, dialect } = comparison;
  if (!kinds.includes("enums") || !dialect.capabilities.enums) return [];
  const there = byName(current.enums);
  const wanted = byName(written.enums);
  const kept = written.enums.flatMap((target): readonly Change[] => {
    const old = there.get(keyOf(target));
    if (isExcluded(comparison, refTo("type", target))) return [];
    const operations: readonly Operation[] = old === undefined
      ? [{ kind: "createEnum", type: nameOf(target), values: target.values }]
      : changed(old, target);
    return operations.length === 0 ? [] : [{ phase: "type", operations }];
  });
  const dropped = current.enums.filter((type) =>
    !wanted.has(keyOf(type)) && speaksAbout(comparison, type) && !isExcluded(comparison, refTo("type", type)) &&
    !isUsed(type, comparison, left)
  );
  return [
    ...kept,
    ...dropped.map((type): Change => ({ phase: "dropType", operations: [{ kind: "dropEnum", type: nameOf(type) }] })),
  ];
}
