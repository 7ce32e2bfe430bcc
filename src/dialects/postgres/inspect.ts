/**
 * Reads what a PostgreSQL database looks like.
 *
 * @module
 */
import { compact, keyOf } from "../../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectName, type Schema } from "../../schema/model.ts";
import type { InspectOptions } from "../dialect.ts";
import { catalogBatch, type CatalogRows, catalogRows, KINDS_OF_TABLES, type RowKind } from "./catalog.ts";
import type { Scope } from "./catalog_scope.ts";
import type { PostgresConnection } from "./connection.ts";
import { addressBook } from "./address_book.ts";
import { codeOf } from "./inspect_code.ts";
import { factsOf } from "./inspect_facts.ts";
import { objectsOf } from "./inspect_objects.ts";
import type { Home } from "./inspect_names.ts";
import { sequencesOf } from "./inspect_sequences.ts";
import { type CommentOf, tablesOf } from "./inspect_tables.ts";
import { typesOf } from "./inspect_types.ts";
import { typeName } from "./types.ts";
import { writer } from "./writer.ts";

/** The comments on tables and their columns. */
function tableComments({ comments }: CatalogRows): CommentOf {
  const key = (table: string, column: number): string => `${table} ${column}`;
  const texts = new Map(
    comments.filter(({ catalog }) => catalog === "pg_class").map(({ id, number, text }) => [key(id, number), text]),
  );
  return (table, column) => texts.get(key(table, column));
}

/** The schema that the rows of the catalog describe. */
export function schemaOf(rows: CatalogRows, home: Home): Schema {
  const { tables, hidden } = tablesOf(rows, home, tableComments(rows));
  return {
    ...EMPTY_SCHEMA,
    ...typesOf(rows, home),
    sequences: sequencesOf(rows.sequences, hidden, home),
    tables,
    ...codeOf(rows, home),
    ...objectsOf(rows, home),
    ...factsOf(rows, addressBook(rows, hidden, home), home),
  };
}

/** Reads the part of the catalog that a scope names. */
export async function readCatalog(
  connection: PostgresConnection,
  scope: Scope,
  kinds?: readonly RowKind[],
): Promise<CatalogRows> {
  return catalogRows(await connection.batch(catalogBatch(scope, kinds)), kinds);
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

/** What is read when only some tables are asked for: they, and what belongs to them. */
const KINDS_FOR_TABLES: readonly RowKind[] = [...KINDS_OF_TABLES, "views", "triggers", "policies", "dependencies"];

/** The schema without the types and sequences that none of its tables uses. */
function withinTables(schema: Schema): Schema {
  const used = new Set(
    schema.tables.flatMap(({ columns }) => columns.map(({ type }) => typeName(type)))
      .flatMap((name) => name === undefined ? [] : keyOf(name)),
  );
  const tables = new Set(schema.tables.map(keyOf));
  return {
    ...schema,
    enums: schema.enums.filter((type) => used.has(keyOf(type))),
    sequences: schema.sequences.filter(({ ownedBy }) =>
      ownedBy !== undefined && tables.has(keyOf(compact<ObjectName>({ name: ownedBy.table, schema: ownedBy.schema })))
    ),
  };
}

/**
 * Reads what the database looks like, in one round trip.
 *
 * Left out: the system's schemas and objects, and what belongs to an extension. What the model has no place for is
 * named in `unmodelled`.
 *
 * @param options which tables and schemas; by default all of the default schema
 */
export async function inspect(connection: PostgresConnection, options: InspectOptions = {}): Promise<Schema> {
  const kinds = options.tables === undefined ? undefined : KINDS_FOR_TABLES;
  const rows = await readCatalog(connection, scopeOf(options), kinds);
  const schema = schemaOf(rows, rows.origin[0]?.schema ?? "public");
  return options.tables === undefined ? schema : withinTables(schema);
}
