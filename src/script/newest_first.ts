/**
 * The one order in which revisions are listed and run: newest first; an upgrade takes it backwards.
 *
 * It is Alembic's: stay on a line of revisions as long as possible; a revision waits until all that stands on it is out;
 * a merge goes on with its first down revision, and its others wait as lines of their own. Alembic recomputes ancestors at
 * every fork; here a revision knows how many of those that stand on it are still to come, so that the sort is linear.
 *
 * @module
 */
import { type Marks, reach, type RevisionMap } from "./revision_map.ts";

/** The state of a sort. Lines are in the order in which they came up. */
interface Sort {
  readonly map: RevisionMap;
  /** What is still to be listed. */
  readonly todo: Marks;
  /** The same, with what is not listed but lies between: gone once all above it is. */
  readonly open: Marks;
  /** How many open revisions stand directly on a revision. */
  readonly waitingFor: Int32Array;
  /** The number of the line that has reached a revision, or -1. */
  readonly lineAt: Int32Array;
  /** The lines' numbers, ascending, and where each stands. */
  readonly lines: { readonly numbers: number[]; readonly at: number[] };
  nextLine: number;
  /** The number of the climb that came by a revision last. */
  readonly climbedIn: Int32Array;
  climbs: number;
}

/**
 * Sorts a set of revisions, newest first.
 *
 * @param map the graph
 * @param wanted what is to be listed; not changed
 * @param heads where the lines begin, positions in any order; those that are not wanted are left out
 * @returns positions
 */
export function newestFirst(map: RevisionMap, wanted: Marks, heads: Iterable<number>): readonly number[] {
  const sort = begin(map, wanted);
  const output: number[] = [];
  for (const head of [...new Set(heads)].sort((a, b) => a - b)) if (wanted[head] === 1) addLine(sort, head);
  emitLines(sort, output);
  // What stands only under unlisted revisions (a range over dependencies) follows, as lines of its own.
  for (let left = findReady(sort); left >= 0; left = findReady(sort)) {
    addLine(sort, left);
    emitLines(sort, output);
  }
  return output;
}

function begin(map: RevisionMap, wanted: Marks): Sort {
  const open = withBetween(map, wanted);
  const waitingFor = new Int32Array(wanted.length);
  for (const { index, dependents } of map.nodes) {
    if (open[index] === 1) { for (const above of dependents) waitingFor[index]! += open[above]!; }
  }
  return {
    map,
    todo: wanted.slice(),
    open,
    waitingFor,
    lineAt: new Int32Array(wanted.length).fill(-1),
    lines: { numbers: [], at: [] },
    nextLine: 0,
    climbedIn: new Int32Array(wanted.length),
    climbs: 0,
  };
}

/** The wanted revisions and what lies between them. */
function withBetween(map: RevisionMap, wanted: Marks): Marks {
  const indices = map.order.filter((index) => wanted[index] === 1);
  const above = reach(map, indices, (node) => node.dependents);
  const below = reach(map, indices, (node) => node.below);
  return above.map((mark, index) => mark & below[index]!);
}

function findReady({ todo, waitingFor }: Sort): number {
  return todo.findIndex((mark, index) => mark === 1 && waitingFor[index] === 0);
}

function addLine(sort: Sort, at: number): void {
  sort.lineAt[at] = sort.nextLine;
  sort.lines.numbers.push(sort.nextLine++);
  sort.lines.at.push(at);
}

function emitLines(sort: Sort, output: number[]): void {
  const { lines, lineAt, todo, map } = sort;
  let current = 0;
  while (lines.at.length > 0) {
    const candidate = lines.at[current]!;
    if (sort.waitingFor[candidate]! > 0) {
      const above = firstLineAbove(sort, candidate);
      if (above < 0) endLine(sort, current);
      current = above < 0 ? Math.max(current - 1, 0) : above;
      continue;
    }
    output.push(candidate);
    todo[candidate] = 0;
    release(sort, candidate);
    const [next, ...others] = map.nodes[candidate]!.downs.filter((down) => todo[down] === 1 && lineAt[down] === -1);
    if (next === undefined) {
      endLine(sort, current);
      current = Math.max(current - 1, 0);
      continue;
    }
    lines.at[current] = next;
    lineAt[candidate] = -1;
    lineAt[next] = lines.numbers[current]!;
    for (const other of others) addLine(sort, other);
  }
}

function endLine({ lines, lineAt }: Sort, place: number): void {
  lineAt[lines.at[place]!] = -1;
  lines.numbers.splice(place, 1);
  lines.at.splice(place, 1);
}

/** Closes a revision that is out; and unlisted ones that nothing open stands on any more. */
function release({ map, todo, open, waitingFor }: Sort, index: number): void {
  const closing = [index];
  for (let at = closing.pop(); at !== undefined; at = closing.pop()) {
    open[at] = 0;
    for (const down of map.nodes[at]!.below) {
      if (open[down] === 1 && --waitingFor[down]! === 0 && todo[down] === 0) closing.push(down);
    }
  }
}

/** The place of the first line that stands above a revision, or -1. */
function firstLineAbove(sort: Sort, index: number): number {
  const { map, open, lineAt, lines, climbedIn } = sort;
  const climb = ++sort.climbs;
  let first = Infinity;
  const todo = [index];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    for (const above of map.nodes[at]!.dependents) {
      if (open[above] === 0 || climbedIn[above] === climb) continue;
      climbedIn[above] = climb;
      todo.push(above);
      const line = lineAt[above]!;
      if (line >= 0 && line < first) first = line;
      if (line === lines.numbers[0]) return 0;
    }
  }
  return lines.numbers.indexOf(first);
}
