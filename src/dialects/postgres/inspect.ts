/**
 * Reads what a PostgreSQL database looks like.
 *
 * @module
 */
import { compact, compareNames, compareText, keyOf } from "../../schema/edit.ts";
import {
  type CheckConstraint,
  type Column,
  EMPTY_SCHEMA,
  type ForeignKey,
  type Identity,
  type Index,
  type IndexPart,
  type IndexSort,
  type ObjectName,
  type ReferentialAction,
  type Schema,
  type Table,
  type UniqueConstraint,
} from "../../schema/model.ts";
import type { EnumType, Trigger, View } from "../../schema/objects.ts";
import type { InspectOptions } from "../dialect.ts";
import {
  catalogBatch,
  type CatalogRows,
  catalogRows,
  type ColumnRow,
  type ConstraintRow,
  type IndexPartRow,
  type IndexRow,
  type Scope,
  type SequenceRow,
  type TriggerRow,
  type ViewRow,
} from "./catalog.ts";
import type { PostgresConnection } from "./connection.ts";
import { canonicalDefault, canonicalExpression } from "./expressions.ts";
import { canonicalType, serialOfInteger, typeName } from "./types.ts";
import { writer } from "./writer.ts";

/** The schema that is written without its name: the connection's default one. */
type Home = string;

/** The catalog's name of an object as the model has it. */
function named(schema: string, name: string, home: Home): ObjectName {
  return schema === home ? { name } : { schema, name };
}

const ACTIONS: { readonly [letter: string]: ReferentialAction | undefined } = {
  a: undefined,
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

/** The greatest value of each integer type. */
const GREATEST: { readonly [type: string]: bigint } = {
  smallint: 32767n,
  integer: 2147483647n,
  bigint: 9223372036854775807n,
};

function exact(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** An identity, with the options that are not what the server would choose. */
function identityOf(letter: "a" | "d", sequence: SequenceRow | null): Identity {
  const generation = letter === "a" ? "always" : "byDefault";
  if (sequence === null) return { generation };
  const { start, increment, min, max, cache, cycle } = sequence;
  const greatest = GREATEST[sequence.type] ?? 0n;
  const up = BigInt(increment) > 0n;
  const [least, most] = up ? [1n, greatest] : [-greatest - 1n, -1n];
  const unless = (value: string, usual: bigint): number | string | undefined =>
    BigInt(value) === usual ? undefined : exact(value);
  return compact<Identity>({
    generation,
    start: unless(start, up ? BigInt(min) : BigInt(max)),
    increment: unless(increment, 1n),
    minValue: unless(min, least),
    maxValue: unless(max, most),
    cache: unless(cache, 1n),
    cycle: cycle || undefined,
  });
}

function columnOf(row: ColumnRow): Column {
  const { name, required, expression, sequence } = row;
  const type = canonicalType(row.type);
  const serial = sequence?.draws && required ? serialOfInteger(type) : undefined;
  const generated = row.generated === "" || expression === null
    ? undefined
    : { expression: canonicalExpression(expression), stored: row.generated === "s" };
  const plain = serial === undefined && generated === undefined && expression !== null;
  return compact<Column>({
    name,
    type: serial ?? type,
    nullable: required ? false : undefined,
    default: plain ? canonicalDefault(expression, type) : undefined,
    generated,
    identity: row.identity === "" ? undefined : identityOf(row.identity, sequence),
    collation: row.collation ?? undefined,
    comment: row.comment ?? undefined,
  });
}

function deferrability({ deferrable, deferred }: ConstraintRow): Partial<UniqueConstraint> {
  return compact({ deferrable: deferrable || undefined, initially: deferred ? "deferred" as const : undefined });
}

function uniqueOf(row: ConstraintRow): UniqueConstraint {
  const nullsNotDistinct = row.nullsNotDistinct || undefined;
  return compact<UniqueConstraint>({
    name: row.name,
    columns: row.columns ?? [],
    nullsNotDistinct,
    ...deferrability(row),
  });
}

function foreignKeyOf(row: ConstraintRow, home: Home): ForeignKey {
  const { name, schema } = named(row.targetSchema ?? "", row.target ?? "", home);
  return compact<ForeignKey>({
    name: row.name,
    columns: row.columns ?? [],
    references: compact<ForeignKey["references"]>({ table: name, schema, columns: row.targetColumns ?? [] }),
    onDelete: ACTIONS[row.onDelete],
    onUpdate: ACTIONS[row.onUpdate],
    ...deferrability(row),
  });
}

function indexPartOf(row: IndexPartRow): IndexPart {
  const options = row.opclassOptions?.length ? ` (${row.opclassOptions.join(", ")})` : "";
  const sort = compact<IndexSort>({
    order: row.descending ? "desc" : undefined,
    nulls: row.nullsFirst === row.descending ? undefined : row.nullsFirst ? "first" : "last",
    opclass: row.opclass === null ? undefined : row.opclass + options,
    collation: row.collation ?? undefined,
  });
  return row.column === null
    ? { expression: canonicalExpression(row.expression ?? ""), ...sort }
    : { column: row.column, ...sort };
}

function indexOf(row: IndexRow): Index {
  const included = row.parts.filter(({ key }) => !key).map(({ column }) => column ?? "");
  return compact<Index>({
    name: row.name,
    parts: row.parts.filter(({ key }) => key).map(indexPartOf),
    unique: row.unique || undefined,
    where: row.predicate === null ? undefined : canonicalExpression(row.predicate),
    using: row.method === "btree" ? undefined : row.method,
    include: included.length === 0 ? undefined : included,
    nullsNotDistinct: row.nullsNotDistinct || undefined,
    with: row.options === null
      ? undefined
      : Object.fromEntries(row.options.map((option) => [option.split("=", 1)[0], option.replace(/^[^=]*=/, "")])),
  });
}

const byName = (a: { readonly name?: string }, b: { readonly name?: string }): number =>
  compareText(a.name ?? "", b.name ?? "");

/** The rows of each table, by its identifier. */
function byTable<Row extends { readonly table: string }>(rows: readonly Row[]): (id: string) => readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.table);
    if (group === undefined) groups.set(row.table, [row]);
    else group.push(row);
  }
  return (id) => groups.get(id) ?? [];
}

function tablesOf(rows: CatalogRows, home: Home): readonly Table[] {
  const [columns, constraints, indexes] = [byTable(rows.columns), byTable(rows.constraints), byTable(rows.indexes)];
  return rows.tables.map(({ id, schema, name, comment }) => {
    const own = constraints(id);
    const of = (kind: ConstraintRow["kind"]) => own.filter((row) => row.kind === kind);
    const key = of("p")[0];
    return compact<Table>({
      ...named(schema, name, home),
      columns: columns(id).map(columnOf),
      primaryKey: key === undefined ? undefined : { name: key.name, columns: key.columns ?? [] },
      uniques: of("u").map(uniqueOf).sort(byName),
      foreignKeys: of("f").map((row) => foreignKeyOf(row, home)).sort(byName),
      checks: of("c").map((row): CheckConstraint => ({
        name: row.name,
        expression: canonicalExpression(row.expression ?? ""),
      })).sort(byName),
      indexes: indexes(id).map(indexOf).sort(byName),
      comment: comment ?? undefined,
    });
  }).sort(compareNames);
}

function viewOf({ schema, name, materialized, query }: ViewRow, home: Home): View {
  return compact<View>({ ...named(schema, name, home), query, materialized: materialized || undefined });
}

function triggerOf({ schema, name, table, definition }: TriggerRow, home: Home): Trigger {
  return { ...named(schema, name, home), table, definition };
}

/** The schema that the rows of the catalog describe. */
export function schemaOf(rows: CatalogRows, home: Home): Schema {
  return {
    ...EMPTY_SCHEMA,
    schemas: rows.schemas.map(({ name }) => name).sort(compareText),
    enums: rows.enums.map(({ schema, name, values }): EnumType => ({
      ...named(schema, name, home),
      values: values ?? [],
    }))
      .sort(compareNames),
    tables: tablesOf(rows, home),
    views: rows.views.map((row) => viewOf(row, home)).sort(compareNames),
    triggers: rows.triggers.map((row) => triggerOf(row, home)).sort(compareNames),
  };
}

/** Reads the part of the catalog that a scope names. */
export async function readCatalog(connection: PostgresConnection, scope: Scope): Promise<CatalogRows> {
  return catalogRows(await connection.batch(catalogBatch(scope)));
}

const literals = (values: readonly string[]): string => values.map((value) => writer.literal(value)).join(", ");

const NOT_THE_SYSTEM = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

function scopeOf({ tables, schemas }: InspectOptions): Scope {
  const others = schemas === "all" ? [] : [...schemas ?? [], ...(tables ?? []).flatMap(({ schema }) => schema ?? [])];
  const namespaces = schemas === "all"
    ? NOT_THE_SYSTEM
    : others.length === 0
    ? "n.nspname = current_schema()"
    : `(n.nspname = current_schema() OR n.nspname IN (${literals(others)}))`;
  if (tables === undefined) return { namespaces, tables: "true" };
  const pairs = tables.map(({ schema, name }) =>
    `(${schema === undefined ? "current_schema()" : writer.literal(schema)}, ${writer.literal(name)})`
  );
  const listed = pairs.length === 0 ? "false" : `(n.nspname, c.relname) IN (${pairs.join(", ")})`;
  return { namespaces, tables: listed, types: NOT_THE_SYSTEM };
}

/** The enums that one of the tables has a column of. */
function usedEnums(enums: readonly EnumType[], tables: readonly Table[]): readonly EnumType[] {
  const used = new Set(
    tables.flatMap(({ columns }) => columns.map(({ type }) => typeName(type)))
      .flatMap((name) => name === undefined ? [] : keyOf(name)),
  );
  return enums.filter((type) => used.has(keyOf(type)));
}

/**
 * Reads what the database looks like, in one round trip.
 *
 * Left out: the system's schemas and objects, what belongs to an extension, partitions (they are their table's), and
 * what the model has no place for (exclusion constraints, rules, functions…).
 *
 * @param options which tables and schemas; by default all of the default schema
 */
export async function inspect(connection: PostgresConnection, options: InspectOptions = {}): Promise<Schema> {
  const rows = await readCatalog(connection, scopeOf(options));
  const schema = schemaOf(rows, rows.origin[0]?.schema ?? "public");
  return options.tables === undefined ? schema : { ...schema, enums: usedEnums(schema.enums, schema.tables) };
}
