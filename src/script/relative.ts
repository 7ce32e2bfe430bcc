/**
 * Steps along the graph: `+2`, `ae10+2`, `users@-1`.
 *
 * @module
 */
import { listRevisions, type ResolveContext, resolveError } from "./resolve_error.ts";
import type { Marks, RevisionMap } from "./revision_map.ts";

/** A relative argument: `label@base+N`. */
export interface Relative {
  readonly label: string | null;
  /** What is counted from; null where that is the database. */
  readonly base: string | null;
  /** How many; negative downwards. */
  readonly steps: number;
}

/** Reads a relative argument; undefined where it is none. */
export function parseRelative(symbol: string): Relative | undefined {
  const match = /^(?:(.+?)@)?([^@+]*?)([+-]\d+)$/.exec(symbol);
  if (match === null) return undefined;
  return { label: match[1] ?? null, base: match[2] === "" ? null : match[2]!, steps: Number(match[3]) };
}

/** What a walk needs for its errors, and where it may go. */
export interface WalkOptions {
  readonly symbol: string;
  /** Upwards, only children in here are taken. */
  readonly within?: Marks | null;
  /** Stop at the base or at a head, where there are not enough steps; left out, that is an error. */
  readonly clamp?: boolean;
  readonly context: ResolveContext;
}

/**
 * Walks over down revisions.
 *
 * @param start a position, or null for the base
 * @param steps how many; negative downwards
 * @returns a position, or null for the base
 * @throws `RELATIVE_INVALID` at a fork (upwards), at a merge (downwards), and past the end
 */
export function walk(map: RevisionMap, start: number | null, steps: number, options: WalkOptions): number | null {
  let at = start;
  for (let done = 0; done < Math.abs(steps); done++) {
    if (steps < 0 && at === null) {
      if (options.clamp === true) return null;
      throw tooFar(steps, done, "the base", options);
    }
    const next = steps > 0 ? above(map, at, options.within ?? null) : map.nodes[at!]!.parents;
    if (next.length > 1) throw ambiguous(map, at, steps, next, options);
    if (steps > 0 && next.length === 0) {
      if (options.clamp === true) return at;
      throw tooFar(steps, done, at === null ? "the base" : `"${map.nodes[at]!.revision.revision}"`, options);
    }
    at = next[0] ?? null;
  }
  return at;
}

function above(map: RevisionMap, at: number | null, within: Marks | null): readonly number[] {
  const next = at === null ? map.bases.map((id) => map.indexOf(id)) : map.nodes[at]!.children;
  return within === null ? next : next.filter((index) => within[index] === 1);
}

function tooFar(steps: number, done: number, end: string, { symbol, context }: WalkOptions) {
  const direction = steps > 0 ? "above" : "below";
  return resolveError("RELATIVE_INVALID", {
    action: context.action,
    symbol,
    why: done === 0
      ? `nothing lies ${direction} ${end}`
      : `only ${done} of ${Math.abs(steps)} steps can be taken, nothing lies ${direction} ${end}`,
    hint: "Look at the way with: limbeck history",
    facts: { revision: symbol, steps, possible: done },
  });
}

function ambiguous(
  map: RevisionMap,
  at: number | null,
  steps: number,
  next: readonly number[],
  { symbol, context }: WalkOptions,
) {
  const place = at === null ? "the base" : `"${map.nodes[at]!.revision.revision}"`;
  return resolveError("RELATIVE_INVALID", {
    action: context.action,
    symbol,
    why: `the way ${steps > 0 ? "forks above" : "forks below"} ${place}: ${listRevisions(map, next)}`,
    hint: steps > 0 ? "Name one of them, or a branch: label@+1" : "Name one of them",
    facts: { revision: symbol, candidates: next.map((index) => map.nodes[index]!.revision.revision).sort() },
  });
}
