import { parameterList, parameterName } from "../ddl/definitions.ts";
import { type Statement, statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact, displayName, editTable, findTable, sameName } from "../schema/edit.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, tableOf, toName } from "./arguments.ts";
import { orphaned } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a table `op.alterTable` changes; null takes away, or goes back to the database's own choice. */
export interface TableChanges {
  readonly comment?: string | null;
  readonly unlogged?: boolean;
  readonly tablespace?: string | null;
  /** The access method. */
  readonly using?: string;
  /** Storage parameters: `{ fillfactor: "70" }`. */
  readonly with?: { readonly [parameter: string]: string | null };
  readonly replicaIdentity?: Exclude<Table["replicaIdentity"], undefined> | null;
  /** The index by which `CLUSTER` sorts. */
  readonly clusteredOn?: string | null;
  readonly addInherits?: readonly ObjectName[];
  readonly dropInherits?: readonly ObjectName[];
  /** SQLite: `STRICT`. */
  readonly strict?: boolean;
  /** SQLite: `WITHOUT ROWID`. */
  readonly withoutRowid?: boolean;
}

/** The data of `op.alterTable`. */
export interface AlterTable {
  readonly kind: "alterTable";
  readonly table: ObjectName;
  readonly changes: TableChanges;
}

const CHANGES: ReadonlySet<string> = new Set(
  [
    "comment",
    "unlogged",
    "strict",
    "withoutRowid",
    "tablespace",
    "using",
    "with",
    "replicaIdentity",
    "clusteredOn",
    "addInherits",
    "dropInherits",
  ] satisfies readonly (keyof TableChanges)[],
);

/** Parameters after a change; undefined where none is left. */
export function changedParameters(
  before: { readonly [parameter: string]: string } = {},
  changes: { readonly [parameter: string]: string | null } = {},
): { readonly [parameter: string]: string } | undefined {
  const left = Object.entries({ ...before, ...changes }).filter((each): each is [string, string] => each[1] !== null);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** The changes that give parameters back the values that they had. */
export function reverseParameters(
  before: { readonly [parameter: string]: string } = {},
  changes: { readonly [parameter: string]: string | null },
): { readonly [parameter: string]: string | null } {
  return Object.fromEntries(Object.keys(changes).map((name) => [name, before[name] ?? null]));
}

/** `SET (…)` and `RESET (…)` for parameters that change. */
export function parameterClauses(
  writer: SqlWriter,
  changes: { readonly [parameter: string]: string | null } = {},
): readonly string[] {
  const set = Object.entries(changes).filter((each): each is [string, string] => each[1] !== null);
  const reset = Object.keys(changes).filter((name) => changes[name] === null);
  return [
    ...(set.length === 0 ? [] : [`SET ${parameterList(writer, Object.fromEntries(set))}`]),
    ...(reset.length === 0 ? [] : [`RESET (${reset.map((name) => parameterName(writer, name)).join(", ")})`]),
  ];
}

/** The table after the changes. */
function changedTable(table: Table, changes: TableChanges): Table {
  const { with: values, addInherits = [], dropInherits = [], ...fields } = changes;
  const inherits = (table.inherits ?? []).filter((name) => !dropInherits.some((each) => sameName(each, name)));
  const merged: Record<string, unknown> = {
    ...table,
    ...fields,
    with: changedParameters(table.with, values),
    inherits: inherits.length + addInherits.length === 0 ? undefined : [...inherits, ...addInherits],
  };
  for (const flag of ["unlogged", "strict", "withoutRowid"] as const) {
    if (changes[flag] === false) delete merged[flag];
  }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as Table;
}

function reverseChanges(table: Table, changes: TableChanges): TableChanges {
  const { unlogged, strict, withoutRowid, using: _, with: values, addInherits, dropInherits, ...fields } = changes;
  const old = Object.fromEntries(Object.keys(fields).map((key) => [key, table[key as keyof Table] ?? null]));
  return compact<TableChanges>({
    ...old,
    unlogged: unlogged === undefined ? undefined : table.unlogged ?? false,
    strict: strict === undefined ? undefined : table.strict ?? false,
    withoutRowid: withoutRowid === undefined ? undefined : table.withoutRowid ?? false,
    using: changes.using === undefined ? undefined : table.using ?? "heap",
    with: values === undefined ? undefined : reverseParameters(table.with, values),
    addInherits: dropInherits,
    dropInherits: addInherits,
  });
}

function identityClause(writer: SqlWriter, identity: Exclude<TableChanges["replicaIdentity"], undefined>): string {
  if (identity === null) return "DEFAULT";
  return typeof identity === "string" ? identity.toUpperCase() : `USING INDEX ${writer.identifier(identity.index)}`;
}

/** The clauses of `ALTER TABLE` for what a table has beside its columns and constraints. */
export function tableClauses(writer: SqlWriter, changes: TableChanges): readonly string[] {
  const { unlogged, tablespace, using, replicaIdentity, clusteredOn, addInherits = [], dropInherits = [] } = changes;
  const space = tablespace ?? "pg_default";
  return [
    ...(unlogged === undefined ? [] : [unlogged ? "SET UNLOGGED" : "SET LOGGED"]),
    ...(using === undefined ? [] : [`SET ACCESS METHOD ${writer.identifier(using)}`]),
    ...(tablespace === undefined ? [] : [`SET TABLESPACE ${writer.identifier(space)}`]),
    ...parameterClauses(writer, changes.with),
    ...(replicaIdentity === undefined ? [] : [`REPLICA IDENTITY ${identityClause(writer, replicaIdentity)}`]),
    ...(clusteredOn === undefined
      ? []
      : [clusteredOn === null ? "SET WITHOUT CLUSTER" : `CLUSTER ON ${writer.identifier(clusteredOn)}`]),
    ...dropInherits.map((parent) => `NO INHERIT ${writer.name(parent)}`),
    ...addInherits.map((parent) => `INHERIT ${writer.name(parent)}`),
  ];
}

/** `COMMENT ON TABLE`. */
export function tableComment(writer: SqlWriter, table: ObjectName, comment: string | null): Statement {
  return statement(`COMMENT ON TABLE ${writer.name(table)} IS ${writer.literal(comment)}`);
}

/**
 * Changes what a table has beside its columns, keys and indexes: its comment, how it is kept, what it inherits from.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterTable("events", { comment: "What happened", with: { fillfactor: "70" } });
 * }
 * ```
 */
export const alterTable: OperationType<AlterTable, [name: Name, changes: TableChanges]> = {
  kind: "alterTable",
  create(name, changes) {
    const all = compact<TableChanges>({ ...changes });
    const unknown = Object.keys(all).find((key) => !CHANGES.has(key));
    if (unknown !== undefined) throw invalid("alterTable", `"${unknown}" is nothing that op.alterTable changes`);
    const empty = Object.values(all).every((value) =>
      typeof value === "object" && value !== null && Object.keys(value).length === 0
    );
    if (empty) throw invalid("alterTable", `nothing is changed of "${displayName(toName("alterTable", name))}"`);
    return { kind: "alterTable", table: toName("alterTable", name), changes: all };
  },
  args: ({ table, changes }) => [fromName(table), changes],
  reverse({ table, changes }, before) {
    const found = findTable(before, table);
    if (found === undefined) return null;
    return [data<AlterTable>({ kind: "alterTable", table, changes: reverseChanges(found, changes) })];
  },
  apply(schema, { table, changes }) {
    const found = tableOf(schema, table, "alterTable");
    for (const parent of changes.addInherits ?? []) tableOf(schema, parent, "alterTable");
    for (const parent of changes.dropInherits ?? []) {
      if (found.inherits?.some((each) => sameName(each, parent))) continue;
      throw invalid("alterTable", `"${displayName(table)}" does not inherit from "${displayName(parent)}"`);
    }
    const left = (changes.dropInherits ?? []).reduce((child: Table, parent) => orphaned(schema, child, parent), found);
    return editTable(schema, table, () => changedTable(left, changes));
  },
  compile({ table, changes }, { writer }) {
    const clauses = tableClauses(writer, changes);
    return [
      ...(clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)]),
      ...(changes.comment === undefined ? [] : [tableComment(writer, table, changes.comment)]),
    ];
  },
};
