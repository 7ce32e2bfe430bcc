import { foreignKeyDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findTable } from "../schema/edit.ts";
import type { ForeignKey, ObjectName } from "../schema/model.ts";
import { referenced } from "../schema/order.ts";
import {
  fromName,
  invalid,
  type Name,
  requireColumns,
  requireColumnsOf,
  requireFreeName,
  tableOf,
  toName,
} from "./arguments.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createForeignKey` takes beside name, tables and columns. */
export type ForeignKeyOptions = Omit<ForeignKey, "name" | "columns" | "references">;

/** The data of `op.createForeignKey`. */
export interface CreateForeignKey {
  readonly kind: "createForeignKey";
  readonly table: ObjectName;
  readonly key: ForeignKey;
}

/**
 * Adds a foreign key from one table to another. A null name leaves the naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createForeignKey("posts_author_id_fkey", "posts", "users", ["author_id"], ["id"], { onDelete: "cascade" });
 * }
 * ```
 */
export const createForeignKey: OperationType<
  CreateForeignKey,
  [
    name: string | null,
    table: Name,
    referencedTable: Name,
    columns: readonly string[],
    referencedColumns: readonly string[],
    options?: ForeignKeyOptions,
  ]
> = {
  kind: "createForeignKey",
  create(name, table, referencedTable, columns, referencedColumns, options = {}) {
    requireColumns("createForeignKey", columns);
    requireColumns("createForeignKey", referencedColumns);
    if (columns.length !== referencedColumns.length) {
      throw invalid("createForeignKey", `${columns.length} columns cannot refer to ${referencedColumns.length}`);
    }
    const { name: target, schema } = toName("createForeignKey", referencedTable);
    const key = compact<ForeignKey>({
      name: name ?? undefined,
      columns,
      references: compact<ForeignKey["references"]>({ table: target, schema, columns: referencedColumns }),
      ...options,
    });
    return { kind: "createForeignKey", table: toName("createForeignKey", table), key };
  },
  args({ table, key: { name, columns, references, ...options } }) {
    const target = compact<ObjectName>({ name: references.table, schema: references.schema });
    const args = [name ?? null, fromName(table), fromName(target), columns, references.columns] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, key: { name, columns } }) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: name ?? null,
      type: "foreignKey",
      ...(name === undefined ? { columns } : {}),
    }),
  ],
  apply(schema, { table, key }) {
    const from = tableOf(schema, table, "createForeignKey");
    requireFreeName("createForeignKey", from, key.name);
    requireColumnsOf("createForeignKey", from, key.columns);
    const to = findTable(schema, referenced(key));
    if (to !== undefined) requireColumnsOf("createForeignKey", to, key.references.columns);
    return editTable(schema, table, (found) => ({ ...found, foreignKeys: [...found.foreignKeys, key] }));
  },
  compile: ({ table, key }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} ADD ${foreignKeyDefinition(writer, key)}`,
      key.notValid || key.notEnforced ? [] : [{
        kind: "mayFail",
        reason: `"${displayName(table)}" may have rows whose ${key.columns.join(", ")} refers to nothing`,
      }],
    ),
  ],
};
