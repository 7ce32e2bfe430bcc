import { statement } from "../ddl/statement.ts";
import { displayName, findNamed, withNamed } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { EnumType } from "../schema/objects.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { DropEnum } from "./drop_enum.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.createEnum`. */
export interface CreateEnum {
  readonly kind: "createEnum";
  readonly type: ObjectName;
  readonly values: readonly string[];
}

/** Throws `OPERATION_INVALID` where a list of enum values has one twice or one that is no text. */
export function requireValues(kind: string, values: readonly string[]): void {
  if (!Array.isArray(values)) throw invalid(kind, "the values are a list of texts");
  const twice = values.find((value, index) => typeof value !== "string" || values.indexOf(value) !== index);
  if (twice !== undefined) throw invalid(kind, `the value ${JSON.stringify(twice)} stands twice, or is no text`);
}

/**
 * Makes an enumerated type (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createEnum("post_status", ["draft", "published", "archived"]);
 * }
 * ```
 */
export const createEnum: OperationType<CreateEnum, [name: Name, values: readonly string[]]> = {
  kind: "createEnum",
  create(name, values) {
    requireValues("createEnum", values);
    return { kind: "createEnum", type: toName("createEnum", name), values };
  },
  args: ({ type, values }) => [fromName(type), values],
  reverse: ({ type }) => [data<DropEnum>({ kind: "dropEnum", type })],
  apply(schema, { type, values }) {
    if (findNamed(schema.enums, type) !== undefined) {
      throw invalid("createEnum", `there is an enum "${displayName(type)}" already`);
    }
    return { ...schema, enums: withNamed<EnumType>(schema.enums, { ...type, values }) };
  },
  compile: ({ type, values }, { writer }) => [
    statement(`CREATE TYPE ${writer.name(type)} AS ENUM (${values.map((value) => writer.literal(value)).join(", ")})`),
  ],
};
