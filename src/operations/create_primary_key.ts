import { primaryKeyDefinition, usingIndexDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { ObjectName, PrimaryKey } from "../schema/model.ts";
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
import { indexTaken, withoutIndex } from "./create_unique_constraint.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createPrimaryKey` takes beside name, table and columns. */
export interface PrimaryKeyOptions extends Omit<PrimaryKey, "name" | "columns"> {
  /** A unique index that is there, on the same columns: the key takes it over, and its name (PostgreSQL). */
  readonly usingIndex?: string;
}

/** The data of `op.createPrimaryKey`. */
export interface CreatePrimaryKey {
  readonly kind: "createPrimaryKey";
  readonly table: ObjectName;
  readonly key: PrimaryKey;
  readonly usingIndex?: string;
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
  [name: string | null, table: Name, columns: readonly string[], options?: PrimaryKeyOptions]
> = {
  kind: "createPrimaryKey",
  create(name, table, columns, { usingIndex, ...options } = {}) {
    requireColumns("createPrimaryKey", columns);
    return compact<CreatePrimaryKey>({
      kind: "createPrimaryKey",
      table: toName("createPrimaryKey", table),
      key: compact<PrimaryKey>({ name: name ?? undefined, columns, ...options }),
      usingIndex,
    });
  },
  args({ table, key: { name, columns, ...others }, usingIndex }) {
    const options = compact<PrimaryKeyOptions>({ ...others, usingIndex });
    const args = [name ?? null, fromName(table), columns] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, key, usingIndex }, before) => [
    data<DropConstraint>({
      kind: "dropConstraint",
      table,
      name: key.name ?? usingIndex ?? null,
      type: "primaryKey",
    }),
    ...indexTaken(before, table, usingIndex),
  ],
  apply(schema, { table, key, usingIndex }) {
    const before = tableOf(schema, table, "createPrimaryKey");
    if (before.primaryKey !== undefined) {
      throw invalid("createPrimaryKey", `"${displayName(table)}" has a primary key already`);
    }
    requireFreeName("createPrimaryKey", before, key.name);
    requireColumnsOf("createPrimaryKey", before, key.columns);
    return editTable(schema, table, (found) => ({
      ...withoutIndex(found, usingIndex, "createPrimaryKey"),
      primaryKey: usingIndex === undefined ? key : { name: usingIndex, ...key },
    }));
  },
  compile: ({ table, key, usingIndex }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} ADD ${
        usingIndex === undefined
          ? primaryKeyDefinition(writer, key)
          : usingIndexDefinition(writer, "PRIMARY KEY", key, usingIndex)
      }`,
    ),
  ],
};
