/**
 * From a list of headers to linked nodes. Everything that can be wrong with a set of revisions is found here, all at once.
 *
 * @module
 */
import { type AncestorTest, createAncestorTest } from "./ancestry.ts";
import { checkNames } from "./check_names.ts";
import { findCycles } from "./find_cycles.ts";
import { nearest as nearestOf } from "../platform/nearest.ts";
import { type Problem, throwProblems } from "./problems.ts";
import type { Revision } from "./revision.ts";
import { relativePath } from "../platform/files.ts";

/** A revision with its neighbours, which are positions in load order. */
export interface RevisionNode {
  readonly index: number;
  readonly revision: Revision;
  /** Its down revisions, as declared. */
  readonly parents: readonly number[];
  /** Its dependencies, as declared. */
  readonly dependencies: readonly number[];
  /** Down revisions, then dependencies without those that an ancestor declares already: what has to be applied before. */
  readonly downs: readonly number[];
  /** All of its down revisions and dependencies, each once. */
  readonly below: readonly number[];
  /** The revisions that revise it, in load order. */
  readonly children: readonly number[];
  /** The revisions that revise it or depend on it, in load order. */
  readonly dependents: readonly number[];
}

/** The nodes, and what finds them. */
export interface LinkedRevisions {
  readonly nodes: readonly RevisionNode[];
  /** All positions, each after those of its down revisions and dependencies. */
  readonly order: readonly number[];
  readonly positions: ReadonlyMap<string, number>;
  readonly labelled: ReadonlyMap<string, number>;
}

/**
 * Links revisions into a graph.
 *
 * @throws what `createRevisionMap` says
 */
export function linkRevisions(revisions: readonly Revision[]): LinkedRevisions {
  const problems: Problem[] = [];
  const { positions, labelled } = checkNames(revisions, problems);
  const parents = revisions.map((revision) => linkParents(revision, positions, problems));
  const dependencies = revisions.map((revision) => linkDependencies(revision, positions, labelled, problems));
  const below = parents.map((own, index) => distinct(own, dependencies[index]!));
  const dependents = reverse(below);
  const { order, cycles } = findCycles(revisions, parents, below, dependents);
  problems.push(...cycles);
  throwProblems(problems);

  const isAncestor = dependencies.some((own) => own.length > 0) ? createAncestorTest(parents, order) : () => false;
  problems.push(...dependenciesOnAncestors(revisions, dependencies, isAncestor));
  throwProblems(problems);

  const needed = withoutDeclaredBelow(dependencies, isAncestor);
  const children = reverse(parents);
  const nodes = revisions.map((revision, index) => ({
    index,
    revision,
    parents: parents[index]!,
    dependencies: dependencies[index]!,
    downs: distinct(parents[index]!, needed[index]!),
    below: below[index]!,
    children: children[index]!,
    dependents: dependents[index]!,
  }));
  return { nodes, order, positions, labelled };
}

const NONE: readonly number[] = [];

function distinct(first: readonly number[], second: readonly number[]): readonly number[] {
  return second.length === 0 ? first : [...new Set([...first, ...second])];
}

function reverse(below: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const above = below.map(() => NONE as number[]);
  below.forEach((own, index) => {
    for (const down of own) {
      if (above[down] === NONE) above[down] = [index];
      else above[down]!.push(index);
    }
  });
  return above;
}

function linkParents(
  revision: Revision,
  positions: ReadonlyMap<string, number>,
  problems: Problem[],
): readonly number[] {
  if (revision.downRevisions.length === 0) return NONE;
  const found: number[] = [];
  for (const id of new Set(revision.downRevisions)) {
    const position = positions.get(id);
    if (position === undefined) problems.push(missing(revision, id, "revises", [...positions.keys()]));
    else found.push(position);
  }
  return found;
}

function linkDependencies(
  revision: Revision,
  positions: ReadonlyMap<string, number>,
  labelled: ReadonlyMap<string, number>,
  problems: Problem[],
): readonly number[] {
  if (revision.dependsOn.length === 0) return NONE;
  const found = new Set<number>();
  for (const name of revision.dependsOn) {
    const exact = positions.get(name) ?? labelled.get(name);
    if (exact !== undefined) {
      found.add(exact);
      continue;
    }
    const candidates = name === "" ? [] : [...positions.keys()].filter((id) => id.startsWith(name));
    if (candidates.length === 1) found.add(positions.get(candidates[0]!)!);
    else if (candidates.length > 1) problems.push(ambiguous(revision, name, candidates));
    else problems.push(missing(revision, name, "depends on", [...positions.keys(), ...labelled.keys()]));
  }
  return [...found];
}

function missing(revision: Revision, id: string, verb: string, known: readonly string[]): Problem {
  const nearest = nearestOf(id, known);
  return {
    code: "MISSING_PARENT",
    message: `Cannot load "${relativePath(revision.path)}": it ${verb} "${id}", which no file has`,
    hint: nearest === undefined
      ? `Bring back the file of "${id}", or correct the header`
      : `Did you mean "${nearest}"? Otherwise bring back the file of "${id}"`,
    facts: { revision: revision.revision, missing: id, path: revision.path },
  };
}

function ambiguous(revision: Revision, name: string, candidates: readonly string[]): Problem {
  const sorted = [...candidates].sort();
  return {
    code: "AMBIGUOUS_REVISION",
    message: `Cannot load "${
      relativePath(revision.path)
    }": it depends on "${name}", with which ${candidates.length} ids begin: ${
      sorted.slice(0, 5).map((id) => `"${id}"`).join(", ")
    }${sorted.length > 5 ? "…" : ""}`,
    hint: "Write the full id",
    facts: { revision: revision.revision, candidates: sorted, path: revision.path },
  };
}

function dependenciesOnAncestors(
  revisions: readonly Revision[],
  dependencies: readonly (readonly number[])[],
  isAncestor: AncestorTest,
): readonly Problem[] {
  return dependencies.flatMap((own, index) =>
    own.filter((dependency) => isAncestor(dependency, index)).map((dependency) => ({
      code: "REVISION_INVALID" as const,
      message: `Cannot load "${relativePath(revisions[index]!.path)}": it depends on its own ancestor "${
        revisions[dependency]!.revision
      }" (${relativePath(revisions[dependency]!.path)})`,
      hint: "Take the id out of dependsOn: an ancestor is always applied before",
      facts: {
        revision: revisions[index]!.revision,
        ancestor: revisions[dependency]!.revision,
        paths: [revisions[index]!.path, revisions[dependency]!.path],
      },
    }))
  );
}

/** The dependencies without those that an ancestor over down revisions declares too. */
function withoutDeclaredBelow(
  dependencies: readonly (readonly number[])[],
  isAncestor: AncestorTest,
): readonly (readonly number[])[] {
  const declaring = new Map<number, number[]>();
  dependencies.forEach((own, index) => {
    for (const dependency of own) {
      const known = declaring.get(dependency);
      if (known === undefined) declaring.set(dependency, [index]);
      else known.push(index);
    }
  });
  return dependencies.map((own, index) =>
    own.length === 0
      ? own
      : own.filter((dependency) => !declaring.get(dependency)!.some((other) => isAncestor(other, index)))
  );
}
