/**
 * What a revision argument means: `head`, `heads`, `base`, ids and unique beginnings of ids, labels, `label@…`, `…+N`, `…-N`.
 *
 * @module
 */
import type { LimbeckError } from "../errors.ts";
import { nearest as nearestOf } from "../platform/nearest.ts";
import { parseRelative, walk } from "./relative.ts";
import { listRevisions, multipleHeads, type ResolveContext, resolveError } from "./resolve_error.ts";
import type { Revision } from "./revision.ts";
import { lineage, type Marks, type RevisionMap } from "./revision_map.ts";

/**
 * The revisions that an argument means, in the order given; none for `base`.
 *
 * @param map the graph
 * @param symbol one argument, or several
 * @param context what errors are to say, and what the database holds
 * @throws `REVISION_NOT_FOUND`, `AMBIGUOUS_REVISION`, `BRANCH_NOT_FOUND`, `MULTIPLE_HEADS`, `NO_REVISIONS`, `RELATIVE_INVALID`
 *
 * @example
 * ```ts
 * import { createRevisionMap } from "./revision_map.ts";
 * import { resolveRevisions } from "./resolve.ts";
 *
 * console.assert(resolveRevisions(createRevisionMap([]), "heads").length === 0);
 * ```
 */
export function resolveRevisions(
  map: RevisionMap,
  symbol: string | readonly string[],
  context: ResolveContext = {},
): readonly Revision[] {
  const symbols = typeof symbol === "string" ? [symbol] : symbol;
  const indices = new Set(symbols.flatMap((text) => resolveIndices(map, text, context)));
  return [...indices].map((index) => map.nodes[index]!.revision);
}

/**
 * The one revision that an argument means; null for `base`.
 *
 * @throws what `resolveRevisions` throws; `MULTIPLE_HEADS` also where `heads` or `current` means several
 */
export function resolveRevision(map: RevisionMap, symbol: string, context: ResolveContext = {}): Revision | null {
  const found = resolveRevisions(map, symbol, context);
  if (found.length > 1) {
    throw multipleHeads(map, symbol, found.map(({ revision }) => map.indexOf(revision)), null, context);
  }
  return found[0] ?? null;
}

/** As `resolveRevisions` for one argument, but positions. */
export function resolveIndices(map: RevisionMap, symbol: string, context: ResolveContext): readonly number[] {
  const whole = map.findIndex(symbol) ?? map.labelled.get(symbol);
  if (whole !== undefined) return [whole];
  const relative = parseRelative(symbol);
  if (relative !== undefined) return resolveRelative(map, symbol, context);
  const at = symbol.indexOf("@");
  return at < 0
    ? resolveAbsolute(map, symbol, symbol, null, context)
    : resolveAbsolute(map, symbol.slice(at + 1), symbol, symbol.slice(0, at), context);
}

function resolveRelative(map: RevisionMap, symbol: string, context: ResolveContext): readonly number[] {
  const { label, base, steps } = parseRelative(symbol)!;
  const within = label === null ? null : lineage(map, [resolveBranch(map, label, context)]);
  const starts = base === null
    ? implicitStarts(map, steps, within, context)
    : startOf(map, label, base, steps, context);
  const ends = starts.map((start) => walk(map, start, steps, { symbol, within, context }));
  return ends.flatMap((end) => end ?? []);
}

/** Where `X+N` starts; null is the base. */
function startOf(
  map: RevisionMap,
  label: string | null,
  base: string,
  steps: number,
  context: ResolveContext,
): readonly (number | null)[] {
  // As in Alembic, upwards the label chooses among children only, and X may lie outside of the branch.
  const symbolic = base === "head" || base === "heads" || base === "base";
  const symbol = label === null || (steps > 0 && !symbolic) ? base : `${label}@${base}`;
  const found = resolveRevision(map, symbol, context);
  return [found === null ? null : map.indexOf(found.revision)];
}

/** Where `+N` and `-N` start: at the rows; without rows to look at, `-N` at the heads. */
function implicitStarts(
  map: RevisionMap,
  steps: number,
  within: Marks | null,
  { rows, action }: ResolveContext,
): readonly (number | null)[] {
  if (rows === undefined && steps < 0) {
    return map.effectiveHeads.map((id) => map.indexOf(id)).filter((index) => within === null || within[index] === 1);
  }
  if (rows === undefined || rows.length === 0) return [null];
  const starts = rows.map((id) => map.indexOf(id)).filter((index) => within === null || within[index] === 1);
  if (starts.length <= 1) return starts.length === 1 ? starts : [null];
  throw resolveError("RELATIVE_INVALID", {
    action,
    symbol: `${steps > 0 ? "+" : ""}${steps}`,
    why: `the database is at ${starts.length} revisions: ${listRevisions(map, starts)}`,
    hint: "Count from one of them: ID+1 or ID-1, or label@+1",
    facts: { candidates: starts.map((index) => map.nodes[index]!.revision.revision) },
  });
}

function resolveAbsolute(
  map: RevisionMap,
  name: string,
  symbol: string,
  label: string | null,
  context: ResolveContext,
): readonly number[] {
  const branch = label === null ? null : resolveBranch(map, label, context);
  const within = branch === null ? null : lineage(map, [branch]);
  const inBranch = (ids: readonly string[]) =>
    ids.map((id) => map.indexOf(id)).filter((index) => within === null || within[index] === 1);
  switch (name) {
    case "base":
      return [];
    case "current":
      if (context.rows !== undefined) return inBranch(context.rows);
      break;
    case "heads":
      return label === null ? inBranch(map.effectiveHeads) : inBranch(map.heads);
    case "head": {
      const heads = inBranch(map.heads);
      if (heads.length > 1) throw multipleHeads(map, symbol, heads, label, context);
      if (heads.length === 0) throw noRevisions(symbol, context);
      return heads;
    }
  }
  const index = findByName(map, name, symbol, within, context);
  if (within === null || within[index] === 1) return [index];
  const { revision } = map.nodes[index]!.revision;
  throw resolveError("BRANCH_NOT_FOUND", {
    action: context.action,
    symbol,
    why: `"${revision}" is no member of the branch "${label}"`,
    hint: `List the branch with: limbeck history -r ${label}@base:${label}@heads`,
    facts: { revision, branch: label },
  });
}

/**
 * The revision that a branch is named by: the one with the label, or with an id (whose lineage is then meant).
 *
 * @returns its position
 * @throws `BRANCH_NOT_FOUND`
 */
export function resolveBranch(map: RevisionMap, label: string, context: ResolveContext): number {
  const found = map.labelled.get(label) ?? map.findIndex(label) ?? onlyMatch(map, label);
  if (found !== undefined) return found;
  const nearest = nearestOf(label, [...map.labelled.keys()]);
  const labels = [...map.labelled.keys()].sort();
  throw resolveError("BRANCH_NOT_FOUND", {
    action: context.action,
    symbol: label,
    why: label === "" ? "the name of a branch is missing before the @" : "there is no branch of that name",
    hint: nearest !== undefined
      ? `Did you mean "${nearest}"?`
      : labels.length === 0
      ? "No revision has a branch label; an id may stand before the @ too"
      : `The labels are: ${labels.slice(0, 10).join(", ")}${labels.length > 10 ? ", …" : ""}`,
    facts: { branch: label, labels },
  });
}

/** Whose id or label begins so. */
function matches(map: RevisionMap, start: string, within: Marks | null): readonly number[] {
  if (start === "") return [];
  const found = new Set<number>();
  for (const { index, revision: { revision } } of map.nodes) {
    if (revision.length > 3 && revision.startsWith(start)) found.add(index);
  }
  for (const [label, index] of map.labelled) if (label.length > 3 && label.startsWith(start)) found.add(index);
  return [...found].filter((index) => within === null || within[index] === 1);
}

function onlyMatch(map: RevisionMap, start: string): number | undefined {
  const found = matches(map, start, null);
  return found.length === 1 ? found[0] : undefined;
}

function findByName(
  map: RevisionMap,
  name: string,
  symbol: string,
  within: Marks | null,
  context: ResolveContext,
): number {
  const exact = map.findIndex(name) ?? map.labelled.get(name);
  if (exact !== undefined) return exact;
  // What only another branch has is found too, so that the error can say so.
  const inside = matches(map, name, within);
  const found = inside.length > 0 ? inside : matches(map, name, null);
  const [first] = found;
  if (first === undefined) throw notFound(map, name, symbol, context);
  if (found.length === 1) return first;
  const candidates = found.map((index) => map.nodes[index]!.revision.revision).sort();
  throw resolveError("AMBIGUOUS_REVISION", {
    action: context.action,
    symbol,
    why: `${found.length} revisions begin with "${name}": ${listRevisions(map, found)}`,
    hint: "Write more of the id",
    facts: { revision: name, candidates },
  });
}

function notFound(map: RevisionMap, name: string, symbol: string, { action }: ResolveContext): LimbeckError {
  const nearest = nearestOf(name, [...map.nodes.map(({ revision }) => revision.revision), ...map.labelled.keys()]);
  return resolveError("REVISION_NOT_FOUND", {
    action,
    symbol,
    why: map.nodes.length === 0
      ? "there are no revisions yet"
      : name === "current"
      ? 'the database is not asked here, so there is no "current"'
      : `no id or label begins with "${name}"`,
    hint: nearest === undefined ? "List what is there with: limbeck history" : `Did you mean "${nearest}"?`,
    facts: { revision: name, ...(nearest === undefined ? {} : { nearest }) },
  });
}

function noRevisions(symbol: string, { action }: ResolveContext): LimbeckError {
  return resolveError("NO_REVISIONS", {
    action,
    symbol,
    why: "there are no revisions yet",
    hint: 'Write the first one with: limbeck revision -m "…"',
    facts: {},
  });
}
