import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findColumn, findTable, nameOf } from "../schema/edit.ts";
import type { Index, ObjectName, Schema, Table } from "../schema/model.ts";
import { refIn, refTo } from "../schema/refs.ts";
import { keepSequences } from "../schema/serials.ts";
import { fromName, type Name, noColumn, requireName, tableOf, toName } from "./arguments.ts";
import type { AddColumn } from "./add_column.ts";
import type { CreateExcludeConstraint } from "./create_exclude_constraint.ts";
import type { CreateForeignKey } from "./create_foreign_key.ts";
import type { CreateIndex } from "./create_index.ts";
import type { CreatePrimaryKey } from "./create_primary_key.ts";
import type { CreateUniqueConstraint } from "./create_unique_constraint.ts";
import { editFamily, withOwnColumn } from "./inheritance.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";
import { bringBack, ownedSequences, withoutSequences } from "./owned_sequences.ts";

/** What `op.dropColumn` takes beside table and column. */
export interface DropColumnOptions {
  readonly ifExists?: boolean;
  /** Drop what depends on the column too (PostgreSQL). */
  readonly cascade?: boolean;
  /** Not on the tables that inherit it: there it stays, with what it holds, as their own (PostgreSQL's `ONLY`). */
  readonly only?: boolean;
}

/** The data of `op.dropColumn`. */
export interface DropColumn extends DropColumnOptions {
  readonly kind: "dropColumn";
  readonly table: ObjectName;
  readonly column: string;
}

const usesColumn = (index: Pick<Index, "parts" | "include">, column: string): boolean =>
  index.parts.some((part) => part.column === column) || (index.include ?? []).includes(column);

/** The table without a column, and without the keys and indexes that stand on it: what both databases make of it. */
export function withoutColumn(table: Table, column: string): Table {
  const { primaryKey, ...rest } = table;
  const kept: Table = {
    ...rest,
    columns: table.columns.filter(({ name }) => name !== column),
    ...(table.exclusions === undefined ? {} : {
      exclusions: table.exclusions.filter(({ parts, include }) =>
        !usesColumn({ parts, include: include ?? [] }, column)
      ),
    }),
    uniques: table.uniques.filter(({ columns }) => !columns.includes(column)),
    foreignKeys: table.foreignKeys.filter(({ columns }) => !columns.includes(column)),
    indexes: table.indexes.filter((index) => !usesColumn(index, column)),
  };
  return primaryKey === undefined || primaryKey.columns.includes(column) ? kept : { ...kept, primaryKey };
}

/** What has to be made again, beside the column itself, to take the drop back. */
function lostWith(table: Table, column: string): readonly AnyOperation[] {
  const after = withoutColumn(table, column);
  const lost = <T>(before: readonly T[], kept: readonly T[]): readonly T[] =>
    before.filter((each) => !kept.includes(each));
  const name = nameOf(table);
  const key = after.primaryKey === undefined ? table.primaryKey : undefined;
  return [
    ...(key === undefined ? [] : [data<CreatePrimaryKey>({ kind: "createPrimaryKey", table: name, key })]),
    ...lost(table.uniques, after.uniques).map((unique) =>
      data<CreateUniqueConstraint>({ kind: "createUniqueConstraint", table: name, unique })
    ),
    ...lost(table.exclusions ?? [], after.exclusions ?? []).map((exclusion) =>
      data<CreateExcludeConstraint>({ kind: "createExcludeConstraint", table: name, exclusion })
    ),
    ...lost(table.foreignKeys, after.foreignKeys).map((key) =>
      data<CreateForeignKey>({ kind: "createForeignKey", table: name, key })
    ),
    ...lost(table.indexes, after.indexes).map((index) =>
      data<CreateIndex>({ kind: "createIndex", table: name, index })
    ),
  ];
}

function reverseDrop({ table, column }: DropColumn, before: Schema): readonly AnyOperation[] | null {
  const found = findTable(before, table);
  const dropped = found === undefined ? undefined : findColumn(found, column);
  if (found === undefined || dropped === undefined) return null;
  const add = data<AddColumn>({ kind: "addColumn", table, column: dropped });
  const sequences = ownedSequences(before, table, column);
  const behind = keepSequences(found, found).sequences.filter(({ ownedBy }) => ownedBy?.column === column);
  return [
    ...bringBack(sequences, [add]),
    ...lostWith(found, column),
    ...[refIn("column", table, column), ...[...sequences, ...behind].map((each) => refTo("sequence", each))]
      .flatMap((ref) => saidAgain(before, ref)),
  ];
}

/**
 * Drops a column and what it holds.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropColumn("users", "bio");
 * }
 * ```
 */
export const dropColumn: OperationType<DropColumn, [table: Name, column: string, options?: DropColumnOptions]> = {
  kind: "dropColumn",
  create(table, column, options = {}) {
    requireName("dropColumn", column);
    return {
      ...compact<DropColumnOptions>({ ifExists: options.ifExists, cascade: options.cascade, only: options.only }),
      kind: "dropColumn",
      table: toName("dropColumn", table),
      column,
    };
  },
  args({ table, column, ifExists, cascade, only }) {
    const options = compact<DropColumnOptions>({ ifExists, cascade, only });
    return Object.keys(options).length === 0 ? [fromName(table), column] : [fromName(table), column, options];
  },
  reverse: reverseDrop,
  apply(schema, { table, column, ifExists, only }) {
    const found = tableOf(schema, table, "dropColumn");
    if (findColumn(found, column) === undefined) {
      if (ifExists) return schema;
      throw noColumn("dropColumn", found, column);
    }
    const said = forgotten(schema, refIn("column", table, column));
    const left = withoutSequences(said, ownedSequences(schema, table, column));
    if (only) return withOwnColumn(editTable(left, table, (each) => withoutColumn(each, column)), table, column);
    return editFamily(left, table, (found) => withoutColumn(found, column), (child) =>
      // What an inheriting table has declared itself stays.
      findColumn(child, column)?.inherited || child.partitionOf !== undefined ? withoutColumn(child, column) : child);
  },
  compile({ table, column, ifExists, cascade, only }, { writer }) {
    const sql = `ALTER TABLE ${only ? "ONLY " : ""}${writer.name(table)} DROP COLUMN ${ifExists ? "IF EXISTS " : ""}` +
      writer.identifier(column) + (cascade ? " CASCADE" : "");
    return [
      statement(sql, [{
        kind: "deletesData",
        reason: `What "${displayName(table)}"."${column}" holds is deleted`,
      }]),
    ];
  },
};
