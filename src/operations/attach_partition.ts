import { statement } from "../ddl/statement.ts";
import { displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, requireSql, tableOf, toName } from "./arguments.ts";
import type { DetachPartition } from "./detach_partition.ts";
import { attached } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.attachPartition`. */
export interface AttachPartition {
  readonly kind: "attachPartition";
  /** The partitioned table. */
  readonly table: ObjectName;
  readonly partition: ObjectName;
  /** `"FOR VALUES FROM (1) TO (10)"`, `"DEFAULT"`. */
  readonly bound: string;
}

/**
 * Makes a table that is there a partition of a partitioned table (PostgreSQL). Its columns have to be the same.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.attachPartition("events", "events_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
 * }
 * ```
 */
export const attachPartition: OperationType<AttachPartition, [table: Name, partition: Name, bound: string]> = {
  kind: "attachPartition",
  create(table, partition, bound) {
    if (typeof bound !== "string" || bound.trim() === "") throw invalid("attachPartition", "the bound is missing");
    requireSql("attachPartition", "the bound", bound);
    return {
      kind: "attachPartition",
      table: toName("attachPartition", table),
      partition: toName("attachPartition", partition),
      bound,
    };
  },
  args: ({ table, partition, bound }) => [fromName(table), fromName(partition), bound],
  reverse: ({ table, partition }) => [data<DetachPartition>({ kind: "detachPartition", table, partition })],
  apply(schema, { table, partition, bound }) {
    const [parent, child] = [
      tableOf(schema, table, "attachPartition"),
      tableOf(schema, partition, "attachPartition"),
    ];
    if (parent.partitionBy === undefined) {
      throw invalid("attachPartition", `"${displayName(table)}" is not partitioned`);
    }
    if (child.partitionOf !== undefined) {
      throw invalid("attachPartition", `"${displayName(partition)}" is a partition already`);
    }
    return attached(schema, parent, child, bound);
  },
  compile: ({ table, partition, bound }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} ATTACH PARTITION ${writer.name(partition)} ${bound}`),
  ],
};
