/**
 * The order in which changes succeed.
 *
 * Where the database says which object needs which, that decides: what is needed is made before, and dropped after.
 * What it leaves open goes by phases: schemas, types, what is in the way, tables, columns, constraints, code, and last
 * what is dropped.
 *
 * @module
 */
import { routineRef } from "../operations/create_function.ts";
import type { DropIndex } from "../operations/drop_index.ts";
import type { Operation } from "../operations/registry.ts";
import { addTo, compareNames, findTable, keyOf } from "../schema/edit.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { orderTables } from "../schema/order.ts";
import { ownersOf, refKey } from "../schema/refs.ts";
import { type Change, type Comparison, PHASES } from "./comparison.ts";
import { type Effects, effectsOf, partsOfTable, relationNames } from "./effects.ts";

const phaseOf = ({ phase }: Change): number => PHASES.indexOf(phase);

/** What concerns no table that stays: before all tables, or after them. */
function stageOf({ phase, table }: Change): number {
  if (table !== undefined) return 1;
  return PHASES.indexOf(phase) >= PHASES.indexOf("dropTable") ? 2 : 0;
}

/** By phase; within one, by table; else in the order in which they were found. */
function byPhase(a: Change, b: Change): number {
  const byTable = a.table === undefined || b.table === undefined ? 0 : compareNames(a.table, b.table);
  return phaseOf(a) - phaseOf(b) || byTable;
}

/** The changes of one table side by side, so that one rebuild makes them all; tables after those that they refer to. */
function byTable({ target }: Comparison): (a: Change, b: Change) => number {
  const places = new Map(orderTables(target.tables).tables.map((table, place) => [keyOf(table), place]));
  const place = ({ table }: Change): number => table === undefined ? -1 : places.get(keyOf(table)) ?? -1;
  return (a, b) => {
    const tables = a.table === undefined || b.table === undefined
      ? 0
      : place(a) - place(b) || compareNames(a.table, b.table);
    return stageOf(a) - stageOf(b) || tables || phaseOf(a) - phaseOf(b);
  };
}

/** An index whose name another table's index takes is dropped before all tables: names of indexes are the database's. */
function freeIndexNames(changes: readonly Change[]): readonly Change[] {
  const isTaken = ({ name, table }: DropIndex): boolean =>
    changes.some(({ operations }) =>
      operations.some((operation) =>
        operation.kind === "createIndex"
          ? operation.index.name === name && keyOf(operation.table) !== keyOf(table)
          : operation.kind === "createTable" && operation.table.indexes.some((index) => index.name === name)
      )
    );
  return changes.map((change) => {
    const { table: _, ...early } = change;
    return change.operations.some((operation) => operation.kind === "dropIndex" && isTaken(operation)) ? early : change;
  });
}

/** One change in the graph, with what it does. */
interface Node extends Effects {
  readonly change: Change;
  /** The nodes that have to come before it. */
  readonly after: Set<Node>;
}

function nodesOf(changes: readonly Change[]): readonly Node[] {
  return changes.map((change) => {
    const effects = change.operations.map(effectsOf);
    return {
      change,
      creates: effects.flatMap(({ creates }) => creates),
      drops: effects.flatMap(({ drops }) => drops),
      alters: effects.flatMap(({ alters }) => alters),
      disturbs: effects.flatMap(({ disturbs }) => disturbs),
      after: new Set<Node>(),
    };
  });
}

type Finder = (ref: ObjectRef) => readonly Node[];

/** Finds the nodes that do something to an object: to it, or else to the table that it is a part of. */
function finder(nodes: readonly Node[], effect: (node: Node) => readonly ObjectRef[]): Finder {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const ref of effect(node)) {
      addTo(found, refKey(ref), node);
    }
  }
  return (ref) => {
    const own = found.get(refKey(ref));
    if (own !== undefined || ref.table === undefined) return own ?? [];
    return ownersOf(ref).flatMap((owner) => found.get(refKey(owner)) ?? []);
  };
}

function connect(before: readonly Node[], after: readonly Node[]): void {
  for (const first of before) {
    for (const second of after) if (first !== second) second.after.add(first);
  }
}

/** What needs something is made after it, and dropped before it. */
function connectDependencies(nodes: readonly Node[], { current, target }: Comparison): void {
  const made = finder(
    nodes,
    ({ creates, alters, change }) => change.side === "before" ? creates : [...creates, ...alters],
  );
  const gone = finder(nodes, ({ drops }) => drops);
  const leaving = finder(nodes, ({ drops, alters, change }) => change.side === "after" ? drops : [...drops, ...alters]);
  const disturbed = finder(nodes, ({ drops, disturbs }) => [...drops, ...disturbs]);
  const goneFirst = finder(
    nodes,
    ({ drops, alters, change }) => change.side === "before" ? [...drops, ...alters] : drops,
  );
  for (const { from, on } of target.dependencies) connect(made(on), made(from));
  for (const { from, on } of current.dependencies) {
    connect(leaving(from), gone(on));
    connect(goneFirst(from), disturbed(on));
  }
}

/** Whether a text names an object: as a word, or in quotes. */
function names(text: string, name: string): boolean {
  const escaped = name.replace(/[^\w]/g, "\\$&");
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, "i").test(text);
}

/** The dollar quotes around a body would look like parts of its first and its last word. */
const withoutQuotes = (definition: string): string => definition.replace(/\$\w*\$/g, " ");

/** Whether a node has to wait for another one, directly or not. */
function waitsFor(node: Node, other: Node, seen = new Set<Node>()): boolean {
  if (node === other) return true;
  if (seen.has(node)) return false;
  seen.add(node);
  return [...node.after].some((each) => waitsFor(each, other, seen));
}

/**
 * What the body of a routine names is made before it, unless that needs the routine: of a body in quotes the database
 * does not say what it needs, and some it checks all the same.
 */
function connectBodies(nodes: readonly Node[]): void {
  const made = nodes.flatMap((node) =>
    node.creates.filter(({ kind, table }) => table === undefined && kind !== "schema").map((ref) => ({ node, ref }))
  );
  for (const node of nodes) {
    for (const operation of node.change.operations) {
      if (operation.kind !== "createFunction") continue;
      const definition = withoutQuotes(operation.routine.definition);
      for (const { node: other, ref } of made) {
        if (other !== node && names(definition, ref.name) && !waitsFor(other, node)) node.after.add(other);
      }
    }
  }
}

/** What the body of a routine names is dropped after it, so that it is there when this is taken back. */
function connectDroppedBodies(nodes: readonly Node[], { current }: Comparison): void {
  const definitions = new Map(
    current.routines.map((routine) => [refKey(routineRef(routine)), withoutQuotes(routine.definition)]),
  );
  const gone = nodes.flatMap((node) =>
    node.drops.filter(({ kind, table }) => table === undefined && kind !== "schema").map((ref) => ({ node, ref }))
  );
  for (const node of nodes) {
    const definition = node.drops.map((ref) => definitions.get(refKey(ref))).find((each) => each !== undefined);
    if (definition === undefined) continue;
    for (const { node: other, ref } of gone) {
      if (other !== node && names(definition, ref.name) && !waitsFor(node, other)) other.after.add(node);
    }
  }
}

/** A name is free again before something else takes it. */
function connectNames(nodes: readonly Node[], { current }: Comparison): void {
  const withParts = (ref: ObjectRef): readonly ObjectRef[] => {
    const table = ref.kind === "table" ? findTable(current, ref) : undefined;
    return table === undefined ? [ref] : partsOfTable(table);
  };
  const gone = finder(nodes, ({ drops }) => drops);
  for (const node of nodes) for (const ref of node.creates) connect(gone(ref).filter((each) => each !== node), [node]);
  const leaving = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const name of relationNames(node.drops.flatMap(withParts))) addTo(leaving, name, node);
  }
  for (const node of nodes) for (const name of relationNames(node.creates)) connect(leaving.get(name) ?? [], [node]);
}

/** Each node after those that it waits for, else in the order given; where they wait for each other, the first one first. */
function sortNodes(nodes: readonly Node[]): readonly Change[] {
  const sorted: Change[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    node.after.forEach(visit);
    sorted.push(node.change);
  };
  nodes.forEach(visit);
  return sorted;
}

/**
 * The operations of changes, in an order in which they succeed.
 *
 * @param changes what is to be done, in the order in which it was found
 */
export function orderChanges(changes: readonly Change[], comparison: Comparison): readonly Operation[] {
  if (changes.length === 0) return [];
  const { alterConstraints } = comparison.dialect.capabilities;
  if (!alterConstraints) {
    return freeIndexNames(changes).toSorted(byTable(comparison)).flatMap(({ operations }) => operations);
  }
  const sorted = changes.toSorted(byPhase);
  const nodes = nodesOf(sorted);
  connectDependencies(nodes, comparison);
  connectNames(nodes, comparison);
  connectBodies(nodes);
  connectDroppedBodies(nodes, comparison);
  return sortNodes(nodes).flatMap(({ operations }) => operations);
}
