/**
 * Sorts a graph from the bases upwards, and shows the cycles where that cannot be done.
 *
 * @module
 */
import type { Problem } from "./problems.ts";
import type { Revision } from "./revision.ts";
import { relativePath } from "../platform/files.ts";

type Edges = readonly (readonly number[])[];

/**
 * All positions, each after those below it; and the cycles, each as a problem that names its files.
 *
 * @param revisions in load order
 * @param parents the down revisions of each, as positions
 * @param below the down revisions and dependencies of each
 * @param above the reverse of `below`
 */
export function findCycles(
  revisions: readonly Revision[],
  parents: Edges,
  below: Edges,
  above: Edges,
): { readonly order: readonly number[]; readonly cycles: readonly Problem[] } {
  const waiting = below.map((own) => own.length);
  const order = revisions.flatMap((_, index) => waiting[index] === 0 ? [index] : []);
  for (let at = 0; at < order.length; at++) {
    for (const next of above[order[at]!]!) if (--waiting[next]! === 0) order.push(next);
  }
  if (order.length === revisions.length) return { order, cycles: [] };
  return { order, cycles: walkCycles(below, waiting).map((cycle) => describe(cycle, revisions, parents)) };
}

/** Goes down from each node that could not be sorted, until a node comes again. */
function walkCycles(below: Edges, waiting: readonly number[]): readonly (readonly number[])[] {
  const cycles: number[][] = [];
  const seen = new Set<number>();
  for (let start = 0; start < below.length; start++) {
    if (waiting[start] === 0 || seen.has(start)) continue;
    const path: number[] = [];
    const place = new Map<number, number>();
    let at: number | undefined = start;
    while (at !== undefined && !place.has(at) && !seen.has(at)) {
      place.set(at, path.length);
      path.push(at);
      at = below[at]!.find((down) => waiting[down]! > 0);
    }
    if (at !== undefined && place.has(at)) cycles.push(path.slice(place.get(at)!));
    for (const node of path) seen.add(node);
  }
  return cycles;
}

function describe(cycle: readonly number[], revisions: readonly Revision[], parents: Edges): Problem {
  const members = cycle.map((index) => revisions[index]!);
  const [only] = members;
  const paths = members.map(({ path }) => path);
  const facts = { revisions: members.map(({ revision }) => revision), paths };
  if (members.length === 1) {
    const verb = parents[cycle[0]!]!.includes(cycle[0]!) ? "revises" : "depends on";
    return {
      code: "CYCLE",
      message: `Cannot load "${relativePath(only!.path)}": revision "${only!.revision}" ${verb} itself`,
      hint: "Take its own id out of its header",
      facts,
    };
  }
  const way = cycle.map((index, at) => {
    const next = cycle[(at + 1) % cycle.length]!;
    const verb = parents[index]!.includes(next) ? "revises" : "depends on";
    return `"${revisions[index]!.revision}" ${verb} "${revisions[next]!.revision}"`;
  });
  return {
    code: "CYCLE",
    message: `Cannot order the revisions, as they form a circle: ${way.join(", ")} (${
      paths.map(relativePath).join(", ")
    })`,
    hint: "One of these headers names the wrong revision",
    facts,
  };
}
