/**
 * What one source says of a target, and how several are put together.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { compareNames, compareText, displayName, findNamed } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectKind, type ObjectName, type Schema } from "../schema/model.ts";
import type { NamingConvention } from "../schema/naming.ts";

/** A part of a target: what one source (a Drizzle module, a schema of our own, SQL text) asks for. */
export interface TargetPart {
  readonly schema: Schema;
  /** What the source can speak about; objects of other kinds are left alone. */
  readonly kinds: readonly ObjectKind[];
  /** How the source's own tool names what has no name; undefined where it has no such habit. */
  readonly convention?: NamingConvention;
  /** What was found and is not compared: `role "editor"`. */
  readonly unmodelled: readonly string[];
  /** Whether it was read from a database, which has spelled it. */
  readonly spelled?: boolean;
}

/** The error for a target that cannot be used. */
export function invalidTarget(message: string, hint?: string): LimbeckError {
  return new LimbeckError("TARGET_INVALID", message, { hint });
}

function mergeNamed<T extends ObjectName>(kind: string, lists: readonly (readonly T[])[]): readonly T[] {
  const merged: T[] = [];
  for (const element of lists.flat()) {
    const found = findNamed(merged, element);
    if (found === undefined) merged.push(element);
    else if (JSON.stringify(found) !== JSON.stringify(element)) {
      throw invalidTarget(
        `Cannot use the target: the ${kind} "${displayName(element)}" is in it twice, and not the same`,
        "Keep one of the two",
      );
    }
  }
  return merged.sort(compareNames);
}

/** The kinds whose objects have no name of their own, or not one that says which they are. */
const PLAIN_KINDS = [
  "extensions",
  "domains",
  "compositeTypes",
  "collations",
  "sequences",
  "routines",
  "triggers",
  "policies",
  "objects",
  "comments",
  "grants",
  "defaultPrivileges",
  "dependencies",
] as const;

function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((element) => [JSON.stringify(element), element])).values()];
}

/**
 * Puts parts together. What stands in two of them must be the same.
 *
 * @throws `TARGET_INVALID` where two parts disagree about an object
 */
export function mergeParts(parts: readonly TargetPart[]): TargetPart {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const schemas = parts.map(({ schema }) => schema);
  const convention = parts.find((part) => part.convention !== undefined)?.convention;
  return {
    schema: {
      ...EMPTY_SCHEMA,
      schemas: [...new Set(schemas.flatMap((schema) => schema.schemas))].sort(compareText),
      enums: mergeNamed("enum", schemas.map(({ enums }) => enums)),
      tables: mergeNamed("table", schemas.map(({ tables }) => tables)),
      views: mergeNamed("view", schemas.map(({ views }) => views)),
      ...Object.fromEntries(
        PLAIN_KINDS.map((kind) => [kind, distinct(schemas.flatMap((schema) => [...schema[kind]]))]),
      ),
    },
    kinds: [...new Set(parts.flatMap(({ kinds }) => kinds))].sort(compareText),
    ...(convention === undefined ? {} : { convention }),
    spelled: parts.length > 0 && parts.every(({ spelled = false }) => spelled),
    unmodelled: [...new Set(parts.flatMap(({ unmodelled }) => unmodelled))],
  };
}
