/**
 * What a run will do, decided before a connection is used: which revisions, in which order, and the version rows after each.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { Revision } from "../script/revision.ts";
import { byDowns, lineage, type Marks, reach, type RevisionMap } from "../script/revision_map.ts";
import { resolveBranch, resolveRevisions } from "../script/resolve.ts";
import { positionsOfRows, selectDowngrade, type Selection, selectUpgrade } from "../script/select.ts";
import { createRowTimeline, maximal, type RowChange, rowChanges } from "./version_rows.ts";

/** One step of a run: a revision applied or taken back, or rows set by `stamp`. */
export interface Step {
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** The revision that runs, or that a stamp goes to; null where a stamp takes rows away. */
  readonly revision: Revision | null;
  /** The ids on one side of the step: an upgrade's down revisions and dependencies, a downgrade's revision. */
  readonly from: readonly string[];
  /** The ids on its other side. */
  readonly to: readonly string[];
  /** The version rows before the step, sorted. */
  readonly rowsBefore: readonly string[];
  /** The version rows after it, sorted. */
  readonly rowsAfter: readonly string[];
  /** The smallest change of the rows. */
  readonly changes: readonly RowChange[];
}

/** A run. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The full ids that the argument means; none for `base`. */
  readonly targets: readonly string[];
  /** What a person should know, e.g. that the target is already applied. */
  readonly notes: readonly string[];
}

/**
 * Plans an upgrade: everything that the target needs and that is not applied yet, parents and dependencies first.
 *
 * @param map the graph
 * @param rows what the version table holds
 * @param target a revision argument, or several
 * @throws `VERSION_UNKNOWN`, `OVERLAPPING_REVISIONS`, and what `resolveRevisions` throws
 */
export function planUpgrade(map: RevisionMap, rows: readonly string[], target: string | readonly string[]): Plan {
  const positions = positionsOfRows(map, rows);
  return planned(map, rows, positions, "upgrade", selectUpgrade(map, positions, target));
}

/**
 * Plans a downgrade: everything that stands on the target is taken back, with what depends on that.
 *
 * @param map the graph
 * @param rows what the version table holds; `-1` counts from the first
 * @param target one revision argument
 * @throws `VERSION_UNKNOWN`, `RANGE_INVALID` where the target is not applied, and what `resolveRevisions` throws
 */
export function planDowngrade(map: RevisionMap, rows: readonly string[], target: string): Plan {
  const positions = positionsOfRows(map, rows);
  return planned(map, rows, positions, "downgrade", selectDowngrade(map, positions, target));
}

/**
 * Plans an offline upgrade: `a:b` starts where `a` is applied, `b` and `:b` at base; `a:` goes up to the heads.
 *
 * @throws `RANGE_INVALID`, and what `planUpgrade` throws
 */
export function planUpgradeRange(map: RevisionMap, range: string): Plan {
  const [from, to] = range.includes(":") ? splitRange(range, "upgrade") : ["", range];
  return planUpgrade(map, startRows(map, from, "upgrade from"), to === "" ? "heads" : to);
}

/**
 * Plans an offline downgrade: `a:b` starts where `a` is applied.
 *
 * @throws `RANGE_INVALID` also where there is no start, and what `planDowngrade` throws
 */
export function planDowngradeRange(map: RevisionMap, range: string): Plan {
  const [from, to] = range.includes(":") ? splitRange(range, "downgrade") : ["", ""];
  if (from === "") {
    throw invalidRange(range, "downgrade", "a downgrade without a database needs to know where it starts");
  }
  if (to === "") throw invalidRange(range, "downgrade", "it does not say where to stop");
  return planDowngrade(map, startRows(map, from, "downgrade from"), to);
}

function splitRange(range: string, action: string): readonly [from: string, to: string] {
  const [from, to, ...more] = range.split(":");
  if (more.length > 0 || to === undefined || range.trim() === ":") {
    throw invalidRange(range, action, "it is not a start and an end");
  }
  return [from!, to];
}

function invalidRange(range: string, action: string, why: string): LimbeckError {
  return new LimbeckError("RANGE_INVALID", `Cannot ${action} "${range}": ${why}`, {
    hint: action === "upgrade" ? "Write start:end, or :end to start at base" : "Write start:end, e.g. head:base",
    facts: { range },
  });
}

function startRows(map: RevisionMap, from: string, action: string): readonly string[] {
  if (from === "") return [];
  return maximal(map, resolveRevisions(map, from, { action }).map(({ revision }) => revision));
}

/** Folds the revisions into steps, keeping the rows as it goes: what a step changes, it knows from its neighbours. */
function planned(
  map: RevisionMap,
  rows: readonly string[],
  positions: readonly number[],
  direction: "upgrade" | "downgrade",
  { revisions, targets, notes }: Selection,
): Plan {
  const id = (index: number) => map.nodes[index]!.revision.revision;
  const standing = countStanding(map, reach(map, positions, byDowns));
  const needed = new Set(maximal(map, rows));
  const timeline = createRowTimeline(rows);
  const steps = revisions.map((index, place): Step => {
    const { revision, downs, below } = map.nodes[index]!;
    const names = downs.map(id);
    for (const down of below) standing[down]! += direction === "upgrade" ? 1 : -1;
    const bared = () => downs.filter((down) => standing[down] === 0).map(id);
    const [from, to] = direction === "upgrade" ? [names, [revision.revision]] : [[revision.revision], names];
    const come = direction === "upgrade" ? to : bared();
    // Rows that others imply (Alembic leaves such) go with the first step.
    const spare = place === 0 ? rows.filter((row) => !needed.has(row) && !from.includes(row)) : [];
    const changes = timeline.change([...spare, ...from], come);
    return {
      direction,
      revision,
      from,
      to,
      get rowsBefore() {
        return timeline.at(place);
      },
      get rowsAfter() {
        return timeline.at(place + 1);
      },
      changes,
    };
  });
  return { steps, targets: targets.map(id), notes };
}

/** How many applied revisions stand directly on each. */
function countStanding(map: RevisionMap, applied: Marks): Int32Array {
  const standing = new Int32Array(applied.length);
  for (const { index, below } of map.nodes) {
    if (applied[index] === 1) {
      for (const down of below) standing[down]! += 1;
    }
  }
  return standing;
}

/**
 * Plans a stamp: the rows of the targets' lineage give way to the targets; nothing runs.
 *
 * @param map the graph
 * @param rows what the version table holds
 * @param targets revision arguments; `base`, or none, takes the rows away
 * @param options `purge`: the table is emptied of all other rows, also of unknown ones
 * @throws `VERSION_UNKNOWN` (not with `purge`), and what `resolveRevisions` throws, before anything is changed
 */
export function planStamp(
  map: RevisionMap,
  rows: readonly string[],
  targets: string | readonly string[],
  options: { readonly purge?: boolean } = {},
): Plan {
  const purge = options.purge === true;
  const given = typeof targets === "string" ? [targets] : targets;
  const symbols = given.length === 0 ? ["base"] : given;
  const before = [...new Set(rows)].sort();
  const known = purge ? before.filter((row) => map.find(row) !== undefined) : before;
  const positions = positionsOfRows(map, known);
  const context = { action: "stamp", rows: known };
  const meant = resolveRevisions(map, symbols, context).map(({ revision }) => revision);
  const upper = maximal(map, meant);
  const wanted = meant.filter((id) => upper.includes(id));
  const emptied = symbols.some((symbol) => resolveRevisions(map, symbol, context).length === 0);
  const affected = purge ? before : rowsInLineage(map, positions, symbols, meant, context);
  const goes = affected.filter((row) => !wanted.includes(row));
  const comes = wanted.filter((id) => !before.includes(id));
  const notes = meant.filter((id) => !wanted.includes(id)).map((id) =>
    `${id} lies under another target and needs no row`
  );
  const removed = comes.length > 0 || emptied || purge ? goes : [];
  // Where only other rows are purged, the step is still one to the target.
  const reached = comes.length === 0 && purge && removed.length > 0 ? wanted.slice(0, 1) : comes;
  const steps = stampSteps(map, before, reached, removed);
  return { steps, targets: wanted, notes };
}

/** The rows that a stamp may replace: those in the lineage, over dependencies too, of a target or of the label beside it. */
function rowsInLineage(
  map: RevisionMap,
  rows: readonly number[],
  symbols: readonly string[],
  meant: readonly string[],
  context: { readonly action: string },
): readonly string[] {
  const labels = symbols.flatMap((symbol) => symbol.includes("@") ? [symbol.slice(0, symbol.indexOf("@"))] : []);
  const all = symbols.some((symbol) => symbol === "base");
  const anchors = [
    ...labels.map((label) => resolveBranch(map, label, context)),
    ...meant.map((id) => map.indexOf(id)),
  ];
  const inLineage = lineage(map, anchors, true);
  return rows.filter((row) => all || inLineage[row] === 1).map((row) => map.nodes[row]!.revision.revision);
}

/** The first new row takes the place of all that go; the others are added. Without any, each that goes is a step. */
function stampSteps(
  map: RevisionMap,
  before: readonly string[],
  comes: readonly string[],
  goes: readonly string[],
): readonly Step[] {
  const moves = comes.length === 0
    ? goes.map((row) => ({ from: [row], to: [] as string[] }))
    : comes.map((id, place) => ({ from: place === 0 ? goes : [], to: [id] }));
  let current = before;
  return moves.map(({ from, to }) => {
    const rowsBefore = current;
    const rowsAfter = [...new Set([...rowsBefore.filter((row) => !from.includes(row)), ...to])].sort();
    current = rowsAfter;
    const revision = to[0] === undefined ? null : map.get(to[0]);
    return {
      direction: "stamp",
      revision,
      from,
      to,
      rowsBefore,
      rowsAfter,
      changes: rowChanges(rowsBefore, rowsAfter),
    };
  });
}
