/**
 * Columns on both sides of a foreign key that get another type: while one has it and the other does not, the key cannot
 * be. So neighbouring changes of types are written together, and the key goes before the first and comes back after the
 * last of them.
 *
 * @module
 */
import { type Statement, statement } from "../../ddl/statement.ts";
import type { AlterColumn } from "../../operations/alter_column.ts";
import type { CreateForeignKey } from "../../operations/create_foreign_key.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { applyOperation, flatten, type Operation } from "../../operations/registry.ts";
import { displayName, findColumn, findTable, nameOf, sameName } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import { referenced } from "../../schema/order.ts";
import { integerOfSerial, typeParts } from "./types.ts";
import { writer } from "./writer.ts";

/** Types that a foreign key may have on its two sides, one each. */
const FAMILIES: readonly (readonly string[])[] = [
  ["smallint", "integer", "bigint"],
  ["text", "varchar"],
  ["real", "double precision"],
];

function comparable(a: string, b: string): boolean {
  const [one, other] = [a, b].map((type) => typeParts(integerOfSerial(type) ?? type).base) as [string, string];
  return one === other || FAMILIES.some((family) => family.includes(one) && family.includes(other));
}

const isRetype = (operation: Operation | undefined): operation is AlterColumn =>
  operation?.kind === "alterColumn" && operation.changes.type !== undefined && operation.changes.newName === undefined;

/** Puts neighbouring changes of types together. Of a batch, each operation is as it would be without. */
export function group(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = [];
  for (const operation of flatten(operations)) {
    const current = groups.at(-1);
    if (current !== undefined && isRetype(current.at(-1)) && isRetype(operation)) current.push(operation);
    else groups.push([operation]);
  }
  return groups;
}

/** The foreign keys whose two sides have types, after one of the changes and before another, that cannot be compared. */
function brokenKeys(changes: readonly AlterColumn[], before: Schema): readonly CreateForeignKey[] {
  if (changes.length === 0) return [];
  const newType = (table: ObjectName, column: string): string | undefined =>
    changes.find((each) => sameName(each.table, table) && each.column === column)?.changes.type;
  const oldType = (table: ObjectName, column: string): string | undefined => {
    const found = findTable(before, table);
    return found === undefined ? undefined : findColumn(found, column)?.type;
  };
  return before.tables.flatMap((table) =>
    table.foreignKeys.filter((key) =>
      key.columns.some((column, index) => {
        const [target, other] = [referenced(key), key.references.columns[index] ?? ""];
        const [from, to] = [newType(table, column), newType(target, other)];
        if (from === undefined || to === undefined) return false;
        const [fromOld, toOld] = [oldType(table, column), oldType(target, other)];
        if (fromOld === undefined || toOld === undefined) return false;
        return comparable(from, to) && (!comparable(from, toOld) || !comparable(fromOld, to));
      })
    ).map((key): CreateForeignKey => ({ kind: "createForeignKey", table: nameOf(table), key }))
  );
}

/**
 * Writes a group of changes of types.
 *
 * @param one writes one operation
 */
export function compileRetypes(
  changes: readonly Operation[],
  context: CompileContext,
  one: (operation: Operation, context: CompileContext) => readonly Statement[],
): readonly Statement[] {
  const keys = brokenKeys(changes.filter(isRetype), context.before);
  const drop = ({ table, key }: CreateForeignKey): Statement =>
    statement(`ALTER TABLE ${writer.name(table)} DROP CONSTRAINT ${writer.identifier(nameOfKey(table, key))}`);
  let before = context.before;
  const written = changes.flatMap((operation) => {
    const statements = one(operation, { ...context, before });
    before = changes.length === 1 ? before : applyOperation(before, operation);
    return statements;
  });
  return [...keys.map(drop), ...written, ...keys.flatMap((key) => one(key, context))];
}

function nameOfKey(table: ObjectName, { name, columns }: CreateForeignKey["key"]): string {
  return name ?? `${displayName({ name: table.name })}_${columns.join("_")}_fkey`;
}
