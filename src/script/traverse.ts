/**
 * Ranges of the history.
 *
 * @module
 */
import { newestFirst } from "./newest_first.ts";
import { parseRelative, walk } from "./relative.ts";
import { resolveBranch, resolveIndices } from "./resolve.ts";
import { type ResolveContext, resolveError } from "./resolve_error.ts";
import type { Revision } from "./revision.ts";
import { byChildren, byDowns, lineage, reach, type RevisionMap } from "./revision_map.ts";

/**
 * The revisions of a range, newest first, both ends included; all of them without a range.
 *
 * Above a lower end that is not the base, only its descendants over down revisions are listed, as in Alembic. `a:+2` counts
 * from `a`. `-2:` counts from the heads, and `-2:current` from the database's rows; past the base it stops there.
 *
 * @param map the graph
 * @param range `a:b`, `a:` (up to the heads) or `:b` (from the base)
 * @param currentRows the database's rows, for `current`; unknown ones throw
 * @throws `RANGE_INVALID` where it is no range, or the lower end does not lie under the upper one; what `resolveRevisions` throws
 */
export function historyRevisions(
  map: RevisionMap,
  range: string | undefined,
  currentRows: readonly string[] = [],
): readonly Revision[] {
  const [from, to] = splitRange(range?.trim() ?? ":");
  const context = { action: "list", rows: currentRows };
  const lower = lowerEnd(map, from, to, context);
  // `users@base:` goes up to the heads of the branch, also to those that are needed elsewhere.
  const label = from.includes("@") ? from.slice(0, from.indexOf("@")) : null;
  const end = to === "" ? (label === null ? "heads" : `${label}@heads`) : to;
  const upper = limitToBranch(map, upperEnd(map, end, lower, context), label, context);
  const wanted = reach(map, upper, byDowns);
  const outside = lower.filter((index) => wanted[index] === 0);
  if (outside.length > 0) throw notAncestor(map, range!, outside);
  if (lower.length > 0) {
    const below = reach(map, lower, byDowns);
    const above = reach(map, lower, byChildren);
    for (let index = 0; index < wanted.length; index++) wanted[index]! &= (below[index]! ^ 1) & above[index]!;
    for (const index of lower) wanted[index] = 1;
  }
  return newestFirst(map, wanted, upper).map((index) => map.nodes[index]!.revision);
}

function splitRange(range: string): readonly [from: string, to: string] {
  const [from, to, ...more] = range.split(":");
  if (to !== undefined && more.length === 0) return [from!, to];
  throw resolveError("RANGE_INVALID", {
    action: "list",
    symbol: range,
    why: "it is not a range",
    hint: "Write start:end, start: or :end",
    facts: { range },
  });
}

/** Where the range begins; none is the base. */
function lowerEnd(map: RevisionMap, from: string, to: string, context: ResolveContext): readonly number[] {
  if (from === "") return [];
  const relative = isName(map, from) ? undefined : parseRelative(from);
  if (relative === undefined || relative.steps >= 0) return resolveIndices(map, from, context);
  const { base, label, steps } = relative;
  const within = label === null ? null : lineage(map, [resolveBranch(map, label, context)]);
  const startSymbol = base !== null ? (label === null ? base : `${label}@${base}`) : to === "current" ? to : "heads";
  const starts = resolveIndices(map, startSymbol, context).filter((index) => within === null || within[index] === 1);
  const ends = starts.map((start) => walk(map, start, steps, { symbol: from, clamp: true, context }));
  return ends.includes(null) ? [] : [...new Set(ends as readonly number[])];
}

function upperEnd(
  map: RevisionMap,
  to: string,
  lower: readonly number[],
  context: ResolveContext,
): readonly number[] {
  const relative = isName(map, to) ? undefined : parseRelative(to);
  if (relative === undefined || relative.base !== null) return resolveIndices(map, to, context);
  const { label, steps } = relative;
  if (steps < 0) {
    throw resolveError("RELATIVE_INVALID", {
      action: context.action,
      symbol: to,
      why: "the end of a range is counted upwards from its start",
      hint: "Write start:+N, or -N at the start",
      facts: { revision: to, steps },
    });
  }
  const within = label === null ? null : lineage(map, [resolveBranch(map, label, context)]);
  const starts = lower.length === 0 ? [null] : lower;
  const ends = starts.map((start) => walk(map, start, steps, { symbol: to, within, clamp: true, context }));
  return [...new Set(ends.flatMap((end) => end ?? []))];
}

function isName(map: RevisionMap, symbol: string): boolean {
  return map.findIndex(symbol) !== undefined || map.labelled.has(symbol);
}

/** A label at the lower end (`users@base:`) keeps only those upper ends that carry it. */
function limitToBranch(
  map: RevisionMap,
  upper: readonly number[],
  label: string | null,
  context: ResolveContext,
): readonly number[] {
  if (label === null) return upper;
  if (map.labelled.has(label)) {
    return upper.filter((index) => map.labels(map.nodes[index]!.revision.revision).includes(label));
  }
  const within = lineage(map, [resolveBranch(map, label, context)]);
  return upper.filter((index) => within[index] === 1);
}

function notAncestor(map: RevisionMap, range: string, outside: readonly number[]) {
  const names = outside.map((index) => map.nodes[index]!.revision.revision).sort();
  return resolveError("RANGE_INVALID", {
    action: "list",
    symbol: range,
    why: `${names.map((id) => `"${id}"`).join(", ")} does not lie under the end of the range`,
    hint: "Write the older revision first, both on one branch",
    facts: { range, revisions: names },
  });
}
