/**
 * The errors about revision arguments: what was asked for, why it cannot be had, what is there, and what to type.
 *
 * @module
 */
import { type ErrorCode, type JsonValue, LimbeckError } from "../errors.ts";
import type { RevisionMap } from "./revision_map.ts";

/** What a revision argument is read against. */
export interface ResolveContext {
  /** What the error says cannot be done, e.g. `upgrade to`; default `find`. */
  readonly action?: string;
  /** The database's rows: what `current`, `+N` and `-N` start from. Left out, `-N` counts from the heads. */
  readonly rows?: readonly string[];
}

/** `MULTIPLE_HEADS`, with the heads and how to choose. */
export function multipleHeads(
  map: RevisionMap,
  symbol: string,
  heads: readonly number[],
  label: string | null,
  { action }: ResolveContext,
): LimbeckError {
  const narrower = heads.flatMap((head) => map.nodes[head]!.revision.revision).flatMap((id) => map.labels(id));
  const example = narrower.find((name) => name !== label) ?? map.nodes[heads[0]!]!.revision.revision.slice(0, 8);
  return resolveError("MULTIPLE_HEADS", {
    action,
    symbol,
    why: `${heads.length} heads are present: ${listRevisions(map, heads)}`,
    hint: `Use "${label === null ? "" : `${label}@`}heads", or one branch: ${example}@head`,
    facts: { revision: symbol, heads: heads.map((head) => map.nodes[head]!.revision.revision).sort() },
  });
}

/** Revisions for a sentence: `"a1b2" (users), "c3d4"`, sorted, the first ten. */
export function listRevisions(map: RevisionMap, indices: readonly number[]): string {
  const names = indices.map((index) => map.nodes[index]!.revision.revision).sort().map((id) => {
    const labels = map.labels(id);
    return labels.length === 0 ? `"${id}"` : `"${id}" (${labels.join(", ")})`;
  });
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
}

/** An error about one argument: `Cannot ACTION "SYMBOL": WHY`. */
export function resolveError(
  code: ErrorCode,
  { action, symbol, why, hint, facts }: {
    readonly action: string | undefined;
    readonly symbol: string;
    readonly why: string;
    readonly hint: string;
    readonly facts: { readonly [key: string]: JsonValue };
  },
): LimbeckError {
  return new LimbeckError(code, `Cannot ${action ?? "find"} "${symbol}": ${why}`, { hint, facts });
}
