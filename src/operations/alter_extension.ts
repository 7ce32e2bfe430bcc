import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { Extension } from "../schema/objects.ts";
import { invalid, requireName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** What of an extension `op.alterExtension` changes. */
export interface ExtensionChanges {
  /** The version to go to; null means the newest that is installed. */
  readonly version?: string | null;
  readonly schema?: string;
}

/** The data of `op.alterExtension`. */
export interface AlterExtension {
  readonly kind: "alterExtension";
  readonly name: string;
  readonly changes: ExtensionChanges;
}

/**
 * Brings an extension to another version, or into another schema (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterExtension("pg_trgm", { version: "1.6" });
 * }
 * ```
 */
export const alterExtension: OperationType<AlterExtension, [name: string, changes: ExtensionChanges]> = {
  kind: "alterExtension",
  create(name, changes) {
    requireName("alterExtension", name);
    const all = compact<ExtensionChanges>({ ...changes });
    if (Object.keys(all).length === 0) throw invalid("alterExtension", "nothing is changed");
    return { kind: "alterExtension", name, changes: all };
  },
  args: ({ name, changes }) => [name, changes],
  reverse({ name, changes }, before) {
    const old = before.extensions.find((each) => each.name === name);
    if (old === undefined || (changes.version !== undefined && old.version === undefined)) return null;
    const back = compact<ExtensionChanges>({
      version: changes.version === undefined ? undefined : old.version,
      schema: changes.schema === undefined ? undefined : old.schema ?? "public",
    });
    return [data<AlterExtension>({ kind: "alterExtension", name, changes: back })];
  },
  apply(schema, { name, changes }) {
    if (!schema.extensions.some((each) => each.name === name)) {
      throw invalid("alterExtension", `there is no extension "${name}"`);
    }
    const changed = (old: Extension): Extension =>
      compact<Extension>({
        name,
        schema: changes.schema ?? old.schema,
        version: changes.version === undefined ? old.version : changes.version ?? undefined,
      });
    return { ...schema, extensions: schema.extensions.map((each) => each.name === name ? changed(each) : each) };
  },
  compile({ name, changes: { version, schema } }, { writer }) {
    const alter = `ALTER EXTENSION ${writer.identifier(name)}`;
    return [
      ...(version === undefined
        ? []
        : [statement(`${alter} UPDATE${version === null ? "" : ` TO ${writer.literal(version)}`}`)]),
      ...(schema === undefined ? [] : [statement(`${alter} SET SCHEMA ${writer.identifier(schema)}`)]),
    ];
  },
};
