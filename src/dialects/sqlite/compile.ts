/**
 * Operations as SQLite's SQL: by ALTER TABLE where SQLite can, by a rebuild of the table where it cannot.
 *
 * @module
 */
import { type Hazard, type Statement, statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import type { AlterColumn } from "../../operations/alter_column.ts";
import type { BatchAlterTable } from "../../operations/batch_alter_table.ts";
import { customType } from "../../operations/custom.ts";
import type { DropColumn } from "../../operations/drop_column.ts";
import type { DropConstraint } from "../../operations/drop_constraint.ts";
import type { DropOptions } from "../../operations/listed.ts";
import type { RenameTable } from "../../operations/rename_table.ts";
import type { View } from "../../schema/objects.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { applyOperation, compileDefault, flatten, type Operation } from "../../operations/registry.ts";
import { displayName, findTable } from "../../schema/edit.ts";
import type { Column, ObjectName, Schema } from "../../schema/model.ts";
import { canonicalExpression } from "./canonical.ts";
import { columnSql, isPlainDefault } from "./column_sql.ts";
import { createIndexStatement, createTableStatements } from "./create_table.ts";
import { hazardsOf, indexHazards, rebuilds, rewrites } from "./hazards.ts";
import { rebuildTable, refuseMention } from "./rebuild.ts";
import { rebuildName } from "./rebuild_name.ts";
import { refused, unsupported } from "./refusals.ts";
import { createViewSql } from "./view.ts";
import { isWord, textOf, tokenize, withoutQualifier } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/** An operation on one table that may be part of a rebuild. */
type TableOperation = Operation & { readonly table: ObjectName };

const TABLE_OPERATIONS: ReadonlySet<string> = new Set([
  "addColumn",
  "alterColumn",
  "alterTable",
  "createCheckConstraint",
  "createForeignKey",
  "createIndex",
  "createPrimaryKey",
  "createUniqueConstraint",
  "dropColumn",
  "dropConstraint",
  "dropIndex",
]);

function isTableOperation(operation: Operation): operation is TableOperation {
  return TABLE_OPERATIONS.has(operation.kind);
}

/** https://sqlite.org/lang_altertable.html#alter_table_add_column: what it refuses, also where only a filled table is refused. */
function canAdd({ default: value, generated, nullable, autoincrement }: Column): boolean {
  if (autoincrement || generated?.stored || (generated !== undefined && nullable === false)) return false;
  if (value === undefined) return nullable !== false;
  const word = textOf(tokenize(value)).toUpperCase();
  if (nullable === false && word === "NULL") return false;
  return isPlainDefault(value) && !word.startsWith("CURRENT_");
}

const onlyRenames = ({ changes }: AlterColumn): boolean => Object.keys(changes).every((key) => key === "newName");

/**
 * Whether the operation may have to rebuild its table. Dropping a table counts: with keys enforced, SQLite would first
 * delete its rows, and with them the rows that refer to them by ON DELETE CASCADE.
 */
export function mayRebuild(operation: Operation): boolean {
  switch (operation.kind) {
    case "addColumn":
      return !canAdd(operation.column);
    case "alterColumn":
      return !onlyRenames(operation);
    case "batchAlterTable":
      if (operation.recreate === "always") return true;
      return operation.recreate !== "never" && flatten([operation]).some(mayRebuild);
    case "createIndex":
    case "dropIndex":
      return false;
    case "dropTable":
      return true;
    case "execute":
      // As op.dropTable: with foreign keys on, DROP TABLE deletes the children's rows without a word.
      return dropsTable(operation.sql);
    default:
      return isTableOperation(operation);
  }
}

/** Whether a statement begins with DROP TABLE, whatever stands between the words. */
function dropsTable(sql: string): boolean {
  const [drop, table] = tokenize(sql);
  return isWord(drop, "DROP") && isWord(table, "TABLE");
}

/**
 * Whether `compile` needs the schema. It has to be the whole one, not the operation's table alone: a rebuild makes the
 * views and triggers of other tables again where they name this table.
 */
export function needsSchema(operation: Operation): boolean {
  if (operation.kind === "addColumn" && operation.ifNotExists) return true;
  if (operation.kind === "batchAlterTable") {
    return operation.recreate === "always" || flatten([operation]).some(needsSchema);
  }
  return operation.kind !== "dropTable" && operation.kind !== "execute" && mayRebuild(operation);
}

/** Puts neighbouring changes of one table together, so that they are one rebuild. A column's new name ends a group. */
export function group(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = [];
  for (const operation of operations) {
    const current = groups.at(-1);
    const last = current?.at(-1);
    if (current !== undefined && last !== undefined && belongTogether(last, operation)) current.push(operation);
    else groups.push([operation]);
  }
  return groups;
}

function belongTogether(last: Operation, next: Operation): boolean {
  if (!isTableOperation(last) || !isTableOperation(next)) return false;
  if (last.kind === "alterColumn" && last.changes.newName !== undefined) return false;
  return displayName(last.table) === displayName(next.table);
}

/**
 * Writes a group.
 *
 * @param operations a group of {@linkcode group}
 * @param context `before` is everything that `inspect` reads, where one of them {@linkcode needsSchema}
 * @throws `UNSUPPORTED`, `OPERATION_INVALID`
 */
export function compile(operations: readonly Operation[], context: CompileContext): readonly Statement[] {
  const [only] = operations;
  return only?.kind === "batchAlterTable" ? compileBatch(only, context) : compileGroup(operations, context);
}

/** Writes a batch: the table is made anew where it has to be, or is asked for. */
function compileBatch(batch: BatchAlterTable, context: CompileContext): readonly Statement[] {
  const { table, recreate } = batch;
  const groups = [...group(flatten([batch as Operation]))];
  const force = recreate === "always";
  // A new name alone is no reason to make the table anew.
  if (force && !groups[0]?.some(isTableOperation)) groups.unshift([]);
  const statements: Statement[] = [];
  let before = context.before;
  for (const [index, operations] of groups.entries()) {
    const compiled = force && index === 0
      ? compileRebuild(table, operations, before)
      : compileGroup(operations, { ...context, before }, recreate);
    statements.push(...compiled);
    if (groups.length > 1 && needsSchema(batch as Operation)) before = operations.reduce(applyOperation, before);
  }
  return statements;
}

function recreateRefused(table: ObjectName): LimbeckError {
  return new LimbeckError(
    "OPERATION_INVALID",
    `Cannot change "${displayName(table)}" with { recreate: "never" }: SQLite has to make the table anew for it`,
    { hint: 'Say { recreate: "auto" }, or leave out what ALTER TABLE cannot do' },
  );
}

function compileGroup(
  operations: readonly Operation[],
  context: CompileContext,
  recreate: BatchAlterTable["recreate"] = "auto",
): readonly Statement[] {
  if (!operations.some(needsSchema)) return operations.flatMap((operation) => compileDirect(operation, context.before));
  const statements: Statement[] = [];
  const done: Operation[] = [];
  let schema = context.before;
  let direct = true;
  for (const operation of operations) {
    const resolved = resolve(operation, schema);
    const after = applied(schema, resolved);
    if (after === schema) continue;
    direct &&= canAlter(resolved, schema);
    if (direct) statements.push(...compileDirect(resolved, schema));
    done.push(resolved);
    schema = after;
  }
  if (direct) return statements;
  const { table } = done[0] as TableOperation;
  if (recreate === "never") throw recreateRefused(table);
  return compileRebuild(table, done, context.before);
}

/** The schema after an operation; the same one where there is nothing to do. */
function applied(schema: Schema, operation: Operation): Schema {
  const exists = operation.kind === "createIndex" && operation.ifNotExists &&
    schema.tables.some(({ indexes }) => indexes.some(({ name }) => name === operation.index.name));
  return exists ? schema : applyOperation(schema, operation);
}

/** An operation with a check's expression as the table has it, for one that is only spelled otherwise. */
function resolve(operation: Operation, schema: Schema): Operation {
  if (operation.kind !== "dropConstraint" || operation.expression === undefined) return operation;
  const canonical = (expression: string): string =>
    canonicalExpression(textOf(withoutQualifier(tokenize(expression), operation.table.name)));
  const wanted = canonical(operation.expression);
  const found = findTable(schema, operation.table)?.checks.find(({ expression }) => canonical(expression) === wanted);
  return found === undefined ? operation : { ...operation, expression: found.expression } satisfies DropConstraint;
}

/** Whether ALTER TABLE (or an index's own statement) does it. */
function canAlter(operation: Operation, schema: Schema): boolean {
  if (operation.kind === "addColumn") return canAdd(operation.column);
  if (operation.kind === "dropColumn") return canDrop(operation, schema);
  if (operation.kind === "alterColumn") return onlyRenames(operation);
  return operation.kind === "createIndex" || operation.kind === "dropIndex";
}

/** https://sqlite.org/lang_altertable.html#alter_table_drop_column, but for indexes, which are dropped before. */
function canDrop({ table, column }: DropColumn, schema: Schema): boolean {
  const found = findTable(schema, table);
  const keys = [found?.primaryKey, ...found?.uniques ?? [], ...found?.foreignKeys ?? []];
  return !keys.some((key) => key?.columns.includes(column));
}

/**
 * Writes one operation without a rebuild.
 *
 * @param before the schema before it; empty where nothing of it is needed
 */
export function compileDirect(operation: Operation, before: Schema): readonly Statement[] {
  switch (operation.kind) {
    case "createTable":
      return createTableStatements(operation.table, operation.ifNotExists);
    case "createIndex":
      return [createIndexStatement(operation.table, operation.index, { ifNotExists: operation.ifNotExists ?? false })]
        .map(({ sql }) => statement(sql, indexHazards(operation.table, operation.index)));
    case "addColumn":
      return [
        statement(`ALTER TABLE ${writer.name(plain(operation.table))} ADD COLUMN ${columnSql(operation.column)}`),
      ];
    case "dropColumn":
      return dropColumn(operation, before);
    case "dropIndex": {
      const { concurrently: _, ...rest } = operation;
      plain(operation.table);
      return compileDefault(rest, { writer, before });
    }
    case "dropTable":
      if (operation.cascade) throw cascadeRefused(operation.table);
      plain(operation.table);
      return compileDefault(operation, { writer, before });
    case "alterColumn":
    case "renameColumn":
      plain(operation.table);
      return compileDefault(operation, { writer, before });
    case "renameTable":
      plain(operation.table);
      return renameTable(operation, before);
    case "createView":
      if (operation.orReplace) throw unsupported("replace a view", "Drop it first, or use op.replaceView");
      return [statement(createViewSql(plainView(operation.view)))];
    case "replaceView":
      return [
        statement(`DROP VIEW ${writer.identifier(operation.view.name)}`),
        statement(createViewSql(plainView(operation.view))),
      ];
    case "dropView":
      return [dropStatement("VIEW", operation.view, operation)];
    case "createTrigger":
      return compileDefault(operation, { writer, before });
    case "dropTrigger":
      return [dropStatement("TRIGGER", { ...operation.table, name: operation.name }, operation)];
    case "backfill":
    case "bulkInsert":
      plain(operation.table);
      return compileDefault(operation, { writer, before });
    case "execute":
      return compileDefault(operation, { writer, before });
    default:
      if (customType(operation.kind) !== undefined) return compileDefault(operation, { writer, before });
      throw refused(operation);
  }
}

/** SQLite takes a name that differs in case only for the same name, and refuses to give it. */
function renameTable(operation: RenameTable, before: Schema): readonly Statement[] {
  const { table, newName } = operation;
  if (table.name.toLowerCase() !== newName.toLowerCase()) return compileDefault(operation, { writer, before });
  const between = { ...table, name: rebuildName(newName) };
  const steps: readonly RenameTable[] = [
    { kind: "renameTable", table, newName: between.name },
    { kind: "renameTable", table: between, newName },
  ];
  return steps.flatMap((step) => compileDefault(step, { writer, before }));
}

function plainView(view: View): View {
  plain(view);
  if (view.with === undefined) return view;
  throw unsupported(`make the view "${view.name}" with options`, "Leave them out: only PostgreSQL has them");
}

/** `DROP VIEW` and `DROP TRIGGER`: SQLite's triggers are known by their names alone. */
function dropStatement(what: string, name: ObjectName, { ifExists, cascade }: DropOptions): Statement {
  if (cascade) throw cascadeRefused(name);
  return statement(`DROP ${what} ${ifExists ? "IF EXISTS " : ""}${writer.identifier(plain(name).name)}`);
}

/** The name itself. Throws `UNSUPPORTED` for one with a schema. */
function plain(name: ObjectName): ObjectName {
  if (name.schema === undefined) return name;
  throw unsupported(`change "${displayName(name)}"`, "Leave the schema out: SQLite has none");
}

function cascadeRefused(table: ObjectName): Error {
  return unsupported(`drop what depends on "${displayName(table)}" with it`, "Drop that first, without cascade");
}

function dropColumn(operation: DropColumn, before: Schema): readonly Statement[] {
  if (operation.cascade) throw cascadeRefused(operation.table);
  const table = findTable(before, plain(operation.table));
  const left = findTable(applyOperation(before, operation), operation.table);
  if (left !== undefined) refuseMention(left, operation.column);
  const indexes = table?.indexes.filter((index) => !left?.indexes.includes(index)) ?? [];
  const { ifExists: _, ...drop } = operation;
  return [
    ...indexes.map(({ name }) => statement(`DROP INDEX ${writer.identifier(name ?? "")}`)),
    ...compileDefault(drop, { writer, before }).map(({ sql, hazards = [] }) =>
      statement(sql, [rewrites(operation.table), ...hazards])
    ),
  ];
}

const SQLITE_CHANGES: ReadonlySet<string> = new Set(["strict", "withoutRowid"]);

function refuseForeignChanges(operation: Operation): void {
  if (operation.kind !== "alterTable") return;
  const foreign = Object.keys(operation.changes).find((key) => !SQLITE_CHANGES.has(key));
  if (foreign !== undefined) {
    throw unsupported(`change ${foreign} of a table`, "Only PostgreSQL has that: leave it out");
  }
}

function compileRebuild(name: ObjectName, operations: readonly Operation[], before: Schema): readonly Statement[] {
  operations.forEach(refuseForeignChanges);
  const from = findTable(before, plain(name));
  const values = new Map(from?.columns.map((column) => [column.name, writer.identifier(column.name)]));
  let schema = before;
  const renames: Statement[] = [];
  for (const operation of operations) {
    const { kept, rename } = withoutRename(operation);
    if (rename !== undefined) renames.push(...compileDirect(rename, schema));
    followValues(values, kept);
    schema = applyOperation(schema, kept);
  }
  const to = findTable(schema, name);
  if (from === undefined || to === undefined) {
    throw new LimbeckError("OPERATION_INVALID", `Cannot change "${displayName(name)}": there is no such table`);
  }
  const hazards: readonly Hazard[] = [
    rebuilds(from),
    ...operations.flatMap((operation) => hazardsOf(operation, before)),
  ];
  return [...rebuildTable({ from, to, values, schema: before, hazards }), ...renames];
}

/** The new name of a column is left to ALTER TABLE, which also corrects the expressions, views and triggers that name it. */
function withoutRename(operation: Operation): { readonly kept: Operation; readonly rename?: Operation } {
  if (operation.kind !== "alterColumn" || operation.changes.newName === undefined) return { kept: operation };
  const { newName, ...changes } = operation.changes;
  const { table, column } = operation;
  return { kept: { ...operation, changes }, rename: { kind: "renameColumn", table, column, newName } };
}

/** Keeps book of where each column's values come from. */
function followValues(values: Map<string, string>, operation: Operation): void {
  if (operation.kind === "addColumn") values.delete(operation.column.name);
  if (operation.kind === "dropColumn") {
    if (operation.cascade) throw cascadeRefused(operation.table);
    values.delete(operation.column);
  }
  if (operation.kind !== "alterColumn") return;
  const { identity, using } = operation.changes;
  if (identity) {
    throw unsupported(`make "${operation.column}" an identity column`, "Use autoincrement on an integer primary key");
  }
  if (using !== undefined && values.has(operation.column)) values.set(operation.column, using);
}
