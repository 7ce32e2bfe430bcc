import { statement } from "../ddl/statement.ts";
import { compact, displayName, findTable, withoutNamed } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { CreateTable } from "./create_table.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.dropTable` takes beside the name. */
export interface DropTableOptions {
  readonly ifExists?: boolean;
  /** Drop what depends on the table too (PostgreSQL). */
  readonly cascade?: boolean;
}

/** The data of `op.dropTable`. */
export interface DropTable extends DropTableOptions {
  readonly kind: "dropTable";
  readonly table: ObjectName;
}

/**
 * Drops a table and every row in it.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropTable("old_sessions", { ifExists: true });
 * }
 * ```
 */
export const dropTable: OperationType<DropTable, [name: Name, options?: DropTableOptions]> = {
  kind: "dropTable",
  create: (name, options = {}) => ({
    ...compact<DropTableOptions>({ ifExists: options.ifExists, cascade: options.cascade }),
    kind: "dropTable",
    table: toName("dropTable", name),
  }),
  args({ table, ifExists, cascade }) {
    const options = compact<DropTableOptions>({ ifExists, cascade });
    return Object.keys(options).length === 0 ? [fromName(table)] : [fromName(table), options];
  },
  reverse({ table }, before) {
    const found = findTable(before, table);
    return found === undefined ? null : [data<CreateTable>({ kind: "createTable", table: found })];
  },
  apply(schema, { table, ifExists }) {
    if (findTable(schema, table) === undefined && !ifExists) {
      throw invalid("dropTable", `there is no table "${displayName(table)}"`);
    }
    return {
      ...schema,
      tables: withoutNamed(schema.tables, table),
      triggers: schema.triggers.filter((trigger) => trigger.table !== table.name || trigger.schema !== table.schema),
    };
  },
  compile({ table, ifExists, cascade }, { writer }) {
    const sql = `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${writer.name(table)}${cascade ? " CASCADE" : ""}`;
    return [statement(sql, [{ kind: "deletesData", reason: `Every row of "${displayName(table)}" is deleted` }])];
  },
};
