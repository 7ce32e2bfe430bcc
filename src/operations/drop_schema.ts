import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import { invalid, requireName } from "./arguments.ts";
import type { CreateSchema } from "./create_schema.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.dropSchema` takes beside the name. */
export interface DropSchemaOptions {
  readonly ifExists?: boolean;
  /** Drop everything in it too. */
  readonly cascade?: boolean;
}

/** The data of `op.dropSchema`. */
export interface DropSchema extends DropSchemaOptions {
  readonly kind: "dropSchema";
  readonly name: string;
}

/**
 * Drops a schema, the namespace (PostgreSQL). Fails where it is not empty, unless `cascade` is asked for.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropSchema("billing");
 * }
 * ```
 */
export const dropSchema: OperationType<DropSchema, [name: string, options?: DropSchemaOptions]> = {
  kind: "dropSchema",
  create(name, { ifExists, cascade } = {}) {
    requireName("dropSchema", name);
    return { ...compact<DropSchemaOptions>({ ifExists, cascade }), kind: "dropSchema", name };
  },
  args({ name, ifExists, cascade }) {
    const options = compact<DropSchemaOptions>({ ifExists, cascade });
    return Object.keys(options).length === 0 ? [name] : [name, options];
  },
  reverse: ({ name, cascade }) => cascade ? null : [data<CreateSchema>({ kind: "createSchema", name })],
  apply(schema, { name, ifExists, cascade }) {
    if (!schema.schemas.includes(name) && !ifExists) throw invalid("dropSchema", `there is no schema "${name}"`);
    const outside = <T extends { readonly schema?: string }>(list: readonly T[]): readonly T[] =>
      cascade ? list.filter((each) => each.schema !== name) : list;
    return {
      ...schema,
      schemas: schema.schemas.filter((each) => each !== name),
      enums: outside(schema.enums),
      tables: outside(schema.tables),
      views: outside(schema.views),
      triggers: outside(schema.triggers),
    };
  },
  compile: ({ name, ifExists, cascade }, { writer }) => [
    statement(
      `DROP SCHEMA ${ifExists ? "IF EXISTS " : ""}${writer.identifier(name)}${cascade ? " CASCADE" : ""}`,
      cascade ? [{ kind: "deletesData", reason: `Everything in the schema "${name}" is dropped` }] : [],
    ),
  ],
};
