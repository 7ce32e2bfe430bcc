/**
 * Primary keys, unique constraints, foreign keys and checks that differ.
 *
 * @module
 */
import type { ConstraintType, DropConstraint } from "../operations/drop_constraint.ts";
import { data } from "../operations/operation.ts";
import type { Operation } from "../operations/registry.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type {
  CheckConstraint,
  Deferrability,
  ForeignKey,
  ObjectName,
  PrimaryKey,
  Table,
  UniqueConstraint,
} from "../schema/model.ts";
import { primaryKeyName } from "../schema/naming.ts";
import type { Change, ComparingDialect, Comparison, Phase } from "./comparison.ts";
import { type FilteredType, isIncluded } from "./filters.ts";
import type { Difference } from "./match.ts";
import { differences } from "./match.ts";
import type { WantedTable } from "./wanted.ts";

const deferrability = ({ deferrable, initially }: Deferrability): readonly unknown[] => [
  deferrable ?? false,
  initially ?? "immediate",
];

function uniqueStructure(unique: UniqueConstraint): string {
  return JSON.stringify([unique.columns, unique.nullsNotDistinct ?? false, ...deferrability(unique)]);
}

function foreignKeyStructure(key: ForeignKey): string {
  const { references: { table, schema, columns }, onDelete = "no action", onUpdate = "no action" } = key;
  return JSON.stringify([key.columns, schema ?? null, table, columns, onDelete, onUpdate, ...deferrability(key)]);
}

/** The operation that drops a constraint: by its name, or by what it is where it has none. */
function drop(
  table: ObjectName,
  type: ConstraintType,
  { name, columns, expression }: Partial<PrimaryKey & CheckConstraint>,
): Operation {
  return compact<DropConstraint>({
    kind: "dropConstraint",
    name: name ?? null,
    table,
    type,
    columns: name === undefined ? columns : undefined,
    expression: name === undefined ? expression : undefined,
  });
}

interface ConstraintKind<T> {
  readonly type: ConstraintType;
  readonly filtered: FilteredType;
  readonly dropped: Phase;
  readonly created: Phase;
  create(table: ObjectName, constraint: T): Operation;
}

const UNIQUE: ConstraintKind<UniqueConstraint> = {
  type: "unique",
  filtered: "uniqueConstraint",
  dropped: "dropConstraint",
  created: "createConstraint",
  create: (table, unique) => ({ kind: "createUniqueConstraint", table, unique }),
};
const FOREIGN_KEY: ConstraintKind<ForeignKey> = {
  type: "foreignKey",
  filtered: "foreignKeyConstraint",
  dropped: "dropForeignKey",
  created: "createForeignKey",
  create: (table, key) => ({ kind: "createForeignKey", table, key }),
};
const CHECK: ConstraintKind<CheckConstraint> = {
  type: "check",
  filtered: "checkConstraint",
  dropped: "dropConstraint",
  created: "createConstraint",
  create: (table, check) => ({ kind: "createCheckConstraint", table, check }),
};

function toChanges<T extends { readonly name?: string }>(
  { filters }: Comparison,
  table: ObjectName,
  kind: ConstraintKind<T>,
  found: readonly Difference<T>[],
): readonly Change[] {
  return found.flatMap(({ current, wanted }): readonly Change[] => {
    const { schema } = table;
    const name = (wanted?.made ?? current)?.name;
    if (!isIncluded(filters, { type: kind.filtered, name, schema, table, current, target: wanted?.made })) return [];
    return [
      ...(current === undefined ? [] : [{ phase: kind.dropped, table, operations: [drop(table, kind.type, current)] }]),
      ...(wanted === undefined ? [] : [{ phase: kind.created, table, operations: [kind.create(table, wanted.made)] }]),
    ];
  });
}

/** The unique constraints that differ. */
export function uniqueDifferences(current: Table, wanted: WantedTable): readonly Difference<UniqueConstraint>[] {
  return differences(current.uniques, wanted.uniques, uniqueStructure);
}

/** The changes that make unique constraints alike. */
export function uniqueChanges(
  comparison: Comparison,
  table: ObjectName,
  found: readonly Difference<UniqueConstraint>[],
): readonly Change[] {
  return toChanges(comparison, table, UNIQUE, found);
}

function comparePrimaryKeys(
  { convention }: Comparison,
  table: ObjectName,
  current: PrimaryKey | undefined,
  { made: { primaryKey: made }, normal: { primaryKey: normal = made } }: WantedTable,
  explicit: string | undefined,
): readonly Change[] {
  const renamed = explicit !== undefined && current?.name !== undefined && current.name !== explicit;
  if (!renamed && JSON.stringify(current?.columns) === JSON.stringify(normal?.columns)) return [];
  const changes: Change[] = [];
  if (current !== undefined) {
    changes.push({ phase: "dropConstraint", table, operations: [drop(table, "primaryKey", current)] });
  }
  if (made !== undefined) {
    const key: PrimaryKey = { name: primaryKeyName(table.name, made, convention), columns: made.columns };
    changes.push({ phase: "createConstraint", table, operations: [data({ kind: "createPrimaryKey", table, key })] });
  }
  return changes;
}

function checkStructure({ canonicalExpression }: ComparingDialect): (check: CheckConstraint) => string {
  return ({ expression }) => canonicalExpression(expression);
}

/**
 * Compares the primary keys, foreign keys and checks of a table; unique constraints are compared with the indexes.
 *
 * @param current the database's table
 * @param written the target's table as its author wrote it
 */
export function compareConstraints(
  comparison: Comparison,
  current: Table,
  wanted: WantedTable,
  written: Table,
): readonly Change[] {
  const table = nameOf(current);
  const { dialect } = comparison;
  return [
    ...comparePrimaryKeys(comparison, table, current.primaryKey, wanted, written.primaryKey?.name),
    ...toChanges(
      comparison,
      table,
      CHECK,
      differences(current.checks, wanted.checks, checkStructure(dialect)),
    ),
    ...toChanges(
      comparison,
      table,
      FOREIGN_KEY,
      differences(current.foreignKeys, wanted.foreignKeys, foreignKeyStructure),
    ),
  ];
}

/** The change that drops a foreign key of a table which is dropped too. */
export function dropForeignKey(table: ObjectName, key: ForeignKey): Change {
  return { phase: "dropForeignKey", table, operations: [drop(table, "foreignKey", key)] };
}
