import { renameRelationInSql } from "../ddl/rename_in_code.ts";
import { statement } from "../ddl/statement.ts";
import { compact, compareNames, displayName, findTable, nameOf, sameName } from "../schema/edit.ts";
import type { ForeignKey, Index, ObjectName, Schema, Table } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { mapSql } from "./map_sql.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameTable`. */
export interface RenameTable {
  readonly kind: "renameTable";
  readonly table: ObjectName;
  readonly newName: string;
  /** What a person should know before it is done: it stands as a comment in the revision. */
  readonly note?: string;
}

/** What another table says of the renamed one. */
function followed(table: Table, from: ObjectName, to: ObjectName): Table {
  const is = (name: ObjectName): boolean => sameName(name, from);
  const key = (each: ForeignKey): ForeignKey => {
    const { table: name, schema, columns } = each.references;
    if (!is(compact<ObjectName>({ name, schema }))) return each;
    return { ...each, references: compact({ table: to.name, schema: to.schema, columns }) };
  };
  const index = (each: Index): Index =>
    each.partOf !== undefined && each.partOf.schema === from.schema && to.schema !== from.schema &&
      table.partitionOf !== undefined && is(parentOf(table.partitionOf))
      ? { ...each, partOf: nameOf({ ...to, name: each.partOf.name }) }
      : each;
  const { partitionOf, inherits } = table;
  return {
    ...table,
    foreignKeys: table.foreignKeys.map(key),
    indexes: table.indexes.map(index),
    ...(partitionOf !== undefined && is(parentOf(partitionOf))
      ? { partitionOf: compact({ table: to.name, schema: to.schema, bound: partitionOf.bound }) }
      : {}),
    ...(inherits === undefined ? {} : { inherits: inherits.map((name) => is(name) ? nameOf(to) : name) }),
  };
}

const parentOf = ({ table, schema }: { readonly table: string; readonly schema?: string }): ObjectName =>
  compact<ObjectName>({ name: table, schema });

/** A ref to the table, or to a part of it. */
function followedRef(ref: ObjectRef, from: ObjectName, to: ObjectName): ObjectRef {
  const { schema: _, ...rest } = ref;
  if (ref.kind === "table" && sameName(ref, from)) return compact({ ...rest, name: to.name, schema: to.schema });
  if (ref.table !== from.name || ref.schema !== from.schema) return ref;
  return compact({ ...rest, table: to.name, schema: to.schema });
}

/**
 * The schema with a table under another name, or in another schema, wherever it is named by structure. Expressions and
 * definitions are text, and are left to the database.
 */
export function movedTable(schema: Schema, from: ObjectName, to: ObjectName): Schema {
  const move = <T extends ObjectName>({ schema: _, ...rest }: T): T =>
    compact({ ...rest, schema: to.schema } as unknown as T) as T;
  const part = <T extends ObjectName & { readonly table?: string }>(each: T): T =>
    each.table === from.name && each.schema === from.schema ? { ...move(each), table: to.name } : each;
  const ref = (each: ObjectRef): ObjectRef => followedRef(each, from, to);
  const moved = schema.tables.map((table) => sameName(table, from) ? { ...move(table), name: to.name } : table);
  return {
    ...schema,
    tables: moved.map((table) => followed(table, from, to)).sort(compareNames),
    triggers: schema.triggers.map(part).sort(compareNames),
    policies: schema.policies.map(part).sort(compareNames),
    objects: schema.objects.map(part).sort(compareNames),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy !== undefined && sameName(parentOf(sequence.ownedBy), from)
        ? { ...move(sequence), ownedBy: compact({ ...sequence.ownedBy, table: to.name, schema: to.schema }) }
        : sequence
    ).sort(compareNames),
    comments: schema.comments.map((comment) => ({ ...comment, on: ref(comment.on) })),
    grants: schema.grants.map((grant) => ({ ...grant, on: ref(grant.on) })),
    dependencies: schema.dependencies.map((each) => ({ from: ref(each.from), on: ref(each.on) })),
  };
}

/**
 * Gives a table another name; rows, indexes and keys stay.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameTable("user", "users");
 * }
 * ```
 */
export const renameTable: OperationType<RenameTable, [name: Name, newName: string]> = {
  kind: "renameTable",
  create(name, newName) {
    requireName("renameTable", newName);
    return { kind: "renameTable", table: toName("renameTable", name), newName };
  },
  args: ({ table, newName }) => [fromName(table), newName],
  reverse: ({ table, newName }) => [
    data<RenameTable>({ kind: "renameTable", table: nameOf({ ...table, name: newName }), newName: table.name }),
  ],
  apply(schema, { table, newName }) {
    tableOf(schema, table, "renameTable");
    const renamed = nameOf({ ...table, name: newName });
    if (findTable(schema, renamed) !== undefined) {
      throw invalid("renameTable", `there is a table "${displayName(renamed)}" already`);
    }
    const after = movedTable(schema, table, renamed);
    return mapSql(after, (text, role) => role === "type" ? text : renameRelationInSql(text, table, newName));
  },
  compile: ({ table, newName }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} RENAME TO ${writer.identifier(newName)}`),
  ],
};
