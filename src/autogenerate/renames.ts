/**
 * Renames: what looks dropped and made, and has only another name.
 *
 * A rename keeps the data; drop and add loses it. Where the evidence is good it is proposed, and taken unless somebody
 * says otherwise.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { displayName, findColumn, findTable, keyOf, nameOf } from "../schema/edit.ts";
import type { Column, ObjectName, Schema, Table } from "../schema/model.ts";
import { byName, type Comparison, isIgnored, speaksAbout } from "./comparison.ts";
import { similarity } from "./similarity.ts";

/** A table or a column that has another name in the target. */
export interface Rename {
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

const isFree = (schema: Schema, name: ObjectName): boolean => findTable(schema, name) === undefined;

/** The tables that are only on one side. */
function unpaired({ current, written, kinds, ...rest }: Comparison): {
  readonly gone: readonly Table[];
  readonly fresh: readonly Table[];
} {
  const comparison = { current, written, kinds, ...rest };
  const [there, wanted] = [byName(current.tables), byName(written.tables)];
  const counts = ({ partitionOf, ...table }: Table): boolean =>
    partitionOf === undefined && !isIgnored(comparison, table);
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
    return old === undefined || isIgnored(comparison, old)
      ? []
      : columnRenamesOf(comparison, old, written, normal.get(key) ?? written);
  });
}

/** A rename in words: `users.name → users.full_name`. */
export function renameText({ type, table, from, to }: Rename): string {
  const name = (each: ObjectName): string =>
    type === "column" && table !== undefined ? `${displayName(table)}.${each.name}` : displayName(each);
  return `${name(from)} → ${name(to)}`;
}

function operationOf(rename: Rename): Operation {
  const { type, table = { name: "" }, from, to, given } = rename;
  const note = given
    ? {}
    : { note: `Concluded, not told: ${renameText(rename)}. Drop and add it if it is something else` };
  return type === "table"
    ? { kind: "renameTable", table: from, newName: to.name, ...note }
    : { kind: "renameColumn", table, column: from.name, newName: to.name, ...note };
}

function invalidRename(text: string, reason: string): LimbeckError {
  return new LimbeckError("USAGE", `Cannot rename "${text}": ${reason}`, {
    hint: "Write --rename users.name=users.full_name for a column, --rename people=users for a table",
  });
}

interface Part {
  readonly table: ObjectName;
  readonly column?: string;
}

/** Finds what a name of `--rename` means: a table, or a column of one. */
function lookUp(schema: Schema, name: string): Part | undefined {
  for (const table of schema.tables) {
    const full = displayName(table);
    if (name === full || (table.schema !== undefined && name === `public.${table.name}`)) {
      return { table: nameOf(table) };
    }
    if (!name.startsWith(`${full}.`)) continue;
    const column = findColumn(table, name.slice(full.length + 1));
    if (column !== undefined) return { table: nameOf(table), column: column.name };
  }
  return undefined;
}

function givenRename(text: string, { current, written }: Comparison): Rename {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw invalidRename(text, "it is not of the form old=new");
  const [old, now] = [text.slice(0, at), text.slice(at + 1)];
  const from = lookUp(current, old);
  const to = lookUp(written, now);
  if (from === undefined) throw invalidRename(text, `there is no "${old}" in the database`);
  if (to === undefined) throw invalidRename(text, `there is no "${now}" in the target`);
  if ((from.column === undefined) !== (to.column === undefined)) {
    throw invalidRename(text, "one is a table, the other a column");
  }
  if (from.column === undefined || to.column === undefined) {
    if (!isFree(written, from.table)) throw invalidRename(text, `"${old}" is in the target too`);
    return { type: "table", from: from.table, to: to.table, given: true };
  }
  return { type: "column", table: to.table, from: { name: from.column }, to: { name: to.column }, given: true };
}

/** The element of that name, however it is written where none is written exactly so. */
function called<T extends ObjectName>(list: readonly T[], name: string): T | undefined {
  return list.find((each) => each.name === name) ??
    list.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function declaredTable({ table, from }: DeclaredRename, { current, written }: Comparison): readonly Rename[] {
  const old = called(current.tables.filter(({ schema }) => schema === table.schema), from);
  const isDone = old === undefined || !isFree(current, table) || !isFree(written, old);
  return isDone ? [] : [{ type: "table", from: nameOf(old), to: table, given: true }];
}

function declaredColumn(declared: DeclaredRename, column: string, { current, written }: Comparison): readonly Rename[] {
  const [there, wanted] = [findTable(current, declared.table), findTable(written, declared.table)];
  const old = called(there?.columns ?? [], declared.from);
  if (there === undefined || wanted === undefined || old === undefined) return [];
  const isDone = findColumn(there, column) !== undefined || findColumn(wanted, old.name) !== undefined;
  const rename = { table: nameOf(there), from: { name: old.name }, to: { name: column }, given: true };
  return isDone ? [] : [{ type: "column", ...rename }];
}

/** The declared renames that are still to be done. */
function declaredRenames(
  type: Rename["type"],
  declared: readonly DeclaredRename[],
  comparison: Comparison,
): readonly Rename[] {
  return declared.flatMap((each) =>
    each.column === undefined
      ? (type === "table" ? declaredTable(each, comparison) : [])
      : (type === "column" ? declaredColumn(each, each.column, comparison) : [])
  );
}

/**
 * Finds renames: those that are given or declared, and those that are concluded from what both sides look like.
 *
 * @param comparison both sides
 * @returns the renames with their operations, and the database's schema as if they were done: what is left is compared
 * @throws `USAGE` for a given rename of what is not there
 */
export async function findRenames(comparison: Comparison, options: RenameOptions = {}): Promise<FoundRenames> {
  const { renames: texts = [], declared = [], noRenames = false, decide = () => true } = options;
  const given = texts.map((text) => givenRename(text, comparison));
  const taken: Rename[] = [];
  const operations: Operation[] = [];
  let current = comparison.current;
  const take = (rename: Rename): void => {
    const operation = operationOf(rename);
    taken.push(rename);
    operations.push(operation);
    current = applyOperation(current, operation);
  };
  const takeAll = async (type: Rename["type"], find: (now: Comparison) => readonly Rename[]): Promise<void> => {
    for (const rename of given.filter((each) => each.type === type)) take(rename);
    for (const rename of declaredRenames(type, declared, { ...comparison, current })) take(rename);
    for (const rename of find({ ...comparison, current })) {
      if (rename.given || (!noRenames && await decide(rename))) take(rename);
    }
  };
  await takeAll("table", tableRenames);
  await takeAll("column", columnRenames);
  return { renames: taken, operations, current };
}

/** A key that is equal for equal renames. */
export function renameKey({ type, table, from, to }: Rename): string {
  return JSON.stringify([type, table === undefined ? null : keyOf(table), keyOf(from), keyOf(to)]);
}
