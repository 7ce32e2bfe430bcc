import { primaryKeyDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { ObjectName, PrimaryKey } from "../schema/model.ts";
import { fromName, invalid, type Name, requireColumns, tableOf, toName } from "./arguments.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.createPrimaryKey`. */
export interface CreatePrimaryKey {
  readonly kind: "createPrimaryKey";
  readonly table: ObjectName;
  readonly key: PrimaryKey;
}

/**
 * Gives a table its primary key. A null name leaves the naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createPrimaryKey("post_tags_pkey", "post_tags", ["post_id", "tag_id"]);
 * }
 * ```
 */
export const createPrimaryKey: OperationType<
  CreatePrimaryKey,
  [name: string | null, table: Name, columns: readonly string[]]
> = {
  kind: "createPrimaryKey",
  create(name, table, columns) {
    requireColumns("createPrimaryKey", columns);
    const key = compact<PrimaryKey>({ name: name ?? undefined, columns });
    return { kind: "createPrimaryKey", table: toName("createPrimaryKey", table), key };
  },
  args: ({ table, key }) => [key.name ?? null, fromName(table), key.columns],
  reverse: ({ table, key }) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: key.name ?? null,
      type: "primaryKey",
    }),
  ],
  apply(schema, { table, key }) {
    if (tableOf(schema, table, "createPrimaryKey").primaryKey !== undefined) {
      throw invalid("createPrimaryKey", `"${displayName(table)}" has a primary key already`);
    }
    return editTable(schema, table, (found) => ({ ...found, primaryKey: key }));
  },
  compile: ({ table, key }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} ADD ${primaryKeyDefinition(writer, key)}`),
  ],
};
