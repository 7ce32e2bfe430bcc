/**
 * What one source says of a target, and how several are put together.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { compact, compareNames, compareText, displayName } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectKind, type ObjectName, type Schema } from "../schema/model.ts";
import type { NamingConvention } from "../schema/naming.ts";
import type { Extension, OtherObject, Routine } from "../schema/objects.ts";

/** A part of a target: what one source (a Drizzle module, a schema of our own, SQL text) asks for. */
export interface TargetPart {
  readonly schema: Schema;
  /** What the source can speak about; objects of other kinds are left alone. */
  readonly kinds: readonly ObjectKind[];
  /** How the source's own tool names what has no name; undefined where it has no such habit. */
  readonly convention?: NamingConvention;
  /** What was found and is not compared: `role "editor"`. */
  readonly unmodelled: readonly string[];
  /** What had another name before. */
  readonly renames?: readonly DeclaredRename[];
  /** Whether it was read from a database, which has spelled it. */
  readonly spelled?: boolean;
}

/** The error for a target that cannot be used. */
export function invalidTarget(message: string, hint?: string): LimbeckError {
  return new LimbeckError("TARGET_INVALID", message, { hint });
}

/** What the objects of a kind are called in messages, and what tells one from another. */
const NAMED = {
  extensions: { what: "extension", key: ({ name }: Extension) => name },
  enums: { what: "enum", key: displayName },
  domains: { what: "domain", key: displayName },
  compositeTypes: { what: "composite type", key: displayName },
  collations: { what: "collation", key: displayName },
  sequences: { what: "sequence", key: displayName },
  tables: { what: "table", key: displayName },
  views: { what: "view", key: displayName },
  routines: { what: "function", key: (routine: Routine) => `${displayName(routine)}(${routine.arguments})` },
  triggers: { what: "trigger", key: partName },
  policies: { what: "policy", key: partName },
  objects: { what: "object", key: ({ type, ...object }: OtherObject) => `${type} ${partName(object)}` },
} as const;

/** What is said about objects: nothing in it has a name. */
const REMARKS = ["comments", "grants", "defaultPrivileges", "dependencies"] as const;

/** The name of what belongs to a table, with the table. */
function partName({ name, schema, table }: ObjectName & { readonly table?: string }): string {
  const owner = table === undefined ? undefined : compact<ObjectName>({ name: table, schema });
  return owner === undefined ? displayName(compact({ name, schema })) : `${displayName(owner)}.${name}`;
}

function mergeNamed(kind: keyof typeof NAMED, schemas: readonly Schema[]): readonly ObjectName[] {
  const { what, key } = NAMED[kind] as { readonly what: string; key(object: ObjectName): string };
  const merged = new Map<string, ObjectName>();
  for (const element of schemas.flatMap((schema): readonly ObjectName[] => schema[kind])) {
    const name = key(element);
    const found = merged.get(name);
    if (found !== undefined && JSON.stringify(found) !== JSON.stringify(element)) {
      throw invalidTarget(
        `Cannot use the target: the ${what} "${name}" is in it twice, and not the same`,
        "Keep one of the two",
      );
    }
    merged.set(name, element);
  }
  return [...merged.values()].sort(compareNames);
}

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
      ...Object.fromEntries(
        (Object.keys(NAMED) as (keyof typeof NAMED)[]).map((kind) => [kind, mergeNamed(kind, schemas)]),
      ),
      ...Object.fromEntries(
        REMARKS.map((kind) => [kind, distinct(schemas.flatMap((schema): readonly object[] => schema[kind]))]),
      ),
    },
    kinds: [...new Set(parts.flatMap(({ kinds }) => kinds))].sort(compareText),
    ...(convention === undefined ? {} : { convention }),
    renames: parts.flatMap(({ renames = [] }) => renames),
    spelled: parts.length > 0 && parts.every(({ spelled = false }) => spelled),
    unmodelled: [...new Set(parts.flatMap(({ unmodelled }) => unmodelled))],
  };
}
