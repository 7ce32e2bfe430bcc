/**
 * Where a new revision stands in the graph: decided, and checked, before a file is written.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { LimbeckError } from "../errors.ts";
import { checkId, labelFault } from "./check_names.ts";
import { resolveIndices, resolveRevision } from "./resolve.ts";
import { listRevisions } from "./resolve_error.ts";
import type { Revision } from "./revision.ts";
import { byParents, reach, type RevisionMap } from "./revision_map.ts";
import { relativePath } from "../platform/files.ts";

/** What the user asked for. */
export interface NewRevisionOptions {
  /** The new id. */
  readonly revId: string;
  /** What it follows: one revision argument, or several for a merge; default `head`. */
  readonly head?: string | readonly string[] | undefined;
  /** It may follow a revision that is no head. */
  readonly splice?: boolean | undefined;
  readonly branchLabels?: readonly string[] | undefined;
  /** The directory; must be one of `versionLocations`. */
  readonly versionPath?: string | undefined;
  /** Ids, partial ids or labels. */
  readonly dependsOn?: readonly string[] | undefined;
  /** The configured directories, absolute. */
  readonly versionLocations: readonly string[];
  /** Sub-directories of the version locations are read too, so a file may be put there. */
  readonly recursive?: boolean | undefined;
}

/** What the new file is to say, and where it goes. */
export interface RevisionDecision {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  /** Labels stay labels, ids are full. */
  readonly dependsOn: readonly string[];
  /** Absolute. */
  readonly directory: string;
}

/**
 * Decides where a new revision stands.
 *
 * @throws `REVISION_ID_INVALID`, `DUPLICATE_REVISION`, `DUPLICATE_LABEL`, `MULTIPLE_HEADS`, `NOT_A_HEAD`,
 *   `OVERLAPPING_REVISIONS` (a merge of one line), `VERSION_LOCATION`, `REVISION_INVALID` (a dependency on an ancestor),
 *   `CYCLE` (on itself), and what `resolveRevisions` throws
 */
export function decideRevision(map: RevisionMap, options: NewRevisionOptions): RevisionDecision {
  const { revId, branchLabels = [], dependsOn = [] } = options;
  checkId(revId);
  checkUnused(map, revId, branchLabels);
  refuseItself(options);
  const parents = resolveParents(map, options);
  refuseInnerParents(map, parents, options.splice === true);
  refuseOneLine(map, parents);
  const dependencies = dependsOn.map((name) => resolveDependency(map, name));
  refuseAncestors(map, parents, dependencies, revId);
  return {
    revision: revId,
    downRevisions: parents.map((index) => map.nodes[index]!.revision.revision),
    branchLabels: [...new Set(branchLabels)],
    dependsOn: [...new Set(dependencies.map(({ name }) => name))],
    directory: chooseDirectory(map, parents, options),
  };
}

function checkUnused(map: RevisionMap, revId: string, branchLabels: readonly string[]): void {
  const owner = ownerOf(map, revId);
  if (owner !== undefined) {
    const use = owner.revision === revId ? "id" : "branch label";
    throw new LimbeckError(
      "DUPLICATE_REVISION",
      `Cannot create revision "${revId}": "${relativePath(owner.path)}" has this ${use}`,
      { hint: "Give another --rev-id, or leave it out", facts: { revision: revId, path: owner.path } },
    );
  }
  for (const label of branchLabels) checkLabel(map, revId, label);
}

function checkLabel(map: RevisionMap, revId: string, label: string): void {
  const fault = labelFault(label);
  if (fault !== undefined) {
    throw new LimbeckError("REVISION_ID_INVALID", `Cannot use "${label}" as a branch label: ${fault}`, {
      hint: "Use letters, digits and underscores",
      facts: { label },
    });
  }
  const owner = ownerOf(map, label);
  if (owner === undefined && label !== revId) return;
  const used = owner === undefined ? "it is the new revision's id" : `"${relativePath(owner.path)}" uses it`;
  throw new LimbeckError("DUPLICATE_LABEL", `Cannot use the branch label "${label}": ${used}`, {
    hint: "Choose another name: a label is declared once and reaches all descendants",
    facts: { label, ...(owner === undefined ? {} : { revision: owner.revision, path: owner.path }) },
  });
}

/** The revision that has a name as its id or as a label. */
function ownerOf(map: RevisionMap, name: string): Revision | undefined {
  return map.find(name) ?? map.revisions[map.labelled.get(name) ?? -1];
}

function refuseItself({ revId, head, dependsOn = [] }: NewRevisionOptions): void {
  const heads = head === undefined ? [] : typeof head === "string" ? [head] : head;
  if (![...heads, ...dependsOn].includes(revId)) return;
  throw new LimbeckError("CYCLE", `Cannot create revision "${revId}": it would stand on itself`, {
    hint: "Give another --rev-id, or another --head or --depends-on",
    facts: { revision: revId },
  });
}

function resolveParents(map: RevisionMap, { head = "head" }: NewRevisionOptions): readonly number[] {
  if (map.nodes.length === 0 && (head === "head" || head === "heads")) return [];
  const symbols = typeof head === "string" ? [head] : head;
  const context = { action: symbols.length > 1 ? "merge" : "build on" };
  try {
    return [...new Set(symbols.flatMap((symbol) => resolveIndices(map, symbol, context)))];
  } catch (error) {
    if (!(error instanceof LimbeckError) || error.code !== "MULTIPLE_HEADS") throw error;
    throw new LimbeckError(error.code, error.message, {
      hint: "Choose one with --head, or join them with: limbeck merge heads",
      facts: error.facts,
      cause: error,
    });
  }
}

function refuseInnerParents(map: RevisionMap, parents: readonly number[], splice: boolean): void {
  const inner = parents.filter((index) => map.nodes[index]!.children.length > 0);
  if (splice || inner.length === 0) return;
  const verb = inner.length === 1 ? "is no head" : "are no heads";
  throw new LimbeckError(
    "NOT_A_HEAD",
    `Cannot build on ${listRevisions(map, inner)}: it ${verb}`.replace("it are", "they are"),
    {
      hint: "Add --splice to begin a new branch there",
      facts: { revisions: inner.map((index) => map.nodes[index]!.revision.revision) },
    },
  );
}

function refuseOneLine(map: RevisionMap, parents: readonly number[]): void {
  if (parents.length < 2) return;
  const under = reach(map, parents.flatMap((parent) => map.nodes[parent]!.parents), byParents);
  const covered = parents.filter((parent) => under[parent] === 1);
  if (covered.length === 0) return;
  throw new LimbeckError(
    "OVERLAPPING_REVISIONS",
    `Cannot merge: ${listRevisions(map, covered)} lies under another parent`,
    {
      hint: "Name only the upper one",
      facts: { covered: covered.map((index) => map.nodes[index]!.revision.revision) },
    },
  );
}

interface Dependency {
  readonly index: number;
  /** As it is written into the file. */
  readonly name: string;
}

function resolveDependency(map: RevisionMap, symbol: string): Dependency {
  const found = resolveRevision(map, symbol, { action: "depend on" });
  if (found === null) {
    throw new LimbeckError("REVISION_NOT_FOUND", `Cannot depend on "${symbol}": it means no revision`, {
      hint: "Name a revision or a branch label",
      facts: { revision: symbol },
    });
  }
  return { index: map.indexOf(found.revision), name: found.branchLabels.includes(symbol) ? symbol : found.revision };
}

function refuseAncestors(
  map: RevisionMap,
  parents: readonly number[],
  dependencies: readonly Dependency[],
  revId: string,
): void {
  const below = reach(map, parents, byParents);
  const ancestor = dependencies.find(({ index }) => below[index] === 1);
  if (ancestor === undefined) return;
  throw new LimbeckError(
    "REVISION_INVALID",
    `Cannot create revision "${revId}": it would depend on its own ancestor "${ancestor.name}"`,
    {
      hint: "Leave out --depends-on: an ancestor is always applied before",
      facts: { revision: revId, ancestor: map.nodes[ancestor.index]!.revision.revision },
    },
  );
}

function chooseDirectory(map: RevisionMap, parents: readonly number[], options: NewRevisionOptions): string {
  const { versionPath, recursive = false } = options;
  const locations = options.versionLocations.map((location) => resolve(location));
  if (versionPath !== undefined) {
    const wanted = resolve(versionPath);
    const inside = locations.some((location) =>
      wanted === location || (recursive && wanted.startsWith(`${location}/`))
    );
    if (inside) return wanted;
    throw new LimbeckError(
      "VERSION_LOCATION",
      `Cannot write into "${relativePath(wanted)}": it is none of the version locations`,
      {
        hint: `Use one of them, or add it to versionLocations: ${locations.map(relativePath).join(", ")}`,
        facts: { path: wanted, versionLocations: locations },
      },
    );
  }
  if (locations.length === 1) return locations[0]!;
  const parent = parents[0];
  if (parent !== undefined) return dirname(map.nodes[parent]!.revision.path);
  throw new LimbeckError("VERSION_LOCATION", "Cannot choose a directory: there are several version locations", {
    hint: `Say which with --version-path: ${locations.map(relativePath).join(", ")}`,
    facts: { versionLocations: locations },
  });
}
