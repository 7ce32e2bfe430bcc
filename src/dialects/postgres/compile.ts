/**
 * Operations as PostgreSQL's SQL: the default SQL with what it may do to others, and what PostgreSQL writes otherwise.
 *
 * @module
 */
import { type Hazard, type Statement, statement } from "../../ddl/statement.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { compileDefault, type Operation } from "../../operations/registry.ts";
import { displayName } from "../../schema/edit.ts";
import type { Column, ObjectName } from "../../schema/model.ts";
import { compileAlterColumn } from "./alter_column.ts";
import { compileAlterEnum } from "./alter_enum.ts";
import { addedColumn, firstWith, scan } from "./hazards.ts";
import { writer } from "./writer.ts";

/** Whether an operation is written differently depending on what is there. */
export function needsSchema(operation: Operation): boolean {
  return operation.kind === "alterEnum" || operation.kind === "alterColumn";
}

/** The comments that `CREATE TABLE` and `ADD COLUMN` have no place for. */
function comments(table: ObjectName, columns: readonly Column[], text?: string): readonly Statement[] {
  return [
    ...(text === undefined ? [] : [statement(`COMMENT ON TABLE ${writer.name(table)} IS ${writer.literal(text)}`)]),
    ...columns.flatMap(({ name, comment }) =>
      comment === undefined ? [] : [
        statement(`COMMENT ON COLUMN ${writer.name(table)}.${writer.identifier(name)} IS ${writer.literal(comment)}`),
      ]
    ),
  ];
}

function quoted(table: ObjectName): string {
  return `"${displayName(table)}"`;
}

const NOT_TRANSACTIONAL: Hazard = {
  kind: "notTransactional",
  reason: "It runs outside a transaction: what was done before it is committed, and a failure later leaves it in place",
};

/** What an operation may do that its own file, which knows no dialect, does not say. */
function hazards(operation: Operation): readonly Hazard[] {
  switch (operation.kind) {
    case "addColumn":
      return addedColumn(operation.column);
    case "addEnumValue":
      return [NOT_TRANSACTIONAL];
    case "createIndex":
      if (operation.concurrently) return [NOT_TRANSACTIONAL];
      return [{
        kind: "blocksWrites",
        reason: `Nobody can write to ${quoted(operation.table)} until the index is built`,
        advice: "Build it with { concurrently: true }",
      }];
    case "dropIndex":
      return operation.concurrently ? [NOT_TRANSACTIONAL] : [];
    case "createForeignKey":
      return [{
        kind: "blocksWrites",
        reason: `Nobody can write to ${quoted(operation.table)} and the table it refers to until every row is checked`,
        advice: "Add it as NOT VALID and validate it in a later revision",
      }];
    case "createCheckConstraint":
      return [scan("Every row is checked", "Add it as NOT VALID and validate it in a later revision")];
    case "createPrimaryKey":
    case "createUniqueConstraint":
      return [
        scan("An index is built", "Build a unique index with { concurrently: true } first, and make the key of it"),
      ];
    default:
      return [];
  }
}

/**
 * Writes operations as SQL.
 *
 * @throws `UNSUPPORTED` for what PostgreSQL cannot do
 */
export function compile(group: readonly Operation[], context: CompileContext): readonly Statement[] {
  return group.flatMap((operation): readonly Statement[] => {
    switch (operation.kind) {
      case "alterColumn":
        return compileAlterColumn(operation, context);
      case "alterEnum":
        return compileAlterEnum(operation, context);
      case "createTable":
        return [
          ...compileDefault(operation, context),
          ...comments(operation.table, operation.table.columns, operation.table.comment),
        ];
      case "addColumn":
        return [
          ...firstWith(compileDefault(operation, context), hazards(operation)),
          ...comments(operation.table, [operation.column]),
        ];
      default:
        return firstWith(compileDefault(operation, context), hazards(operation));
    }
  });
}
