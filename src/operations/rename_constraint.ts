import { statement } from "../ddl/statement.ts";
import { displayName, editTable } from "../schema/edit.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";
import { renamedIndexUse } from "./rename_index.ts";

/** The data of `op.renameConstraint`. */
export interface RenameConstraint {
  readonly kind: "renameConstraint";
  readonly name: string;
  readonly table: ObjectName;
  readonly newName: string;
}

type Named = { readonly name?: string };

const constraintsOf = ({ primaryKey, uniques, foreignKeys, checks, exclusions = [] }: Table): readonly Named[] => [
  ...(primaryKey === undefined ? [] : [primaryKey]),
  ...uniques,
  ...foreignKeys,
  ...checks,
  ...exclusions,
];

function renamed(table: Table, from: string, to: string): Table {
  const rename = <T extends Named>(each: T): T => each.name === from ? { ...each, name: to } : each;
  return renamedIndexUse(
    {
      ...table,
      ...(table.primaryKey === undefined ? {} : { primaryKey: rename(table.primaryKey) }),
      uniques: table.uniques.map(rename),
      foreignKeys: table.foreignKeys.map(rename),
      checks: table.checks.map(rename),
      ...(table.exclusions === undefined ? {} : { exclusions: table.exclusions.map(rename) }),
    },
    from,
    to,
  );
}

/**
 * Gives a constraint another name.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameConstraint("users_email_key", "users", "users_email_unique");
 * }
 * ```
 */
export const renameConstraint: OperationType<RenameConstraint, [name: string, table: Name, newName: string]> = {
  kind: "renameConstraint",
  create(name, table, newName) {
    requireName("renameConstraint", name);
    requireName("renameConstraint", newName);
    return { kind: "renameConstraint", name, table: toName("renameConstraint", table), newName };
  },
  args: ({ name, table, newName }) => [name, fromName(table), newName],
  reverse: ({ name, table, newName }) => [
    data<RenameConstraint>({ kind: "renameConstraint", name: newName, table, newName: name }),
  ],
  apply(schema, { name, table, newName }) {
    const names = constraintsOf(tableOf(schema, table, "renameConstraint")).map((each) => each.name);
    if (!names.includes(name)) {
      throw invalid("renameConstraint", `"${displayName(table)}" has no constraint "${name}"`);
    }
    if (names.includes(newName)) {
      throw invalid("renameConstraint", `"${displayName(table)}" has a constraint "${newName}" already`);
    }
    return editTable(schema, table, (found) => renamed(found, name, newName));
  },
  compile: ({ name, table, newName }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} RENAME CONSTRAINT ${writer.identifier(name)} TO ${writer.identifier(newName)}`,
    ),
  ],
};
