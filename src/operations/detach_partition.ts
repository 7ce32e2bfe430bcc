import { statement } from "../ddl/statement.ts";
import { compact, displayName, findTable } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { fromName, invalid, type Name, tableOf, toName } from "./arguments.ts";
import type { AttachPartition } from "./attach_partition.ts";
import { detached } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** How `op.detachPartition` detaches. */
export interface DetachPartitionOptions {
  /** Without blocking those who read and write; runs outside a transaction. */
  readonly concurrently?: boolean;
  /** Ends a concurrent detach that was interrupted. */
  readonly finalize?: boolean;
}

/** The data of `op.detachPartition`. */
export interface DetachPartition extends DetachPartitionOptions {
  readonly kind: "detachPartition";
  /** The partitioned table. */
  readonly table: ObjectName;
  readonly partition: ObjectName;
}

function boundOf(schema: Schema, partition: ObjectName): string | undefined {
  return findTable(schema, partition)?.partitionOf?.bound;
}

/**
 * Makes a partition a table of its own (PostgreSQL); its rows stay in it.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.detachPartition("events", "events_2020", { concurrently: true });
 * }
 * ```
 */
export const detachPartition: OperationType<
  DetachPartition,
  [table: Name, partition: Name, options?: DetachPartitionOptions]
> = {
  kind: "detachPartition",
  create(table, partition, { concurrently, finalize } = {}) {
    if (concurrently && finalize) {
      throw invalid("detachPartition", "a detach is either begun (concurrently) or ended (finalize), not both");
    }
    return {
      ...compact<DetachPartitionOptions>({ concurrently, finalize }),
      kind: "detachPartition",
      table: toName("detachPartition", table),
      partition: toName("detachPartition", partition),
    };
  },
  args({ kind: _, table, partition, ...options }) {
    const names = [fromName(table), fromName(partition)] as const;
    return Object.keys(options).length === 0 ? [...names] : [...names, options];
  },
  reverse({ table, partition }, before) {
    const bound = boundOf(before, partition);
    return bound === undefined ? null : [data<AttachPartition>({ kind: "attachPartition", table, partition, bound })];
  },
  apply(schema, { table, partition }) {
    const [parent, child] = [
      tableOf(schema, table, "detachPartition"),
      tableOf(schema, partition, "detachPartition"),
    ];
    if (child.partitionOf?.table !== parent.name || child.partitionOf.schema !== parent.schema) {
      throw invalid("detachPartition", `"${displayName(partition)}" is no partition of "${displayName(table)}"`);
    }
    return detached(schema, parent, child);
  },
  compile({ table, partition, concurrently, finalize }, { writer }) {
    const sql = `ALTER TABLE ${writer.name(table)} DETACH PARTITION ${writer.name(partition)}` +
      (concurrently ? " CONCURRENTLY" : "") + (finalize ? " FINALIZE" : "");
    return [concurrently ? { sql, transactional: false } : statement(sql)];
  },
};
