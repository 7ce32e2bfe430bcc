import { statement } from "../ddl/statement.ts";
import { displayName, nameOf } from "../schema/edit.ts";
import type { Index, ObjectName, Schema, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { isPartOf } from "./inheritance.ts";
import type { OperationType } from "./operation.ts";

/** The data of `op.attachIndex`. */
export interface AttachIndex {
  readonly kind: "attachIndex";
  /** The index of the partitioned table. */
  readonly index: ObjectName;
  /** The index of the partition. */
  readonly partition: ObjectName;
}

function tableWith(schema: Schema, index: ObjectName): Table {
  const found = schema.tables.find((table) =>
    table.schema === index.schema && table.indexes.some(({ name }) => name === index.name)
  );
  if (found === undefined) throw invalid("attachIndex", `there is no index "${displayName(index)}"`);
  return found;
}

const editIndex = (schema: Schema, of: Table, name: string, edit: (index: Index) => Index): Schema => ({
  ...schema,
  tables: schema.tables.map((table) =>
    table.name === of.name && table.schema === of.schema
      ? { ...table, indexes: table.indexes.map((index) => index.name === name ? edit(index) : index) }
      : table
  ),
});

/** An index that every partition has a part of is used from then on. */
function completed(schema: Schema, parent: Table, index: ObjectName): Schema {
  const partitions = schema.tables.filter((table) => isPartOf(table, parent));
  const all = partitions.every(({ indexes }) =>
    indexes.some(({ partOf }) => partOf?.name === index.name && partOf.schema === index.schema)
  );
  if (!all) return schema;
  return editIndex(schema, parent, index.name, ({ invalid: _, ...rest }) => rest);
}

/**
 * Makes the index of a partition a part of the partitioned table's (PostgreSQL). With it an index is built without
 * blocking writes: on the partitioned table with `only`, on each partition with `concurrently`, and then attached.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createIndex("events_at_idx", "events", ["at"], { only: true });
 *   op.createIndex("events_2026_at_idx", "events_2026", ["at"], { concurrently: true });
 *   op.attachIndex("events_at_idx", "events_2026_at_idx");
 * }
 * ```
 */
export const attachIndex: OperationType<AttachIndex, [index: Name, partition: Name]> = {
  kind: "attachIndex",
  create: (index, partition) => ({
    kind: "attachIndex",
    index: toName("attachIndex", index),
    partition: toName("attachIndex", partition),
  }),
  args: ({ index, partition }) => [fromName(index), fromName(partition)],
  // PostgreSQL has no words for it: the index can only be dropped with the one that it is a part of.
  reverse: () => null,
  apply(schema, { index, partition }) {
    const [parent, child] = [tableWith(schema, index), tableWith(schema, partition)];
    const partOf = nameOf(index);
    const attached = editIndex(schema, child, partition.name, (each) => ({ ...each, partOf }));
    return completed(attached, parent, index);
  },
  compile: ({ index, partition }, { writer }) => [
    statement(`ALTER INDEX ${writer.name(index)} ATTACH PARTITION ${writer.name(partition)}`),
  ],
};
