/**
 * Reads what a database looks like: names and columns from the PRAGMAs, the rest from the stored definitions.
 *
 * @module
 */
import { addTo, compact, compareNames } from "../../schema/edit.ts";
import {
  type Column,
  EMPTY_SCHEMA,
  type ForeignKey,
  type Index,
  type ObjectName,
  type PrimaryKey,
  type Schema,
  type Table,
} from "../../schema/model.ts";
import type { Dependency, Trigger, View } from "../../schema/objects.ts";
import { refIn, refTo } from "../../schema/refs.ts";
import type { Connection, InspectOptions } from "../dialect.ts";
import { parseIndex } from "./parse_index.ts";
import { parseTable, type TableFacts } from "./parse_table.ts";
import { mentionedNames } from "./tokenizer.ts";
import { parseView } from "./view.ts";

interface ObjectRow {
  readonly type: "table" | "index" | "view" | "trigger";
  readonly name: string;
  readonly table: string;
  readonly sql: string | null;
}

// The numbers are strings where the user's client has `intMode: "string"`.
interface TableRow {
  readonly name: string;
  readonly type: "table" | "view" | "virtual" | "shadow";
  readonly withoutRowid: number;
  readonly strict: number;
  readonly foreignKeys: number;
}

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notNull: number;
}

/** Whatever one look at the database gives. */
interface Catalogue {
  readonly objects: readonly ObjectRow[];
  /** The indexes of each table that have a definition. */
  readonly indexes: ReadonlyMap<string, readonly ObjectRow[]>;
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly facts: ReadonlyMap<string, TableFacts & { readonly definition: string }>;
}

// SQLite's own, libSQL's, and those that replication keeps in the user's file.
const SYSTEM_NAME = /^(?:sqlite_|libsql_|_litestream_|_cf_)/i;

/** Whether a name is one of the system's own objects. */
export const isSystemName = (name: string): boolean => SYSTEM_NAME.test(name);

const OBJECTS = `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema ORDER BY type, name`;

const TABLES = `SELECT name, type, wr AS "withoutRowid", strict,
  (SELECT count(DISTINCT id) FROM pragma_foreign_key_list(list.name)) AS "foreignKeys"
FROM pragma_table_list AS list WHERE schema = 'main'`;

const COLUMNS = `SELECT list.name AS "table", col.name, col.type, col."notnull" AS "notNull"
FROM pragma_table_list AS list JOIN pragma_table_xinfo(list.name) AS col
WHERE list.schema = 'main' AND list.type = 'table' ORDER BY list.name, col.cid`;

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A name as it was declared, for one that is perhaps written in another case. */
const spelling = (declared: readonly string[], name: string): string =>
  declared.find((each) => each === name) ?? declared.find((each) => sameWord(each, name)) ?? name;

/**
 * The column that is the table's rowid under another name: the only one of the primary key, of the type `INTEGER`.
 * https://sqlite.org/lang_createtable.html#rowid
 */
export function rowidColumn(table: Pick<Table, "columns" | "primaryKey" | "withoutRowid">): string | undefined {
  const [name, ...others] = table.primaryKey?.columns ?? [];
  if (table.withoutRowid || others.length > 0) return undefined;
  return table.columns.find((column) => column.name === name && column.type.toUpperCase() === "INTEGER")?.name;
}

/** Whether there is a table of that name. */
export async function hasTable(connection: Connection, { name }: ObjectName): Promise<boolean> {
  const { rows } = await connection.query(
    "SELECT 1 FROM (SELECT type, name FROM sqlite_schema UNION ALL SELECT type, name FROM sqlite_temp_schema) " +
      "WHERE type = 'table' AND lower(name) = lower(?)",
    [name],
  );
  return rows.length > 0;
}

/**
 * Reads tables, views and triggers. Virtual tables are only named; what they keep their data in, and system tables, are left
 * out.
 *
 * @param connection an open session
 * @param options `tables` reads only these, with their triggers, and no views
 */
export async function inspect(connection: Connection, { tables: only }: InspectOptions = {}): Promise<Schema> {
  const catalogue = await readCatalogue(connection);
  const wanted = (name: string): boolean => only === undefined || only.some((each) => sameWord(each.name, name));
  const tables = catalogue.tables
    .filter(({ name, type }) => type === "table" && !isSystemTable(name, catalogue) && wanted(name))
    .map((row) => readTable(row, catalogue))
    .sort(compareNames);
  const stored = (type: ObjectRow["type"]): readonly ObjectRow[] =>
    catalogue.objects.filter((row) => row.type === type && !isSystemName(row.name)).sort(compareNames);
  const names = catalogue.objects.map(({ name }) => name);
  const views = only === undefined ? stored("view").map(({ name, sql }) => parseView(name, sql ?? "")) : [];
  // A trigger keeps its table's name as it was written there.
  const triggers = stored("trigger")
    .map(({ name, table, sql }): Trigger => ({ name, table: spelling(names, table), definition: sql ?? "" }))
    .filter(({ table }) => wanted(table));
  const unmodelled = only === undefined
    ? catalogue.tables.filter(({ name, type }) => type === "virtual" && !isSystemName(name))
      .map(({ name }) => `virtual table "${name}"`).sort()
    : [];
  return { ...EMPTY_SCHEMA, tables, views, triggers, unmodelled, dependencies: dependenciesOn(views, triggers) };
}

/** Which views and triggers name which views: these have to go before them, or SQLite can alter no table. */
function dependenciesOn(views: readonly View[], triggers: readonly Trigger[]): readonly Dependency[] {
  const users = [
    ...views.map((view) => ({ from: refTo("view", view), names: mentionedNames(view.query, true) })),
    ...triggers.map((trigger) => ({
      from: refIn("trigger", { name: trigger.table }, trigger.name),
      names: mentionedNames(trigger.definition, true),
    })),
  ];
  return users.flatMap(({ from, names }) =>
    views.filter(({ name }) => names.has(name.toLowerCase()) && name !== from.name)
      .map((view): Dependency => ({ from, on: refTo("view", view) }))
  );
}

async function readCatalogue(connection: Connection): Promise<Catalogue> {
  const { rows: objects } = await connection.query<ObjectRow>(OBJECTS);
  const { rows: tables } = await connection.query<TableRow>(TABLES);
  const { rows: columnRows } = await connection.query<ColumnRow>(COLUMNS);
  const columns = new Map<string, ColumnRow[]>();
  for (const row of columnRows) addTo(columns, row.table, row);
  const stored = objects.filter(({ sql }) => sql !== null);
  const indexes = new Map<string, ObjectRow[]>();
  for (const row of stored) if (row.type === "index") addTo(indexes, row.table, row);
  const facts = new Map(
    stored.filter(({ type }) => type === "table").map(({ name, sql }) => [name, readFacts(sql ?? "")]),
  );
  return { objects, indexes, tables, columns, facts };
}

const readFacts = (definition: string) => ({ ...parseTable(definition), definition });

function isSystemTable(name: string, { objects }: Catalogue): boolean {
  if (isSystemName(name)) return true;
  // libSQL keeps a vector index in a table of its own.
  return name.endsWith("_shadow") &&
    objects.some((row) =>
      row.type === "index" && `${row.name}_shadow` === name && /libsql_vector_idx/i.test(row.sql ?? "")
    );
}

function readTable(row: TableRow, catalogue: Catalogue): Table {
  const facts = catalogue.facts.get(row.name) ?? readFacts("");
  const columnRows = catalogue.columns.get(row.name) ?? [];
  const names = columnRows.map(({ name }) => name);
  const withoutRowid = Number(row.withoutRowid) === 1 || undefined;
  const primaryKey: PrimaryKey | undefined = facts.primaryKey === undefined ? undefined : {
    ...facts.primaryKey,
    columns: facts.primaryKey.columns.map((column) => spelling(names, column)),
  };
  const columns = columnRows.map((column) => readColumn(column, facts));
  const foreignKeys = facts.foreignKeys.map((key) => readForeignKey(key, names, catalogue));
  const unmodelled = [...facts.unmodelled, ...unread(row, columnRows, facts, foreignKeys)];
  return compact<Table>({
    name: row.name,
    columns,
    primaryKey,
    uniques: facts.uniques.map((unique) => ({
      ...unique,
      columns: unique.columns.map((column) => spelling(names, column)),
    })),
    foreignKeys,
    checks: facts.checks,
    indexes: readIndexes(row.name, names, catalogue),
    strict: Number(row.strict) === 1 || undefined,
    withoutRowid,
    definition: facts.definition,
    unmodelled: unmodelled.length === 0 ? undefined : unmodelled,
  });
}

function readColumn({ name, type, notNull }: ColumnRow, { columns }: TableFacts): Column {
  const facts = columns.find((each) => each.name === name);
  return compact<Column>({
    ...facts,
    name,
    type: facts?.type ?? type,
    nullable: Number(notNull) === 1 ? false : undefined,
  });
}

function readForeignKey(key: ForeignKey, names: readonly string[], { facts }: Catalogue): ForeignKey {
  const { references } = key;
  const table = facts.has(references.table) ? references.table : spelling([...facts.keys()], references.table);
  const parent = facts.get(table);
  const named = references.columns;
  const declared = parent?.columns.map(({ name }) => name) ?? [];
  const columns = named.length > 0 ? named : parent?.primaryKey?.columns ?? [];
  return {
    ...key,
    columns: key.columns.map((column) => spelling(names, column)),
    references: { table, columns: columns.map((column) => spelling(declared, column)) },
  };
}

/** What the definition holds by the PRAGMAs' count and was not understood: never lost in silence. */
function unread(
  row: TableRow,
  columns: readonly ColumnRow[],
  facts: TableFacts,
  foreignKeys: readonly ForeignKey[],
): readonly string[] {
  return [
    ...(columns.map(({ name }) => name).join("\0") === facts.columns.map(({ name }) => name).join("\0")
      ? []
      : ["columns"]),
    ...(Number(row.foreignKeys) === foreignKeys.length ? [] : ["FOREIGN KEY"]),
    ...foreignKeys.filter(({ references }) => references.columns.length === 0)
      .map(({ references }) => `REFERENCES ${references.table}`),
  ];
}

function readIndexes(table: string, names: readonly string[], { indexes }: Catalogue): readonly Index[] {
  return (indexes.get(table) ?? [])
    .map(({ name, sql }) => ({ ...parseIndex(name, sql ?? ""), definition: sql ?? "" }))
    .map((index) => ({
      ...index,
      parts: index.parts.map((part) =>
        part.column === undefined ? part : { ...part, column: spelling(names, part.column) }
      ),
    }));
}
