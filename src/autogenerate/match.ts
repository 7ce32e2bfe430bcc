/**
 * Which constraint or index of the database is which of the target's.
 *
 * @module
 */
import type { Wanted } from "./wanted.ts";

/** A part that is only on one side, or is on both and not the same. */
export interface Difference<T> {
  readonly current?: T;
  readonly wanted?: Wanted<T>;
  /** Both are the same but for their name. */
  readonly renamed?: boolean;
}

interface Named {
  readonly name?: string;
}

/**
 * Pairs parts, and gives back what is left: what the author named is found by its name; what has no name, on either
 * side, by its structure, whatever it is called on the other.
 *
 * @param structure a text that is equal for parts that differ in nothing but their name
 */
export function differences<T extends Named>(
  current: readonly T[],
  wanted: readonly Wanted<T>[],
  structure: (part: T) => string,
): readonly Difference<T>[] {
  const left = new Set(current);
  const found: Difference<T>[] = [];
  const open: Wanted<T>[] = [];
  const take = (accepts: (part: T) => boolean): T | undefined => {
    const taken = [...left].find(accepts);
    if (taken !== undefined) left.delete(taken);
    return taken;
  };
  const same = (each: Wanted<T>) => (part: T): boolean => structure(part) === structure(each.normal);
  const called = (each: Wanted<T>) => (part: T): boolean => part.name === each.made.name;
  // Equal in name and structure first, so that nothing else takes them.
  for (const each of wanted) {
    if (take((part) => called(each)(part) && same(each)(part)) === undefined) open.push(each);
  }
  for (const each of open) {
    const mayDiffer = (part: T): boolean => !each.explicit || part.name === undefined;
    if (take((part) => mayDiffer(part) && same(each)(part)) !== undefined) continue;
    const changed = take(called(each));
    found.push(changed === undefined ? { wanted: each } : { current: changed, wanted: each });
  }
  return withRenames([...[...left].map((part) => ({ current: part })), ...found], structure);
}

/** Puts together what is left on one side only and has an equal on the other: it is renamed. */
function withRenames<T extends Named>(
  found: readonly Difference<T>[],
  structure: (part: T) => string,
): readonly Difference<T>[] {
  const taken = new Set<Difference<T>>();
  const renamed = found.flatMap((difference): readonly Difference<T>[] => {
    const { current, wanted } = difference;
    if (current?.name === undefined || wanted !== undefined) return [];
    const other = found.find((each) =>
      each.current === undefined && each.wanted !== undefined && !taken.has(each) &&
      structure(each.wanted.normal) === structure(current)
    );
    if (other?.wanted === undefined) return [];
    taken.add(difference).add(other);
    return [{ current, wanted: other.wanted, renamed: true }];
  });
  return [...found.filter((each) => !taken.has(each)), ...renamed];
}
