/**
 * The order in which tables can be made: each after those that its foreign keys refer to.
 *
 * @module
 */
import { compareNames, keyOf, nameOf, sameName } from "./edit.ts";
import type { ForeignKey, ObjectName, Table } from "./model.ts";

/** A foreign key that closes a circle. */
export interface CyclicKey {
  readonly table: ObjectName;
  readonly key: ForeignKey;
}

/** Tables in an order in which they can be made. */
export interface TableOrder {
  readonly tables: readonly Table[];
  /** The foreign keys that can be made only when all tables are there. */
  readonly cyclic: readonly CyclicKey[];
}

/** The table that a foreign key refers to. */
export function referenced({ references: { table, schema } }: ForeignKey): ObjectName {
  return schema === undefined ? { name: table } : { name: table, schema };
}

/**
 * Orders tables by their foreign keys, parents first; by name where the keys leave a choice. Keys to the table itself
 * and to tables outside the list do not count.
 *
 * @returns the same tables, and the keys that close a circle among them
 */
export function orderTables(tables: readonly Table[]): TableOrder {
  const sorted = [...tables].sort(compareNames);
  const byKey = new Map(sorted.map((table) => [keyOf(table), table]));
  const ordered: Table[] = [];
  const cyclic: CyclicKey[] = [];
  const state = new Map<Table, "open" | "done">();
  const visit = (table: Table): void => {
    state.set(table, "open");
    for (const key of table.foreignKeys) {
      const parent = byKey.get(keyOf(referenced(key)));
      if (parent === undefined || sameName(parent, table)) continue;
      if (state.get(parent) === "open") cyclic.push({ table: nameOf(table), key });
      else if (!state.has(parent)) visit(parent);
    }
    state.set(table, "done");
    ordered.push(table);
  };
  for (const table of sorted) if (!state.has(table)) visit(table);
  return { tables: ordered, cyclic };
}
