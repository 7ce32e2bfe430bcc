import { statement } from "../ddl/statement.ts";
import { compareText } from "../schema/edit.ts";
import { invalid, requireName } from "./arguments.ts";
import type { DropSchema } from "./drop_schema.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createSchema` takes beside the name. */
export interface CreateSchemaOptions {
  readonly ifNotExists?: boolean;
}

/** The data of `op.createSchema`. */
export interface CreateSchema extends CreateSchemaOptions {
  readonly kind: "createSchema";
  readonly name: string;
}

/**
 * Makes a schema, the namespace (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createSchema("billing");
 * }
 * ```
 */
export const createSchema: OperationType<CreateSchema, [name: string, options?: CreateSchemaOptions]> = {
  kind: "createSchema",
  create(name, { ifNotExists } = {}) {
    requireName("createSchema", name);
    return { kind: "createSchema", name, ...(ifNotExists === undefined ? {} : { ifNotExists }) };
  },
  args: ({ name, ifNotExists }) => ifNotExists === undefined ? [name] : [name, { ifNotExists }],
  reverse: ({ name }) => [data<DropSchema>({ kind: "dropSchema", name })],
  apply(schema, { name, ifNotExists }) {
    if (schema.schemas.includes(name)) {
      if (ifNotExists) return schema;
      throw invalid("createSchema", `there is a schema "${name}" already`);
    }
    return { ...schema, schemas: [...schema.schemas, name].sort(compareText) };
  },
  compile: ({ name, ifNotExists }, { writer }) => [
    statement(`CREATE SCHEMA ${ifNotExists ? "IF NOT EXISTS " : ""}${writer.identifier(name)}`),
  ],
};
