/**
 * Operations that are a statement of SQLite's own, without a rebuild.
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import { customType } from "../../operations/custom.ts";
import type { DropColumn } from "../../operations/drop_column.ts";
import type { DropOptions } from "../../operations/listed.ts";
import { applyOperation, compileDefault, type Operation } from "../../operations/registry.ts";
import type { RenameTable } from "../../operations/rename_table.ts";
import { displayName, findTable } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import type { View } from "../../schema/objects.ts";
import { columnSql } from "./column_sql.ts";
import { createIndexStatement, createTableStatements } from "./create_table.ts";
import { indexHazards, rewrites } from "./hazards.ts";
import { refuseMention } from "./rebuild.ts";
import { rebuildName } from "./rebuild_name.ts";
import { refused, unsupported } from "./refusals.ts";
import { createViewSql } from "./view.ts";
import { writer } from "./writer.ts";

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
export function plain(name: ObjectName): ObjectName {
  if (name.schema === undefined) return name;
  throw unsupported(`change "${displayName(name)}"`, "Leave the schema out: SQLite has none");
}

function cascadeRefused(table: ObjectName): Error {
  return unsupported(`drop what depends on "${displayName(table)}" with it`, "Drop that first, without cascade");
}

/** Throws `UNSUPPORTED` for what only PostgreSQL says of a column that is dropped. */
export function refuseForeignDrop({ table, cascade, only }: DropColumn): void {
  if (cascade) throw cascadeRefused(table);
  if (only) throw unsupported(`drop a column of "${table.name}" only`, "Leave only out: SQLite's tables inherit none");
}

function dropColumn(operation: DropColumn, before: Schema): readonly Statement[] {
  refuseForeignDrop(operation);
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
