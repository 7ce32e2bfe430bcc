import { statement } from "../ddl/statement.ts";
import { compact, displayName, findTable } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";
import { movedTable } from "./rename_table.ts";

/** The data of `op.setTableSchema`. */
export interface SetTableSchema {
  readonly kind: "setTableSchema";
  readonly table: ObjectName;
  /** Null for the default schema. */
  readonly newSchema: string | null;
}

const moved = ({ table, newSchema }: SetTableSchema): ObjectName =>
  compact<ObjectName>({ name: table.name, schema: newSchema ?? undefined });

/**
 * Moves a table, with its indexes and constraints, to another schema (PostgreSQL). Null means the default one.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.setTableSchema("invoices", "billing");
 * }
 * ```
 */
export const setTableSchema: OperationType<SetTableSchema, [name: Name, newSchema: string | null]> = {
  kind: "setTableSchema",
  create(name, newSchema) {
    if (newSchema !== null) requireName("setTableSchema", newSchema);
    return { kind: "setTableSchema", table: toName("setTableSchema", name), newSchema };
  },
  args: ({ table, newSchema }) => [fromName(table), newSchema],
  reverse: (operation) => [
    data<SetTableSchema>({
      kind: "setTableSchema",
      table: moved(operation),
      newSchema: operation.table.schema ?? null,
    }),
  ],
  apply(schema, operation) {
    tableOf(schema, operation.table, "setTableSchema");
    const to = moved(operation);
    if (findTable(schema, to) !== undefined) {
      throw invalid("setTableSchema", `there is a table "${displayName(to)}" already`);
    }
    return movedTable(schema, operation.table, to);
  },
  compile({ table, newSchema }, { writer }) {
    const name = writer.name(table);
    if (newSchema !== null) return [statement(`ALTER TABLE ${name} SET SCHEMA ${writer.identifier(newSchema)}`)];
    // Only the session knows which schema is the default one.
    const format = writer.literal(`ALTER TABLE ${name.replaceAll("%", "%%")} SET SCHEMA %I`);
    return [statement(`DO $limbeck$ BEGIN EXECUTE format(${format}, current_schema()); END $limbeck$`)];
  },
};
