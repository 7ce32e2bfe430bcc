/**
 * What giving and taking rights makes of a schema's rights: one privilege at a time, as the server keeps them.
 *
 * @module
 */
import { compact, compareText } from "../schema/edit.ts";
import type { Grant, ObjectRef, RefKind } from "../schema/objects.ts";
import { refKey } from "../schema/refs.ts";
import { sortedGrants } from "./object_refs.ts";

const TABLE = ["DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"];

/** What `ALL` means, as far as it is the same on every version. */
const ALL: { readonly [kind in RefKind]?: readonly string[] } = {
  table: TABLE,
  view: TABLE,
  materializedView: TABLE,
  sequence: ["SELECT", "UPDATE", "USAGE"],
  routine: ["EXECUTE"],
  schema: ["CREATE", "USAGE"],
  type: ["USAGE"],
  domain: ["USAGE"],
};

const COLUMN = ["INSERT", "REFERENCES", "SELECT", "UPDATE"];

/** One privilege of a role. */
interface Right {
  readonly privilege: string;
  readonly state: "granted" | "grantable" | "revoked";
}

function eachOf({ on, privileges, columns }: Grant): readonly string[] {
  const all = columns === undefined ? ALL[on.kind] ?? privileges : COLUMN;
  return privileges.some((word) => word === "ALL" || word === "ALL PRIVILEGES") ? all : privileges;
}

/** What everybody may do with an object unless it is taken away. */
function byDefault({ kind }: ObjectRef, to: string): readonly string[] {
  if (to !== "PUBLIC") return [];
  return kind === "routine" ? ["EXECUTE"] : kind === "type" || kind === "domain" ? ["USAGE"] : [];
}

const sameTarget = (a: Grant, b: Grant): boolean =>
  refKey(a.on) === refKey(b.on) && a.to === b.to && JSON.stringify(a.columns) === JSON.stringify(b.columns);

function rightsOf(grants: readonly Grant[]): readonly Right[] {
  return grants.flatMap((grant) =>
    eachOf(grant).map((privilege): Right => ({
      privilege,
      state: grant.revoked ? "revoked" : grant.withGrantOption ? "grantable" : "granted",
    }))
  );
}

/** The rights on one target in the place of those that are there. */
function withRights(grants: readonly Grant[], { on, to, columns }: Grant, rights: readonly Right[]): readonly Grant[] {
  const made = (["granted", "grantable", "revoked"] as const).flatMap((state): readonly Grant[] => {
    const own = rights.filter((right) => right.state === state).map(({ privilege }) => privilege);
    if (own.length === 0) return [];
    return [compact<Grant>({
      on,
      columns,
      to,
      privileges: own.sort(compareText),
      withGrantOption: state === "grantable" || undefined,
      revoked: state === "revoked" || undefined,
    })];
  });
  const target = compact<Grant>({ on, to, columns, privileges: [] });
  return sortedGrants([...grants.filter((each) => !sameTarget(each, target)), ...made]);
}

/** The rights of a schema after some are given. */
export function granted(grants: readonly Grant[], grant: Grant): readonly Grant[] {
  const before = rightsOf(grants.filter((each) => sameTarget(each, grant)));
  const given = new Set(eachOf(grant));
  const usual = byDefault(grant.on, grant.to);
  const kept = before.filter(({ privilege, state }) =>
    !given.has(privilege) || (state === "grantable" && !grant.withGrantOption)
  );
  const added = [...given].filter((privilege) => !kept.some((right) => right.privilege === privilege))
    .filter((privilege) => grant.withGrantOption || !usual.includes(privilege))
    .map((privilege): Right => ({ privilege, state: grant.withGrantOption ? "grantable" : "granted" }));
  return withRights(grants, grant, [...kept, ...added]);
}

/** The rights of a schema after some are taken away, or only the right to hand them on. */
export function revoked(grants: readonly Grant[], grant: Grant, grantOptionOnly: boolean): readonly Grant[] {
  const before = rightsOf(grants.filter((each) => sameTarget(each, grant)));
  const taken = new Set(eachOf(grant));
  if (grantOptionOnly) {
    const less = before.map((right): Right =>
      right.state === "grantable" && taken.has(right.privilege) ? { ...right, state: "granted" } : right
    );
    return withRights(grants, grant, less);
  }
  const missed = byDefault(grant.on, grant.to).filter((privilege) => taken.has(privilege))
    .map((privilege): Right => ({ privilege, state: "revoked" }));
  return withRights(grants, grant, [...before.filter(({ privilege }) => !taken.has(privilege)), ...missed]);
}

/** Of the rights that are given, those that a role has not had, and those that it could not hand on. */
export function newRights(
  grants: readonly Grant[],
  grant: Grant,
): { readonly fresh: readonly string[]; readonly grantable: readonly string[] } {
  const states = (list: readonly Grant[]): ReadonlyMap<string, Right["state"]> =>
    new Map(rightsOf(list.filter((each) => sameTarget(each, grant))).map(({ privilege, state }) => [privilege, state]));
  const [before, after] = [states(grants), states(granted(grants, grant))];
  const usual = byDefault(grant.on, grant.to);
  const had = (privilege: string): boolean =>
    before.has(privilege) ? before.get(privilege) !== "revoked" : usual.includes(privilege);
  const given = eachOf(grant);
  return {
    fresh: given.filter((privilege) => !had(privilege)),
    grantable: given.filter((privilege) =>
      had(privilege) && after.get(privilege) === "grantable" && before.get(privilege) !== "grantable"
    ),
  };
}
