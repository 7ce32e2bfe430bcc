/**
 * Views that are changed in place.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";
import { nameOf } from "../schema/edit.ts";
import type { Index } from "../schema/model.ts";
import type { View } from "../schema/objects.ts";
import type { Comparison } from "./comparison.ts";
import { canonicalJson, stored } from "./object_kinds.ts";

/** `CREATE OR REPLACE VIEW` adds columns at the end, and changes nothing else about those that are there. */
function keepsColumns({ shape: old = [] }: View, { shape: now }: View): boolean {
  if (now === undefined) return false;
  return old.every(({ name, type }, place) => now[place]?.name === name && now[place]?.type === type);
}

function storageChanges(current: View, target: View): { readonly [parameter: string]: string | null } {
  const [old, now] = [current.with ?? {}, target.with ?? {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return Object.fromEntries(names.filter((name) => old[name] !== now[name]).map((name) => [name, now[name] ?? null]));
}

function indexChanges(current: View, target: View): readonly Operation[] {
  const table = nameOf(target);
  const has = (indexes: readonly Index[] = [], index: Index): boolean =>
    indexes.some((each) => canonicalJson(each) === canonicalJson(index));
  const gone = (current.indexes ?? []).filter((index) => !has(target.indexes, index));
  const fresh = (target.indexes ?? []).filter((index) => !has(current.indexes, index));
  return [
    ...gone.map(({ name = "" }): Operation => ({ kind: "dropIndex", name, table })),
    ...fresh.map((index): Operation => ({ kind: "createIndex", table, index })),
  ];
}

/** The operations that turn a view into another; undefined where it has to be dropped and made again. */
export function alterView(
  current: View,
  target: View,
  { dialect }: Comparison,
): readonly Operation[] | undefined {
  const sameQuery = dialect.canonicalExpression(current.query) === dialect.canonicalExpression(target.query) &&
    canonicalJson(current.columns ?? null) === canonicalJson(target.columns ?? null);
  if (!current.materialized !== !target.materialized) return undefined;
  if (!target.materialized) {
    const replaceable = dialect.capabilities.replaceView && (sameQuery || keepsColumns(current, target));
    return replaceable ? [{ kind: "replaceView", view: stored(target) }] : undefined;
  }
  if (!sameQuery) return undefined;
  const changes = storageChanges(current, target);
  return [
    ...(Object.keys(changes).length === 0
      ? []
      : [{ kind: "alterMaterializedView" as const, view: nameOf(target), changes: { with: changes } }]),
    ...indexChanges(current, target),
  ];
}
