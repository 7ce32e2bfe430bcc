import { columnDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, findColumn } from "../schema/edit.ts";
import type { Column, ObjectName } from "../schema/model.ts";
import { type ColumnInput, fromName, invalid, type Name, tableOf, toColumn, toName } from "./arguments.ts";
import type { DropColumn } from "./drop_column.ts";
import { editFamily } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.addColumn` takes beside table and column. */
export interface AddColumnOptions {
  readonly ifNotExists?: boolean;
}

/** The data of `op.addColumn`. */
export interface AddColumn extends AddColumnOptions {
  readonly kind: "addColumn";
  readonly table: ObjectName;
  readonly column: Column;
  /** What a person should know of it: a comment before it in the revision. */
  readonly note?: string;
}

/**
 * Adds a column at the end of a table.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.addColumn("users", { name: "bio", type: "text", nullable: false, default: "''" });
 * }
 * ```
 */
export const addColumn: OperationType<AddColumn, [table: Name, column: ColumnInput, options?: AddColumnOptions]> = {
  kind: "addColumn",
  create: (table, column, options = {}) => ({
    ...compact<AddColumnOptions>({ ifNotExists: options.ifNotExists }),
    kind: "addColumn",
    table: toName("addColumn", table),
    column: toColumn("addColumn", column),
  }),
  args: ({ table, column, ifNotExists }) =>
    ifNotExists === undefined ? [fromName(table), column] : [fromName(table), column, { ifNotExists }],
  reverse: ({ table, column }) => [data<DropColumn>({ kind: "dropColumn", table, column: column.name })],
  apply(schema, { table, column, ifNotExists }) {
    if (findColumn(tableOf(schema, table, "addColumn"), column.name) !== undefined) {
      if (ifNotExists) return schema;
      throw invalid("addColumn", `"${displayName(table)}" has a column "${column.name}" already`);
    }
    const { comment: _, ...inherited } = { ...column, inherited: true };
    return editFamily(schema, table, (found) => ({ ...found, columns: [...found.columns, column] }), (child) =>
      // A column of that name that is there is merged with the new one.
      findColumn(child, column.name) === undefined ? { ...child, columns: [...child.columns, inherited] } : child);
  },
  compile({ table, column, ifNotExists }, { writer }) {
    const head = `ALTER TABLE ${writer.name(table)} ADD COLUMN ${ifNotExists ? "IF NOT EXISTS " : ""}`;
    const filled = column.default !== undefined || column.identity !== undefined || column.generated !== undefined;
    return [
      statement(
        head + columnDefinition(writer, column),
        column.nullable === false && !filled
          ? [{
            kind: "mayFail",
            reason: `"${displayName(table)}" may have rows, and "${column.name}" is NOT NULL without a default`,
            advice: "Add it with a default, or add it nullable, fill it, and set NOT NULL then",
          }]
          : [],
      ),
    ];
  },
};
