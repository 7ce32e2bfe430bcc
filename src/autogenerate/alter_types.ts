/**
 * Domains, composite types and sequences that are changed in place.
 *
 * @module
 */
import { usualStart } from "../operations/create_sequence.ts";
import type { Operation } from "../operations/registry.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { CompositeType, Domain, Sequence } from "../schema/objects.ts";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The operation that turns a domain into another; undefined where its type changes. */
export function alterDomain(current: Domain, target: Domain): readonly Operation[] | undefined {
  if (current.type !== target.type || current.collation !== target.collation) return undefined;
  const kept = target.checks.filter((check) =>
    current.checks.some(({ name, expression }) => name === check.name && expression === check.expression)
  );
  const dropChecks = current.checks.filter(({ name, expression }) =>
    !kept.some((check) => check.name === name && check.expression === expression)
  );
  const addChecks = target.checks.filter((check) => !kept.includes(check));
  const validated = kept.filter((check) =>
    !check.notValid && current.checks.some(({ name, notValid }) => name === check.name && notValid)
  );
  const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;
  const names = (checks: Domain["checks"]): readonly string[] => checks.flatMap(({ name }) => name ?? []);
  const nullable = (target.nullable ?? true) === (current.nullable ?? true) ? undefined : target.nullable ?? true;
  return [{
    kind: "alterDomain",
    domain: nameOf(target),
    changes: compact({
      default: current.default === target.default ? undefined : target.default ?? null,
      nullable,
      dropChecks: unlessEmpty(names(dropChecks)),
      addChecks: unlessEmpty(addChecks),
      validateChecks: unlessEmpty(names(validated)),
    }),
  }];
}

/**
 * The operation that turns a composite type into another; undefined where its attributes would not end up in the order
 * that is asked for.
 */
export function alterType(current: CompositeType, target: CompositeType): readonly Operation[] | undefined {
  const find = ({ attributes }: CompositeType, name: string) => attributes.find((each) => each.name === name);
  const dropAttributes = current.attributes.filter(({ name }) => find(target, name) === undefined);
  const addAttributes = target.attributes.filter(({ name }) => find(current, name) === undefined);
  const kept = current.attributes.filter((each) => !dropAttributes.includes(each)).map(({ name }) => name);
  const result = [...kept, ...addAttributes.map(({ name }) => name)];
  if (!same(result, target.attributes.map(({ name }) => name))) return undefined;
  const alterAttributes = target.attributes.filter((each) => {
    const old = find(current, each.name);
    return old !== undefined && !same(old, each);
  });
  const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;
  return [{
    kind: "alterCompositeType",
    type: nameOf(target),
    changes: compact({
      dropAttributes: unlessEmpty(dropAttributes.map(({ name }) => name)),
      addAttributes: unlessEmpty(addAttributes),
      alterAttributes: unlessEmpty(alterAttributes),
    }),
  }];
}

const OPTIONS = ["type", "start", "increment", "minValue", "maxValue", "cache", "cycle", "unlogged"] as const;

/** The operation that turns a sequence into another. */
export function alterSequence(current: Sequence, target: Sequence): readonly Operation[] {
  const startOf = (sequence: Sequence): string => String(sequence.start ?? usualStart(sequence));
  const changed = OPTIONS.filter((option) => option !== "start" && !same(current[option], target[option]));
  // Where a sequence begins stays when its bounds change, also where it has followed from them.
  const start = startOf(current) === startOf(target) ? {} : { start: target.start ?? usualStart(target) };
  if (changed.length === 0 && Object.keys(start).length === 0) return [];
  return [{
    kind: "alterSequence",
    sequence: nameOf(target),
    changes: { ...Object.fromEntries(changed.map((option) => [option, target[option] ?? null])), ...start },
  }];
}

/** The operation that gives a sequence another owner; undefined where it stays. */
export function ownSequence(current: Sequence | undefined, target: Sequence): Operation | undefined {
  if (same(current?.ownedBy, target.ownedBy)) return undefined;
  return { kind: "alterSequence", sequence: nameOf(target), changes: { ownedBy: target.ownedBy ?? null } };
}
