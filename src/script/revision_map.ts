/**
 * The versions folder as a graph: every revision with its neighbours, checked as a whole when it is made.
 *
 * Nodes name each other by their position in load order, so that a walk over 50,000 revisions is a walk over arrays.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { branchLabelsOf } from "./branch_labels.ts";
import { linkRevisions, type RevisionNode } from "./link_revisions.ts";
import { nearest as nearestOf } from "../platform/nearest.ts";
import type { Revision } from "./revision.ts";

/** A checked graph of revisions. Ids are full ids everywhere. */
export interface RevisionMap {
  /** All revisions, in load order: sorted file names, directory by directory. */
  readonly revisions: readonly Revision[];
  /** The same, with their neighbours. */
  readonly nodes: readonly RevisionNode[];
  /** All positions in `nodes`, each after those of its down revisions and dependencies. */
  readonly order: readonly number[];
  /** Positions by the labels that files declare. */
  readonly labelled: ReadonlyMap<string, number>;
  /** The revisions that nothing revises, in load order. */
  readonly heads: readonly string[];
  /** The heads that nothing depends on either: the version rows when all is applied. */
  readonly effectiveHeads: readonly string[];
  /** The revisions without down revisions, in load order. */
  readonly bases: readonly string[];

  /** The revision with a full id, or undefined. */
  find(id: string): Revision | undefined;
  /** The revision with a full id. Throws `REVISION_NOT_FOUND`. */
  get(id: string): Revision;
  /** The position in `nodes` of a full id. Throws `REVISION_NOT_FOUND`. */
  indexOf(id: string): number;
  /** The position in `nodes` of a full id; undefined where there is none. */
  findIndex(id: string): number | undefined;
  /** The ids of the revisions that revise it, in load order. */
  children(id: string): readonly string[];
  /** The ids that it depends on: labels and partial ids of `dependsOn` resolved. */
  dependencies(id: string): readonly string[];
  /** Down revisions, then dependencies without those that an ancestor declares already. */
  normalizedDownRevisions(id: string): readonly string[];
  /** The labels that it carries, its own and those of its branch, sorted. */
  labels(id: string): readonly string[];
  /** Whether nothing revises it. */
  isHead(id: string): boolean;
  /** Whether nothing revises it and nothing depends on it. */
  isEffectiveHead(id: string): boolean;
  /** Whether it has no down revision. */
  isBase(id: string): boolean;
  /** Whether several revisions revise it. */
  isBranchPoint(id: string): boolean;
  /** Whether it has several down revisions. */
  isMergePoint(id: string): boolean;
}

/**
 * Makes the graph of a list of revisions and checks it.
 *
 * @param revisions in load order
 * @throws the first of everything that is wrong, with all of it in the fact `problems`: `REVISION_ID_INVALID`,
 *   `DUPLICATE_REVISION`, `DUPLICATE_LABEL`, `MISSING_PARENT`, `AMBIGUOUS_REVISION` (a partial id in `dependsOn`), `CYCLE`,
 *   `REVISION_INVALID` (a dependency on an ancestor)
 *
 * @example
 * ```ts
 * import { createRevisionMap } from "./revision_map.ts";
 *
 * const header = { branchLabels: [], dependsOn: [], message: "", doc: "", createDate: null, format: "ts", transaction: true } as const;
 * const map = createRevisionMap([
 *   { ...header, revision: "a1", downRevisions: [], path: "/versions/a1.ts" },
 *   { ...header, revision: "b2", downRevisions: ["a1"], path: "/versions/b2.ts" },
 * ]);
 * console.assert(map.heads.join() === "b2");
 * ```
 */
export function createRevisionMap(revisions: readonly Revision[]): RevisionMap {
  const { nodes, order, positions, labelled } = linkRevisions(revisions);
  const idsAt = (indices: readonly number[]) => indices.map((index) => nodes[index]!.revision.revision);
  const idsWhere = (is: (node: RevisionNode) => boolean) => nodes.filter(is).map((node) => node.revision.revision);
  const indexOf = (id: string): number => {
    const index = positions.get(id);
    if (index === undefined) throw notFound(id, [...positions.keys()]);
    return index;
  };
  const node = (id: string) => nodes[indexOf(id)]!;
  let labels: readonly (readonly string[])[] | undefined;

  return {
    revisions,
    nodes,
    order,
    labelled,
    heads: idsWhere(({ children }) => children.length === 0),
    effectiveHeads: idsWhere(({ dependents }) => dependents.length === 0),
    bases: idsWhere(({ parents }) => parents.length === 0),
    find: (id) => revisions[positions.get(id) ?? -1],
    get: (id) => node(id).revision,
    indexOf,
    findIndex: (id) => positions.get(id),
    children: (id) => idsAt(node(id).children),
    dependencies: (id) => idsAt(node(id).dependencies),
    normalizedDownRevisions: (id) => idsAt(node(id).downs),
    labels: (id) => (labels ??= branchLabelsOf(nodes, order))[indexOf(id)]!,
    isHead: (id) => node(id).children.length === 0,
    isEffectiveHead: (id) => node(id).dependents.length === 0,
    isBase: (id) => node(id).parents.length === 0,
    isBranchPoint: (id) => node(id).children.length > 1,
    isMergePoint: (id) => node(id).parents.length > 1,
  };
}

function notFound(id: string, known: readonly string[]): LimbeckError {
  const nearest = nearestOf(id, known);
  return new LimbeckError("REVISION_NOT_FOUND", `Cannot find revision "${id}"`, {
    hint: nearest === undefined ? "List what is there with: limbeck history" : `Did you mean "${nearest}"?`,
    facts: { revision: id },
  });
}

/** A set of positions of a graph: 1 where a node is in. */
export type Marks = Uint8Array;

/** The neighbours that a walk goes on to. */
export type Neighbours = (node: RevisionNode) => readonly number[];

/** Towards the bases, over down revisions. */
export const byParents: Neighbours = (node) => node.parents;
/** Towards the bases, over down revisions and dependencies. */
export const byDowns: Neighbours = (node) => node.downs;
/** Towards the heads, over down revisions. */
export const byChildren: Neighbours = (node) => node.children;
/** Towards the heads, over down revisions and dependencies. */
export const byDependents: Neighbours = (node) => node.dependents;

/**
 * Marks the starts and all that is reached from them: `reach(map, heads, byDowns)` are the heads with their ancestors.
 *
 * @param marks marks to add to; what is marked already is not walked again
 */
export function reach(
  map: RevisionMap,
  starts: Iterable<number>,
  next: Neighbours,
  marks: Marks = new Uint8Array(map.nodes.length),
): Marks {
  const todo: number[] = [];
  for (const start of starts) {
    if (marks[start] === 1) continue;
    marks[start] = 1;
    todo.push(start);
  }
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    for (const neighbour of next(map.nodes[at]!)) {
      if (marks[neighbour] === 1) continue;
      marks[neighbour] = 1;
      todo.push(neighbour);
    }
  }
  return marks;
}

/**
 * The lineage of revisions: themselves, their ancestors and their descendants.
 *
 * @param withDependencies follow dependencies too; left out, only down revisions
 */
export function lineage(map: RevisionMap, starts: readonly number[], withDependencies = false): Marks {
  const below = reach(map, starts, withDependencies ? byDowns : byParents);
  const above = reach(map, starts, withDependencies ? byDependents : byChildren);
  return below.map((mark, index) => mark | above[index]!);
}
