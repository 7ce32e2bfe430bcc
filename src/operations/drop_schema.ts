import { renameSchemaInSql } from "../ddl/rename_in_sql.ts";
import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { Schema, Table } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { invalid, requireName } from "./arguments.ts";
import type { CreateSchema } from "./create_schema.ts";
import { saidAgain } from "./object_refs.ts";
import { withoutColumn } from "./drop_column.ts";
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

/** The schema without what is said about some objects. */
function withoutSaid(schema: Schema, isGone: (object: ObjectRef) => boolean): Schema {
  return {
    ...schema,
    comments: schema.comments.filter(({ on }) => !isGone(on)),
    grants: schema.grants.filter(({ on }) => !isGone(on)),
    dependencies: schema.dependencies.filter(({ from, on }) => !isGone(from) && !isGone(on)),
  };
}

/** The table without its columns of types in a namespace, and without its foreign keys to there. */
function withoutUses(table: Table, name: string): Table {
  const lost = table.columns.filter(({ type }) => renameSchemaInSql(type, name, `${name}_`) !== type);
  const kept = lost.reduce((left, column) => withoutColumn(left, column.name), table);
  return { ...kept, foreignKeys: kept.foreignKeys.filter(({ references }) => references.schema !== name) };
}

/** The schema without the objects in a namespace. */
function withoutObjects(schema: Schema, name: string): Schema {
  const outside = <T extends { readonly schema?: string }>(list: readonly T[]): readonly T[] =>
    list.filter((each) => each.schema !== name);
  return {
    ...schema,
    extensions: outside(schema.extensions),
    enums: outside(schema.enums),
    domains: outside(schema.domains),
    compositeTypes: outside(schema.compositeTypes),
    collations: outside(schema.collations),
    sequences: outside(schema.sequences),
    tables: outside(schema.tables).map((table) => withoutUses(table, name)),
    views: outside(schema.views),
    routines: outside(schema.routines),
    triggers: outside(schema.triggers),
    policies: outside(schema.policies),
    objects: outside(schema.objects),
    defaultPrivileges: outside(schema.defaultPrivileges),
  };
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
  reverse: ({ name, cascade }, before) =>
    cascade ? null : [
      data<CreateSchema>({ kind: "createSchema", name }),
      ...saidAgain(before, refTo("schema", { name })),
    ],
  apply(schema, { name, ifExists, cascade }) {
    if (!schema.schemas.includes(name) && !ifExists) throw invalid("dropSchema", `there is no schema "${name}"`);
    const left = { ...schema, schemas: schema.schemas.filter((each) => each !== name) };
    const said = withoutSaid(
      left,
      ({ kind, name: object, schema: home }) => kind === "schema" ? object === name : cascade === true && home === name,
    );
    return cascade ? withoutObjects(said, name) : said;
  },
  compile: ({ name, ifExists, cascade }, { writer }) => [
    statement(
      `DROP SCHEMA ${ifExists ? "IF EXISTS " : ""}${writer.identifier(name)}${cascade ? " CASCADE" : ""}`,
      cascade ? [{ kind: "deletesData", reason: `Everything in the schema "${name}" is dropped` }] : [],
    ),
  ],
};
