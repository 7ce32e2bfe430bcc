/**
 * What stands in the way of a change: it is dropped before, and made again after.
 *
 * A view on a column whose type changes, a policy that names it, a foreign key to a primary key that is made anew: the
 * database refuses the change under them, or would drop them without a word.
 *
 * @module
 */
import { namesType } from "../ddl/rename_in_sql.ts";
import { policyRef } from "../operations/create_policy.ts";
import { triggerRef } from "../operations/create_trigger.ts";
import type { Operation } from "../operations/registry.ts";
import { addTo, findColumn, findTable, keyOf, nameOf } from "../schema/edit.ts";
import type { ForeignKey, ObjectName, Schema, Table } from "../schema/model.ts";
import type { Dependency, ObjectRef } from "../schema/objects.ts";
import { ownersOf, refIn, refKey, refTo } from "../schema/refs.ts";
import { dropCheck, dropForeignKey } from "./compare_constraints.ts";
import type { Replaceable } from "./compare_objects.ts";
import { tableName } from "./object_kinds.ts";
import type { Change, Comparison } from "./comparison.ts";
import { effectsOf } from "./effects.ts";
import { isRemade } from "./remake_table.ts";
import type { WantedTable } from "./wanted.ts";

/** A table on both sides. */
interface KeptTable {
  readonly current: Table;
  readonly wanted: WantedTable;
}

/** What {@linkcode recreateDependents} needs. */
export interface RecreateInput {
  readonly comparison: Comparison;
  readonly changes: readonly Change[];
  readonly replaceable: ReadonlyMap<string, Replaceable>;
  readonly kept: readonly KeptTable[];
}

/** The changes with what they need beside, and what is made again by them. */
export interface Recreated {
  readonly changes: readonly Change[];
  /** The keys of the refs to objects that are dropped and made again: what was said of them is lost. */
  readonly remade: ReadonlySet<string>;
}

const tableOfRef = ({ table, schema }: ObjectRef): ObjectName | undefined =>
  table === undefined ? undefined : schema === undefined ? { name: table } : { name: table, schema };

const isTypeChange = (operation: Operation): boolean =>
  operation.kind === "alterColumn" && operation.changes.type !== undefined;

/** The checks and indexes of the tables that stay, which PostgreSQL keeps what they call from being dropped by. */
function checksAndIndexesOf(kept: readonly KeptTable[]): ReadonlyMap<string, Replaceable> {
  const inPlace = kept.filter(({ current, wanted }) => !isRemade(current, wanted.normal));
  return new Map(inPlace.flatMap(({ current, wanted }): readonly (readonly [string, Replaceable])[] => {
    const table = nameOf(current);
    const checks = current.checks.flatMap((check): readonly Replaceable[] => {
      if (check.name === undefined) return [];
      const stays = wanted.checks.find(({ made }) => made.name === check.name)?.made;
      const create: Change | undefined = stays &&
        { phase: "createConstraint", table, operations: [{ kind: "createCheckConstraint", table, check: stays }] };
      return [{ ref: refIn("constraint", table, check.name), drop: dropCheck(table, check), create }];
    });
    const indexes = current.indexes.flatMap(({ name, partOf }): readonly Replaceable[] => {
      if (name === undefined || partOf !== undefined) return [];
      const stays = wanted.indexes.find(({ made }) => made.name === name)?.made;
      const create: Change | undefined = stays &&
        { phase: "createIndex", table, operations: [{ kind: "createIndex", table, index: stays }] };
      const drop: Change = { phase: "dropIndex", table, operations: [{ kind: "dropIndex", name, table }] };
      return [{ ref: refIn("index", table, name), drop, create }];
    });
    return [...checks, ...indexes].map((each) => [refKey(each.ref), each]);
  }));
}

/** Every foreign key of the tables that stay, as something that can be dropped and made again. */
function keysOf(kept: readonly KeptTable[]): ReadonlyMap<string, Replaceable & { readonly key: ForeignKey }> {
  const inPlace = kept.filter(({ current, wanted }) => !isRemade(current, wanted.normal));
  return new Map(inPlace.flatMap(({ current, wanted }) =>
    current.foreignKeys.flatMap((key) => {
      if (key.name === undefined) return [];
      const table = nameOf(current);
      const ref = refIn("constraint", table, key.name);
      const stays = wanted.foreignKeys.find(({ made }) => made.name === key.name)?.made ??
        wanted.foreignKeys.find(({ made }) => made.columns.join() === key.columns.join())?.made;
      const create: Change | undefined = stays && {
        phase: "createForeignKey",
        table,
        operations: [{ kind: "createForeignKey", table, key: stays }],
      };
      return [[refKey(ref), { ref, drop: dropForeignKey(table, key), create, key }] as const];
    })
  ));
}

const isTypeKey = (key: string): boolean => /^\["(?:type|domain)"/.test(key);

/** The changes as a set that can grow, with what is dropped, disturbed and altered by them. */
class Work {
  readonly changes: Change[];
  readonly remade = new Set<string>();
  readonly #dropped = new Set<string>();
  readonly #created = new Set<string>();
  readonly #queue: string[] = [];
  readonly #seen = new Set<string>();

  constructor(changes: readonly Change[]) {
    this.changes = [...changes];
    for (const change of changes) this.note(change);
  }

  note({ operations }: Change): void {
    for (const operation of operations) {
      const { creates, drops, disturbs } = effectsOf(operation);
      for (const ref of drops) this.#dropped.add(refKey(ref));
      for (const ref of creates) this.#created.add(refKey(ref));
      for (const ref of [...drops, ...disturbs]) this.disturb(ref);
    }
  }

  disturb(ref: ObjectRef): void {
    const key = refKey(ref);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#queue.push(key);
  }

  isDropped(ref: ObjectRef): boolean {
    const isGone = (key: string): boolean => this.#dropped.has(key) && !this.#created.has(key);
    return this.#dropped.has(refKey(ref)) || ownersOf(ref).map(refKey).some(isGone);
  }

  next(): string | undefined {
    return this.#queue.shift();
  }

  /** Takes a default away before what is done to its column in place, and sets it again afterwards. */
  replaceDefault({ ref, drop, create }: Replaceable, needed: string): void {
    const at = this.#inPlace(ref);
    const operation = this.changes[at]?.operations[0];
    if (operation?.kind === "alterColumn" && operation.changes.default !== undefined) {
      // A change of its type carries the default over by itself; only what else the default needs is in the way.
      if (operation.changes.type !== undefined && isTypeKey(needed)) return;
      const { default: _, ...changes } = operation.changes;
      const left: readonly Change[] = Object.keys(changes).length === 0
        ? []
        : [{ ...this.changes[at] as Change, operations: [{ ...operation, changes }] }];
      this.changes.splice(at, 1, ...left);
    }
    this.changes.splice(at === -1 ? this.changes.length : at, 0, drop);
    if (create !== undefined) this.changes.push(create);
    this.remade.add(refKey(ref));
    for (const change of create === undefined ? [drop] : [drop, create]) this.note(change);
  }

  #inPlace(ref: ObjectRef): number {
    const key = refKey(ref);
    return this.changes.findIndex(({ operations }) =>
      operations.some((operation) => effectsOf(operation).alters.some((each) => refKey(each) === key))
    );
  }

  /** Drops an object and makes it again, instead of what was to be done to it in place. */
  replace({ ref, drop, create }: Replaceable): void {
    const key = refKey(ref);
    const inPlace = this.#inPlace(ref);
    if (inPlace !== -1) this.changes.splice(inPlace, 1);
    this.changes.push(drop, ...(create === undefined ? [] : [create]));
    this.remade.add(key);
    this.note(drop);
    if (create !== undefined) this.note(create);
  }
}

/** Triggers and policies need what they are on; the database does not always say so. */
function partsOf({ triggers, policies }: Schema): readonly Dependency[] {
  const refs = [...triggers.map(triggerRef), ...policies.map(policyRef)];
  return refs.flatMap((from) => ownersOf(from).map((on) => ({ from, on })));
}

/** The dependencies by what is needed; a table's dependents are found under each of its columns too. */
function dependents(dependencies: readonly Dependency[]): (key: string) => readonly ObjectRef[] {
  const found = new Map<string, ObjectRef[]>();
  for (const { from, on } of dependencies) {
    for (const key of [on, ...ownersOf(on)].map(refKey)) addTo(found, key, from);
  }
  return (key) => found.get(key) ?? [];
}

/** The foreign keys whose columns change their type on both sides: with one side changed they would not fit. */
function keysInTheWay({ changes, kept }: RecreateInput): readonly (Replaceable & { readonly key: ForeignKey })[] {
  const retyped = new Set(
    changes.flatMap(({ operations }) => operations).filter(isTypeChange).map((operation) =>
      operation.kind === "alterColumn" ? refKey(refIn("column", operation.table, operation.column)) : ""
    ),
  );
  const changesIn = (table: ObjectName, columns: readonly string[]): boolean =>
    columns.some((column) => retyped.has(refKey(refIn("column", table, column))));
  return [...keysOf(kept).values()].filter(({ ref, key: { columns, references } }) =>
    changesIn(tableName({ ...ref, table: ref.table ?? "" }), columns) &&
    changesIn(tableName(references), references.columns)
  );
}

/** Columns of a type that is disturbed: what is on them is disturbed with them. */
function columnsOfTypes({ comparison: { current } }: RecreateInput, work: Work): void {
  for (const { from, on } of current.dependencies) {
    if (from.kind !== "column" || on.kind !== "type") continue;
    const swapped = work.changes.some(({ operations }) =>
      operations.some((operation) => effectsOf(operation).disturbs.some((ref) => refKey(ref) === refKey(on)))
    );
    if (swapped) work.disturb(from);
  }
}

/** Whether the database takes a part of a table along when its column changes. */
function followsByItself(ref: ObjectRef, needed: string): boolean {
  if (ref.kind !== "index" && ref.kind !== "constraint") return false;
  const [kind, schema, table] = JSON.parse(needed) as readonly (string | null)[];
  return kind === "column" && table === ref.table && schema === (ref.schema ?? null);
}

/**
 * Adds to changes what has to be dropped before them and made again afterwards.
 *
 * @param input the changes, and how each object of the database is dropped and made
 */
export function recreateDependents(input: RecreateInput): Recreated {
  const { comparison: { current }, replaceable, kept, changes } = input;
  if (changes.length === 0) return { changes, remade: new Set() };
  const keys = keysOf(kept);
  const others = checksAndIndexesOf(kept);
  const work = new Work(changes);
  const dependentsOf = dependents([...current.dependencies, ...partsOf(current)]);
  for (const key of keysInTheWay(input)) if (!work.isDropped(key.ref)) work.replace(key);
  columnsOfTypes(input, work);
  for (let key = work.next(); key !== undefined; key = work.next()) {
    for (const ref of dependentsOf(key)) {
      if (work.isDropped(ref)) continue;
      const found = replaceable.get(refKey(ref));
      if (found !== undefined) work.replace(found);
      else if (!followsByItself(ref, key)) {
        const found = keys.get(refKey(ref)) ?? others.get(refKey(ref));
        if (found !== undefined) work.replace(found);
        else if (ref.kind === "column") withoutDefault(ref, key, input, work);
      }
    }
  }
  return { changes: work.changes, remade: work.remade };
}

/** Takes the default of a column away while what it needs is made anew. */
function withoutDefault(ref: ObjectRef, needed: string, input: RecreateInput, work: Work): void {
  const { comparison: { current }, kept } = input;
  const table = tableOfRef(ref);
  const found = table && findTable(current, table);
  const column = found && findColumn(found, ref.name);
  if (table === undefined || column?.default === undefined) return;
  const wanted = kept.find((each) => keyOf(each.current) === keyOf(table))?.wanted.columns
    .find(({ made }) => made.name === ref.name)?.made;
  const type = current.enums.find((each) => refKey(refTo("type", each)) === needed);
  const isOfIt = type !== undefined && namesType(column.type, type);
  // op.alterEnum carries the defaults of the type's own columns over.
  if (isOfIt && wanted?.type === column.type && wanted.default === column.default) return;
  const set = (value: string | null): Change => ({
    phase: "column",
    table,
    side: value === null ? "before" : "after",
    operations: [{ kind: "alterColumn", table, column: ref.name, changes: { default: value } }],
  });
  const create = wanted?.default === undefined ? undefined : set(wanted.default);
  work.replaceDefault({ ref, drop: set(null), create }, needed);
}
