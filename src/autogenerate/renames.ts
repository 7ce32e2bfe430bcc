/**
 * Renames: what looks dropped and made, and has only another name.
 *
 * A rename keeps the data; drop and add loses it. Where the evidence is good it is proposed, and taken unless somebody
 * says otherwise.
 *
 * @module
 */
import { refTo } from "../schema/refs.ts";
import { isExcluded, withExcluded } from "./excluded.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { displayName, findColumn, keyOf, nameOf } from "../schema/edit.ts";
import type { Column, ObjectName, Schema, Table } from "../schema/model.ts";
import { byName, type Comparison, isIgnored, speaksAbout } from "./comparison.ts";
import {
  concludedObjects,
  concludedValues,
  type EnumValueRename,
  type ObjectRename,
  objectRenameOperation,
} from "./object_renames.ts";
import { similarity } from "./similarity.ts";
import { declaredRenames, givenRename } from "./told_renames.ts";

/** Something that has another name in the target. */
export type Rename = TableRename | ObjectRename | EnumValueRename;

/** A table or a column that has another name in the target. */
export interface TableRename {
  readonly type: "table" | "column";
  /** The table, as the target calls it, for a column. */
  readonly table?: ObjectName;
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** Whether somebody said so; else it is concluded from what both look like. */
  readonly given: boolean;
}

/** Decides about a rename that was concluded: true takes it, false drops and adds. */
export type DecideRename = (rename: Rename) => boolean | Promise<boolean>;

/** How renames are found. */
export interface RenameOptions {
  /** Renames that somebody has named: `users.name=users.full_name`, `people=users`. */
  readonly renames?: readonly string[];
  /** Renames that the target declares; one that is done already is passed over. */
  readonly declared?: readonly DeclaredRename[];
  /** Conclude none. */
  readonly noRenames?: boolean;
  /** Asked about each one that is concluded; left out, all are taken. */
  readonly decide?: DecideRename | undefined;
}

/** What {@linkcode findRenames} gives. */
export interface FoundRenames {
  readonly renames: readonly Rename[];
  /** The operations that do them, in order. */
  readonly operations: readonly Operation[];
  /** The database's schema after them. */
  readonly current: Schema;
}

/** The tables that are only on one side. */
function unpaired({ current, written, kinds, ...rest }: Comparison): {
  readonly gone: readonly Table[];
  readonly fresh: readonly Table[];
} {
  const comparison = { current, written, kinds, ...rest };
  const [there, wanted] = [byName(current.tables), byName(written.tables)];
  const counts = ({ partitionOf, ...table }: Table): boolean =>
    partitionOf === undefined && !isIgnored(comparison, table) && !isExcluded(comparison, refTo("table", table));
  return {
    gone: current.tables.filter((table) =>
      !wanted.has(keyOf(table)) && speaksAbout(comparison, table) && counts(table)
    ),
    fresh: written.tables.filter((table) => !there.has(keyOf(table)) && counts(table)),
  };
}

/** A text that is equal for columns that differ in nothing but their name. */
function shapeOf(column: Column, { dialect }: Comparison): string {
  const { type, nullable = true, default: value, identity, autoincrement = false, collation, generated } = column;
  const text = (sql: string | undefined): string => sql === undefined ? "" : dialect.canonicalExpression(sql);
  return JSON.stringify([
    dialect.canonicalType(type),
    nullable,
    text(value),
    identity === undefined,
    autoincrement,
    collation,
    text(generated?.expression),
  ]);
}

/** The shapes of a table's columns by their names. */
const shapesOf = ({ columns }: Table, comparison: Comparison): ReadonlyMap<string, string> =>
  new Map(columns.map((column) => [column.name, shapeOf(column, comparison)]));

/** How alike two tables are: which part of their columns has the same name and shape. */
function likeness(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): number {
  let shared = 0;
  for (const [name, shape] of a) if (b.get(name) === shape) shared++;
  return shared / Math.max(a.size, b.size, 1);
}

/** Keeps the pairs in which each has the other for its only choice, or by far the best. */
function onlyChoices<T>(
  scores: readonly { readonly from: T; readonly to: T; readonly score: number }[],
): readonly Pair<T>[] {
  const best = new Map<T, { readonly score: number; readonly isOnly: boolean }>();
  for (const { from, to, score } of scores) {
    for (const each of [from, to]) {
      const known = best.get(each)?.score ?? -Infinity;
      if (score >= known) best.set(each, { score, isOnly: score > known });
    }
  }
  const isChoice = (each: T, score: number): boolean => {
    const known = best.get(each);
    return known?.score === score && known.isOnly;
  };
  return scores.filter(({ from, to, score }) => isChoice(from, score) && isChoice(to, score));
}

/** How alike two tables have to be by the number of their columns: one column says little, several say more. */
const ENOUGH = [2, 1.3, 1, 0.85];

function tableRenames(comparison: Comparison): readonly Rename[] {
  const { gone, fresh } = unpaired(comparison);
  const normal = byName(comparison.target.tables);
  const wanted = fresh.map((to) => ({ to, shapes: shapesOf(normal.get(keyOf(to)) ?? to, comparison) }));
  const scores = gone.flatMap((from) => {
    const shapes = shapesOf(from, comparison);
    return wanted.flatMap(({ to, shapes: others }) => {
      // Alike in all columns, or in most of them and in name too. One column alone says nothing.
      const enough = ENOUGH[Math.min(to.columns.length, 3)] ?? 1;
      const like = to.schema === from.schema ? likeness(shapes, others) : 0;
      // Names are compared only where they can still decide: that takes longer than all the rest.
      if (like + 0.5 < enough || sameButCase(from, to, comparison)) return [];
      const score = like + similarity(from.name, to.name) / 2;
      return score < enough ? [] : [{ from, to, score }];
    });
  });
  const concluded = onlyChoices(scores);
  return [...byCase(comparison, gone, fresh), ...concluded].map(({ from, to, certain = false }) => ({
    type: "table",
    from: nameOf(from),
    to: nameOf(to),
    given: certain,
  }));
}

interface Pair<T> {
  readonly from: T;
  readonly to: T;
  /** It cannot be anything else. */
  readonly certain?: boolean;
}

const sameButCase = (a: { readonly name: string }, b: { readonly name: string }, { dialect }: Comparison): boolean =>
  dialect.capabilities.foldsCase && a.name.toLowerCase() === b.name.toLowerCase();

/** Names that differ in case only, where that makes no difference: not a second object, but the same one. */
function byCase<T extends { readonly name: string }>(
  { dialect }: Comparison,
  gone: readonly T[],
  fresh: readonly T[],
): readonly Pair<T>[] {
  if (!dialect.capabilities.foldsCase) return [];
  return gone.flatMap((from) => {
    const to = fresh.find(({ name }) => name.toLowerCase() === from.name.toLowerCase());
    return to === undefined ? [] : [{ from, to, certain: true }];
  });
}

function columnRenamesOf(comparison: Comparison, old: Table, written: Table, target: Table): readonly Rename[] {
  const gone = old.columns.filter(({ name, inherited }) => findColumn(written, name) === undefined && !inherited);
  const fresh = target.columns.filter(({ name, inherited }) => findColumn(old, name) === undefined && !inherited);
  const place = (table: Table, column: Column): number => table.columns.indexOf(column);
  const references = (table: Table, { name }: Column): string =>
    JSON.stringify(table.foreignKeys.filter(({ columns }) => columns.includes(name)).map((key) => key.references));
  const shape = (column: Column): string => shapeOf(column, comparison);
  const scores = gone.flatMap((from) =>
    fresh.filter((to) => shape(from) === shape(to)).map((to) => {
      const alike = similarity(from.name, to.name);
      const samePlace = place(old, from) === place(target, to) && old.columns.length === target.columns.length;
      const sameTarget = references(old, from) === references(target, to) && references(old, from) !== "[]";
      return { from, to, score: alike + (samePlace ? 0.5 : 0) + (sameTarget ? 0.5 : 0) };
    }).filter(({ to, score }) => score >= 0.5 && !sameButCase(from, to, comparison))
  );
  const concluded = onlyChoices(scores);
  return [...byCase(comparison, gone, fresh), ...concluded].map(({ from, to, certain = false }) => ({
    type: "column",
    table: nameOf(written),
    from: { name: from.name },
    to: { name: to.name },
    given: certain,
  }));
}

function columnRenames(comparison: Comparison): readonly Rename[] {
  const [there, normal] = [byName(comparison.current.tables), byName(comparison.target.tables)];
  return comparison.written.tables.flatMap((written) => {
    const key = keyOf(written);
    const old = there.get(key);
    return old === undefined || isIgnored(comparison, old) || isExcluded(comparison, refTo("table", old))
      ? []
      : columnRenamesOf(comparison, old, written, normal.get(key) ?? written);
  });
}

const isOfTable = (rename: Rename): rename is TableRename => rename.type === "table" || rename.type === "column";

/** What a column or a value belongs to. */
function ownerOf(rename: Rename): ObjectName | undefined {
  return rename.type === "enumValue" ? rename.enum : isOfTable(rename) ? rename.table : undefined;
}

/** A rename in words: `users.name → users.full_name`. */
export function renameText(rename: Rename): string {
  const owner = ownerOf(rename);
  const name = (each: ObjectName): string =>
    owner === undefined ? displayName(each) : `${displayName(owner)}.${each.name}`;
  return `${name(rename.from)} → ${name(rename.to)}`;
}

function operationOf(rename: Rename, isTold: boolean): Operation {
  const note = isTold
    ? {}
    : { note: `Concluded, not told: ${renameText(rename)}. Drop and add it if it is something else` };
  if (!isOfTable(rename)) return { ...objectRenameOperation(rename), ...note };
  const { type, table = { name: "" }, from, to } = rename;
  return type === "table"
    ? { kind: "renameTable", table: from, newName: to.name, ...note }
    : { kind: "renameColumn", table, column: from.name, newName: to.name, ...note };
}

/**
 * Finds renames: those that are given or declared, and those that are concluded from what both sides look like.
 *
 * @param given both sides
 * @returns the renames with their operations, and the database's schema as if they were done: what is left is compared
 * @throws `USAGE` for a given rename of what is not there
 */
export async function findRenames(given: Comparison, options: RenameOptions = {}): Promise<FoundRenames> {
  const comparison = withExcluded(given);
  const { renames: texts = [], declared = [], noRenames = false, decide = () => true } = options;
  const isAsked = options.decide !== undefined;
  const named = texts.map((text) => givenRename(text, comparison));
  const taken: Rename[] = [];
  const operations: Operation[] = [];
  let current = comparison.current;
  const take = (rename: Rename, isTold = rename.given): void => {
    const operation = operationOf(rename, isTold);
    taken.push(rename);
    operations.push(operation);
    current = applyOperation(current, operation);
  };
  const takeAll = async (types: readonly Rename["type"][], find: (now: Comparison) => readonly Rename[]) => {
    const isOne = ({ type }: Rename): boolean => types.includes(type);
    for (const rename of named.filter(isOne)) take(rename);
    for (const rename of declaredRenames(declared, { ...comparison, current }).filter(isOne)) take(rename);
    for (const rename of find({ ...comparison, current }).filter(isOne)) {
      if (rename.given || (!noRenames && await decide(rename))) take(rename, rename.given || isAsked);
    }
  };
  // What others are made of comes first: a column is told by its type and its default, a view by what it reads.
  await takeAll(["enum", "domain", "compositeType"], concludedObjects);
  await takeAll(["enumValue"], concludedValues);
  await takeAll(["sequence", "function", "procedure", "aggregate"], concludedObjects);
  await takeAll(["table"], tableRenames);
  await takeAll(["view", "materializedView"], concludedObjects);
  // The last: they are the first on the way back (see `downgradeOperations`).
  await takeAll(["column"], columnRenames);
  return { renames: taken, operations, current };
}

/** A key that is equal for equal renames. */
export function renameKey(rename: Rename): string {
  const owner = ownerOf(rename);
  return JSON.stringify([rename.type, owner === undefined ? null : keyOf(owner), keyOf(rename.from), keyOf(rename.to)]);
}
