/**
 * Objects in the lists of a schema: how operations put them in, find them and take them out.
 *
 * @module
 */
import { compareNames, compareText } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { displayRef, refKey } from "../schema/refs.ts";
import { invalid } from "./arguments.ts";

/** A list of a schema, and how its objects are told apart. */
export interface Listed<T extends ObjectName> {
  readonly list: readonly T[];
  ref(object: T): ObjectRef;
}

function order(a: ObjectRef, b: ObjectRef): number {
  return compareNames(a, b) || compareText(a.table ?? "", b.table ?? "") ||
    compareText(a.arguments ?? "", b.arguments ?? "") || compareText(a.type ?? "", b.type ?? "");
}

/** The object that a ref names, or undefined. */
export function lookUp<T extends ObjectName>({ list, ref }: Listed<T>, wanted: ObjectRef): T | undefined {
  return list.find((object) => refKey(ref(object)) === refKey(wanted));
}

/** The list with an object in it, in order; in the place of one that is the same where `replace` says so. */
export function put<T extends ObjectName>(kind: string, listed: Listed<T>, object: T, replace = false): readonly T[] {
  const { list, ref } = listed;
  if (!replace && lookUp(listed, ref(object)) !== undefined) {
    throw invalid(kind, `there is a ${displayRef(ref(object))} already`);
  }
  const others = list.filter((each) => refKey(ref(each)) !== refKey(ref(object)));
  return [...others, object].sort((a, b) => order(ref(a), ref(b)));
}

/** The list without an object. Throws `OPERATION_INVALID` where it is not there, unless `ifExists` says so. */
export function takeOut<T extends ObjectName>(
  kind: string,
  listed: Listed<T>,
  wanted: ObjectRef,
  ifExists = false,
): readonly T[] {
  const { list, ref } = listed;
  if (lookUp(listed, wanted) === undefined && !ifExists) throw invalid(kind, `there is no ${displayRef(wanted)}`);
  return list.filter((object) => refKey(ref(object)) !== refKey(wanted));
}

/** The list with one object changed. Throws `OPERATION_INVALID` where it is not there. */
export function edited<T extends ObjectName>(
  kind: string,
  listed: Listed<T>,
  wanted: ObjectRef,
  edit: (object: T) => T,
): readonly T[] {
  const { list, ref } = listed;
  if (lookUp(listed, wanted) === undefined) throw invalid(kind, `there is no ${displayRef(wanted)}`);
  return list.map((object) => refKey(ref(object)) === refKey(wanted) ? edit(object) : object);
}

/** What most drops take. */
export interface DropOptions {
  readonly ifExists?: boolean;
  /** Drop what depends on it too. */
  readonly cascade?: boolean;
}

/** `DROP …` with its options. */
export function dropSql(what: string, name: string, { ifExists, cascade }: DropOptions): string {
  return `DROP ${what} ${ifExists ? "IF EXISTS " : ""}${name}${cascade ? " CASCADE" : ""}`;
}

/** The arguments of an operation, without options where none is set. */
export function withOptions<A extends readonly unknown[], O extends object>(
  args: A,
  options: O,
): [...A] | [...A, O] {
  return Object.keys(options).length === 0 ? [...args] : [...args, options];
}
