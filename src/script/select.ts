/**
 * Which revisions an upgrade or a downgrade takes, and in which order.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { newestFirst } from "./newest_first.ts";
import { parseRelative, type Relative, walk } from "./relative.ts";
import { resolveBranch, resolveIndices } from "./resolve.ts";
import { listRevisions, type ResolveContext, resolveError } from "./resolve_error.ts";
import { byDependents, byDowns, byParents, lineage, type Marks, reach, type RevisionMap } from "./revision_map.ts";

/** What is to be run. All are positions in `map.nodes`. */
export interface Selection {
  /** In the order in which they run. */
  readonly revisions: readonly number[];
  /** What the argument means. */
  readonly targets: readonly number[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

/**
 * What an upgrade runs: the targets with all that they need, without what is applied.
 *
 * @param rows the positions of the version rows, in the table's order
 * @param target one argument or several
 * @throws what `resolveRevisions` throws; `OVERLAPPING_REVISIONS` where one target lies under another
 */
export function selectUpgrade(
  map: RevisionMap,
  rows: readonly number[],
  target: string | readonly string[],
): Selection {
  const symbols = typeof target === "string" ? [target] : target;
  const targets = [...new Set(symbols.flatMap((symbol) => upgradeTargets(map, rows, symbol)))];
  refuseOverlap(map, targets, symbols);
  const applied = reach(map, rows, byDowns);
  const wanted = reach(map, targets, byDowns).map((mark, index) => mark & (applied[index]! ^ 1));
  // Where the target is a row, the place that the run ends with says it.
  const notes = targets.filter((index) => applied[index] === 1 && !rows.includes(index)).map((index) =>
    `${name(map, index)} is already applied`
  );
  return { revisions: [...newestFirst(map, wanted, targets)].reverse(), targets, notes };
}

function name(map: RevisionMap, index: number): string {
  return map.nodes[index]!.revision.revision;
}

function relativeToDatabase(map: RevisionMap, symbol: string): Relative | undefined {
  if (map.findIndex(symbol) !== undefined || map.labelled.has(symbol)) return undefined;
  const relative = parseRelative(symbol);
  return relative?.base === null ? relative : undefined;
}

function upgradeTargets(map: RevisionMap, rows: readonly number[], symbol: string): readonly number[] {
  const context = { action: "upgrade to", rows: rows.map((row) => name(map, row)) };
  const relative = relativeToDatabase(map, symbol);
  if (relative === undefined) return resolveIndices(map, symbol, context);
  if (relative.steps <= 0) {
    throw resolveError("RELATIVE_INVALID", {
      ...context,
      symbol,
      why: "an upgrade goes up",
      hint: relative.steps === 0
        ? "See where the database stands with: limbeck current"
        : `Go down with: limbeck downgrade ${symbol}`,
      facts: { revision: symbol, steps: relative.steps },
    });
  }
  const within = relative.label === null ? null : lineage(map, [resolveBranch(map, relative.label, context)]);
  const starts = within === null ? rows : activeOnBranch(map, rows, within);
  if (starts.length > 1) throw severalStarts(map, symbol, starts, context);
  const end = walk(map, starts[0] ?? null, relative.steps, { symbol, within, context });
  return end === null ? [] : [end];
}

/** The rows on a branch; where there are none, the topmost of its applied revisions. */
function activeOnBranch(map: RevisionMap, rows: readonly number[], within: Marks): readonly number[] {
  const direct = rows.filter((row) => within[row] === 1);
  if (direct.length > 0) return direct;
  return tips(map, reach(map, rows, byDowns).map((mark, index) => mark & within[index]!));
}

/** Those of a set that nothing else of it stands on directly. */
function tips(map: RevisionMap, set: Marks): readonly number[] {
  const below = new Uint8Array(set.length);
  for (const { index, downs } of map.nodes) if (set[index] === 1) { for (const down of downs) below[down] = 1; }
  return map.nodes.flatMap(({ index }) => set[index] === 1 && below[index] === 0 ? [index] : []);
}

function severalStarts(map: RevisionMap, symbol: string, starts: readonly number[], context: ResolveContext) {
  return resolveError("RELATIVE_INVALID", {
    action: context.action,
    symbol,
    why: `the database is at ${starts.length} revisions: ${listRevisions(map, starts)}`,
    hint: "Count from one of them: ID+1 or ID-1, or name a branch: label@+1",
    facts: { revision: symbol, candidates: starts.map((start) => name(map, start)).sort() },
  });
}

function refuseOverlap(map: RevisionMap, targets: readonly number[], symbols: readonly string[]): void {
  if (targets.length < 2) return;
  const under = reach(map, targets.flatMap((target) => map.nodes[target]!.downs), byDowns);
  const covered = targets.filter((target) => under[target] === 1);
  if (covered.length === 0) return;
  const asked = symbols.join(" ");
  throw resolveError("OVERLAPPING_REVISIONS", {
    action: "upgrade to",
    symbol: asked,
    why: `${listRevisions(map, covered)} lies under another of the targets`,
    hint: "Name only the upper ones: what they stand on comes along",
    facts: { targets: targets.map((target) => name(map, target)), covered: covered.map((target) => name(map, target)) },
  });
}

/**
 * What a downgrade takes back: all that stands on the target, and what depends on that, as far as it is applied.
 *
 * @param rows the positions of the version rows, in the table's order
 * @throws what `resolveRevisions` throws; `RANGE_INVALID` where the target is not applied, or not on the branch
 */
export function selectDowngrade(map: RevisionMap, rows: readonly number[], target: string): Selection {
  const { branch, end, notes } = downgradeTarget(map, rows, target);
  const roots = downgradeRoots(map, branch, end, target);
  const applied = reach(map, rows, byDowns);
  const wanted = reach(map, roots, byDependents).map((mark, index) => mark & applied[index]!);
  const revisions = newestFirst(map, wanted, rows);
  if (end !== null && revisions.length === 0 && !rows.includes(end)) {
    throw nothingToTakeBack(map, rows, target, end, applied);
  }
  // Where the target is all that is applied, the place that the run ends with says it.
  const isPlace = end === null || rows.join() === `${end}`;
  const idle = revisions.length > 0 || isPlace ? [] : [`nothing above ${name(map, end)} is applied`];
  return { revisions, targets: end === null ? [] : [end], notes: [...notes, ...idle] };
}

/** As Alembic: where nothing stands on the target, it must be a row; that it is implied by a dependency is not enough. */
function nothingToTakeBack(map: RevisionMap, rows: readonly number[], symbol: string, end: number, applied: Marks) {
  const place = rows.length === 0 ? "base" : listRevisions(map, rows);
  return resolveError("RANGE_INVALID", {
    action: "downgrade to",
    symbol,
    why: applied[end] === 0
      ? `"${name(map, end)}" is not applied; the database is at ${place}`
      : `nothing stands on "${name(map, end)}", it is only needed by what else is applied; the database is at ${place}`,
    hint: "Name a revision with something above it: look with limbeck current and limbeck history",
    facts: { revision: name(map, end), heads: rows.map((row) => name(map, row)) },
  });
}

interface DowngradeTarget {
  /** Names the branch that alone is taken back, where several stand on the target. */
  readonly branch: number | null;
  /** Where to stop; null is the base. */
  readonly end: number | null;
  readonly notes: readonly string[];
}

function downgradeTarget(map: RevisionMap, rows: readonly number[], symbol: string): DowngradeTarget {
  const context = { action: "downgrade to", rows: rows.map((row) => name(map, row)) };
  const relative = relativeToDatabase(map, symbol);
  if (relative !== undefined) return relativeDowngrade(map, rows, symbol, relative, context);
  const exact = map.findIndex(symbol) ?? map.labelled.get(symbol);
  if (exact !== undefined) return { branch: null, end: exact, notes: [] };
  const place = symbol.indexOf("@");
  const label = place < 0 ? null : symbol.slice(0, place);
  const rest = symbol.slice(place + 1);
  const branch = label === null ? null : resolveBranch(map, label, context);
  // As in Alembic, a label says which branch to take back; the id beside it may lie outside of it, at the fork or below.
  const plain = label !== null && !/^(head|heads|base)$/.test(rest) && parseRelative(symbol) === undefined;
  const found = resolveIndices(map, plain ? rest : symbol, context);
  if (found.length > 1) throw severalEnds(map, symbol, found, context);
  return { branch, end: found[0] ?? null, notes: [] };
}

function severalEnds(map: RevisionMap, symbol: string, found: readonly number[], { action }: ResolveContext) {
  return resolveError("MULTIPLE_HEADS", {
    action,
    symbol,
    why: `it means ${found.length} revisions: ${listRevisions(map, found)}`,
    hint: "A downgrade goes to one revision: name it, or a branch with label@ID",
    facts: { revision: symbol, heads: found.map((index) => name(map, index)).sort() },
  });
}

function relativeDowngrade(
  map: RevisionMap,
  rows: readonly number[],
  symbol: string,
  { label, steps }: Relative,
  context: ResolveContext,
): DowngradeTarget {
  const refuse = (why: string, hint: string) =>
    resolveError("RELATIVE_INVALID", { action: context.action, symbol, why, hint, facts: { revision: symbol, steps } });
  if (steps >= 0) throw refuse("a downgrade goes down", `Go up with: limbeck upgrade ${symbol}`);
  if (rows.length === 0) throw refuse("the database is at base", "There is nothing to take back");
  if (label === null) {
    const start = rows[0]!;
    const end = walk(map, start, steps, { symbol, context });
    const notes = rows.length === 1 ? [] : [
      `the database is at ${rows.length} revisions, ${symbol} counts from ${
        name(map, start)
      }: better say label@${symbol}`,
    ];
    return { branch: start, end, notes };
  }
  const branch = resolveBranch(map, label, context);
  const within = lineage(map, [branch]);
  const starts = onBranch(map, rows, within);
  if (starts.length > 1) throw severalStarts(map, symbol, starts, context);
  if (starts.length === 0) throw refuse(`nothing of the branch "${label}" is applied`, "Look with: limbeck current");
  return { branch, end: walk(map, starts[0]!, steps, { symbol, context }), notes: [] };
}

/** The rows on a branch; where there are none, the applied heads of the branch that rows imply over dependencies. */
function onBranch(map: RevisionMap, rows: readonly number[], within: Marks): readonly number[] {
  const direct = rows.filter((row) => within[row] === 1);
  if (direct.length > 0) return direct;
  const applied = reach(map, rows, byDowns);
  return map.nodes.flatMap(({ index, children }) =>
    applied[index] === 1 && within[index] === 1 && !children.some((child) => applied[child] === 1) ? [index] : []
  );
}

function downgradeRoots(
  map: RevisionMap,
  branch: number | null,
  end: number | null,
  symbol: string,
): readonly number[] {
  const roots = end === null ? map.bases.map((id) => map.indexOf(id)) : map.nodes[end]!.children;
  if (branch === null || roots.length < 2) return roots;
  const line = reach(map, [branch], byParents);
  const onLine = roots.filter((root) => line[root] === 1);
  if (onLine.length > 0) return onLine;
  throw resolveError("RANGE_INVALID", {
    action: "downgrade to",
    symbol,
    why: `${listRevisions(map, roots)} stand on it, and none of them leads to "${name(map, branch)}"`,
    hint: "Name a revision below the branch",
    facts: { revision: symbol, candidates: roots.map((root) => name(map, root)).sort() },
  });
}

/**
 * The positions of version rows.
 *
 * @param rows what the version table holds
 * @returns in the same order, each once
 * @throws `VERSION_UNKNOWN` where a row names no revision of the folder
 */
export function positionsOfRows(map: RevisionMap, rows: readonly string[]): readonly number[] {
  const unknown = [...new Set(rows)].filter((id) => map.find(id) === undefined).sort();
  if (unknown.length > 0) {
    const list = unknown.map((id) => `"${id}"`).join(", ");
    throw new LimbeckError(
      "VERSION_UNKNOWN",
      `Cannot tell where the database stands: its version table names ${list}, which no file of the versions folder has`,
      {
        hint: "Bring back the file (another branch of the code?), or set the row with: limbeck stamp --purge REVISION",
        facts: { unknown, rows: [...rows] },
      },
    );
  }
  return [...new Set(rows)].map((id) => map.indexOf(id));
}
