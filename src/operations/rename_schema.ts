import { statement } from "../ddl/statement.ts";
import { renameSchemaInSql } from "../ddl/rename_in_sql.ts";
import { compareNames, compareText } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { invalid, requireName } from "./arguments.ts";
import { mapSql } from "./map_sql.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameSchema`. */
export interface RenameSchema {
  readonly kind: "renameSchema";
  readonly name: string;
  readonly newName: string;
}

const sorted = <T extends ObjectName>(list: readonly T[]): readonly T[] => list.toSorted(compareNames);

/** Names are sorted by schema. */
function inOrder(schema: Schema): Schema {
  return {
    ...schema,
    schemas: schema.schemas.toSorted(compareText),
    enums: sorted(schema.enums),
    domains: sorted(schema.domains),
    compositeTypes: sorted(schema.compositeTypes),
    collations: sorted(schema.collations),
    sequences: sorted(schema.sequences),
    tables: sorted(schema.tables),
    views: sorted(schema.views),
    routines: sorted(schema.routines),
    triggers: sorted(schema.triggers),
    policies: sorted(schema.policies),
    objects: sorted(schema.objects),
  };
}

/**
 * Gives a schema, the namespace, another name; what is in it stays (PostgreSQL). Bodies of functions that name it do not
 * follow.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameSchema("shop", "store");
 * }
 * ```
 */
export const renameSchema: OperationType<RenameSchema, [name: string, newName: string]> = {
  kind: "renameSchema",
  create(name, newName) {
    requireName("renameSchema", name);
    requireName("renameSchema", newName);
    return { kind: "renameSchema", name, newName };
  },
  args: ({ name, newName }) => [name, newName],
  reverse: ({ name, newName }) => [data<RenameSchema>({ kind: "renameSchema", name: newName, newName: name })],
  apply(schema, { name, newName }) {
    if (!schema.schemas.includes(name)) throw invalid("renameSchema", `there is no schema "${name}"`);
    if (schema.schemas.includes(newName)) throw invalid("renameSchema", `there is a schema "${newName}" already`);
    const mapped = mapSql(
      schema,
      (text) => renameSchemaInSql(text, name, newName),
      (field, value) => (field === "schema" || field === "schemas") && value === name ? newName : value,
    );
    const onSchema = (ref: ObjectName & { readonly kind: string }) => ref.kind === "schema" && ref.name === name;
    const renamed = <T extends { readonly on: Schema["comments"][number]["on"] }>(each: T): T =>
      onSchema(each.on) ? { ...each, on: { ...each.on, name: newName } } : each;
    return inOrder({
      ...mapped,
      comments: mapped.comments.map(renamed),
      grants: mapped.grants.map(renamed),
    });
  },
  compile: ({ name, newName }, { writer }) => [
    statement(`ALTER SCHEMA ${writer.identifier(name)} RENAME TO ${writer.identifier(newName)}`),
  ],
};
