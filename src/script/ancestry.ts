/**
 * "Is this an ancestor of that?", fast enough to be asked again and again of a large history.
 *
 * Two depth-first walks over the graph, the second in the opposite order, number the revisions. What a walk first finds
 * below a node is an interval of its numbers, which is a yes; what lies outside of all that can be found below it is a no.
 * Only what neither walk decides is searched, with the same two questions at each step. (The method is known as GRAIL:
 * Yildirim, Chaoji, Zaki, 2010.)
 *
 * @module
 */

/** Answers whether `ancestor` lies strictly below `node`; both are positions in the list that the answerer was made for. */
export type AncestorTest = (ancestor: number, node: number) => boolean;

type Edges = readonly (readonly number[])[];

/**
 * Prepares the test for a graph, in linear time.
 *
 * @param below what each node stands on, as positions
 * @param order all positions, each after those below it
 */
export function createAncestorTest(below: Edges, order: readonly number[]): AncestorTest {
  const height = new Int32Array(below.length);
  for (const node of order) for (const down of below[node]!) height[node] = Math.max(height[node]!, height[down]! + 1);
  const walks = [numberDownwards(below, order, false), numberDownwards(below, order, true)];
  const certain = (ancestor: number, node: number) =>
    walks.some(({ first, rank }) => first[node]! <= rank[ancestor]! && rank[ancestor]! <= rank[node]!);
  const possible = (ancestor: number, node: number) =>
    height[node]! > height[ancestor]! &&
    walks.every(({ least, rank }) => least[node]! <= rank[ancestor]! && rank[ancestor]! <= rank[node]!);
  const seenIn = new Int32Array(below.length);
  let searches = 0;

  return (ancestor, node) => {
    if (ancestor === node || !possible(ancestor, node)) return false;
    if (certain(ancestor, node)) return true;
    const search = ++searches;
    const todo = [node];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const down of below[at]!) {
        if (down === ancestor || (possible(ancestor, down) && certain(ancestor, down))) return true;
        if (seenIn[down] === search || !possible(ancestor, down)) continue;
        seenIn[down] = search;
        todo.push(down);
      }
    }
    return false;
  };
}

/** The numbers of one walk: each node is numbered when all below it is. */
interface Numbers {
  readonly rank: Int32Array;
  /** What the walk first found below a node has the ranks from `first` to its own. */
  readonly first: Int32Array;
  /** The least rank of all that lies below a node. */
  readonly least: Int32Array;
}

function numberDownwards(below: Edges, order: readonly number[], reversed: boolean): Numbers {
  const [rank, first, least] = [0, 0, 0].map(() => new Int32Array(below.length).fill(-1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const place = new Int32Array(below.length);
  let count = 0;
  for (const top of reversed ? tops(below, order).reverse() : tops(below, order)) {
    const path = [top];
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (first[node]! < 0) first[node] = count;
      const downs = below[node]!;
      if (place[node]! < downs.length) {
        const next = place[node]!++;
        const down = downs[reversed ? downs.length - 1 - next : next]!;
        if (first[down]! < 0) path.push(down);
        continue;
      }
      path.pop();
      rank[node] = count++;
      least[node] = downs.reduce((so, down) => Math.min(so, least[down]!), rank[node]!);
    }
  }
  return { rank, first, least };
}

/** The nodes that nothing stands on. */
function tops(below: Edges, order: readonly number[]): number[] {
  const covered = new Uint8Array(below.length);
  for (const downs of below) for (const down of downs) covered[down] = 1;
  return order.filter((node) => covered[node] === 0);
}
