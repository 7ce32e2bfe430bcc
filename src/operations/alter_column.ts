import { identityOptions } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { collationName, type SqlWriter } from "../ddl/writer.ts";
import { compact, displayName, findColumn, findTable } from "../schema/edit.ts";
import type { Column, Generated, Identity, ObjectName, Table } from "../schema/model.ts";
import {
  defaultText,
  fromName,
  invalid,
  type Name,
  noColumn,
  requireColumnSql,
  requireName,
  requireSql,
  tableOf,
  toName,
} from "./arguments.ts";
import { editFamily } from "./inheritance.ts";
import { data, type OperationType } from "./operation.ts";
import { renamedColumn } from "./rename_column.ts";

/** What of a column `op.alterColumn` changes; null takes away. */
export interface ColumnChanges {
  readonly type?: string;
  /** The expression that makes the new value from the old one when the type changes (PostgreSQL's `USING`). */
  readonly using?: string;
  readonly nullable?: boolean;
  readonly default?: string | null;
  readonly identity?: Identity | null;
  /** Another rule, or null to keep the values and drop the rule. */
  readonly generated?: Generated | null;
  readonly autoincrement?: boolean;
  readonly collation?: string | null;
  readonly comment?: string | null;
  /** PostgreSQL: how long values are kept (`external`, `main`…); null for the type's own way. */
  readonly storage?: string | null;
  /** PostgreSQL: `pglz` or `lz4`; null for the server's choice. */
  readonly compression?: string | null;
  /** PostgreSQL: the statistics target; null for the server's choice. */
  readonly statistics?: number | null;
  readonly newName?: string;
}

/** {@linkcode ColumnChanges} as they are written in a revision: a default may be a number or a boolean. */
export interface ColumnChangesInput extends Omit<ColumnChanges, "default"> {
  /** A SQL expression (`"'draft'"`), a number, a boolean; null drops the default. */
  readonly default?: string | number | boolean | null | undefined;
}

/** The data of `op.alterColumn`. */
export interface AlterColumn {
  readonly kind: "alterColumn";
  readonly table: ObjectName;
  readonly column: string;
  readonly changes: ColumnChanges;
  /** What a person should know of it: a comment before it in the revision. */
  readonly note?: string;
}

const CHANGES: ReadonlySet<string> = new Set(
  [
    "type",
    "using",
    "nullable",
    "default",
    "identity",
    "generated",
    "autoincrement",
    "collation",
    "comment",
    "storage",
    "compression",
    "statistics",
    "newName",
  ] satisfies readonly (keyof ColumnChanges)[],
);

/** The column after the changes. */
export function changedColumn(column: Column, changes: ColumnChanges): Column {
  const { using: _, newName, ...fields } = changes;
  const merged: Record<string, unknown> = { ...column, ...fields, name: newName ?? column.name };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as Column;
}

/** The changes that turn the changed column back into what it was. */
export function reverseChanges(column: Column, changes: ColumnChanges): ColumnChanges {
  const { using: _, newName, nullable, ...others } = changes;
  const old = Object.fromEntries(
    Object.keys(others).map((key) => [key, column[key as keyof Column] ?? (key === "autoincrement" ? false : null)]),
  );
  return compact<ColumnChanges>({
    ...old,
    nullable: nullable === undefined ? undefined : column.nullable ?? true,
    newName: newName === undefined ? undefined : column.name,
  });
}

/** The clauses of `ALTER TABLE … ALTER COLUMN …`, in the order that lets each of them succeed. */
function clauses(writer: SqlWriter, changes: ColumnChanges): readonly string[] {
  const { type, using, nullable, default: value, identity, generated, collation } = changes;
  const typed = type === undefined ? [] : [
    `TYPE ${type}${collation ? ` COLLATE ${collationName(writer, collation)}` : ""}${using ? ` USING ${using}` : ""}`,
  ];
  return [
    // A default of the old type may have no cast to the new one: it goes first and comes back last.
    ...(value === null || (type !== undefined && value !== undefined) ? ["DROP DEFAULT"] : []),
    ...(generated === null ? ["DROP EXPRESSION"] : []),
    ...(identity === null ? ["DROP IDENTITY"] : []),
    ...typed,
    ...(value === null || value === undefined ? [] : [`SET DEFAULT ${value}`]),
    ...(nullable === undefined ? [] : [nullable ? "DROP NOT NULL" : "SET NOT NULL"]),
    ...(identity
      ? [
        `ADD GENERATED ${identity.generation === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${
          identityOptions(identity) === "" ? "" : ` (${identityOptions(identity)})`
        }`,
      ]
      : []),
  ];
}

/**
 * Changes a column: its type, whether it may be NULL, its default, its name; several at once.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterColumn("posts", "views", { type: "bigint", nullable: false, default: 0 });
 * }
 * ```
 */
export const alterColumn: OperationType<AlterColumn, [table: Name, column: string, changes: ColumnChangesInput]> = {
  kind: "alterColumn",
  create(table, column, { default: value, ...changes }) {
    requireName("alterColumn", column);
    const all = compact<ColumnChanges>({
      ...changes,
      default: value === undefined || value === null ? value : defaultText(value),
    });
    const unknown = Object.keys(all).find((key) => !CHANGES.has(key));
    if (unknown !== undefined) throw invalid("alterColumn", `"${unknown}" is nothing that a column has`);
    if (Object.keys(all).every((key) => key === "using")) {
      throw invalid("alterColumn", `nothing is changed of "${column}"`);
    }
    requireColumnSql("alterColumn", column, all);
    requireSql("alterColumn", `what "${column}" is made of`, all.using);
    if (all.newName !== undefined) requireName("alterColumn", all.newName);
    return { kind: "alterColumn", table: toName("alterColumn", table), column, changes: all };
  },
  args: ({ table, column, changes }) => [fromName(table), column, changes],
  reverse({ table, column, changes }, before) {
    const found = findTable(before, table);
    const old = found === undefined ? undefined : findColumn(found, column);
    if (old === undefined) return null;
    return [
      data<AlterColumn>({
        kind: "alterColumn",
        table,
        column: changes.newName ?? column,
        changes: reverseChanges(old, changes),
      }),
    ];
  },
  apply(schema, { table, column, changes }) {
    const found = tableOf(schema, table, "alterColumn");
    if (findColumn(found, column) === undefined) {
      throw noColumn("alterColumn", found, column);
    }
    const { newName, ...others } = changes;
    if (newName !== undefined && newName !== column && findColumn(tableOf(schema, table, "alterColumn"), newName)) {
      throw invalid("alterColumn", `"${displayName(table)}" has a column "${newName}" already`);
    }
    const { comment: _, identity: __, ...inherited } = others;
    const change = (found: Table, fields: ColumnChanges): Table => ({
      ...found,
      columns: found.columns.map((each) => each.name === column ? changedColumn(each, fields) : each),
    });
    const changed = editFamily(schema, table, (found) => change(found, others), (child) => change(child, inherited));
    return newName === undefined ? changed : renamedColumn(changed, table, column, newName);
  },
  compile({ table, column, changes }, { writer }) {
    const name = writer.identifier(column);
    const parts = clauses(writer, changes).map((clause) => `ALTER COLUMN ${name} ${clause}`);
    const rename = changes.newName;
    return [
      ...(parts.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${parts.join(", ")}`)]),
      ...(rename === undefined
        ? []
        : [statement(`ALTER TABLE ${writer.name(table)} RENAME COLUMN ${name} TO ${writer.identifier(rename)}`)]),
    ];
  },
};
