/**
 * What may go wrong, or hurt, when a table is changed.
 *
 * @module
 */
import type { Hazard } from "../../ddl/statement.ts";
import type { AlterColumn } from "../../operations/alter_column.ts";
import { compileDefault, type Operation } from "../../operations/registry.ts";
import { displayName, findTable } from "../../schema/edit.ts";
import type { Index, ObjectName, Schema } from "../../schema/model.ts";
import { writer } from "./writer.ts";

/** What a rebuild does. */
export function rebuilds(table: ObjectName): Hazard {
  return { kind: "rewritesTable", reason: `SQLite makes "${displayName(table)}" anew and copies every row` };
}

/** What DROP COLUMN does: https://sqlite.org/lang_altertable.html#alter_table_drop_column */
export function rewrites(table: ObjectName): Hazard {
  return { kind: "rewritesTable", reason: `SQLite writes every row of "${displayName(table)}" anew` };
}

/** What making an index may meet. */
export function indexHazards(table: ObjectName, { name, unique }: Index): readonly Hazard[] {
  if (!unique) return [];
  return [{
    kind: "mayFail",
    reason: `"${displayName(table)}" may have rows that are equal in what "${name}" keeps unique`,
    advice: "Find and change them first",
  }];
}

function ofAlterColumn({ table, column, changes }: AlterColumn, before: Schema): readonly Hazard[] {
  const nullable: Hazard = {
    kind: "mayFail",
    reason: `"${displayName(table)}" may have rows in which "${column}" is NULL`,
    advice: "Fill them first, with op.execute",
  };
  const type: Hazard = {
    kind: "mayFail",
    reason: `"${displayName(table)}" is STRICT and may have values of "${column}" that are no ${changes.type}`,
    advice: "Convert them with using",
  };
  const isStrict = changes.type !== undefined && findTable(before, table)?.strict;
  return [...(changes.nullable === false ? [nullable] : []), ...(isStrict ? [type] : [])];
}

/** What an operation may do that is a part of a rebuild. */
export function hazardsOf(operation: Operation, before: Schema): readonly Hazard[] {
  switch (operation.kind) {
    case "dropConstraint":
    case "dropIndex":
      return [];
    case "createIndex":
      return indexHazards(operation.table, operation.index);
    case "alterColumn":
      return ofAlterColumn(operation, before);
    case "alterTable":
      return [{
        kind: "mayFail",
        reason: `"${
          displayName(operation.table)
        }" may have rows that do not fit: a value of another type, a key of NULL`,
      }];
    case "createPrimaryKey":
      return [{
        kind: "mayFail",
        reason: `"${displayName(operation.table)}" may have rows that are equal in the new key`,
        advice: "Find and change them first",
      }];
    default:
      return compileDefault(operation, { writer, before }).flatMap(({ hazards }) => hazards ?? []);
  }
}
