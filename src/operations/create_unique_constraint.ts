import { uniqueDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { ObjectName, UniqueConstraint } from "../schema/model.ts";
import { fromName, type Name, requireColumns, tableOf, toName } from "./arguments.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createUniqueConstraint` takes beside name, table and columns. */
export type UniqueConstraintOptions = Omit<UniqueConstraint, "name" | "columns">;

/** The data of `op.createUniqueConstraint`. */
export interface CreateUniqueConstraint {
  readonly kind: "createUniqueConstraint";
  readonly table: ObjectName;
  readonly unique: UniqueConstraint;
}

/**
 * Adds a unique constraint. A null name leaves the naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createUniqueConstraint("users_email_key", "users", ["email"]);
 * }
 * ```
 */
export const createUniqueConstraint: OperationType<
  CreateUniqueConstraint,
  [name: string | null, table: Name, columns: readonly string[], options?: UniqueConstraintOptions]
> = {
  kind: "createUniqueConstraint",
  create(name, table, columns, options = {}) {
    requireColumns("createUniqueConstraint", columns);
    const unique = compact<UniqueConstraint>({ name: name ?? undefined, columns, ...options });
    return { kind: "createUniqueConstraint", table: toName("createUniqueConstraint", table), unique };
  },
  args({ table, unique: { name, columns, ...options } }) {
    const args = [name ?? null, fromName(table), columns] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, unique: { name, columns } }) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: name ?? null,
      type: "unique",
      ...(name === undefined ? { columns } : {}),
    }),
  ],
  apply(schema, { table, unique }) {
    tableOf(schema, table, "createUniqueConstraint");
    return editTable(schema, table, (found) => ({ ...found, uniques: [...found.uniques, unique] }));
  },
  compile: ({ table, unique }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} ADD ${uniqueDefinition(writer, unique)}`, [{
      kind: "mayFail",
      reason: `"${displayName(table)}" may have rows that are equal in ${unique.columns.join(", ")}`,
    }]),
  ],
};
