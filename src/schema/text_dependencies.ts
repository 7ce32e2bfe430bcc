/**
 * Which object needs which, as far as their SQL texts tell: for a schema that was written, and not read from a
 * database.
 *
 * @module
 */
import type { ObjectName, Schema, Table } from "./model.ts";
import type { Dependency, Domain, ObjectRef, View } from "./objects.ts";
import { refKey, refTo } from "./refs.ts";

const WORD = /^[\w$]+$/;

/** Tells whether a text names an object: as a word, or in quotes. */
function namesIn(text: string): (object: ObjectName) => boolean {
  const words = new Set(text.toLowerCase().match(/[\w$]+/g));
  return ({ name }) => WORD.test(name) ? words.has(name.toLowerCase()) : text.includes(name);
}

const viewRef = (view: View): ObjectRef => refTo(view.materialized ? "materializedView" : "view", view);

function tableText({ columns, checks, indexes, exclusions = [] }: Table): string {
  return [
    ...columns.flatMap(({ type, default: value, generated }) => [type, value, generated?.expression]),
    ...checks.map(({ expression }) => expression),
    ...[...indexes, ...exclusions].flatMap(({ where, parts }) => [where, ...parts.map((part) => part.expression)]),
  ].filter((text) => text !== undefined).join("\n");
}

const domainText = ({ type, default: value = "", checks }: Domain): string =>
  [type, value, ...checks.map(({ expression }) => expression)].join("\n");

/**
 * The dependencies that the texts of tables, domains and views tell. A name that only looks like an object's gives one
 * too many: it can make the order another, never wrong.
 */
export function dependenciesInText(schema: Schema): readonly Dependency[] {
  const { tables, domains, views, routines, sequences } = schema;
  const code = routines.map((object) => ({
    object,
    ref: { ...refTo("routine", object), arguments: object.arguments } satisfies ObjectRef,
  }));
  const counters = sequences.map((object) => ({ object, ref: refTo("sequence", object) }));
  const types = domains.map((object) => ({ object, ref: refTo("domain", object) }));
  const seen = views.map((object) => ({ object, ref: viewRef(object) }));
  const texts = [
    ...tables.map((table) => ({ ref: refTo("table", table), text: tableText(table), on: [...code, ...counters] })),
    ...domains.map((domain) => ({ ref: refTo("domain", domain), text: domainText(domain), on: [...code, ...types] })),
    ...views.map((view) => ({ ref: viewRef(view), text: view.query, on: [...code, ...counters, ...seen] })),
  ];
  return texts.flatMap(({ ref: from, text, on }) => {
    const isNamed = namesIn(text);
    return on.filter(({ object, ref }) => isNamed(object) && refKey(ref) !== refKey(from))
      .map(({ ref }) => ({ from, on: ref }));
  });
}

/** Objects in an order in which each comes after those that it needs, else as they were. */
export function inOrderOfNeed<T extends ObjectName>(
  objects: readonly T[],
  ref: (object: T) => ObjectRef,
  dependencies: readonly Dependency[],
): readonly T[] {
  const sorted = new Set<T>();
  const seen = new Set<T>();
  const visit = (object: T): void => {
    if (seen.has(object)) return;
    seen.add(object);
    const own = refKey(ref(object));
    const needed = new Set(dependencies.filter(({ from }) => refKey(from) === own).map(({ on }) => refKey(on)));
    objects.filter((each) => needed.has(refKey(ref(each)))).forEach(visit);
    sorted.add(object);
  };
  objects.forEach(visit);
  return [...sorted];
}
