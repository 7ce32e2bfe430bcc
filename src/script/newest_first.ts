/**
 * The one order in which revisions are listed and run: newest first; an upgrade takes it backwards.
 *
 * It is Alembic's: stay on a line of revisions as long as possible; a revision waits until all that stands on it is out,
 * and the first line that stands above it goes on meanwhile; a merge goes on with its first down revision, and its others
 * wait as lines of their own. Alembic recomputes ancestors at every fork; here a revision knows how many of those that
 * stand on it are still to come, and an ancestor test finds the line above it, so that the sort is as good as linear.
 *
 * @module
 */
import { type AncestorTest, createAncestorTest } from "./ancestry.ts";
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
  /** Whether a line has reached a revision. */
  readonly onLine: Marks;
  readonly lines: Lines;
  /** Whether a revision lies under another; prepared when it is first asked. */
  isUnder?: AncestorTest;
  /** The first line that may stand above a revision: those before it do not, and never will, as lines only go down. */
  readonly firstAbove: Int32Array;
}

/** The lines that have not ended, a list linked in both directions. `NONE` stands before the first and after the last. */
interface Lines {
  /** The revision that each line has reached. */
  readonly at: number[];
  readonly previous: number[];
  readonly next: number[];
  first: number;
  last: number;
}

const NONE = -1;

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
    onLine: new Uint8Array(wanted.length),
    lines: { at: [], previous: [], next: [], first: NONE, last: NONE },
    firstAbove: new Int32Array(wanted.length),
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

function addLine({ onLine, lines }: Sort, at: number): void {
  const line = lines.at.length;
  onLine[at] = 1;
  lines.at.push(at);
  lines.previous.push(lines.last);
  lines.next.push(NONE);
  if (lines.last === NONE) lines.first = line;
  else lines.next[lines.last] = line;
  lines.last = line;
}

/** Takes a line out of the list. Returns the one before it, or where it was the first, the one after it. */
function endLine({ onLine, lines }: Sort, line: number): number {
  const [before, after] = [lines.previous[line]!, lines.next[line]!];
  onLine[lines.at[line]!] = 0;
  if (before === NONE) lines.first = after;
  else lines.next[before] = after;
  if (after === NONE) lines.last = before;
  else lines.previous[after] = before;
  return before === NONE ? after : before;
}

function emitLines(sort: Sort, output: number[]): void {
  const { lines, onLine, todo, map } = sort;
  let line = lines.first;
  while (line !== NONE) {
    const candidate = lines.at[line]!;
    if (sort.waitingFor[candidate]! > 0) {
      const above = firstLineAbove(sort, candidate);
      line = above === NONE ? endLine(sort, line) : above;
      continue;
    }
    output.push(candidate);
    todo[candidate] = 0;
    release(sort, candidate);
    const [next, ...others] = map.nodes[candidate]!.downs.filter((down) => todo[down] === 1 && onLine[down] === 0);
    if (next === undefined) {
      line = endLine(sort, line);
      continue;
    }
    onLine[candidate] = 0;
    onLine[next] = 1;
    lines.at[line] = next;
    for (const other of others) addLine(sort, other);
  }
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

/** The first line that stands above a revision, or `NONE`. */
function firstLineAbove(sort: Sort, index: number): number {
  const { map, lines, firstAbove } = sort;
  const isUnder = sort.isUnder ??= createAncestorTest(map.nodes.map(({ below }) => below), map.order);
  let line = lines.first;
  while (line !== NONE && (line < firstAbove[index]! || !isUnder(index, lines.at[line]!))) line = lines.next[line]!;
  firstAbove[index] = line === NONE ? lines.at.length : line;
  return line;
}
