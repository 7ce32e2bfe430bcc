import { statement } from "../ddl/statement.ts";
import { collationName, type SqlWriter } from "../ddl/writer.ts";
import { nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { CompositeType } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, requireSql, toName } from "./arguments.ts";
import type { DropType } from "./drop_type.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** One field of a composite type. */
export type Attribute = CompositeType["attributes"][number];

/** The data of `op.createCompositeType`. */
export interface CreateCompositeType {
  readonly kind: "createCompositeType";
  readonly compositeType: CompositeType;
}

/** The composite types of a schema. */
export const compositeTypesOf = ({ compositeTypes }: Schema): Listed<CompositeType> => ({
  list: compositeTypes,
  ref: (type) => refTo("type", type),
});

/** A field as `CREATE TYPE` and `ADD ATTRIBUTE` take it. */
export function attributeSql(writer: SqlWriter, { name, type, collation }: Attribute): string {
  return `${writer.identifier(name)} ${type}${
    collation === undefined ? "" : ` COLLATE ${collationName(writer, collation)}`
  }`;
}

/** Throws `OPERATION_INVALID` for a field without a name or a type. */
export function requireAttributes(kind: string, attributes: readonly Attribute[]): void {
  if (!Array.isArray(attributes)) throw invalid(kind, "the attributes are a list");
  for (const [index, { name, type }] of (attributes as readonly Attribute[]).entries()) {
    requireName(kind, name);
    if (typeof type !== "string") throw invalid(kind, `the attribute "${name}" has no type`);
    requireSql(kind, `the type of "${name}"`, type);
    if (attributes.findIndex((each) => each.name === name) !== index) {
      throw invalid(kind, `the attribute "${name}" stands twice`);
    }
  }
}

/**
 * Makes a composite type (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createCompositeType("address", [{ name: "street", type: "text" }, { name: "zip", type: "varchar(10)" }]);
 * }
 * ```
 */
export const createCompositeType: OperationType<
  CreateCompositeType,
  [name: Name, attributes: readonly Attribute[]]
> = {
  kind: "createCompositeType",
  create(name, attributes) {
    requireAttributes("createCompositeType", attributes);
    const compositeType = { ...toName("createCompositeType", name), attributes };
    return { kind: "createCompositeType", compositeType };
  },
  args: ({ compositeType }) => [fromName(compositeType), compositeType.attributes],
  reverse: ({ compositeType }) => [data<DropType>({ kind: "dropType", type: nameOf(compositeType) })],
  apply: (schema, { compositeType }) => ({
    ...schema,
    compositeTypes: put("createCompositeType", compositeTypesOf(schema), compositeType),
  }),
  compile: ({ compositeType }, { writer }) => [
    statement(
      `CREATE TYPE ${writer.name(nameOf(compositeType))} AS (${
        compositeType.attributes.map((attribute) => attributeSql(writer, attribute)).join(", ")
      })`,
    ),
  ],
};
