/**
 * "Is this an ancestor of that?" over down revisions, fast enough to be asked for every dependency of a large history.
 *
 * Following only the first down revision gives a forest, in which numbering every tree from the root outwards answers the
 * question at once. What is left are the other down revisions of merges: from merge to merge they are searched, no deeper
 * than the ancestor in question.
 *
 * @module
 */

/** Answers whether `ancestor` lies strictly below `node`; both are positions in the list that the answerer was made for. */
export type AncestorTest = (ancestor: number, node: number) => boolean;

/**
 * Prepares the test for a graph, in linear time.
 *
 * @param parents the down revisions of each node, as positions
 * @param order all positions, each after its down revisions
 */
export function createAncestorTest(parents: readonly (readonly number[])[], order: readonly number[]): AncestorTest {
  const { enter, leave } = numberForest(parents, order);
  const depth = new Int32Array(parents.length);
  const nearestMerge = new Int32Array(parents.length);
  for (const node of order) {
    const own = parents[node]!;
    for (const parent of own) depth[node] = Math.max(depth[node]!, depth[parent]! + 1);
    nearestMerge[node] = own.length > 1 ? node : own.length === 1 ? nearestMerge[own[0]!]! : -1;
  }
  const inTree = (ancestor: number, node: number) =>
    enter[ancestor]! <= enter[node]! && leave[node]! <= leave[ancestor]!;

  return (ancestor, node) => {
    if (ancestor === node || depth[ancestor]! >= depth[node]!) return false;
    const seen = new Set<number>();
    const todo = [node];
    for (let start = todo.pop(); start !== undefined; start = todo.pop()) {
      if (inTree(ancestor, start)) return true;
      let merge = nearestMerge[start]!;
      while (merge >= 0 && depth[merge]! > depth[ancestor]! && !seen.has(merge)) {
        seen.add(merge);
        for (const parent of parents[merge]!.slice(1)) if (depth[parent]! >= depth[ancestor]!) todo.push(parent);
        merge = nearestMerge[parents[merge]![0]!]!;
      }
    }
    return false;
  };
}

/** Numbers each node of the first-parent forest so that a subtree is the interval `enter` … `leave` of its root. */
function numberForest(parents: readonly (readonly number[])[], order: readonly number[]) {
  const size = new Int32Array(parents.length).fill(1);
  for (let at = order.length - 1; at >= 0; at--) {
    const parent = parents[order[at]!]![0];
    if (parent !== undefined) size[parent]! += size[order[at]!]!;
  }
  const enter = new Int32Array(parents.length);
  const leave = new Int32Array(parents.length);
  const next = new Int32Array(parents.length);
  let nextRoot = 0;
  for (const node of order) {
    const parent = parents[node]![0];
    enter[node] = parent === undefined ? nextRoot : next[parent]!;
    leave[node] = enter[node]! + size[node]! - 1;
    next[node] = enter[node]! + 1;
    if (parent === undefined) nextRoot = leave[node]! + 1;
    else next[parent] = leave[node]! + 1;
  }
  return { enter, leave };
}
