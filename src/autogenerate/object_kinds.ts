/**
 * How each kind of object beside tables is compared: what it is called, when two are the same, how one becomes the
 * other where that can be done in place.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";
import { withRoutineName } from "../operations/routine_definition.ts";
import { compact, findColumn, findTable, nameOf } from "../schema/edit.ts";
import type { ObjectKind, ObjectName, Schema } from "../schema/model.ts";
import type {
  Collation,
  CompositeType,
  Domain,
  Extension,
  ObjectRef,
  OtherObject,
  Policy,
  Routine,
  Sequence,
  Trigger,
  View,
} from "../schema/objects.ts";
import { refIn, refTo } from "../schema/refs.ts";
import { alterDomain, alterSequence, alterType } from "./alter_types.ts";
import { alterView } from "./alter_view.ts";
import type { Comparison, Phase } from "./comparison.ts";
import type { FilteredType } from "./filters.ts";

/** A kind of object. */
export interface KindOfObject<T extends object> {
  readonly kind: ObjectKind;
  readonly filtered: FilteredType;
  list(schema: Schema): readonly T[];
  ref(object: T): ObjectRef;
  /** A text that is equal for equal objects. */
  text(object: T, comparison: Comparison): string;
  /** The operations that turn one into the other in place; undefined where it is dropped and made again. */
  alter?(current: T, target: T, comparison: Comparison): readonly Operation[] | undefined;
  create(object: T): readonly Operation[];
  drop(object: T): readonly Operation[];
  /** Whether an object that is to go does so with another one that goes. */
  goesWith?(object: T, comparison: Comparison): boolean;
  readonly phases: { readonly create: Phase; readonly drop: Phase };
}

/** The table of what belongs to one. */
export const tableName = ({ table, schema }: { readonly table: string; readonly schema?: string }): ObjectName =>
  schema === undefined ? { name: table } : { name: table, schema };

/** A JSON text whose fields are sorted, without those that are undefined. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, field) =>
      typeof field === "object" && field !== null && !Array.isArray(field)
        ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0))
        : field,
  );
}

const collations: KindOfObject<Collation> = {
  kind: "collations",
  filtered: "collation",
  list: (schema) => schema.collations,
  ref: (collation) => refTo("collation", collation),
  text: canonicalJson,
  create: (collation) => [{ kind: "createCollation", collation }],
  drop: (collation) => [{ kind: "dropCollation", collation: nameOf(collation) }],
  phases: { create: "type", drop: "dropType" },
};

const extensions: KindOfObject<Extension> = {
  kind: "extensions",
  filtered: "extension",
  list: (schema) => schema.extensions,
  ref: ({ name }) => ({ kind: "extension", name }),
  // The versions of two servers differ: only what an author has written counts.
  text: ({ name, schema }) => canonicalJson({ name, schema }),
  alter: ({ name }, { schema }) => schema === undefined ? [] : [{ kind: "alterExtension", name, changes: { schema } }],
  create: (extension) => [{ kind: "createExtension", extension }],
  drop: ({ name }) => [{ kind: "dropExtension", name }],
  phases: { create: "createExtension", drop: "dropExtension" },
};

const domains: KindOfObject<Domain> = {
  kind: "domains",
  filtered: "domain",
  list: (schema) => schema.domains,
  ref: (domain) => refTo("domain", domain),
  text: canonicalJson,
  alter: alterDomain,
  create: (domain) => [{ kind: "createDomain", domain }],
  drop: (domain) => [{ kind: "dropDomain", domain: nameOf(domain) }],
  phases: { create: "type", drop: "dropType" },
};

const compositeTypes: KindOfObject<CompositeType> = {
  kind: "compositeTypes",
  filtered: "type",
  list: (schema) => schema.compositeTypes,
  ref: (type) => refTo("type", type),
  text: canonicalJson,
  alter: alterType,
  create: (compositeType) => [{ kind: "createCompositeType", compositeType }],
  drop: (type) => [{ kind: "dropType", type: nameOf(type) }],
  phases: { create: "type", drop: "dropType" },
};

const sequences: KindOfObject<Sequence> = {
  kind: "sequences",
  filtered: "sequence",
  list: (schema) => schema.sequences,
  ref: (sequence) => refTo("sequence", sequence),
  text: canonicalJson,
  alter: alterSequence,
  // Its owner may not be there yet: `ownSequences` sees to that.
  create: ({ ownedBy: _, ...sequence }) => [{ kind: "createSequence", sequence }],
  drop: (sequence) => [{ kind: "dropSequence", sequence: nameOf(sequence) }],
  // A sequence goes with the column that owns it.
  goesWith: ({ ownedBy }, { target }) => {
    if (ownedBy === undefined) return false;
    const owner = findTable(target, compact<ObjectName>({ name: ownedBy.table, schema: ownedBy.schema }));
    return owner === undefined || findColumn(owner, ownedBy.column) === undefined;
  },
  phases: { create: "createSequence", drop: "dropSequence" },
};

const views: KindOfObject<View> = {
  kind: "views",
  filtered: "view",
  list: (schema) => schema.views,
  ref: (view) => refTo(view.materialized ? "materializedView" : "view", view),
  text: ({ query, columns, materialized = false, with: options, indexes = [] }, { dialect }) =>
    canonicalJson({ query: dialect.canonicalExpression(query), columns, materialized, options, indexes }),
  alter: alterView,
  create: (view) =>
    view.materialized
      ? [{ kind: "createMaterializedView", view: stored(view) }]
      : [{ kind: "createView", view: stored(view) }],
  drop: (view) =>
    view.materialized
      ? [{ kind: "dropMaterializedView", view: nameOf(view) }]
      : [{ kind: "dropView", view: nameOf(view) }],
  phases: { create: "createView", drop: "dropView" },
};

/** A view without what only inspection knows. */
export function stored(view: View): View {
  const { shape: _, ...rest } = view;
  return rest;
}

const routines: KindOfObject<Routine> = {
  kind: "routines",
  filtered: "routine",
  list: (schema) => schema.routines,
  ref: (routine) => ({ ...refTo("routine", routine), arguments: routine.arguments }),
  text: ({ type, definition }) => canonicalJson([type, withRoutineName(definition, "")]),
  alter: (current, target) =>
    current.type === target.type && current.signature === target.signature && target.type !== "aggregate"
      ? [{ kind: "createFunction", routine: target }]
      : undefined,
  create: (routine) => [{ kind: "createFunction", routine }],
  drop: ({ type, arguments: types, ...name }) => [
    { kind: "dropFunction", routine: { ...nameOf(name), arguments: types, type } },
  ],
  phases: { create: "createRoutine", drop: "dropRoutine" },
};

function firing({ name, enabled, ...trigger }: Trigger): readonly Operation[] {
  const table = tableName(trigger);
  if (enabled === "disabled") return [{ kind: "disableTrigger", name, table }];
  return [compact<Operation & { kind: "enableTrigger" }>({ kind: "enableTrigger", name, table, mode: enabled })];
}

const triggers: KindOfObject<Trigger> = {
  kind: "triggers",
  filtered: "trigger",
  list: (schema) => schema.triggers,
  ref: (trigger) => refIn("trigger", tableName(trigger), trigger.name),
  text: ({ definition, enabled }, { dialect }) =>
    canonicalJson([dialect.canonicalExpression(definition), enabled ?? null]),
  alter: (current, target, { dialect }) =>
    dialect.canonicalExpression(current.definition) === dialect.canonicalExpression(target.definition)
      ? firing(target)
      : undefined,
  create: (trigger) => {
    const { enabled, ...plain } = trigger;
    return [{ kind: "createTrigger", trigger: plain }, ...(enabled === undefined ? [] : firing(trigger))];
  },
  drop: (trigger) => [{ kind: "dropTrigger", name: trigger.name, table: tableName(trigger) }],
  phases: { create: "createTrigger", drop: "dropTrigger" },
};

const policies: KindOfObject<Policy> = {
  kind: "policies",
  filtered: "policy",
  list: (schema) => schema.policies,
  ref: (policy) => refIn("policy", tableName(policy), policy.name),
  text: canonicalJson,
  alter(current, target) {
    const { using, withCheck, roles } = target;
    const fixed = ({ permissive = true, command = "all" }: Policy) => `${permissive} ${command}`;
    const takenAway = (current.using !== undefined && using === undefined) ||
      (current.withCheck !== undefined && withCheck === undefined);
    if (fixed(current) !== fixed(target) || takenAway) return undefined;
    const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);
    const changes = compact<{ roles: readonly string[]; using: string; withCheck: string }>({
      roles: same(current.roles, roles) ? undefined : roles ?? ["PUBLIC"],
      using: current.using === using ? undefined : using,
      withCheck: current.withCheck === withCheck ? undefined : withCheck,
    });
    return [{ kind: "alterPolicy", name: target.name, table: tableName(target), changes }];
  },
  create: (policy) => [{ kind: "createPolicy", policy }],
  drop: (policy) => [{ kind: "dropPolicy", name: policy.name, table: tableName(policy) }],
  phases: { create: "createPolicy", drop: "dropPolicy" },
};

const objects: KindOfObject<OtherObject> = {
  kind: "objects",
  filtered: "object",
  list: (schema) => schema.objects,
  ref: ({ table, type, ...object }) =>
    table === undefined
      ? { ...refTo("object", object), type }
      : { ...refIn("object", tableName({ ...object, table }), object.name), type },
  text: ({ definition }, { dialect }) => dialect.canonicalExpression(definition),
  create: (object) => [{ kind: "createObject", object }],
  drop: (object) => [{ kind: "dropObject", object }],
  phases: { create: "createObject", drop: "dropObject" },
};

/** The kinds, in the order in which they are compared. */
export const KINDS_OF_OBJECT = [
  extensions,
  collations,
  domains,
  compositeTypes,
  sequences,
  routines,
  views,
  triggers,
  policies,
  objects,
] as unknown as readonly KindOfObject<object>[];
