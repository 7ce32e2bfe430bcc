import { renameInExpression } from "../ddl/rename_in_expression.ts";
import { statement } from "../ddl/statement.ts";
import { compareText, displayName, findColumn } from "../schema/edit.ts";
import type { ForeignKey, Index, IndexPart, ObjectName, PrimaryKey, Schema, Table } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { fromName, invalid, type Name, noColumn, requireName, tableOf, toName } from "./arguments.ts";
import { descendants, editFamily } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameColumn`. */
export interface RenameColumn {
  readonly kind: "renameColumn";
  readonly table: ObjectName;
  readonly column: string;
  readonly newName: string;
  /** What a person should know before it is done: it stands as a comment in the revision. */
  readonly note?: string;
}

/** A table whose own column is renamed. */
function renamedIn(table: Table, from: string, to: string): Table {
  const each = (column: string): string => column === from ? to : column;
  const all = (columns: readonly string[]): readonly string[] => columns.map(each);
  const text = (expression: string): string => renameInExpression(expression, table.name, from, to);
  const part = <T extends IndexPart>(found: T): T =>
    found.column === undefined
      ? { ...found, expression: text(found.expression ?? "") }
      : { ...found, column: each(found.column) };
  const index = <T extends Pick<Index, "include" | "where">>(found: T): T => ({
    ...found,
    ...(found.include === undefined ? {} : { include: all(found.include) }),
    ...(found.where === undefined ? {} : { where: text(found.where) }),
  });
  const key = <T extends PrimaryKey>(found: T): T => index({ ...found, columns: all(found.columns) });
  const { primaryKey, exclusions, partitionBy } = table;
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      name: each(column.name),
      ...(column.generated === undefined
        ? {}
        : { generated: { ...column.generated, expression: text(column.generated.expression) } }),
    })),
    ...(primaryKey === undefined ? {} : { primaryKey: key(primaryKey) }),
    uniques: table.uniques.map(key),
    foreignKeys: table.foreignKeys.map((found) => ({
      ...found,
      columns: all(found.columns),
      ...(found.onDeleteColumns === undefined ? {} : { onDeleteColumns: all(found.onDeleteColumns) }),
    })),
    checks: table.checks.map((check) => ({ ...check, expression: text(check.expression) })),
    ...(exclusions === undefined
      ? {}
      : { exclusions: exclusions.map((found) => index({ ...found, parts: found.parts.map(part) })) }),
    indexes: table.indexes.map((found) => index({ ...found, parts: found.parts.map(part) })),
    ...(partitionBy === undefined ? {} : { partitionBy: text(partitionBy) }),
  };
}

/**
 * The schema with a column renamed wherever it is named: in the table's keys, indexes, expressions and policies, in the
 * foreign keys that refer to it, and in the tables that take it over. Views and triggers are left to the database.
 */
export function renamedColumn(schema: Schema, name: ObjectName, from: string, to: string): Schema {
  const each = (column: string): string => column === from ? to : column;
  const family = editFamily(schema, name, (table) => renamedIn(table, from, to));
  const tables = [name, ...descendants(schema, name)];
  const isOne = (table: string | undefined, of: string | undefined): boolean =>
    tables.some((found) => found.name === table && found.schema === of);
  const referring = (key: ForeignKey): ForeignKey =>
    isOne(key.references.table, key.references.schema)
      ? { ...key, references: { ...key.references, columns: key.references.columns.map(each) } }
      : key;
  const ref = (found: ObjectRef): ObjectRef =>
    found.kind === "column" && isOne(found.table, found.schema) ? { ...found, name: each(found.name) } : found;
  const text = (table: string, expression: string): string => renameInExpression(expression, table, from, to);
  return {
    ...family,
    tables: family.tables.map((table) => ({ ...table, foreignKeys: table.foreignKeys.map(referring) })),
    policies: schema.policies.map((policy) =>
      isOne(policy.table, policy.schema)
        ? {
          ...policy,
          ...(policy.using === undefined ? {} : { using: text(policy.table, policy.using) }),
          ...(policy.withCheck === undefined ? {} : { withCheck: text(policy.table, policy.withCheck) }),
        }
        : policy
    ),
    sequences: schema.sequences.map((sequence) =>
      sequence.ownedBy !== undefined && isOne(sequence.ownedBy.table, sequence.ownedBy.schema)
        ? { ...sequence, ownedBy: { ...sequence.ownedBy, column: each(sequence.ownedBy.column) } }
        : sequence
    ),
    grants: schema.grants.map((grant) =>
      grant.columns !== undefined && isOne(grant.on.name, grant.on.schema)
        ? { ...grant, columns: grant.columns.map(each).sort(compareText) }
        : grant
    ),
    comments: schema.comments.map((comment) => ({ ...comment, on: ref(comment.on) })),
    dependencies: schema.dependencies.map((found) => ({ from: ref(found.from), on: ref(found.on) })),
  };
}

/**
 * Gives a column another name; what it holds, and the keys and indexes on it, stay.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameColumn("users", "name", "full_name");
 * }
 * ```
 */
export const renameColumn: OperationType<RenameColumn, [table: Name, column: string, newName: string]> = {
  kind: "renameColumn",
  create(table, column, newName) {
    requireName("renameColumn", column);
    requireName("renameColumn", newName);
    return { kind: "renameColumn", table: toName("renameColumn", table), column, newName };
  },
  args: ({ table, column, newName }) => [fromName(table), column, newName],
  reverse: ({ table, column, newName }) => [
    data<RenameColumn>({ kind: "renameColumn", table, column: newName, newName: column }),
  ],
  apply(schema, { table, column, newName }) {
    const found = tableOf(schema, table, "renameColumn");
    if (findColumn(found, column) === undefined) {
      throw noColumn("renameColumn", found, column);
    }
    if (findColumn(found, newName) !== undefined) {
      throw invalid("renameColumn", `"${displayName(table)}" has a column "${newName}" already`);
    }
    return renamedColumn(schema, table, column, newName);
  },
  compile: ({ table, column, newName }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} RENAME COLUMN ${writer.identifier(column)} TO ${writer.identifier(newName)}`,
    ),
  ],
};
