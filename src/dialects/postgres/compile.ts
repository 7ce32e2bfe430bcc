/**
 * Operations as PostgreSQL's SQL: the default SQL with what it may do to others, and what PostgreSQL writes otherwise.
 *
 * @module
 */
import type { Statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import type { AlterTable } from "../../operations/alter_table.ts";
import type { CreateIndex } from "../../operations/create_index.ts";
import { dependentKeys, type DropConstraint } from "../../operations/drop_constraint.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { compileDefault, type Operation } from "../../operations/registry.ts";
import { displayName, findTable, nameOf } from "../../schema/edit.ts";
import type { Schema } from "../../schema/model.ts";
import { compileAlterColumn } from "./alter_column.ts";
import { compileAlterEnum } from "./alter_enum.ts";
import { columnExtras } from "./column_settings.ts";
import { compileCreateTable, takesColumnsOver } from "./create_table.ts";
import { firstWith } from "./hazards.ts";
import { hazardsOf } from "./operation_hazards.ts";
import { compileRename } from "./rename.ts";
import { compileRetypes } from "./retype.ts";
import { typeParts } from "./types.ts";
import { writer } from "./writer.ts";

/** Whether an operation is written differently depending on what is there. */
export function needsSchema(operation: Operation): boolean {
  switch (operation.kind) {
    case "alterColumn":
    case "alterEnum":
    case "renameColumn":
    case "renameTable":
      return true;
    case "createTable":
      return takesColumnsOver(operation);
    default:
      return false;
  }
}

const BUILT_IN =
  /^(text|varchar|char|citext|uuid|jsonb?|bytea|boolean|date|inet|cidr|money|xml|real|double precision)$|int|serial|numeric|time|range/;

/** Whether a type may be a domain: then it is looked for. */
function mayBeDomain(type: string): boolean {
  return !BUILT_IN.test(typeParts(type).base);
}

/** Whether more is known of what an operation does, or it does more, where a database can be looked at. */
export function usesSchema(operation: Operation): boolean {
  switch (operation.kind) {
    case "addColumn":
      return mayBeDomain(operation.column.type);
    case "attachPartition":
    case "createPrimaryKey":
      return true;
    case "createIndex":
      return operation.concurrently ?? false;
    case "createTable":
      return operation.table.partitionOf !== undefined;
    case "dropConstraint":
      return !operation.cascade && operation.type !== "foreignKey" && operation.type !== "check";
    default:
      return false;
  }
}

/** The index, after the removal of what an earlier attempt that failed has left of it. */
function compileCreateIndex(operation: CreateIndex, context: CompileContext): readonly Statement[] {
  const statements = firstWith(compileDefault(operation, context), hazardsOf(operation, context.before));
  const { table, index, concurrently } = operation;
  const left = findTable(context.before, table)?.indexes.find(({ name }) => name === index.name);
  if (!concurrently || index.name === undefined || !left?.invalid) return statements;
  const name = writer.name(nameOf({ ...table, name: index.name }));
  return [{ sql: `DROP INDEX CONCURRENTLY IF EXISTS ${name}`, transactional: false }, ...statements];
}

/** Throws `UNSUPPORTED` for what only SQLite's tables are. */
function refuseSqlite({ table, changes }: AlterTable): void {
  if (changes.strict === undefined && changes.withoutRowid === undefined) return;
  throw new LimbeckError("UNSUPPORTED", `Cannot make "${displayName(table)}" strict or without rowid on PostgreSQL`, {
    hint: "Leave it out: only SQLite has that",
  });
}

/** Throws `OPERATION_INVALID` for a key that a foreign key needs. */
function refuseNeeded(operation: DropConstraint, before: Schema): void {
  if (operation.cascade) return;
  const [needed] = dependentKeys(before, operation);
  if (needed === undefined) return;
  const { table, key } = needed;
  throw new LimbeckError(
    "OPERATION_INVALID",
    `Cannot drop "${operation.name}" of "${displayName(operation.table)}": ` +
      `the foreign key "${key.name}" of "${displayName(table)}" refers to its columns`,
    { hint: "Drop that first with op.dropConstraint, or drop both with { cascade: true }" },
  );
}

function compileOne(operation: Operation, context: CompileContext): readonly Statement[] {
  switch (operation.kind) {
    case "alterColumn":
      return compileAlterColumn(operation, context);
    case "alterEnum":
      return compileAlterEnum(operation, context);
    case "createIndex":
      return compileCreateIndex(operation, context);
    case "createTable":
      return compileCreateTable(operation, context);
    case "alterTable":
      refuseSqlite(operation);
      return firstWith(compileDefault(operation, context), hazardsOf(operation, context.before));
    case "renameColumn":
    case "renameTable":
      return compileRename(operation, context);
    case "dropConstraint":
      refuseNeeded(operation, context.before);
      return compileDefault(operation, context);
    case "addColumn":
      return [
        ...firstWith(compileDefault(operation, context), hazardsOf(operation, context.before)),
        ...columnExtras(operation.table, [operation.column]),
      ];
    default:
      return firstWith(compileDefault(operation, context), hazardsOf(operation, context.before));
  }
}

/**
 * Writes operations as SQL.
 *
 * @throws `UNSUPPORTED` for what PostgreSQL cannot do; `OPERATION_INVALID` for a key that cannot be dropped
 */
export function compile(group: readonly Operation[], context: CompileContext): readonly Statement[] {
  return compileRetypes(group, context, compileOne);
}
