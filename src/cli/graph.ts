/**
 * Draws a history beside its lines, as `git log --graph` does.
 *
 * Every line of descent has a lane: a column that waits for the revision that comes next on it. A merge opens lanes, a
 * branch point closes them.
 *
 * @module
 */

/** A revision of the drawing. */
export interface GraphNode {
  readonly id: string;
  /** The ids that it follows; those that are not drawn end their lane. */
  readonly parents: readonly string[];
  /** What stands beside it, a line or more. */
  readonly lines: readonly string[];
}

/** Colours a mark that stands in a column. */
export type Paint = (mark: string, column: number) => string;

/**
 * Draws a history.
 *
 * @param nodes newest first: a revision stands before its parents
 * @param paint gives marks their colour; left out, they have none
 * @returns the lines, without white space at their ends
 *
 * @example
 * ```ts
 * import { drawGraph } from "./graph.ts";
 *
 * const lines = drawGraph([
 *   { id: "b", parents: ["a"], lines: ["b"] },
 *   { id: "c", parents: ["a"], lines: ["c"] },
 *   { id: "a", parents: [], lines: ["a"] },
 * ]);
 * console.assert(lines.join("\n") === "* b\n| * c\n|/\n* a");
 * ```
 */
export function drawGraph(nodes: readonly GraphNode[], paint: Paint = (mark) => mark): readonly string[] {
  const drawn = new Set(nodes.map(({ id }) => id));
  const output: string[] = [];
  let lanes: readonly string[] = [];
  for (const node of nodes) {
    const { rows, lanes: joined, column } = joinLanes(lanes, node.id);
    const parents = node.parents.filter((parent) => drawn.has(parent));
    const next = leaveNode(joined, column, parents);
    const own = [nodeRow(joined, column), ...next.rows];
    while (own.length < node.lines.length) own.push(laneRow(next.lanes));
    const width = node.lines.length > 1 ? Math.max(...own.map((marks) => marks.trimEnd().length)) : 0;
    output.push(...rows.map((marks) => besides(marks, "", 0, paint)));
    output.push(...own.map((marks, place) => besides(marks, node.lines[place] ?? "", width, paint)));
    lanes = next.lanes;
  }
  return output;
}

interface Joined {
  /** What is drawn above the node: `|/`. */
  readonly rows: readonly string[];
  readonly lanes: readonly string[];
  /** The lane of the node. */
  readonly column: number;
}

/** Leads all lanes that wait for a revision into the first of them; one that no lane waits for gets a lane of its own. */
function joinLanes(before: readonly string[], id: string): Joined {
  const column = before.indexOf(id);
  if (column < 0) return { rows: [], lanes: [...before, id], column: before.length };
  const rows: string[] = [];
  let lanes = before;
  for (let from = lanes.indexOf(id, column + 1); from >= 0; from = lanes.indexOf(id, column + 1)) {
    rows.push(shiftRow(lanes.length, from));
    lanes = lanes.filter((_, lane) => lane !== from);
    for (let at = from - 1; at > column; at--) rows.push(crossRow(lanes.length, at));
  }
  return { rows, lanes, column };
}

/** What is drawn below a node, and the lanes that go on. */
function leaveNode(lanes: readonly string[], column: number, parents: readonly string[]) {
  const [first, ...others] = parents;
  if (first === undefined) {
    const rows = column < lanes.length - 1 ? [closeRow(lanes.length, column)] : [];
    return { rows, lanes: lanes.filter((_, lane) => lane !== column) };
  }
  let next = lanes.map((lane, at) => at === column ? first : lane);
  const rows: string[] = [];
  for (const parent of [...others].reverse()) {
    rows.push(openRow(next.length, column));
    next = [...next.slice(0, column + 1), parent, ...next.slice(column + 1)];
  }
  return { rows, lanes: next };
}

/** A row of cells: even places are lanes, odd ones lie between them. */
function row(length: number, mark: (place: number) => string): string {
  return Array.from({ length: 2 * length }, (_, place) => mark(place)).join("");
}

const isLane = (place: number): boolean => place % 2 === 0;

const laneRow = (lanes: readonly string[]): string => row(lanes.length, (place) => isLane(place) ? "|" : " ");

const nodeRow = (lanes: readonly string[], column: number): string =>
  row(lanes.length, (place) => place === 2 * column ? "*" : isLane(place) ? "|" : " ");

/** The lane `from` and all right of it move one to the left. */
const shiftRow = (count: number, from: number): string =>
  row(
    count,
    (place) =>
      isLane(place) ? (place < 2 * from ? "|" : " ") : place >= 2 * from - 1 && place < 2 * count - 1 ? "/" : " ",
  );

/** The lane `column` ends, and all right of it move one to the left. */
const closeRow = (count: number, column: number): string =>
  row(count, (place) => isLane(place) ? (place < 2 * column ? "|" : " ") : place > 2 * column ? "/" : " ").slice(0, -1);

/** A line passes over the lane `at` to the left. */
const crossRow = (count: number, at: number): string =>
  row(count, (place) => isLane(place) ? "|" : place === 2 * at - 1 ? "/" : " ");

/** A lane opens right of `column`; all right of it move one to the right. */
const openRow = (count: number, column: number): string =>
  row(count, (place) => isLane(place) ? (place <= 2 * column ? "|" : " ") : place > 2 * column ? "\\" : " ");

/** A row of marks with its text, which begins no further left than `width`. */
function besides(marks: string, text: string, width: number, paint: Paint): string {
  const trimmed = marks.trimEnd();
  const colored = trimmed.replace(/[|/\\]/g, (mark, place: number) => paint(mark, place >> 1));
  return text === "" ? colored : `${colored}${" ".repeat(Math.max(0, width - trimmed.length))} ${text}`;
}
