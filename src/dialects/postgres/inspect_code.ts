/**
 * Reads what runs: views, routines, triggers and policies.
 *
 * @module
 */
import { compact, compareNames, compareText } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import type { Policy, Routine, Trigger, View } from "../../schema/objects.ts";
import type { AggregateRow, PolicyRow, RoutineRow, TriggerRow, ViewRow } from "./catalog_code.ts";
import type { CatalogRows } from "./catalog.ts";
import type { IndexRow } from "./catalog_tables.ts";
import { canonicalExpression } from "./expressions.ts";
import { indexesOf } from "./inspect_indexes.ts";
import { byTable, type Home, named, optionsOf } from "./inspect_names.ts";
import { canonicalType } from "./types.ts";
import { writer } from "./writer.ts";

/** The order of what belongs to a table, and of routines of one name. */
const byNameAnd = <T extends ObjectName>(more: (object: T) => string) => (a: T, b: T): number =>
  compareNames(a, b) || compareText(more(a), more(b));

function viewOf(row: ViewRow, indexes: readonly IndexRow[], home: Home): View {
  return compact<View>({
    ...named(row, home),
    query: row.query,
    materialized: row.materialized || undefined,
    with: optionsOf(row.options),
    indexes: indexes.length === 0 ? undefined : indexesOf(indexes, home),
    shape: (row.columns ?? []).map(({ name, type }) => ({ name, type: canonicalType(type) })),
  });
}

/** How the server begins the definition of a routine: always with its schema. */
const KIND_WORDS = { f: "FUNCTION", w: "FUNCTION", p: "PROCEDURE", a: "AGGREGATE" } as const;

const TYPES = { f: "function", w: "function", p: "procedure", a: "aggregate" } as const;

function aggregateDefinition(name: string, { arguments: types, options }: AggregateRow): string {
  const given = Object.entries(options).filter(([, value]) => value !== null)
    .map(([option, value]) => value === "" ? option : `${option} = ${value}`);
  return `CREATE OR REPLACE AGGREGATE ${name}(${types}) (\n  ${given.join(",\n  ")}\n)`;
}

function routineDefinition(row: RoutineRow, home: Home): string {
  const name = writer.name(named(row, home));
  if (row.aggregate !== null) return aggregateDefinition(name, row.aggregate);
  const printed = `CREATE OR REPLACE ${KIND_WORDS[row.kind]} `;
  const qualified = `${printed}${writer.identifier(row.schema)}.${writer.identifier(row.name)}(`;
  const definition = (row.definition ?? "").trimEnd();
  return definition.startsWith(qualified) ? `${printed}${name}(${definition.slice(qualified.length)}` : definition;
}

function routineOf(row: RoutineRow, home: Home): Routine {
  return compact<Routine>({
    ...named(row, home),
    arguments: row.kind === "a" && row.types === "" ? "*" : row.types,
    type: TYPES[row.kind],
    definition: routineDefinition(row, home),
    signature: row.result === null ? `(${row.arguments})` : `${row.result} (${row.arguments})`,
  });
}

const ENABLED = { O: undefined, D: "disabled", R: "replica", A: "always" } as const;

function triggerOf(row: TriggerRow, home: Home): Trigger {
  const { table, definition, enabled } = row;
  return compact<Trigger>({ ...named(row, home), table, definition, enabled: ENABLED[enabled] });
}

const COMMANDS = { "*": undefined, r: "select", a: "insert", w: "update", d: "delete" } as const;

function policyOf(row: PolicyRow, home: Home): Policy {
  const expression = (text: string | null) => text === null ? undefined : canonicalExpression(text);
  return compact<Policy>({
    ...named(row, home),
    table: row.table,
    permissive: row.permissive ? undefined : false,
    command: COMMANDS[row.command],
    roles: row.roles.length === 0 ? undefined : [...row.roles].sort(compareText),
    using: expression(row.using),
    withCheck: expression(row.check),
  });
}

/** What the rows of the catalog describe of views, routines, triggers and policies. */
export function codeOf(rows: CatalogRows, home: Home): Pick<Schema, "views" | "routines" | "triggers" | "policies"> {
  const indexes = byTable(rows.indexes);
  return {
    views: rows.views.map((row) => viewOf(row, indexes(row.id), home)).sort(compareNames),
    routines: rows.routines.map((row) => routineOf(row, home)).sort(byNameAnd((routine) => routine.arguments)),
    triggers: rows.triggers.map((row) => triggerOf(row, home)).sort(byNameAnd(({ table }) => table)),
    policies: rows.policies.map((row) => policyOf(row, home)).sort(byNameAnd(({ table }) => table)),
  };
}
