/**
 * `op.createTable` as PostgreSQL's SQL: the table, and what can only be said of it when it is there.
 *
 * @module
 */
import { checkDefinition, foreignKeyDefinition, parameterList, uniqueDefinition } from "../../ddl/definitions.ts";
import { type Statement, statement } from "../../ddl/statement.ts";
import { tableClauses, tableComment } from "../../operations/alter_table.ts";
import { createIndexSql } from "../../operations/create_index.ts";
import { type CreateTable, tableElements } from "../../operations/create_table.ts";
import { inheriting } from "../../operations/inheritance.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { compact, findColumn, nameOf, sameName } from "../../schema/edit.ts";
import type { Column, ObjectName, Schema, Table, UniqueConstraint } from "../../schema/model.ts";
import { columnExtras } from "./column_settings.ts";
import { createdPartition, withHazards } from "./hazards.ts";
import { writer } from "./writer.ts";

/** The names of the tables that a table takes its columns from. */
function parentNames({ partitionOf, inherits = [] }: Table): readonly ObjectName[] {
  if (partitionOf === undefined) return inherits;
  return [compact<ObjectName>({ name: partitionOf.table, schema: partitionOf.schema })];
}

/** Whether the table takes columns over from another: then it has to be known what they are there. */
export function takesColumnsOver({ table }: CreateTable): boolean {
  return parentNames(table).length > 0 && table.columns.length > 0;
}

function suffix({ inherits = [], partitionBy, using, with: parameters, tablespace }: Table): string {
  return (inherits.length === 0 ? "" : ` INHERITS (${inherits.map((name) => writer.name(name)).join(", ")})`) +
    (partitionBy === undefined ? "" : ` PARTITION BY ${partitionBy}`) +
    (using === undefined ? "" : ` USING ${writer.identifier(using)}`) +
    (parameters === undefined ? "" : ` WITH ${parameterList(writer, parameters)}`) +
    (tablespace === undefined ? "" : ` TABLESPACE ${writer.identifier(tablespace)}`);
}

/** Keys on the same columns as one before them: CREATE TABLE would leave them out without a word. */
function repeatedUniques({ primaryKey, uniques }: Table): readonly UniqueConstraint[] {
  const columns = (key: { readonly columns: readonly string[] }): string => JSON.stringify(key.columns);
  return uniques.filter((unique, place) =>
    [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques.slice(0, place)]
      .some((other) => columns(other) === columns(unique))
  );
}

function tableSql(table: Table, ifNotExists: boolean | undefined): string {
  const { checks, foreignKeys, partitionOf, unlogged } = table;
  // In CREATE TABLE the words NOT VALID have no effect.
  const checked = <T extends { readonly notValid?: boolean }>(list: readonly T[]) =>
    list.filter(({ notValid }) => !notValid);
  const elements = tableElements(writer, {
    ...table,
    uniques: table.uniques.filter((unique) => !repeatedUniques(table).includes(unique)),
    checks: checked(checks),
    foreignKeys: checked(foreignKeys),
  });
  const head = `CREATE ${unlogged ? "UNLOGGED " : ""}TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${writer.name(table)}`;
  const body = elements.length === 0 ? "" : ` (\n  ${elements.join(",\n  ")}\n)`;
  if (partitionOf === undefined) return `${head}${body === "" ? " ()" : body}${suffix(table)}`;
  const [parent] = parentNames(table) as [ObjectName];
  return `${head} PARTITION OF ${writer.name(parent)}${body} ${partitionOf.bound}${suffix(table)}`;
}

/** What a column that is taken over has otherwise than its parent's; the columns that are the table's own as they are. */
function differences(table: Table, before: Schema): readonly { readonly column: Column; readonly taken: boolean }[] {
  const parents = parentNames(table).flatMap((name) => before.tables.find((each) => sameName(each, name)) ?? []);
  return table.columns.map((column) => {
    const taken = table.partitionOf !== undefined || (column.inherited ?? false);
    const above = parents.map((parent) => findColumn(parent, column.name)).find((each) => each);
    if (above === undefined) return { column, taken };
    // One that the table declares too is merged with its parent's, and takes its default over where it has none.
    if (!taken) {
      const loses = above.default !== undefined && column.default === undefined;
      const { nullable: _, ...rest } = column;
      return { taken: loses, column: loses ? { ...rest, default: "" } : column };
    }
    const { default: value, nullable, storage, compression, ...rest } = column;
    return {
      taken,
      column: compact<Column>({
        ...rest,
        // A default that is not there any more is dropped: an empty one says so.
        default: value === above.default ? undefined : value ?? "",
        nullable: nullable === above.nullable ? undefined : nullable,
        storage: storage === above.storage ? undefined : storage,
        compression: compression === above.compression ? undefined : compression,
      }),
    };
  });
}

function overrides(table: Table, before: Schema): readonly Statement[] {
  const columns = differences(table, before);
  const clauses = columns.filter(({ taken }) => taken).flatMap(({ column }) => {
    const head = `ALTER COLUMN ${writer.identifier(column.name)}`;
    const value = column.generated === undefined && column.identity === undefined ? column.default : undefined;
    return [
      ...(value === undefined ? [] : [value === "" ? `${head} DROP DEFAULT` : `${head} SET DEFAULT ${value}`]),
      ...(column.nullable === false ? [`${head} SET NOT NULL`] : []),
    ];
  });
  return [
    ...(clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)]),
    ...columnExtras(table, columns.map(({ column }) => column)),
  ];
}

/** Gives the parts of the parent's indexes their names, where the server will have chosen others. */
function partNames(table: Table, before: Schema): readonly Statement[] {
  const parts = table.indexes.filter(({ partOf }) => partOf !== undefined);
  if (parts.length === 0) return [];
  const chosen = inheriting(before, { ...table, indexes: [] }).indexes;
  return parts.flatMap(({ name, partOf }) => {
    const made = chosen.find((index) => index.partOf?.name === partOf?.name)?.name;
    if (name === undefined || made === undefined || made === name) return [];
    const index = writer.name(nameOf({ ...table, name: made }));
    return [statement(`ALTER INDEX ${index} RENAME TO ${writer.identifier(name)}`)];
  });
}

function rowSecurity({ rowSecurity }: Table): readonly string[] {
  return [
    ...(rowSecurity === "enabled" || rowSecurity === "forced" ? ["ENABLE ROW LEVEL SECURITY"] : []),
    ...(rowSecurity === "forced" || rowSecurity === "forcedOnly" ? ["FORCE ROW LEVEL SECURITY"] : []),
  ];
}

/** Writes a table with its indexes, and all that belongs to it. */
export function compileCreateTable({ table, ifNotExists }: CreateTable, context: CompileContext): readonly Statement[] {
  const { checks, foreignKeys, indexes, replicaIdentity, clusteredOn, comment } = table;
  const later = [
    ...repeatedUniques(table).map((unique) => `ADD ${uniqueDefinition(writer, unique)}`),
    ...checks.filter(({ notValid }) => notValid).map((check) => `ADD ${checkDefinition(writer, check)}`),
    ...foreignKeys.filter(({ notValid }) => notValid).map((key) => `ADD ${foreignKeyDefinition(writer, key)}`),
  ];
  const last = [...tableClauses(writer, compact({ replicaIdentity, clusteredOn })), ...rowSecurity(table)];
  const alter = (clauses: readonly string[]): readonly Statement[] =>
    clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)];
  return [
    withHazards(statement(tableSql(table, ifNotExists)), createdPartition(table, context.before)),
    ...overrides(table, context.before),
    ...partNames(table, context.before),
    ...alter(later),
    ...indexes.filter(({ partOf }) => partOf === undefined)
      .map((index) => statement(createIndexSql(writer, table, index, ifNotExists ? { ifNotExists } : {}))),
    ...alter(last),
    ...(comment === undefined ? [] : [tableComment(writer, table, comment)]),
  ];
}
