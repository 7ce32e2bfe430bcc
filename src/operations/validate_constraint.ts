import { statement } from "../ddl/statement.ts";
import { displayName, editTable, findTable } from "../schema/edit.ts";
import type { CheckConstraint, ForeignKey, ObjectName, Table } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import type { CreateCheckConstraint } from "./create_check_constraint.ts";
import type { CreateForeignKey } from "./create_foreign_key.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";

/** The data of `op.validateConstraint`. */
export interface ValidateConstraint {
  readonly kind: "validateConstraint";
  readonly name: string;
  readonly table: ObjectName;
}

function validated<T extends CheckConstraint | ForeignKey>(list: readonly T[], name: string): readonly T[] {
  return list.map((each) => {
    if (each.name !== name) return each;
    const { notValid: _, ...rest } = each;
    return rest as T;
  });
}

function reverseOf(name: string, table: Table, target: ObjectName): readonly AnyOperation[] {
  const key = table.foreignKeys.find((each) => each.name === name && each.notValid);
  const check = table.checks.find((each) => each.name === name && each.notValid);
  if (key === undefined && check === undefined) return [];
  const type = key === undefined ? "check" : "foreignKey";
  return [
    data<DropConstraint>({ kind: "dropConstraint", name, table: target, type }),
    ...(key === undefined ? [] : [data<CreateForeignKey>({ kind: "createForeignKey", table: target, key })]),
    ...(check === undefined
      ? []
      : [data<CreateCheckConstraint>({ kind: "createCheckConstraint", table: target, check })]),
  ];
}

/**
 * Checks the rows that were there when a check or a foreign key was added with `notValid` (PostgreSQL). Others can read
 * and write meanwhile; in a revision of its own, so that no other lock is held for as long.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.validateConstraint("posts_author_id_fkey", "posts");
 * }
 * ```
 */
export const validateConstraint: OperationType<ValidateConstraint, [name: string, table: Name]> = {
  kind: "validateConstraint",
  create(name, table) {
    requireName("validateConstraint", name);
    return { kind: "validateConstraint", name, table: toName("validateConstraint", table) };
  },
  args: ({ name, table }) => [name, fromName(table)],
  reverse({ name, table }, before) {
    const found = findTable(before, table);
    return found === undefined ? null : reverseOf(name, found, table);
  },
  apply(schema, { name, table }) {
    const { checks, foreignKeys } = tableOf(schema, table, "validateConstraint");
    if (![...checks, ...foreignKeys].some((each) => each.name === name)) {
      throw invalid("validateConstraint", `"${displayName(table)}" has no check or foreign key "${name}"`);
    }
    return editTable(schema, table, (found) => ({
      ...found,
      checks: validated(found.checks, name),
      foreignKeys: validated(found.foreignKeys, name),
    }));
  },
  compile: ({ name, table }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} VALIDATE CONSTRAINT ${writer.identifier(name)}`),
  ],
};
