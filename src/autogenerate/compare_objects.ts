/**
 * Objects beside tables that are new, gone, or differ.
 *
 * @module
 */
import { isExcluded } from "./excluded.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { refKey, refTo } from "../schema/refs.ts";
import { ownSequence } from "./alter_types.ts";
import { byName, type Change, type Comparison, isIgnored, speaksAbout } from "./comparison.ts";
import { type KindOfObject, KINDS_OF_OBJECT } from "./object_kinds.ts";
import { keyOf } from "../schema/edit.ts";

/** An object that a comparison may drop and make again: because it changed, or because something beneath it did. */
export interface Replaceable {
  readonly ref: ObjectRef;
  readonly drop: Change;
  /** Undefined where the target does not have it. */
  readonly create: Change | undefined;
}

/** What is found of the objects beside tables. */
export interface ObjectFindings {
  readonly changes: readonly Change[];
  /** Every object of the database by the key of its ref: how it would be dropped and made again. */
  readonly replaceable: ReadonlyMap<string, Replaceable>;
}

interface Pair {
  readonly ref: ObjectRef;
  readonly current: object | undefined;
  readonly target: object | undefined;
}

function pairs(kind: KindOfObject<object>, { current, target }: Comparison): readonly Pair[] {
  const there = new Map(kind.list(current).map((object) => [refKey(kind.ref(object)), object]));
  const wanted = new Map(kind.list(target).map((object) => [refKey(kind.ref(object)), object]));
  return [...new Map([...there, ...wanted])].map(([key, object]) => ({
    ref: kind.ref(object),
    current: there.get(key),
    target: wanted.get(key),
  }));
}

function included({ ref, target }: Pair, comparison: Comparison): boolean {
  const { schema, table } = ref;
  if (table !== undefined && isIgnored(comparison, schema === undefined ? { name: table } : { name: table, schema })) {
    return false;
  }
  if (target === undefined && !speaksAbout(comparison, ref)) return false;
  return !isExcluded(comparison, ref);
}

function changesOf(kind: KindOfObject<object>, pair: Pair, comparison: Comparison): readonly Change[] {
  const { current, target } = pair;
  const { phases } = kind;
  const drop = (): readonly Change[] =>
    current === undefined ? [] : [{ phase: phases.drop, operations: kind.drop(current) }];
  const create = (): readonly Change[] =>
    target === undefined ? [] : [{ phase: phases.create, operations: kind.create(target) }];
  if (current === undefined || target === undefined) return [...drop(), ...create()];
  if (kind.text(current, comparison) === kind.text(target, comparison)) return [];
  const operations = kind.alter?.(current, target, comparison);
  if (operations === undefined) return [...drop(), ...create()];
  return operations.length === 0 ? [] : [{ phase: phases.create, operations }];
}

/** Compares the objects beside tables, of the kinds that the target speaks about. */
export function compareObjects(comparison: Comparison): ObjectFindings {
  const changes: Change[] = [];
  const replaceable = new Map<string, Replaceable>();
  for (const kind of KINDS_OF_OBJECT) {
    const speaks = comparison.kinds.includes(kind.kind);
    for (const pair of pairs(kind, comparison)) {
      const { ref, current } = pair;
      if (pair.target === undefined && current !== undefined && kind.goesWith?.(current, comparison)) continue;
      // What the target is silent about stays as it is, and is made again as it was where it stands in the way.
      const mine = speaks && included(pair, comparison);
      const target = mine ? pair.target : current;
      if (current !== undefined) {
        replaceable.set(refKey(ref), {
          ref,
          drop: { phase: kind.phases.drop, operations: kind.drop(current) },
          create: target === undefined ? undefined : { phase: kind.phases.create, operations: kind.create(target) },
        });
      }
      if (mine) changes.push(...changesOf(kind, pair, comparison));
    }
  }
  return { changes: [...changes, ...ownSequences(comparison)], replaceable };
}

/** Sequences are given to columns when both are there, and taken from columns that go. */
function ownSequences(comparison: Comparison): readonly Change[] {
  const { current, target, kinds } = comparison;
  if (!kinds.includes("sequences")) return [];
  const there = byName(current.sequences);
  return target.sequences.flatMap((sequence): readonly Change[] => {
    if (isExcluded(comparison, refTo("sequence", sequence))) return [];
    const operation = ownSequence(there.get(keyOf(sequence)), sequence);
    return operation === undefined ? [] : [{ phase: "ownSequence", side: "before", operations: [operation] }];
  });
}
