/**
 * Operations as SQLite's SQL: by ALTER TABLE where SQLite can, by a rebuild of the table where it cannot.
 *
 * @module
 */
import type { Hazard, Statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import type { BatchAlterTable } from "../../operations/batch_alter_table.ts";
import type { DropColumn } from "../../operations/drop_column.ts";
import type { DropConstraint } from "../../operations/drop_constraint.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { applyOperation, flatten, type Operation } from "../../operations/registry.ts";
import { displayName, findTable } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import { alterInPlace } from "./alter_column.ts";
import { canonicalExpression } from "./canonical.ts";
import { compileDirect, plain, refuseForeignDrop } from "./compile_direct.ts";
import { hazardsOf, rebuilds } from "./hazards.ts";
import { canAdd, isTableOperation, needsSchema, onlyRenames, type TableOperation } from "./may_rebuild.ts";
import { rebuildTable } from "./rebuild.ts";
import { unsupported } from "./refusals.ts";
import { textOf, tokenize, withoutQualifier } from "./tokenizer.ts";
import { writer } from "./writer.ts";

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
    const inPlace: Statement | undefined = direct && context.connected ? inPlaceOf(resolved, schema) : undefined;
    direct &&= inPlace !== undefined || canAlter(resolved, schema);
    if (direct) statements.push(...inPlace === undefined ? compileDirect(resolved, schema) : [inPlace]);
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

const inPlaceOf = (operation: Operation, schema: Schema): Statement | undefined =>
  operation.kind === "alterColumn" ? alterInPlace(operation, schema) : undefined;

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
    refuseForeignDrop(operation);
    values.delete(operation.column);
  }
  if (operation.kind !== "alterColumn") return;
  const { identity, using } = operation.changes;
  if (identity) {
    throw unsupported(`make "${operation.column}" an identity column`, "Use autoincrement on an integer primary key");
  }
  if (using !== undefined && values.has(operation.column)) values.set(operation.column, using);
}
