/** Graphs for the tests: short notations, random ones, and what version rows must be, computed the slow way. */
import type { Revision } from "../../src/script/revision.ts";
import { createRevisionMap, type RevisionMap } from "../../src/script/revision_map.ts";

/** A revision as the tests write it. */
export interface Short {
  readonly id: string;
  readonly down?: readonly string[];
  readonly labels?: readonly string[];
  readonly deps?: readonly string[];
}

export function revision({ id, down = [], labels = [], deps = [] }: Short, path = `/versions/${id}.ts`): Revision {
  return {
    revision: id,
    downRevisions: down,
    branchLabels: labels,
    dependsOn: deps,
    message: `message of ${id}`,
    doc: `message of ${id}`,
    createDate: null,
    path,
    format: "ts",
    transaction: true,
  };
}

/**
 * A graph in one line a revision, in load order: `id < parent, parent ^ dependency [label]`.
 */
export function graph(text: string): RevisionMap {
  return createRevisionMap(shorts(text).map((short) => revision(short)));
}

export function shorts(text: string): readonly Short[] {
  const words = (part: string | undefined) => (part ?? "").split(/[,\s]+/).filter((word) => word !== "");
  return text.split(/[\n;]/).map((line) => line.trim()).filter((line) => line !== "").map((line) => {
    const match = /^(\S+)(?:\s*<([^^[]*))?(?:\s*\^([^[]*))?(?:\s*\[([^\]]*)\])?$/.exec(line);
    if (match === null) throw new Error(`cannot read ${line}`);
    return { id: match[1]!, down: words(match[2]), deps: words(match[3]), labels: words(match[4]) };
  });
}

/** What must be applied for a revision, itself included: the definition, without any shortcut. */
export function closure(map: RevisionMap, ids: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const todo = [...ids];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    todo.push(...map.get(id).downRevisions, ...map.dependencies(id));
  }
  return found;
}

/** The version rows of an applied set: those that no other applied revision needs. */
export function naiveRows(map: RevisionMap, applied: ReadonlySet<string>): readonly string[] {
  return [...applied].filter((id) => [...applied].every((other) => other === id || !closure(map, [other]).has(id)))
    .sort();
}

/** Pseudo-random numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 8) ^ (state & 0xff)) % 65536 / 65536;
  };
}

/** A random graph with roots, branches, merges, labels and dependencies (never on an ancestor), in a random load order. */
export function randomGraph(random: () => number, size: number): RevisionMap {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const made: Short[] = [];
  const lines = new Map<string, Set<string>>();
  for (let number = 0; number < size; number++) {
    const ids = made.map(({ id }) => id);
    const down = number === 0 || random() < 0.12
      ? []
      : random() < 0.25
      ? [...new Set([pick(ids), pick(ids)])]
      : [random() < 0.6 ? ids.at(-1)! : pick(ids)];
    const line = new Set(down.flatMap((id) => [id, ...lines.get(id)!]));
    const others = ids.filter((id) => !line.has(id));
    const deps = others.length > 0 && random() < 0.35 ? [...new Set([pick(others), pick(others)])] : [];
    const id = `r${Math.floor(random() * 65536).toString(16).padStart(4, "0")}x${number}`;
    made.push({ id, down, deps, labels: random() < 0.1 ? [`label${number}`] : [] });
    lines.set(id, line);
  }
  for (let at = made.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [made[at], made[other]] = [made[other]!, made[at]!];
  }
  return createRevisionMap(made.map((short) => revision(short)));
}
