import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import { invalid, requireName } from "./arguments.ts";
import type { CreateExtension } from "./create_extension.ts";
import { type DropOptions, dropSql, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropExtension`. */
export interface DropExtension extends DropOptions {
  readonly kind: "dropExtension";
  readonly name: string;
}

/**
 * Takes an extension out of the database (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropExtension("pg_trgm");
 * }
 * ```
 */
export const dropExtension: OperationType<DropExtension, [name: string, options?: DropOptions]> = {
  kind: "dropExtension",
  create(name, { ifExists, cascade } = {}) {
    requireName("dropExtension", name);
    return compact<DropExtension>({ kind: "dropExtension", name, ifExists, cascade });
  },
  args: ({ name, ifExists, cascade }) => withOptions([name] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ name }, before) {
    const extension = before.extensions.find((each) => each.name === name);
    return extension === undefined ? null : [data<CreateExtension>({ kind: "createExtension", extension })];
  },
  apply(schema, { name, ifExists }) {
    if (!ifExists && !schema.extensions.some((each) => each.name === name)) {
      throw invalid("dropExtension", `there is no extension "${name}"`);
    }
    return { ...schema, extensions: schema.extensions.filter((each) => each.name !== name) };
  },
  compile: ({ name, ...options }, { writer }) => [statement(
    dropSql("EXTENSION", writer.identifier(name), options),
    options.cascade ? [{ kind: "deletesData", reason: `Every column of a type of "${name}" is dropped` }] : [],
  )],
};
