/**
 * The indexes that a table has chosen, to be sorted by and to be known by where it is replicated. A choice goes with
 * its index.
 *
 * @module
 */
import { compact, editTable, findTable } from "../schema/edit.ts";
import type { ObjectName, Schema, Table } from "../schema/model.ts";
import type { AlterTable } from "./alter_table.ts";
import { type AnyOperation, data } from "./operation.ts";

const identifies = ({ replicaIdentity: identity }: Table, index: string): boolean =>
  typeof identity === "object" && identity.index === index;

/** A table without what it has chosen an index for. */
export function withoutChoice(table: Table, index: string): Table {
  const { clusteredOn, replicaIdentity, ...rest } = table;
  return compact<Table>({
    ...rest,
    clusteredOn: clusteredOn === index ? undefined : clusteredOn,
    replicaIdentity: identifies(table, index) ? undefined : replicaIdentity,
  });
}

/** The schema in which a table has not chosen an index. */
export function unchosen(schema: Schema, table: ObjectName, index: string): Schema {
  return editTable(schema, table, (found) => withoutChoice(found, index));
}

/** The operation that chooses an index again, where a table has chosen it. */
export function chosenAgain(schema: Schema, table: ObjectName, index: string): readonly AnyOperation[] {
  const found = findTable(schema, table);
  if (found === undefined) return [];
  const changes = compact<AlterTable["changes"]>({
    clusteredOn: found.clusteredOn === index ? index : undefined,
    replicaIdentity: identifies(found, index) ? { index } : undefined,
  });
  return Object.keys(changes).length === 0 ? [] : [data<AlterTable>({ kind: "alterTable", table, changes })];
}
