/**
 * What tables have beside columns, keys and indexes: partitions, inheritance, storage, comments, row-level security.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import type { Change } from "./comparison.ts";
import { canonicalJson, tableName } from "./object_kinds.ts";

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

function storageChanges(current: Table, target: Table): { readonly [parameter: string]: string | null } | undefined {
  const [old, now] = [current.with ?? {}, target.with ?? {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => old[name] !== now[name]);
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.sort().map((name) => [name, now[name] ?? null]));
}

function without(
  list: readonly ObjectName[] = [],
  other: readonly ObjectName[] = [],
): readonly ObjectName[] | undefined {
  const left = list.filter((each) => !other.some((one) => same(nameOf(one), nameOf(each))));
  return left.length === 0 ? undefined : left;
}

function optionChanges(current: Table, target: Table): Operation[] {
  const changed = <T>(a: T | undefined, b: T | undefined): T | null | undefined => same(a, b) ? undefined : b ?? null;
  const changes = compact<Extract<Operation, { readonly kind: "alterTable" }>["changes"]>({
    comment: changed(current.comment, target.comment),
    unlogged: same(current.unlogged ?? false, target.unlogged ?? false) ? undefined : target.unlogged ?? false,
    strict: same(current.strict ?? false, target.strict ?? false) ? undefined : target.strict ?? false,
    withoutRowid: same(current.withoutRowid ?? false, target.withoutRowid ?? false)
      ? undefined
      : target.withoutRowid ?? false,
    tablespace: changed(current.tablespace, target.tablespace),
    using: same(current.using, target.using) ? undefined : target.using ?? "heap",
    with: storageChanges(current, target),
    addInherits: without(target.inherits, current.inherits),
    dropInherits: without(current.inherits, target.inherits),
  });
  return Object.keys(changes).length === 0 ? [] : [{ kind: "alterTable", table: nameOf(target), changes }];
}

/** What names an index comes after the indexes. */
function indexOptionChanges(current: Table, target: Table): Operation[] {
  const changes = compact<Extract<Operation, { readonly kind: "alterTable" }>["changes"]>({
    replicaIdentity: same(current.replicaIdentity, target.replicaIdentity) ? undefined : target.replicaIdentity ?? null,
    clusteredOn: current.clusteredOn === target.clusteredOn ? undefined : target.clusteredOn ?? null,
  });
  return Object.keys(changes).length === 0 ? [] : [{ kind: "alterTable", table: nameOf(target), changes }];
}

const SECURITY = {
  none: { enabled: false, forced: false },
  enabled: { enabled: true, forced: false },
  forced: { enabled: true, forced: true },
  forcedOnly: { enabled: false, forced: true },
} as const;

/** Turns row-level security on and off. */
export function compareRowSecurity(current: Table, target: Table): readonly Change[] {
  const now = SECURITY[target.rowSecurity ?? "none"].enabled;
  if (SECURITY[current.rowSecurity ?? "none"].enabled === now) return [];
  const table = nameOf(target);
  return [{
    phase: "alterTable",
    table,
    operations: [{ kind: now ? "enableRowLevelSecurity" : "disableRowLevelSecurity", table }],
  }];
}

function forceChanges(current: Table, target: Table): readonly Operation[] {
  const now = SECURITY[target.rowSecurity ?? "none"].forced;
  if (SECURITY[current.rowSecurity ?? "none"].forced === now) return [];
  return [{ kind: now ? "forceRowLevelSecurity" : "noForceRowLevelSecurity", table: nameOf(target) }];
}

function partitionChanges({ partitionOf: old }: Table, target: Table): readonly Change[] {
  const now = target.partitionOf;
  if (same(old, now)) return [];
  const partition = nameOf(target);
  return [
    ...(old === undefined ? [] : [{
      phase: "dropConstraint" as const,
      side: "before" as const,
      operations: [{ kind: "detachPartition" as const, table: tableName(old), partition }],
    }]),
    ...(now === undefined ? [] : [{
      phase: "createConstraint" as const,
      side: "after" as const,
      operations: [{ kind: "attachPartition" as const, table: tableName(now), partition, bound: now.bound }],
    }]),
  ];
}

/** The changes that make the options of a table those of another. */
export function compareTableOptions(current: Table, target: Table): readonly Change[] {
  const table = nameOf(target);
  const change = (phase: Change["phase"], operations: readonly Operation[]): readonly Change[] =>
    operations.length === 0 ? [] : [{ phase, table, operations }];
  return [
    ...change("alterTable", [...optionChanges(current, target), ...forceChanges(current, target)]),
    ...change("comment", indexOptionChanges(current, target)),
    ...partitionChanges(current, target),
  ];
}
