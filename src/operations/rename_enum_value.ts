import { statement } from "../ddl/statement.ts";
import { namesType, renameLiteralInSql } from "../ddl/rename_in_sql.ts";
import { displayName, findNamed, withNamed } from "../schema/edit.ts";
import type { Column, ObjectName, Schema } from "../schema/model.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { mapSql } from "./map_sql.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameEnumValue`. */
export interface RenameEnumValue {
  readonly kind: "renameEnumValue";
  readonly type: ObjectName;
  readonly value: string;
  readonly newValue: string;
  /** What a reader of the revision should know: a comment before it. */
  readonly note?: string;
}

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The schema in which a value of an enum is written as another one in defaults and expressions; not in the enum. */
export function withValue(schema: Schema, type: ObjectName, from: string, to: string): Schema {
  const used = mapSql(schema, (text, role) => role === "expression" ? renameLiteralInSql(text, type, from, to) : text);
  // A default is written without the cast to the column's own type.
  const withDefault = <T extends { readonly type: string; readonly default?: string }>(each: T): T =>
    each.default === literal(from) && namesType(each.type, type) ? { ...each, default: literal(to) } : each;
  return {
    ...used,
    tables: used.tables.map((table) => ({ ...table, columns: table.columns.map<Column>(withDefault) })),
    domains: used.domains.map(withDefault),
  };
}

/**
 * Gives a value of an enumerated type another name; the rows that hold it follow (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameEnumValue("post_status", "review", "in review");
 * }
 * ```
 */
export const renameEnumValue: OperationType<RenameEnumValue, [type: Name, value: string, newValue: string]> = {
  kind: "renameEnumValue",
  create(type, value, newValue) {
    if (typeof value !== "string" || typeof newValue !== "string") {
      throw invalid("renameEnumValue", "the values are texts");
    }
    return { kind: "renameEnumValue", type: toName("renameEnumValue", type), value, newValue };
  },
  args: ({ type, value, newValue }) => [fromName(type), value, newValue],
  reverse: ({ type, value, newValue }) => [
    data<RenameEnumValue>({ kind: "renameEnumValue", type, value: newValue, newValue: value }),
  ],
  apply(schema, { type, value, newValue }) {
    const found = findNamed(schema.enums, type);
    if (found === undefined) throw invalid("renameEnumValue", `there is no enum "${displayName(type)}"`);
    if (!found.values.includes(value)) {
      throw invalid("renameEnumValue", `"${displayName(type)}" has no value "${value}"`);
    }
    if (found.values.includes(newValue)) {
      throw invalid("renameEnumValue", `"${displayName(type)}" has a value "${newValue}" already`);
    }
    const values = found.values.map((each) => each === value ? newValue : each);
    return { ...withValue(schema, type, value, newValue), enums: withNamed(schema.enums, { ...found, values }) };
  },
  compile: ({ type, value, newValue }, { writer }) => [
    statement(`ALTER TYPE ${writer.name(type)} RENAME VALUE ${writer.literal(value)} TO ${writer.literal(newValue)}`),
  ],
};
