/**
 * What is said about objects: comments, grants and default privileges that differ.
 *
 * @module
 */
import { isExcluded } from "./excluded.ts";
import type { Operation } from "../operations/registry.ts";
import { compact } from "../schema/edit.ts";
import type { DefaultPrivilege, Grant, ObjectRef } from "../schema/objects.ts";
import { refIn, refKey } from "../schema/refs.ts";
import { type Change, type Comparison, isIgnored, speaksAbout } from "./comparison.ts";
import { canonicalJson } from "./object_kinds.ts";

/** What is there no more: an object that is dropped, or dropped and made again, takes along what was said of it. */
export interface Gone {
  /** Whether an object is dropped and made again. */
  isRemade(ref: ObjectRef): boolean;
  /** What is made, also what is made again. */
  readonly created: readonly ObjectRef[];
  /** Whether an object is dropped. */
  isDropped(ref: ObjectRef): boolean;
}

const isMine = (comparison: Comparison, ref: ObjectRef): boolean => {
  const { kind, name, schema, table } = ref;
  if (isExcluded(comparison, ref)) return false;
  const owner = kind === "table" ? name : table;
  if (owner !== undefined && isIgnored(comparison, schema === undefined ? { name: owner } : { name: owner, schema })) {
    return false;
  }
  return speaksAbout(
    comparison,
    kind === "schema" ? { name, schema: name } : schema === undefined ? { name } : { name, schema },
  );
};

/** Compares what is not a field of its object. */
function compareComments(comparison: Comparison, gone: Gone): readonly Change[] {
  const { current, target, kinds } = comparison;
  if (!kinds.includes("comments")) return [];
  const there = new Map(current.comments.map(({ on, text }) => [refKey(on), text]));
  const wanted = new Map(target.comments.map(({ on, text }) => [refKey(on), text]));
  const set = (on: ObjectRef, text: string | null): Change => ({
    phase: "comment",
    operations: [{ kind: "comment", on, text }],
  });
  return [
    ...current.comments.filter(({ on }) => !wanted.has(refKey(on)) && !gone.isDropped(on) && isMine(comparison, on))
      .map(({ on }) => set(on, null)),
    ...target.comments.filter(({ on, text }) =>
      !isExcluded(comparison, on) && (gone.isRemade(on) || there.get(refKey(on)) !== text)
    )
      .map(({ on, text }) => set(on, text)),
  ];
}

/** Every right by itself, so that lists which overlap are compared one by one. */
function single<T extends { readonly privileges: readonly string[] }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.flatMap((each) =>
    each.privileges.map((privilege): [string, T] => {
      const one = { ...each, privileges: [privilege] };
      return [canonicalJson(one), one];
    })
  ));
}

/** Puts single rights together again. */
function merged<T extends { readonly privileges: readonly string[] }>(list: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const each of list) {
    const key = canonicalJson({ ...each, privileges: [] });
    const before = found.get(key)?.privileges ?? [];
    found.set(key, { ...each, privileges: [...before, ...each.privileges].sort() });
  }
  return [...found.values()];
}

interface Right {
  readonly privileges: readonly string[];
  readonly revoked?: boolean;
  readonly withGrantOption?: boolean;
}

/** The rights that have to be taken away and given, a right with and without grant option being one right. */
function differences<T extends Right>(current: readonly T[], target: readonly T[]): {
  readonly away: readonly T[];
  readonly given: readonly T[];
} {
  const [there, wanted] = [single(current), single(target)];
  const bare = ({ withGrantOption: _, ...right }: T): string => canonicalJson(right);
  const upgraded = new Set([...wanted.values()].filter((right) => right.withGrantOption).map(bare));
  const away = [...there].filter(([key, right]) =>
    !wanted.has(key) && !(right.withGrantOption === undefined && upgraded.has(bare(right)))
  );
  const given = [...wanted].filter(([key]) => !there.has(key));
  return { away: merged(away.map(([, right]) => right)), given: merged(given.map(([, right]) => right)) };
}

const OBJECTS: { readonly [kind in ObjectRef["kind"]]?: DefaultPrivilege["objects"] } = {
  table: "tables",
  view: "tables",
  materializedView: "tables",
  sequence: "sequences",
  routine: "functions",
  type: "types",
  domain: "types",
  schema: "schemas",
};

/**
 * The rights that a new object has from the start, by `ALTER DEFAULT PRIVILEGES`. Who makes it is not known: taking
 * away a right that was not given changes nothing.
 */
function givenAtBirth({ current: { defaultPrivileges } }: Comparison, on: ObjectRef): readonly Grant[] {
  return defaultPrivileges.filter(({ objects, schema }) =>
    OBJECTS[on.kind] === objects && (schema === undefined || schema === (on.schema ?? "public"))
  ).map(({ to, privileges, withGrantOption, revoked }) =>
    compact<Grant>({ on, to, privileges, withGrantOption, revoked })
  );
}

function compareGrants(comparison: Comparison, gone: Gone): readonly Change[] {
  const { current, target, kinds } = comparison;
  if (!kinds.includes("grants")) return [];
  const stays = (on: ObjectRef): boolean => !gone.isDropped(on) && !gone.isRemade(on);
  const kept = current.grants.filter(({ on }) => isMine(comparison, on) && stays(on)).flatMap((grant) => {
    const columns = grant.columns?.filter((name) => stays(refIn("column", grant.on, name)));
    return columns === undefined ? [grant] : columns.length === 0 ? [] : [{ ...grant, columns }];
  });
  const there = [...kept, ...gone.created.flatMap((on) => givenAtBirth(comparison, on))];
  const { away, given } = differences(there, target.grants.filter(({ on }) => !isExcluded(comparison, on)));
  const change = (operation: Operation): Change => ({ phase: "grant", operations: [operation] });
  // What was taken away and shall not be is given, and the other way round.
  return [
    ...away.map(({ revoked, ...grant }) => change({ kind: revoked ? "grant" : "revoke", grant })),
    ...given.map(({ revoked, ...grant }) => change({ kind: revoked ? "revoke" : "grant", grant })),
  ];
}

function compareDefaultPrivileges({ current, target, kinds }: Comparison): readonly Change[] {
  if (!kinds.includes("defaultPrivileges")) return [];
  const { away, given } = differences(current.defaultPrivileges, target.defaultPrivileges);
  const change = (operation: Operation): Change => ({ phase: "grant", operations: [operation] });
  const set = (revoke: boolean) => ({ revoked: _, ...privilege }: (typeof away)[number]): Change =>
    change({ kind: "alterDefaultPrivileges", privilege, ...(revoke ? { revoke } : {}) });
  return [
    ...away.map((privilege) => set(!privilege.revoked)(privilege)),
    ...given.map((privilege) => set(privilege.revoked === true)(privilege)),
  ];
}

/** Compares what is said about objects. */
export function compareRemarks(comparison: Comparison, gone: Gone): readonly Change[] {
  return [
    ...compareComments(comparison, gone),
    ...compareGrants(comparison, gone),
    ...compareDefaultPrivileges(comparison),
  ];
}
