/**
 * What a Drizzle module has beside tables and enums: views, sequences, policies, roles.
 *
 * @module
 */
import { compact, compareNames, compareText, displayName } from "../schema/edit.ts";
import type { Policy, Sequence, View } from "../schema/objects.ts";
import {
  type DrizzlePolicy,
  type DrizzleSequence,
  type DrizzleTable,
  type DrizzleViewConfig,
  tableConfig,
  tableName,
} from "./drizzle_metadata.ts";
import { type DrizzleWriting, isSql, qualifiedText } from "./drizzle_sql.ts";
import { invalidTarget } from "./part.ts";

/** Drizzle says `checkOption` where the database says `check_option`. */
const optionName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function viewOptions({ options }: DrizzleViewConfig): View["with"] {
  const pairs = Object.entries(options.with ?? {}).filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [optionName(name), String(value)] as const);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs.sort(([a], [b]) => compareText(a, b)));
}

/**
 * A view of the model.
 *
 * @throws `TARGET_INVALID` for a view without a query
 */
export function readView(view: DrizzleViewConfig, writing: DrizzleWriting): View {
  const { name, schema, query, materialized } = view;
  const what = `the view "${displayName(compact<{ name: string; schema: string }>({ name, schema }))}"`;
  if (!isSql(query)) throw invalidTarget(`Cannot read ${what}: it has no query`, "Add .as(…), or .existing()");
  return compact<View>({
    name,
    schema,
    query: qualifiedText(query, what, writing),
    materialized: materialized || undefined,
    with: viewOptions(view),
  });
}

/** What a materialized view says of where and how it is kept, which is not compared. */
export function unmodelledOfView({ name, options: { using, tablespace, withNoData } }: DrizzleViewConfig): string[] {
  const of = `of the materialized view "${name}"`;
  return [
    ...(using === undefined ? [] : [`access method ${of}`]),
    ...(tablespace === undefined ? [] : [`tablespace ${of}`]),
    ...(withNoData ? [`"with no data" ${of}`] : []),
  ];
}

/** A sequence of the model. */
export function readSequence({ seqName, schema, seqOptions = {} }: DrizzleSequence): Sequence {
  const { startWith, increment, minValue, maxValue, cache, cycle } = seqOptions;
  const sequence = { name: seqName, schema, start: startWith, increment, minValue, maxValue, cache };
  return compact<Sequence>({ ...sequence, cycle: cycle || undefined });
}

/** The roles by name; undefined for everybody. */
function rolesOf({ to }: DrizzlePolicy): readonly string[] | undefined {
  const roles = [to ?? "public"].flat(1).map((role) => typeof role === "string" ? role : role.name);
  return roles.length === 0 || roles.some((role) => role.toLowerCase() === "public")
    ? undefined
    : [...new Set(roles)].sort(compareText);
}

/** A policy of the model. */
export function readPolicy(policy: DrizzlePolicy, table: DrizzleTable, writing: DrizzleWriting): Policy {
  const { name, schema } = tableName(table);
  const expression = (value: unknown): string | undefined =>
    isSql(value) ? qualifiedText(value, `the policy "${policy.name}" of "${name}"`, writing) : undefined;
  return compact<Policy>({
    name: policy.name,
    schema,
    table: name,
    permissive: policy.as === "restrictive" ? false : undefined,
    command: policy.for === "all" ? undefined : policy.for,
    roles: rolesOf(policy),
    using: expression(policy.using),
    withCheck: expression(policy.withCheck),
  });
}

/** A policy and the table that it is for: it stands in the table's extras, or is linked to it. */
export interface PolicyOfTable {
  readonly policy: DrizzlePolicy;
  readonly table: DrizzleTable;
}

/**
 * The policies of tables, each once.
 *
 * @param linked those that are exported by themselves
 */
export function policiesOf(
  tables: readonly DrizzleTable[],
  linked: readonly DrizzlePolicy[],
): readonly PolicyOfTable[] {
  const found = [
    ...tables.flatMap((table) => tableConfig(table).policies.map((policy) => ({ policy, table }))),
    ...linked.flatMap((policy) => policy._linkedTable === undefined ? [] : [{ policy, table: policy._linkedTable }]),
  ];
  return [...new Map(found.map((each) => [each.policy, each])).values()];
}

/** Policies in `inspect`'s order. */
export const comparePolicies = (a: Policy, b: Policy): number => compareNames(a, b) || compareText(a.table, b.table);
