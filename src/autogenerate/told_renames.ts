/**
 * Renames that somebody has told of: `--rename` on the command line, and what the target declares.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { DeclaredRename, DeclaredTableRename } from "../schema/declared_rename.ts";
import { displayName, findCalled, findColumn, findTable, nameOf } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { Comparison } from "./comparison.ts";
import { declaredObject, givenObject, isKept } from "./object_renames.ts";
import type { Rename } from "./renames.ts";

const isFree = (schema: Schema, name: ObjectName): boolean => findTable(schema, name) === undefined;

function invalidRename(text: string, reason: string): LimbeckError {
  return new LimbeckError("USAGE", `Cannot rename "${text}": ${reason}`, {
    hint: "Write --rename users.name=users.full_name for a column or a value of an enum, " +
      "--rename people=users for a table, type, sequence, function or view",
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

/** What a text of `--rename` means. Throws `USAGE` for what is not there. */
export function givenRename(text: string, comparison: Comparison): Rename {
  const { current, written } = comparison;
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw invalidRename(text, "it is not of the form old=new");
  const [old, now] = [text.slice(0, at), text.slice(at + 1)];
  const from = lookUp(current, old);
  const to = lookUp(written, now);
  const other = from === undefined || to === undefined ? givenObject(old, now, comparison) : undefined;
  if (other !== undefined) {
    if (isKept(other, comparison)) throw invalidRename(text, `"${old}" is in the target too`);
    return other;
  }
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

function declaredTable({ table, from }: DeclaredTableRename, { current, written }: Comparison): readonly Rename[] {
  const old = findCalled(current.tables.filter(({ schema }) => schema === table.schema), from);
  const isDone = old === undefined || !isFree(current, table) || !isFree(written, old);
  return isDone ? [] : [{ type: "table", from: nameOf(old), to: table, given: true }];
}

function declaredColumn(
  declared: DeclaredTableRename,
  column: string,
  { current, written }: Comparison,
): readonly Rename[] {
  const [there, wanted] = [findTable(current, declared.table), findTable(written, declared.table)];
  const old = findCalled(there?.columns ?? [], declared.from);
  if (there === undefined || wanted === undefined || old === undefined) return [];
  const isDone = findColumn(there, column) !== undefined || findColumn(wanted, old.name) !== undefined;
  const rename = { table: nameOf(there), from: { name: old.name }, to: { name: column }, given: true };
  return isDone ? [] : [{ type: "column", ...rename }];
}

/** The declared renames that are still to be done. */
export function declaredRenames(declared: readonly DeclaredRename[], comparison: Comparison): readonly Rename[] {
  return declared.flatMap((each) => {
    if ("object" in each) return declaredObject(each, comparison);
    return each.column === undefined ? declaredTable(each, comparison) : declaredColumn(each, each.column, comparison);
  });
}
