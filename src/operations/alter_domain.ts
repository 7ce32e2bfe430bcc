import { type Hazard, statement } from "../ddl/statement.ts";
import { compact, compareText, displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Domain } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireSql, toName } from "./arguments.ts";
import { domainCheckSql, domainsOf, requireDomainChecks } from "./create_domain.ts";
import { edited, lookUp } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a domain `op.alterDomain` changes. */
export interface DomainChanges {
  readonly default?: string | null;
  readonly nullable?: boolean;
  readonly addChecks?: Domain["checks"];
  /** The names of checks. */
  readonly dropChecks?: readonly string[];
  /** The names of checks that were added `notValid`. */
  readonly validateChecks?: readonly string[];
}

/** The data of `op.alterDomain`. */
export interface AlterDomain {
  readonly kind: "alterDomain";
  readonly domain: ObjectName;
  readonly changes: DomainChanges;
}

function changedDomain(domain: Domain, changes: DomainChanges): Domain {
  const { addChecks = [], dropChecks = [], validateChecks = [] } = changes;
  const unknown = [...dropChecks, ...validateChecks].find((name) => !domain.checks.some((each) => each.name === name));
  if (unknown !== undefined) throw invalid("alterDomain", `"${displayName(domain)}" has no check "${unknown}"`);
  const { default: value, nullable, ...rest } = domain;
  const kept = domain.checks.filter(({ name }) => !dropChecks.includes(name ?? "")).map((check) => {
    const { notValid: _, ...valid } = check;
    return validateChecks.includes(check.name ?? "") ? valid : check;
  });
  return compact<Domain>({
    ...rest,
    default: changes.default === undefined ? value : changes.default ?? undefined,
    nullable: (changes.nullable ?? nullable ?? true) ? undefined : false,
    checks: [...kept, ...addChecks].sort((a, b) => compareText(a.name ?? "", b.name ?? "")),
  });
}

function reverseChanges({ default: value, nullable = true, checks }: Domain, changes: DomainChanges): DomainChanges {
  const { addChecks = [], dropChecks = [], validateChecks = [] } = changes;
  // What was not valid becomes so again only as a new check.
  const unvalidated = checks.filter(({ name, notValid }) => notValid && validateChecks.includes(name ?? ""));
  const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;
  return compact<DomainChanges>({
    default: changes.default === undefined ? undefined : value ?? null,
    nullable: changes.nullable === undefined ? undefined : nullable,
    dropChecks: unlessEmpty([...addChecks, ...unvalidated].flatMap(({ name }) => name ?? [])),
    addChecks: unlessEmpty([...checks.filter(({ name }) => dropChecks.includes(name ?? "")), ...unvalidated]),
  });
}

/**
 * Changes a domain: its default, whether it may be NULL, its checks (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterDomain("email", { nullable: false, dropChecks: ["email_at"] });
 * }
 * ```
 */
export const alterDomain: OperationType<AlterDomain, [name: Name, changes: DomainChanges]> = {
  kind: "alterDomain",
  create(name, changes) {
    const all = compact<DomainChanges>({ ...changes });
    if (Object.values(all).every((value) => Array.isArray(value) && value.length === 0)) {
      throw invalid("alterDomain", "nothing is changed");
    }
    requireSql("alterDomain", "the default", all.default);
    requireDomainChecks("alterDomain", all.addChecks);
    return { kind: "alterDomain", domain: toName("alterDomain", name), changes: all };
  },
  args: ({ domain, changes }) => [fromName(domain), changes],
  reverse({ domain, changes }, before) {
    const old = lookUp(domainsOf(before), refTo("domain", domain));
    // A check that the server names cannot be named again.
    if (old === undefined || changes.addChecks?.some(({ name }) => name === undefined)) return null;
    const back = reverseChanges(old, changes);
    return Object.keys(back).length === 0 ? [] : [data<AlterDomain>({ kind: "alterDomain", domain, changes: back })];
  },
  apply: (schema, { domain, changes }) => ({
    ...schema,
    domains: edited("alterDomain", domainsOf(schema), refTo("domain", domain), (old) => changedDomain(old, changes)),
  }),
  compile({ domain, changes }, { writer }) {
    const { default: value, nullable, addChecks = [], dropChecks = [], validateChecks = [] } = changes;
    const alter = (clause: string, hazards: readonly Hazard[] = []) =>
      statement(`ALTER DOMAIN ${writer.name(domain)} ${clause}`, hazards);
    const mayFail: readonly Hazard[] = [{
      kind: "mayFail",
      reason: `A value of "${displayName(domain)}" that is there may not fit`,
    }];
    return [
      ...dropChecks.map((name) => alter(`DROP CONSTRAINT ${writer.identifier(name)}`)),
      ...(value === undefined ? [] : [alter(value === null ? "DROP DEFAULT" : `SET DEFAULT ${value}`)]),
      ...(nullable === undefined ? [] : [nullable ? alter("DROP NOT NULL") : alter("SET NOT NULL", mayFail)]),
      ...addChecks.map((check) => alter(`ADD ${domainCheckSql(writer, check)}`, check.notValid ? [] : mayFail)),
      ...validateChecks.map((name) => alter(`VALIDATE CONSTRAINT ${writer.identifier(name)}`, mayFail)),
    ];
  },
};
