import { statement } from "../ddl/statement.ts";
import { compact, compareText } from "../schema/edit.ts";
import type { Extension } from "../schema/objects.ts";
import { invalid, requireName } from "./arguments.ts";
import type { DropExtension } from "./drop_extension.ts";
import { withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createExtension` takes beside the name. */
export interface ExtensionOptions extends Omit<Extension, "name"> {
  readonly ifNotExists?: boolean;
}

/** The data of `op.createExtension`. */
export interface CreateExtension {
  readonly kind: "createExtension";
  readonly extension: Extension;
  readonly ifNotExists?: boolean;
}

/**
 * Adds an extension to the database (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createExtension("pg_trgm", { ifNotExists: true });
 * }
 * ```
 */
export const createExtension: OperationType<CreateExtension, [name: string, options?: ExtensionOptions]> = {
  kind: "createExtension",
  create(name, { ifNotExists, schema, version } = {}) {
    requireName("createExtension", name);
    const extension = compact<Extension>({ name, schema, version });
    return compact<CreateExtension>({ kind: "createExtension", extension, ifNotExists });
  },
  args: ({ extension: { name, ...options }, ifNotExists }) =>
    withOptions([name] as const, compact<ExtensionOptions>({ ...options, ifNotExists })),
  reverse: ({ extension: { name } }) => [data<DropExtension>({ kind: "dropExtension", name })],
  apply(schema, { extension, ifNotExists }) {
    if (schema.extensions.some(({ name }) => name === extension.name)) {
      if (ifNotExists) return schema;
      throw invalid("createExtension", `there is an extension "${extension.name}" already`);
    }
    const extensions = [...schema.extensions, extension].sort((a, b) => compareText(a.name, b.name));
    return { ...schema, extensions };
  },
  compile: ({ extension: { name, schema, version }, ifNotExists }, { writer }) => [
    statement(
      [
        `CREATE EXTENSION ${ifNotExists ? "IF NOT EXISTS " : ""}${writer.identifier(name)}`,
        ...(schema === undefined ? [] : [`SCHEMA ${writer.identifier(schema)}`]),
        ...(version === undefined ? [] : [`VERSION ${writer.literal(version)}`]),
      ].join(" "),
    ),
  ],
};
