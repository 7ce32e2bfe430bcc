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
  ExcludeConstraint,
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
  const { columns, nullsNotDistinct = false, include = [], withoutOverlaps = false } = unique;
  return JSON.stringify([columns, nullsNotDistinct, include, withoutOverlaps, ...deferrability(unique)]);
}

function foreignKeyStructure(key: ForeignKey): string {
  const { references: { table, schema, columns }, onDelete = "no action", onUpdate = "no action" } = key;
  const { onDeleteColumns = [], match = null, notEnforced = false, period = false, notValid = false } = key;
  return JSON.stringify([
    key.columns,
    schema ?? null,
    table,
    columns,
    onDelete,
    onUpdate,
    onDeleteColumns,
    match,
    notEnforced,
    notValid,
    period,
    ...deferrability(key),
  ]);
}

function primaryKeyStructure(key: PrimaryKey | undefined): string {
  if (key === undefined) return "";
  const { columns, include = [], withoutOverlaps = false } = key;
  return JSON.stringify([columns, include, withoutOverlaps, ...deferrability(key)]);
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

/** The change that drops a check. */
export function dropCheck(table: ObjectName, check: CheckConstraint): Change {
  return { phase: "dropConstraint", table, operations: [drop(table, "check", check)] };
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
const EXCLUDE: ConstraintKind<ExcludeConstraint> = {
  type: "exclude",
  filtered: "excludeConstraint",
  dropped: "dropConstraint",
  created: "createConstraint",
  create: (table, exclusion) => ({ kind: "createExcludeConstraint", table, exclusion }),
};

interface Validity {
  readonly name?: string;
  readonly notValid?: boolean;
}

function toChanges<T extends { readonly name?: string }>(
  { filters, dialect }: Comparison,
  table: ObjectName,
  kind: ConstraintKind<T>,
  found: readonly Difference<T>[],
): readonly Change[] {
  return found.flatMap(({ current, wanted, renamed }): readonly Change[] => {
    const { schema } = table;
    const name = (wanted?.made ?? current)?.name;
    if (!isIncluded(filters, { type: kind.filtered, name, schema, table, current, target: wanted?.made })) return [];
    if (renamed && dialect.capabilities.alterConstraints) return renameConstraint(table, current?.name, name);
    return [
      ...(current === undefined ? [] : [{ phase: kind.dropped, table, operations: [drop(table, kind.type, current)] }]),
      ...(wanted === undefined ? [] : [{ phase: kind.created, table, operations: [kind.create(table, wanted.made)] }]),
    ];
  });
}

function renameConstraint(table: ObjectName, name: string | undefined, newName: string | undefined): readonly Change[] {
  if (name === undefined || newName === undefined) return [];
  return [{ phase: "alterTable", table, operations: [{ kind: "renameConstraint", name, table, newName }] }];
}

/** The database's constraints, as if those were checked that only have to be. */
function asValidated<T extends Validity>(
  current: readonly T[],
  wanted: readonly { readonly normal: Validity }[],
): readonly T[] {
  return current.map((constraint) => {
    const target = wanted.find(({ normal }) => normal.name === constraint.name);
    if (!constraint.notValid || target === undefined || target.normal.notValid) return constraint;
    const { notValid: _, ...valid } = constraint;
    return valid as T;
  });
}

/** What the database has not checked, and shall be, is checked. */
function validations(
  table: ObjectName,
  current: readonly Validity[],
  wanted: readonly { readonly normal: Validity }[],
  gone: readonly Change[],
): readonly Change[] {
  const remade = new Set(
    gone.flatMap(({ operations }) => operations).flatMap((operation) =>
      operation.kind === "dropConstraint" ? operation.name ?? [] : []
    ),
  );
  return current.flatMap(({ name, notValid }): readonly Change[] => {
    const target = wanted.find(({ normal }) => normal.name === name);
    if (name === undefined || !notValid || target === undefined || target.normal.notValid || remade.has(name)) {
      return [];
    }
    return [{ phase: "createConstraint", table, operations: [{ kind: "validateConstraint", name, table }] }];
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
  { convention, dialect }: Comparison,
  table: ObjectName,
  current: PrimaryKey | undefined,
  { made: { primaryKey: made }, normal: { primaryKey: normal = made } }: WantedTable,
  explicit: string | undefined,
): readonly Change[] {
  const renamed = explicit !== undefined && current?.name !== undefined && current.name !== explicit;
  const same = primaryKeyStructure(current) === primaryKeyStructure(normal);
  if (same && !renamed) return [];
  if (same && renamed && dialect.capabilities.alterConstraints) return renameConstraint(table, current?.name, explicit);
  const changes: Change[] = [];
  if (current !== undefined) {
    changes.push({ phase: "dropConstraint", table, operations: [drop(table, "primaryKey", current)] });
  }
  if (made !== undefined) {
    const key: PrimaryKey = {
      ...made,
      ...(convention === null ? {} : { name: primaryKeyName(table.name, made, convention) }),
    };
    changes.push({ phase: "createConstraint", table, operations: [data({ kind: "createPrimaryKey", table, key })] });
  }
  return changes;
}

function checkStructure({ canonicalExpression }: ComparingDialect): (check: CheckConstraint) => string {
  return ({ expression, noInherit = false, notEnforced = false, notValid = false }) =>
    JSON.stringify([canonicalExpression(expression), noInherit, notEnforced, notValid]);
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
  const changes = [
    ...comparePrimaryKeys(comparison, table, current.primaryKey, wanted, written.primaryKey?.name),
    ...toChanges(
      comparison,
      table,
      CHECK,
      differences(asValidated(current.checks, wanted.checks), wanted.checks, checkStructure(dialect)),
    ),
    ...toChanges(
      comparison,
      table,
      FOREIGN_KEY,
      differences(asValidated(current.foreignKeys, wanted.foreignKeys), wanted.foreignKeys, foreignKeyStructure),
    ),
    ...toChanges(
      comparison,
      table,
      EXCLUDE,
      differences(current.exclusions ?? [], wanted.exclusions, excludeStructure(dialect)),
    ),
  ];
  return [
    ...changes,
    ...validations(table, current.checks, wanted.checks, changes),
    ...validations(table, current.foreignKeys, wanted.foreignKeys, changes),
  ];
}

function excludeStructure({ canonicalExpression }: ComparingDialect): (exclusion: ExcludeConstraint) => string {
  return ({ using = "gist", parts, include = [], where, with: storage = {}, ...rest }) =>
    JSON.stringify([
      using,
      parts,
      include,
      where === undefined ? null : canonicalExpression(where),
      Object.entries(storage).sort(),
      ...deferrability(rest),
    ]);
}

/** The change that drops a foreign key of a table which is dropped too. */
export function dropForeignKey(table: ObjectName, key: ForeignKey): Change {
  return { phase: "dropForeignKey", table, operations: [drop(table, "foreignKey", key)] };
}
