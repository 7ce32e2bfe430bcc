import { statement } from "../ddl/statement.ts";
import { displayName, nameOf, sameName } from "../schema/edit.ts";
import type { Index, ObjectName, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameIndex`. */
export interface RenameIndex {
  readonly kind: "renameIndex";
  readonly name: string;
  /** The table that the index is on: its schema is the index's. */
  readonly table: ObjectName;
  readonly newName: string;
}

/** The table with an index renamed where it is named as the replica identity, or as what `CLUSTER` sorts by. */
export function renamedIndexUse(table: Table, from: string, to: string): Table {
  const { replicaIdentity, clusteredOn } = table;
  return {
    ...table,
    ...(typeof replicaIdentity === "object" && replicaIdentity.index === from
      ? { replicaIdentity: { index: to } }
      : {}),
    ...(clusteredOn === from ? { clusteredOn: to } : {}),
  };
}

/**
 * Gives an index another name.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameIndex("posts_slug_idx", "posts", "posts_slug_key");
 * }
 * ```
 */
export const renameIndex: OperationType<RenameIndex, [name: string, table: Name, newName: string]> = {
  kind: "renameIndex",
  create(name, table, newName) {
    requireName("renameIndex", name);
    requireName("renameIndex", newName);
    return { kind: "renameIndex", name, table: toName("renameIndex", table), newName };
  },
  args: ({ name, table, newName }) => [name, fromName(table), newName],
  reverse: ({ name, table, newName }) => [
    data<RenameIndex>({ kind: "renameIndex", name: newName, table, newName: name }),
  ],
  apply(schema, { name, table, newName }) {
    const { indexes } = tableOf(schema, table, "renameIndex");
    if (!indexes.some((index) => index.name === name)) {
      throw invalid("renameIndex", `"${displayName(table)}" has no index "${name}"`);
    }
    if (indexes.some((index) => index.name === newName)) {
      throw invalid("renameIndex", `"${displayName(table)}" has an index "${newName}" already`);
    }
    const from: ObjectName = nameOf({ ...table, name });
    const to: ObjectName = nameOf({ ...table, name: newName });
    const follow = (index: Index): Index =>
      index.partOf !== undefined && sameName(index.partOf, from) ? { ...index, partOf: to } : index;
    const own = (found: Table): Table =>
      renamedIndexUse(
        { ...found, indexes: found.indexes.map((each) => each.name === name ? { ...each, name: newName } : each) },
        name,
        newName,
      );
    return {
      ...schema,
      tables: schema.tables.map((each) => {
        const changed = sameName(each, table) ? own(each) : each;
        return { ...changed, indexes: changed.indexes.map(follow) };
      }),
    };
  },
  compile: ({ name, table, newName }, { writer }) => [
    statement(
      `ALTER INDEX ${writer.name(nameOf({ ...table, name }))} RENAME TO ${writer.identifier(newName)}`,
    ),
  ],
};
