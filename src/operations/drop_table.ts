import { statement } from "../ddl/statement.ts";
import { compact, displayName, findTable, nameOf, sameName } from "../schema/edit.ts";
import type { ObjectName, Schema, Table } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { referenced } from "../schema/order.ts";
import { refTo } from "../schema/refs.ts";
import { keepSequences } from "../schema/serials.ts";
import { fromName, type Name, noTable, toName } from "./arguments.ts";
import type { CreateForeignKey } from "./create_foreign_key.ts";
import type { CreateTable } from "./create_table.ts";
import { isPartOf } from "./inheritance.ts";
import { saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";
import { bringBack, ownedSequences } from "./owned_sequences.ts";

/** What `op.dropTable` takes beside the name. */
export interface DropTableOptions {
  readonly ifExists?: boolean;
  /** Drop what depends on the table too (PostgreSQL). */
  readonly cascade?: boolean;
}

/** The data of `op.dropTable`. */
export interface DropTable extends DropTableOptions {
  readonly kind: "dropTable";
  readonly table: ObjectName;
}

/** A table and its partitions, which go with it: parents first. */
function wholeTable(schema: Schema, table: Table): readonly Table[] {
  const partitions = schema.tables.filter((each) => isPartOf(each, table));
  return [table, ...partitions.flatMap((partition) => wholeTable(schema, partition))];
}

/** The foreign keys of other tables that refer to one of these. */
function keysTo(schema: Schema, gone: readonly Table[]): readonly CreateForeignKey[] {
  const isGone = (name: ObjectName): boolean => gone.some((table) => sameName(table, name));
  return schema.tables.filter((table) => !isGone(table)).flatMap((table) =>
    table.foreignKeys.filter((key) => isGone(referenced(key)))
      .map((key) => data<CreateForeignKey>({ kind: "createForeignKey", table: nameOf(table), key }))
  );
}

/** The schema without tables, and without what belongs to them. */
function without(schema: Schema, gone: readonly ObjectName[], keys: readonly CreateForeignKey[]): Schema {
  const isGone = ({ schema: of, table: name }: { readonly table?: string; readonly schema?: string }): boolean =>
    gone.some((table) => table.name === name && table.schema === of);
  const isOn = (ref: ObjectRef): boolean =>
    isGone(ref) || (ref.kind === "table" && gone.some((table) => sameName(table, ref)));
  const dropped = new Set(keys.map(({ key }) => key));
  return {
    ...schema,
    tables: schema.tables.filter((table) => !gone.some((each) => sameName(each, table))).map((table) =>
      table.foreignKeys.some((key) => dropped.has(key))
        ? { ...table, foreignKeys: table.foreignKeys.filter((key) => !dropped.has(key)) }
        : table
    ),
    triggers: schema.triggers.filter((each) => !isGone(each)),
    policies: schema.policies.filter((each) => !isGone(each)),
    objects: schema.objects.filter((each) => !isGone(each)),
    sequences: schema.sequences.filter(({ ownedBy }) => ownedBy === undefined || !isGone(ownedBy)),
    comments: schema.comments.filter(({ on }) => !isOn(on)),
    grants: schema.grants.filter(({ on }) => !isOn(on)),
    dependencies: schema.dependencies.filter(({ from, on }) => !isOn(from) && !isOn(on)),
  };
}

/**
 * Drops a table and every row in it.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropTable("old_sessions", { ifExists: true });
 * }
 * ```
 */
export const dropTable: OperationType<DropTable, [name: Name, options?: DropTableOptions]> = {
  kind: "dropTable",
  create: (name, options = {}) => ({
    ...compact<DropTableOptions>({ ifExists: options.ifExists, cascade: options.cascade }),
    kind: "dropTable",
    table: toName("dropTable", name),
  }),
  args({ table, ifExists, cascade }) {
    const options = compact<DropTableOptions>({ ifExists, cascade });
    return Object.keys(options).length === 0 ? [fromName(table)] : [fromName(table), options];
  },
  reverse({ table, cascade }, before) {
    const found = findTable(before, table);
    if (found === undefined) return null;
    const gone = wholeTable(before, found);
    const tables = gone.map((each) => data<CreateTable>({ kind: "createTable", table: each }));
    const sequences = gone.flatMap((each) => ownedSequences(before, each));
    return [
      ...bringBack(sequences, tables),
      ...(cascade ? keysTo(before, gone) : []),
      ...gone.flatMap((each) => saidAgain(before, refTo("table", each))),
      ...[...sequences, ...gone.flatMap((each) => keepSequences(each, each).sequences)].flatMap((each) =>
        saidAgain(before, refTo("sequence", each))
      ),
    ];
  },
  apply(schema, { table, ifExists, cascade }) {
    const found = findTable(schema, table);
    if (found === undefined) {
      if (ifExists) return schema;
      throw noTable("dropTable", schema, table);
    }
    const gone = wholeTable(schema, found);
    return without(schema, gone, cascade ? keysTo(schema, gone) : []);
  },
  compile({ table, ifExists, cascade }, { writer }) {
    const sql = `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${writer.name(table)}${cascade ? " CASCADE" : ""}`;
    return [statement(sql, [{ kind: "deletesData", reason: `Every row of "${displayName(table)}" is deleted` }])];
  },
};
