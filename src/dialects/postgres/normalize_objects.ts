/**
 * A target's types, sequences, views and policies as temporary ones, and back. A materialized view is made as a view.
 *
 * @module
 */
import { createDomain } from "../../operations/create_domain.ts";
import { createPolicy } from "../../operations/create_policy.ts";
import { sequenceClauses } from "../../operations/create_sequence.ts";
import { viewSql } from "../../operations/create_view.ts";
import { compact, compareText, displayName, findTable, nameOf } from "../../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectName, type Schema } from "../../schema/model.ts";
import type { Domain, Policy, Sequence, View } from "../../schema/objects.ts";
import { refTo } from "../../schema/refs.ts";
import { dependenciesInText, inOrderOfNeed } from "../../schema/text_dependencies.ts";
import type { Disguise } from "./disguise.ts";
import { answers, mark, type Part } from "./normalize_tables.ts";
import { canonicalType } from "./types.ts";
import { writer } from "./writer.ts";

const temporary = (object: ObjectName, { nameIn }: Disguise): ObjectName => ({
  schema: "pg_temp",
  name: nameIn(object),
});

function domainIn(domain: Domain, number: number, cover: Disguise): Domain {
  const { textIn } = cover;
  return compact<Domain>({
    ...domain,
    ...temporary(domain, cover),
    type: textIn(domain.type),
    default: domain.default === undefined ? undefined : textIn(domain.default),
    checks: domain.checks.map(({ expression }, place) => ({
      name: mark("d", number, place),
      expression: textIn(expression),
    })),
  });
}

/** The statements that make the types and sequences, before the tables. */
export function partsBeforeTables(target: Schema, cover: Disguise): readonly Part[] {
  const enums = target.enums.map((type): Part => ({
    sql: `CREATE TYPE ${writer.name(temporary(type, cover))} AS ENUM (` +
      `${type.values.map((value) => writer.literal(value)).join(", ")})`,
    what: `enum "${displayName(type)}"`,
  }));
  const order = inOrderOfNeed(target.domains, (domain) => refTo("domain", domain), dependenciesInText(target));
  const domains = order.flatMap((domain) =>
    createDomain.compile(
      { kind: "createDomain", domain: domainIn(domain, target.domains.indexOf(domain), cover) },
      { writer, before: EMPTY_SCHEMA },
    ).map(({ sql }): Part => ({ sql, what: `domain "${displayName(domain)}"` }))
  );
  const sequences = target.sequences.map((sequence): Part => {
    const { name: _, schema: __, ownedBy: ___, unlogged: ____, ...options } = sequence;
    const clauses = sequenceClauses("createSequence", writer, options);
    return {
      sql: ["CREATE TEMPORARY SEQUENCE", writer.identifier(cover.nameIn(sequence)), ...clauses].join(" "),
      what: `sequence "${displayName(sequence)}"`,
    };
  });
  return [...enums, ...domains, ...sequences];
}

/** The statements that make the views and policies, after the tables. */
export function partsAfterTables(target: Schema, cover: Disguise): readonly Part[] {
  const { textIn, nameIn } = cover;
  const ref = (view: View) => refTo(view.materialized ? "materializedView" : "view", view);
  const views = inOrderOfNeed(target.views, ref, dependenciesInText(target)).map((view): Part => {
    const made = compact<View>({ name: nameIn(view), query: textIn(view.query), columns: view.columns });
    return { sql: `CREATE TEMPORARY VIEW ${viewSql(writer, made)}`, what: `view "${displayName(view)}"` };
  });
  const policies = target.policies.flatMap(({ roles: _, ...policy }) => {
    const { name, table, schema, using, withCheck } = policy;
    const on = compact<ObjectName>({ name: table, schema });
    // What is no table of the target is there, or the server says what is missing.
    const made = findTable(target, on) === undefined ? { table, schema } : { table: nameIn(on), schema: "pg_temp" };
    const text = compact<Policy>({
      ...policy,
      ...made,
      using: using === undefined ? undefined : textIn(using),
      withCheck: withCheck === undefined ? undefined : textIn(withCheck),
    });
    return createPolicy.compile({ kind: "createPolicy", policy: text }, { writer, before: EMPTY_SCHEMA })
      .map(({ sql }): Part => ({ sql, what: `policy "${name}" of table "${displayName(on)}"` }));
  });
  return [...views, ...policies];
}

function domainOut(asked: Domain, given: Domain, number: number, { textOut }: Disguise): Domain {
  return compact<Domain>({
    ...given,
    name: asked.name,
    schema: asked.schema,
    type: canonicalType(textOut(given.type)),
    default: given.default === undefined ? undefined : textOut(given.default),
    checks: answers(asked.checks, given.checks, "d", number, (check) => ({
      ...check,
      expression: textOut(check.expression),
    })).map((check, place) => compact({ ...check, notValid: asked.checks[place]?.notValid })),
  });
}

function sequenceOut(asked: Sequence, given: Sequence): Sequence {
  return compact<Sequence>({
    ...given,
    name: asked.name,
    schema: asked.schema,
    unlogged: asked.unlogged || undefined,
    ownedBy: asked.ownedBy,
  });
}

function viewOut(asked: View, given: View, { textOut }: Disguise): View {
  const options = Object.entries(asked.with ?? {}).sort(([a], [b]) => compareText(a, b));
  return compact<View>({
    ...nameOf(asked),
    query: textOut(given.query),
    materialized: asked.materialized || undefined,
    with: options.length === 0 ? undefined : Object.fromEntries(options),
    indexes: asked.indexes?.length ? asked.indexes : undefined,
    shape: given.shape?.map(({ name, type }) => ({ name, type: canonicalType(textOut(type)) })),
  });
}

/** Who the words that stand for a role are. */
export interface RoleWords {
  readonly current_user: string;
  readonly session_user: string;
}

function rolesOut(roles: readonly string[] | undefined, words: RoleWords): readonly string[] | undefined {
  if (roles === undefined || roles.some((role) => role.toLowerCase() === "public")) return undefined;
  const meant = roles.map((role) => {
    const word = role.toLowerCase();
    return word === "current_user" || word === "current_role"
      ? words.current_user
      : word === "session_user"
      ? words.session_user
      : role;
  });
  return [...new Set(meant)].sort(compareText);
}

function policyOut(asked: Policy, given: Policy, words: RoleWords, { textOut }: Disguise): Policy {
  return compact<Policy>({
    ...given,
    schema: asked.schema,
    table: asked.table,
    roles: rolesOut(asked.roles, words),
    using: given.using === undefined ? undefined : textOut(given.using),
    withCheck: given.withCheck === undefined ? undefined : textOut(given.withCheck),
  });
}

/** The objects beside tables as the server spelled them. */
export function objectsOut(
  target: Schema,
  given: Schema,
  words: RoleWords,
  cover: Disguise,
): Pick<Schema, "domains" | "sequences" | "views" | "policies"> {
  const found = <T extends ObjectName>(list: readonly T[], asked: T): T | undefined =>
    list.find(({ name }) => name === cover.nameIn(asked));
  const map = <T extends ObjectName>(asked: readonly T[], list: readonly T[], out: (a: T, b: T, n: number) => T) =>
    asked.map((each, number) => {
      const other = found(list, each);
      return other === undefined ? each : out(each, other, number);
    });
  return {
    domains: map(target.domains, given.domains, (a, b, number) => domainOut(a, b, number, cover)),
    sequences: map(target.sequences, given.sequences, sequenceOut),
    views: map(target.views, given.views, (a, b) => viewOut(a, b, cover)),
    policies: target.policies.map((asked) => {
      const table = cover.nameIn(compact<ObjectName>({ name: asked.table, schema: asked.schema }));
      const other = given.policies.find((each) => each.name === asked.name && each.table === table);
      return other === undefined ? asked : policyOut(asked, other, words, cover);
    }),
  };
}
