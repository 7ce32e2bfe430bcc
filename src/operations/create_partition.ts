import { compact } from "../schema/edit.ts";
import type { Table } from "../schema/model.ts";
import { invalid, type Name, toName } from "./arguments.ts";
import { type CreateTable, createTable, type TableOptions, type TableParts, toTable } from "./create_table.ts";
import type { OperationType } from "./operation.ts";

/** What `op.createPartition` takes beside the name. */
export interface PartitionInput extends TableParts, Omit<TableOptions, "partitionOf" | "inherits"> {
  /** The partitioned table. */
  readonly of: Name;
  /** Which rows: `"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"`, `"FOR VALUES IN ('de')"`, `"DEFAULT"`. */
  readonly bound: string;
  readonly ifNotExists?: boolean;
}

/**
 * Makes a partition of a partitioned table (PostgreSQL); its columns, keys and indexes are its parent's.
 *
 * It is recorded as `op.createTable` with `partitionOf`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createPartition("events_2026", { of: "events", bound: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')" });
 * }
 * ```
 */
export const createPartition: OperationType<CreateTable, [name: Name, partition: PartitionInput]> = {
  ...createTable as unknown as OperationType<CreateTable, [name: Name, partition: PartitionInput]>,
  create(name, { of, bound, ifNotExists, ...rest }) {
    if (typeof bound !== "string" || bound.trim() === "") throw invalid("createPartition", "the bound is missing");
    const { name: table, schema } = toName("createPartition", of);
    const partitionOf = compact<Exclude<Table["partitionOf"], undefined>>({ table, schema, bound });
    return compact<CreateTable>({
      kind: "createTable",
      table: toTable("createPartition", name, { columns: [], ...rest, partitionOf }),
      ifNotExists,
    });
  },
};
