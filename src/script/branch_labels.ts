/**
 * Which labels a revision carries: those of its own file, and those of its branch.
 *
 * @module
 */
import type { RevisionNode } from "./link_revisions.ts";

/**
 * The labels of every revision, sorted. As in Alembic, a label reaches all descendants (merges included); and where the
 * labelled revision's line runs up to its head without a fork or a merge, it reaches down too, to the next fork or merge.
 *
 * @param nodes the graph
 * @param order all positions, each after those below it
 * @returns by position; neighbours that carry the same labels share one list
 */
export function branchLabelsOf(
  nodes: readonly RevisionNode[],
  order: readonly number[],
): readonly (readonly string[])[] {
  const carried: (readonly string[])[] = nodes.map(() => []);
  for (const index of order) {
    const { parents, revision } = nodes[index]!;
    carried[index] = parents.map((parent) => carried[parent]!).reduce(union, revision.branchLabels);
  }
  for (const { index, revision } of nodes) {
    if (revision.branchLabels.length === 0 || !isPlainLine(nodes, index)) continue;
    let below = nodes[index]!.parents[0];
    while (below !== undefined && isPlain(nodes[below]!)) {
      carried[below] = union(carried[below]!, revision.branchLabels);
      below = nodes[below]!.parents[0];
    }
  }
  return carried.map((labels) => isSorted(labels) ? labels : [...labels].sort());
}

function isPlain({ parents, dependents }: RevisionNode): boolean {
  return parents.length < 2 && dependents.length < 2;
}

/** Whether a revision and all above it form one line. */
function isPlainLine(nodes: readonly RevisionNode[], start: number): boolean {
  for (let at: number | undefined = start; at !== undefined; at = nodes[at]!.children[0]) {
    if (!isPlain(nodes[at]!) || nodes[at]!.children.length > 1) return false;
  }
  return true;
}

function union(labels: readonly string[], more: readonly string[]): readonly string[] {
  if (labels === more || more.length === 0) return labels;
  if (labels.length === 0) return more;
  const missing = more.filter((label) => !labels.includes(label));
  return missing.length === 0 ? labels : [...labels, ...missing];
}

function isSorted(labels: readonly string[]): boolean {
  return labels.every((label, at) => at === 0 || labels[at - 1]! <= label);
}
