/**
 * What uses an enumerated type, and so stands in the way of a change of its values.
 *
 * @module
 */
import { namesType } from "../../ddl/rename_in_sql.ts";
import { LimbeckError } from "../../errors.ts";
import { withoutColumn } from "../../operations/drop_column.ts";
import { displayName, findNamed, nameOf } from "../../schema/edit.ts";
import type { Column, ForeignKey, Index, ObjectName, Schema, Table } from "../../schema/model.ts";
import type { CompositeType, Domain, ObjectRef, Policy, Routine, Trigger, View } from "../../schema/objects.ts";
import { refIn, refKey, refTo } from "../../schema/refs.ts";
import { referenced } from "../../schema/order.ts";
import { nameOfToken, tokensOf } from "./tokens.ts";

/** A table with columns of the type, and what of it depends on them. */
export interface Affected {
  readonly table: Table;
  /** The columns that are moved to the new type. */
  readonly columns: readonly Column[];
  /** Columns whose default goes and comes back: these, and those of partitions, which are moved with their parent's. */
  readonly defaults: readonly Column[];
  readonly generated: readonly Column[];
  readonly checks: Table["checks"];
  readonly exclusions: NonNullable<Table["exclusions"]>;
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
}

/** Everything that uses a type. */
export interface EnumUses {
  readonly tables: readonly Affected[];
  /** Domains over the type, which get a new type under them as the enum does. */
  readonly domains: readonly Domain[];
  /** Composite types with an attribute of it. */
  readonly compositeTypes: readonly CompositeType[];
  /** Views and routines, what needs others before these: the order in which they can be dropped. */
  readonly code: readonly (View | Routine)[];
}

/** Whether an expression names one of the words: a column of the type, or the type. */
function mentions(expression: string | undefined, words: ReadonlySet<string>): boolean {
  return expression !== undefined && tokensOf(expression).some((token) => words.has(nameOfToken(token) ?? ""));
}

const isOf = (type: string, types: readonly ObjectName[]): boolean => types.some((each) => namesType(type, each));

/** The tables that hand their columns down to a table. */
function parentsOf(schema: Schema, { partitionOf, inherits = [] }: Table): readonly Table[] {
  const names: readonly ObjectName[] = partitionOf === undefined
    ? inherits
    : [nameOf({ ...partitionOf, name: partitionOf.table })];
  return names.flatMap((name) => findNamed(schema.tables, name) ?? []);
}

/** What of a list is the table's own, and not its parent's. */
function own<T extends { readonly name?: string }>(list: readonly T[], ofParents: readonly T[]): readonly T[] {
  return list.filter(({ name }) => !ofParents.some((each) => each.name === name));
}

function refuseKey(table: Table, columns: readonly Column[], types: readonly ObjectName[]): void {
  if (!mentions(table.partitionBy, new Set(columns.map(({ name }) => name)))) return;
  throw new LimbeckError(
    "UNSUPPORTED",
    `Cannot change the values of "${displayName(types[0] ?? { name: "" })}": ` +
      `"${displayName(table)}" is partitioned by a column of it`,
    { hint: "Add values with op.addEnumValue, or copy the rows to a new table" },
  );
}

function affected(schema: Schema, table: Table, types: readonly ObjectName[]): Affected {
  const parents = parentsOf(schema, table);
  const used = table.columns.filter((column) => isOf(column.type, types));
  refuseKey(table, used, types);
  const words = new Set([...types, ...used].map(({ name }) => name));
  const inherited = (column: Column): boolean =>
    parents.some(({ columns }) => columns.some(({ name }) => name === column.name));
  const generated = table.columns.filter((column) => mentions(column.generated?.expression, words));
  // An index or unique on a generated column goes with the column and comes back with it.
  const kept = generated.reduce((rest, { name }) => withoutColumn(rest, name), table);
  const plain = used.filter((column) => !generated.includes(column));
  return {
    table,
    columns: plain.filter((column) => !inherited(column)),
    defaults: plain.filter((column) => column.default !== undefined),
    generated: generated.filter((column) => !inherited(column)),
    checks: own(table.checks, parents.flatMap(({ checks }) => checks))
      .filter(({ expression }) => mentions(expression, words)),
    exclusions: (table.exclusions ?? []).filter(({ where, parts }) =>
      [where, ...parts.map(({ expression }) => expression)].some((text) => mentions(text, words))
    ),
    foreignKeys: own(table.foreignKeys, parents.flatMap(({ foreignKeys }) => foreignKeys))
      .filter((key) => joins(schema, table, key, types)),
    indexes: kept.indexes.filter(({ parts, where, partOf }) =>
      partOf === undefined &&
      [where, ...parts.map(({ expression }) => expression)].some((text) => mentions(text, words))
    ),
    triggers: schema.triggers.filter((each) => isPartOf(each, table) && mentions(conditionOf(each), words)),
    policies: schema.policies.filter((each) =>
      isPartOf(each, table) && (mentions(each.using, words) || mentions(each.withCheck, words))
    ),
  };
}

function isPartOf(part: ObjectName & { readonly table: string }, table: Table): boolean {
  return part.table === table.name && part.schema === table.schema;
}

/** What a trigger says before the function that it calls. */
function conditionOf({ definition }: Trigger): string {
  return definition.replace(/\bEXECUTE\s+(FUNCTION|PROCEDURE)\b[^]*$/i, "");
}

/** Whether a foreign key compares columns of the type. */
function joins(schema: Schema, table: Table, key: ForeignKey, types: readonly ObjectName[]): boolean {
  const target = findNamed(schema.tables, referenced(key));
  const uses = (each: Table | undefined, names: readonly string[]): boolean =>
    each?.columns.some(({ name, type }) => names.includes(name) && isOf(type, types)) ?? false;
  return uses(table, key.columns) || uses(target, key.references.columns);
}

function isAffected({ table: _, ...parts }: Affected): boolean {
  return Object.values(parts).some((list) => list.length > 0);
}

/** The ref to a view or routine. */
export function refOf(object: View | Routine): ObjectRef {
  if ("query" in object) return refTo(object.materialized ? "materializedView" : "view", object);
  return { ...refTo("routine", object), arguments: object.arguments };
}

/** Whether a ref means an object, or a column of it where it is a view. */
function isIn(ref: ObjectRef, object: ObjectRef): boolean {
  if (refKey(ref) === refKey(object)) return true;
  const isOfView = ref.kind === "column" && (object.kind === "view" || object.kind === "materializedView");
  return isOfView && ref.table === object.name && ref.schema === object.schema;
}

/** What needs what: as the database says, or, where it is not asked, as the texts look like. */
function needs(schema: Schema, object: View | Routine, on: ObjectRef): boolean {
  if (schema.dependencies.length > 0) {
    const from = refKey(refOf(object));
    return schema.dependencies.some((each) => refKey(each.from) === from && isIn(each.on, on));
  }
  if (!("query" in object)) return on.kind === "type" && namesType(object.arguments, on);
  const words = (name: string | undefined): boolean => mentions(object.query, new Set([name ?? ""]));
  return words(on.name) && (on.kind !== "column" || words(on.table));
}

/** The views and routines that need one of the objects, and those that need these. */
function codeOf(schema: Schema, roots: readonly ObjectRef[]): readonly (View | Routine)[] {
  const all = [...schema.views, ...schema.routines];
  const found: (View | Routine)[] = [];
  const visit = (on: ObjectRef): void => {
    for (const object of all) {
      if (found.includes(object) || refKey(refOf(object)) === refKey(on) || !needs(schema, object, on)) continue;
      visit(refOf(object));
      if (!found.includes(object)) found.push(object);
    }
  };
  for (const root of roots) visit(root);
  return found;
}

/**
 * Finds every use of an enumerated type.
 *
 * @throws `UNSUPPORTED` for a table that is partitioned by the type, or has a column of a composite type with it
 */
export function usesOf(schema: Schema, type: ObjectName): EnumUses {
  const domains = schema.domains.filter((domain) => namesType(domain.type, type));
  const types = [nameOf(type), ...domains.map(nameOf)];
  const tables = schema.tables.map((table) => affected(schema, table, types)).filter(isAffected);
  const compositeTypes = schema.compositeTypes.filter(({ attributes }) =>
    attributes.some((attribute) => isOf(attribute.type, types))
  );
  for (const composite of compositeTypes) refuseComposite(schema, type, composite);
  const columns = tables.flatMap(({ table, columns, generated, defaults }) =>
    [...columns, ...generated, ...defaults].map(({ name }) => refIn("column", table, name))
  );
  const refs = [refTo("type", type), ...domains.map((domain) => refTo("domain", domain)), ...columns];
  return { tables, domains, compositeTypes, code: codeOf(schema, refs) };
}

function refuseComposite(schema: Schema, type: ObjectName, composite: CompositeType): void {
  for (const table of schema.tables) {
    const column = table.columns.find((each) => namesType(each.type, composite));
    if (column === undefined) continue;
    throw new LimbeckError(
      "UNSUPPORTED",
      `Cannot change the values of "${displayName(type)}": "${displayName(table)}"."${column.name}" holds it ` +
        `inside of "${displayName(composite)}"`,
      { hint: "Add values with op.addEnumValue, or move the column to another type before" },
    );
  }
}

/** Whether the routine or view is the second. */
export function isView(object: View | Routine): object is View {
  return "query" in object;
}
