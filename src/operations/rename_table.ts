import { statement } from "../ddl/statement.ts";
import { displayName, findTable, nameOf, sameName, withNamed, withoutNamed } from "../schema/edit.ts";
import type { ForeignKey, ObjectName, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameTable`. */
export interface RenameTable {
  readonly kind: "renameTable";
  readonly table: ObjectName;
  readonly newName: string;
}

function renameReferences(table: Table, from: ObjectName, to: ObjectName): Table {
  const rename = (key: ForeignKey): ForeignKey => {
    const { columns, ...target } = key.references;
    const refersToIt = target.table === from.name && target.schema === from.schema;
    return refersToIt ? { ...key, references: { ...key.references, table: to.name, columns } } : key;
  };
  return { ...table, foreignKeys: table.foreignKeys.map(rename) };
}

/**
 * Gives a table another name; rows, indexes and keys stay.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameTable("user", "users");
 * }
 * ```
 */
export const renameTable: OperationType<RenameTable, [name: Name, newName: string]> = {
  kind: "renameTable",
  create(name, newName) {
    requireName("renameTable", newName);
    return { kind: "renameTable", table: toName("renameTable", name), newName };
  },
  args: ({ table, newName }) => [fromName(table), newName],
  reverse: ({ table, newName }) => [
    data<RenameTable>({ kind: "renameTable", table: nameOf({ ...table, name: newName }), newName: table.name }),
  ],
  apply(schema, { table, newName }) {
    const found = tableOf(schema, table, "renameTable");
    const renamed: Table = { ...found, name: newName };
    if (findTable(schema, renamed) !== undefined) {
      throw invalid("renameTable", `there is a table "${displayName(renamed)}" already`);
    }
    const tables = withNamed(withoutNamed(schema.tables, table), renamed);
    const triggers = schema.triggers.map((trigger) =>
      sameName({ ...nameOf(trigger), name: trigger.table }, table) ? { ...trigger, table: newName } : trigger
    );
    return { ...schema, tables: tables.map((each) => renameReferences(each, table, renamed)), triggers };
  },
  compile: ({ table, newName }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} RENAME TO ${writer.identifier(newName)}`),
  ],
};
