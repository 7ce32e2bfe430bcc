/**
 * Renames of what is no table: types, sequences, functions, views, and the values of enums.
 *
 * An object is taken for another one's new name where nothing else about it differs. A value of an enum is renamed only
 * where its new name is like the old one: else it is taken away, which fails where a row holds it, and a wrong rename
 * would give the rows another meaning without a word.
 *
 * @module
 */
import { routineRef } from "../operations/create_function.ts";
import { refTo } from "../schema/refs.ts";
import type { Operation } from "../operations/registry.ts";
import { withRoutineName } from "../operations/routine_definition.ts";
import { compact, displayName, findCalled, findNamed, nameOf, sameName } from "../schema/edit.ts";
import type { DeclaredObjectRename } from "../schema/declared_rename.ts";
import type { ObjectKind, ObjectName, Schema, Table } from "../schema/model.ts";
import type { CompositeType, Domain, EnumType, ObjectRef, Routine, Sequence, View } from "../schema/objects.ts";
import { type Comparison, speaksAbout } from "./comparison.ts";
import { isExcluded } from "./excluded.ts";
import { similarity } from "./similarity.ts";

/** What a rename of these is of. */
export type ObjectRenameType =
  | "enum"
  | "domain"
  | "compositeType"
  | "sequence"
  | Routine["type"]
  | "view"
  | "materializedView";

/** An object that has another name in the target. */
export interface ObjectRename {
  readonly type: ObjectRenameType;
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** The types of the arguments, for a function. */
  readonly arguments?: string;
  readonly given: boolean;
}

/** A value of an enum that has another name in the target. */
export interface EnumValueRename {
  readonly type: "enumValue";
  /** The enum, as the target calls it. */
  readonly enum: ObjectName;
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly given: boolean;
}

/** An object; one of a name among others where it has arguments. */
type Renamed = ObjectName & Partial<Pick<Routine, "arguments">>;

const isSame = (a: Renamed, b: Renamed): boolean => sameName(a, b) && a.arguments === b.arguments;

const isIn = (list: readonly Renamed[], object: Renamed): boolean => list.some((each) => isSame(each, object));

/** How the objects of a kind are found and told apart. */
interface RenamedKind<T extends ObjectName> {
  readonly type: ObjectRenameType;
  readonly kind: ObjectKind;
  readonly ref: (object: T) => ObjectRef;
  readonly list: (schema: Schema) => readonly T[];
  /** A text that is equal for objects that differ in nothing but their names. */
  readonly text: (object: T, comparison: Comparison) => string;
  /** How alike the names have to be: the text of some says little. */
  readonly alike: number;
  readonly operation: (from: T, newName: string) => Operation;
}

const renameType = (type: ObjectName, newName: string): Operation => ({
  kind: "renameType",
  type: nameOf(type),
  newName,
});

const enums: RenamedKind<EnumType> = {
  type: "enum",
  kind: "enums",
  ref: (type) => refTo("type", type),
  list: (schema) => schema.enums,
  text: ({ values }) => JSON.stringify(values),
  alike: 0,
  operation: renameType,
};

const domains: RenamedKind<Domain> = {
  type: "domain",
  kind: "domains",
  ref: (type) => refTo("domain", type),
  list: (schema) => schema.domains,
  text: ({ type, collation, nullable, default: value, checks }) =>
    JSON.stringify([type, collation, nullable ?? true, value, checks.map(({ expression }) => expression).sort()]),
  alike: 0.3,
  operation: renameType,
};

const compositeTypes: RenamedKind<CompositeType> = {
  type: "compositeType",
  kind: "compositeTypes",
  ref: (type) => refTo("type", type),
  list: (schema) => schema.compositeTypes,
  text: ({ attributes }) => JSON.stringify(attributes),
  alike: 0,
  operation: renameType,
};

const sequences: RenamedKind<Sequence> = {
  type: "sequence",
  kind: "sequences",
  ref: (sequence) => refTo("sequence", sequence),
  // One that a column owns follows its column.
  list: (schema) => schema.sequences.filter(({ ownedBy }) => ownedBy === undefined),
  text: ({ name: _, schema: __, ...options }) => JSON.stringify(Object.entries(options).sort()),
  alike: 0.5,
  operation: (sequence, newName) => ({ kind: "alterSequence", sequence: nameOf(sequence), changes: { newName } }),
};

const views = (materialized: boolean): RenamedKind<View> => ({
  type: materialized ? "materializedView" : "view",
  kind: "views",
  ref: (view) => refTo(materialized ? "materializedView" : "view", view),
  list: (schema) => schema.views.filter((view) => (view.materialized ?? false) === materialized),
  text: ({ query, columns, with: options }, { dialect }) =>
    JSON.stringify([dialect.canonicalExpression(query), columns, options]),
  alike: 0,
  operation: (view, newName) => ({
    kind: "renameView",
    view: nameOf(view),
    newName,
    ...(materialized ? { materialized } : {}),
  }),
});

const routines = (type: Routine["type"]): RenamedKind<Routine> => ({
  type,
  kind: "routines",
  ref: routineRef,
  list: (schema) => schema.routines.filter((routine) => routine.type === type),
  text: (routine) => JSON.stringify([routine.arguments, withRoutineName(routine.definition, "")]),
  alike: 0,
  operation: (routine, newName) => ({
    kind: "renameFunction",
    routine: { ...nameOf(routine), arguments: routine.arguments, type },
    newName,
  }),
});

const KINDS = [
  enums,
  domains,
  compositeTypes,
  sequences,
  routines("function"),
  routines("procedure"),
  routines("aggregate"),
  views(false),
  views(true),
] as unknown as readonly RenamedKind<Renamed>[];

/** Whether the database can give the objects of a kind another name. */
const canRename = ({ type }: RenamedKind<Renamed>, { dialect }: Comparison): boolean =>
  dialect.capabilities.alterConstraints || (type !== "view" && type !== "materializedView");

/** Whether something in the database has the name already: what has rows and what is a type share their names. */
function isTaken({ tables, views, sequences, enums, domains, compositeTypes }: Schema, name: Renamed): boolean {
  if (name.arguments !== undefined) return false;
  const objects = [tables, views, sequences, enums, domains, compositeTypes, tables.flatMap(indexNames)];
  return objects.some((list) => findNamed<ObjectName>(list, name) !== undefined);
}

const indexNames = ({ schema, indexes }: Table): readonly ObjectName[] =>
  indexes.flatMap(({ name }) => name === undefined ? [] : [nameOf(compact<ObjectName>({ name, schema }))]);

/** The objects of a kind that are only on one side. */
function unpaired(of: RenamedKind<Renamed>, comparison: Comparison) {
  const { current, target, kinds } = comparison;
  if (!kinds.includes(of.kind) || !canRename(of, comparison)) return { gone: [], fresh: [] };
  const [there, wanted] = [of.list(current), of.list(target)];
  const isMine = (object: Renamed): boolean => !isExcluded(comparison, of.ref(object));
  return {
    gone: there.filter((each) => !isIn(wanted, each) && speaksAbout(comparison, each) && isMine(each)),
    fresh: wanted.filter((each) => !isIn(there, each) && !isTaken(current, each) && isMine(each)),
  };
}

function objectRename(type: ObjectRenameType, from: Renamed, to: ObjectName, given: boolean): ObjectRename {
  return compact<ObjectRename>({ type, from: nameOf(from), to: nameOf(to), arguments: from.arguments, given });
}

/** The objects that differ in nothing but their names, where each has the other for its only choice. */
export function concludedObjects(comparison: Comparison): readonly ObjectRename[] {
  return KINDS.flatMap((of) => {
    const { gone, fresh } = unpaired(of, comparison);
    const pairs = gone.flatMap((from) =>
      fresh.filter((to) =>
        to.schema === from.schema && of.text(from, comparison) === of.text(to, comparison) &&
        similarity(from.name, to.name) >= of.alike
      ).map((to) => ({ from, to }))
    );
    return onlyPairs(pairs).map(({ from, to }) => objectRename(of.type, from, to, false));
  });
}

/** The pairs in which neither has a second choice. */
function onlyPairs<T extends { readonly from: unknown; readonly to: unknown }>(pairs: readonly T[]): readonly T[] {
  return pairs.filter(({ from, to }) => pairs.every((other) => (other.from === from) === (other.to === to)));
}

/** The values of enums whose new name is like the old one, in the place of the old one. */
export function concludedValues({ current, target, kinds }: Comparison): readonly EnumValueRename[] {
  if (!kinds.includes("enums")) return [];
  return target.enums.flatMap((wanted): readonly EnumValueRename[] => {
    const there = findNamed(current.enums, wanted);
    if (there === undefined) return [];
    const kept = there.values.filter((value) => wanted.values.includes(value));
    // A value's place: the kept one before it.
    const place = (values: readonly string[], value: string): string | undefined =>
      values.slice(0, values.indexOf(value)).findLast((each) => kept.includes(each));
    const gone = there.values.filter((value) => !wanted.values.includes(value));
    const fresh = wanted.values.filter((value) => !there.values.includes(value));
    const pairs = gone.flatMap((from) =>
      fresh.filter((to) => similarity(from, to) >= 0.5 && place(there.values, from) === place(wanted.values, to)).map((
        to,
      ) => ({ from, to }))
    );
    return onlyPairs(pairs).map(({ from, to }) => valueRename(wanted, from, to, false));
  });
}

function valueRename(type: ObjectName, from: string, to: string, given: boolean): EnumValueRename {
  return { type: "enumValue", enum: nameOf(type), from: { name: from }, to: { name: to }, given };
}

/** What `--rename` says of an object, or of a value: `mood.sad=mood.unhappy`; undefined where it is neither. */
export function givenObject(
  old: string,
  now: string,
  { current, target }: Comparison,
): ObjectRename | EnumValueRename | undefined {
  for (const { type, list } of KINDS) {
    const olds = list(current).filter((each) => displayName(each) === old);
    const news = list(target).filter((each) => displayName(each) === now);
    const from = olds.find((each) => news.some((to) => to.arguments === each.arguments));
    const to = news.find((each) => each.arguments === from?.arguments);
    if (from !== undefined && to !== undefined) return objectRename(type, from, to, true);
  }
  for (const wanted of target.enums) {
    const [prefix, value] = [`${displayName(wanted)}.`, now.slice(displayName(wanted).length + 1)];
    if (!now.startsWith(prefix) || !wanted.values.includes(value)) continue;
    const there = current.enums.find((each) =>
      old.startsWith(`${displayName(each)}.`) && each.values.includes(old.slice(displayName(each).length + 1))
    );
    if (there !== undefined) return valueRename(wanted, old.slice(displayName(there).length + 1), value, true);
  }
  return undefined;
}

/** Whether the target has the old name too: then nothing was renamed. */
export function isKept(rename: ObjectRename | EnumValueRename, { target }: Comparison): boolean {
  const { type, from } = rename;
  if (type === "enumValue") return findNamed(target.enums, rename.enum)?.values.includes(from.name) ?? false;
  const object = compact<Renamed>({ ...from, arguments: rename.arguments });
  return KINDS.some((of) => of.type === type && isIn(of.list(target), object));
}

/** What the target declares of an object or a value, where it is still to be done. */
export function declaredObject(
  { object, value, from }: DeclaredObjectRename,
  { current, target }: Comparison,
): readonly (ObjectRename | EnumValueRename)[] {
  if (value !== undefined) {
    const there = findNamed(current.enums, object)?.values ?? [];
    const isDone = !there.includes(from) || there.includes(value);
    return isDone ? [] : [valueRename(object, from, value, true)];
  }
  return KINDS.flatMap(({ type, list }): readonly ObjectRename[] => {
    const [there, wanted] = [list(current), list(target)];
    return wanted.filter((to) => sameName(to, object) && !isIn(there, to) && !isTaken(current, to)).flatMap((to) => {
      const olds = there.filter((each) => each.schema === to.schema && each.arguments === to.arguments);
      const old = findCalled(olds, from);
      return old === undefined || isIn(wanted, old) ? [] : [objectRename(type, old, to, true)];
    });
  });
}

/** The operation that does it. */
export function objectRenameOperation(rename: ObjectRename | EnumValueRename): Operation {
  const { type, from, to } = rename;
  if (type === "enumValue") {
    return { kind: "renameEnumValue", type: rename.enum, value: from.name, newValue: to.name };
  }
  const of = KINDS.find((each) => each.type === type) as RenamedKind<Renamed>;
  return of.operation(compact<Renamed>({ ...from, arguments: rename.arguments }), to.name);
}
