/**
 * Columns that differ.
 *
 * @module
 */
import { namesType } from "../ddl/rename_in_sql.ts";
import type { AddColumn } from "../operations/add_column.ts";
import type { AlterColumn, ColumnChanges } from "../operations/alter_column.ts";
import { withoutColumn } from "../operations/drop_column.ts";
import { compact, findColumn, findTable, nameOf, sameName } from "../schema/edit.ts";
import type { Column, Identity, ObjectName, Schema, Table } from "../schema/model.ts";
import { dropCheck } from "./compare_constraints.ts";
import { type Change, type Comparison, type Findings, mergeFindings } from "./comparison.ts";
import { columnsDiffer, isIncluded } from "./filters.ts";
import { missingInAdded, missingInAltered } from "./missing_values.ts";
import { tableName } from "./object_kinds.ts";
import type { WantedColumn, WantedTable } from "./wanted.ts";

const SERIAL = /^(?:small|big)?serial\d?$/i;

function added({ dialect }: Comparison, { made, normal }: WantedColumn, table: ObjectName): Findings {
  const isFilled = [made.default, normal.default, made.generated, made.identity].some((each) => each !== undefined);
  const isMissing = made.nullable === false && !isFilled && !SERIAL.test(made.type);
  const missing = isMissing ? missingInAdded(table, made, dialect.writer) : undefined;
  const phase = made.generated === undefined ? "column" : "addGenerated";
  const operation = compact<AddColumn>({ kind: "addColumn", table, column: made, note: missing?.note });
  return { changes: [{ phase, table, operations: [operation] }], warnings: missing ? [missing.warning] : [] };
}

function identityText(identity: Identity | undefined): string {
  if (identity === undefined) return "";
  const { generation, start, increment, minValue, maxValue, cache, cycle = false } = identity;
  return JSON.stringify([generation, ...[start, increment, minValue, maxValue, cache].map(String), cycle]);
}

/** The rule of a generated column, as it is compared. */
function ruleOf({ generated }: Column, { dialect }: Comparison): string | undefined {
  return generated && `${generated.stored} ${dialect.canonicalExpression(generated.expression)}`;
}

function defaultChanges(
  { dialect, compareServerDefault }: Comparison,
  table: ObjectName,
  current: Column,
  { made, normal }: WantedColumn,
): boolean {
  if (made.generated !== undefined) return false;
  const text = (value: string | undefined): string | undefined => value && dialect.canonicalExpression(value);
  return columnsDiffer(
    compareServerDefault,
    [current, normal, table],
    () => text(current.default) !== text(normal.default),
  );
}

function namesOwnType({ enums, domains, compositeTypes }: Schema, type: string): boolean {
  return [...enums, ...domains, ...compositeTypes].some((each) => namesType(type, each));
}

function typeChanges(
  comparison: Comparison,
  table: ObjectName,
  current: Column,
  { made, normal }: WantedColumn,
): ColumnChanges {
  const { dialect, compareType } = comparison;
  const differs = (): boolean => dialect.canonicalType(current.type) !== dialect.canonicalType(normal.type);
  if (!columnsDiffer(compareType, [current, normal, table], differs)) return {};
  const using = dialect.conversion(made.name, current.type, made.type);
  // What has to be converted has a default that may have no cast either: it is dropped before and set again.
  // So is one that names a type of one's own, which could not be dropped under it.
  const isBound = using !== undefined || namesOwnType(comparison.current, current.type);
  const restated = isBound && current.default !== undefined ? made.default : undefined;
  return compact<ColumnChanges>({ type: made.type, using, default: restated });
}

function optionChanges(current: Column, { comment, storage, compression, statistics }: Column): ColumnChanges {
  return compact<ColumnChanges>({
    comment: current.comment === comment ? undefined : comment ?? null,
    storage: current.storage === storage ? undefined : storage ?? null,
    compression: current.compression === compression ? undefined : compression ?? null,
    statistics: current.statistics === statistics ? undefined : statistics ?? null,
  });
}

function changesOf(
  comparison: Comparison,
  table: ObjectName,
  current: Column,
  wanted: WantedColumn,
): ColumnChanges {
  const { made, normal } = wanted;
  const isNullable = (column: Column): boolean => column.nullable ?? true;
  const changed = <T>(differs: boolean, value: T): T | undefined => differs ? value : undefined;
  return {
    ...typeChanges(comparison, table, current, wanted),
    ...compact<ColumnChanges>({
      nullable: changed(isNullable(current) !== isNullable(normal), isNullable(normal)),
      default: changed(defaultChanges(comparison, table, current, wanted), made.default ?? null),
      identity: changed(identityText(current.identity) !== identityText(normal.identity), made.identity ?? null),
      generated: changed(current.generated !== undefined && made.generated === undefined, null),
      autoincrement: changed(
        (current.autoincrement ?? false) !== (normal.autoincrement ?? false),
        normal.autoincrement ?? false,
      ),
      collation: changed(current.collation !== normal.collation, made.collation ?? null),
      ...(comparison.kinds.includes("tableOptions") ? optionChanges(current, normal) : {}),
    }),
  };
}

/** Generated columns go before the columns that they are computed from change, and what becomes one before it is made. */
function dropped(comparison: Comparison, table: ObjectName, column: Column, isRemade: boolean): Change {
  const { name, generated } = column;
  const phase = generated === undefined && !isRemade ? "dropColumn" : "dropGenerated";
  const only = isKeptBelow(comparison, table, name) ? { only: true } : {};
  return { phase, table, operations: [{ kind: "dropColumn", table, column: name, ...only }] };
}

/** Whether a table that has taken over a column keeps it as its own: it must not be dropped there too. */
function isKeptBelow({ current, target }: Comparison, table: ObjectName, column: string): boolean {
  return current.tables.some((child) => {
    const wanted = (child.inherits ?? []).some((name) => sameName(name, table)) ? findTable(target, child) : undefined;
    const kept = wanted && findColumn(wanted, column);
    return kept !== undefined && kept.inherited !== true && findColumn(child, column)?.inherited === true;
  });
}

const mentions = (expression: string, column: string): boolean =>
  new RegExp(`(?<![\\w$])${column.replace(/[^\w]/g, "\\$&")}(?![\\w$])`, "i").test(expression);

/** As far as a text tells: two columns may seem to be computed from each other. */
const isComputedFrom = ({ generated }: Column, { name }: Column): boolean =>
  generated !== undefined && mentions(generated.expression, name);

/**
 * Whether a column is dropped and added: what it holds is computed, and the rule changes, or the type of a column
 * that it is computed from, which a database that does not rebuild the table refuses to change under it.
 */
function isRecreated(
  comparison: Comparison,
  table: Table,
  current: Column,
  wanted: WantedTable,
  above: readonly Column[] = [],
): boolean {
  const target = wanted.columns.find(({ made }) => made.name === current.name);
  if (target?.made.generated === undefined) return false;
  const { generated } = current;
  if (generated === undefined || ruleOf(current, comparison) !== ruleOf(target.normal, comparison)) return true;
  const path = [...above, current];
  const under = table.columns.filter((each) => isComputedFrom(current, each) && !path.includes(each));
  if (under.some((each) => isRecreated(comparison, table, each, wanted, path))) return true;
  return comparison.dialect.capabilities.alterConstraints && wanted.columns.some((each) => {
    const source = findColumn(table, each.made.name);
    return source !== undefined && source !== current && mentions(generated.expression, source.name) &&
      typeChanges(comparison, nameOf(table), source, each).type !== undefined;
  });
}

function altered(comparison: Comparison, of: Table, current: Column, { table, column }: WantedPlace): Findings {
  const found = changesOf(comparison, nameOf(of), current, column);
  const { isNeverNull } = comparison.dialect;
  const always = isNeverNull(of, current.name) && isNeverNull(table, column.made.name);
  const { nullable: _, ...others } = found;
  const changes: ColumnChanges = always ? others : found;
  if (Object.keys(changes).length === 0) return { changes: [], warnings: [] };
  const name = nameOf(of);
  const missing = changes.nullable === false
    ? missingInAltered(name, column.made, comparison.dialect.writer)
    : undefined;
  const operation = compact<AlterColumn>({
    kind: "alterColumn",
    table: name,
    column: current.name,
    changes,
    note: missing?.note,
  });
  return {
    changes: [{ phase: "column", table: name, operations: [operation] }],
    warnings: missing ? [missing.warning] : [],
  };
}

/** A column that the target asks for, and its table. */
interface WantedPlace {
  readonly table: Table;
  readonly column: WantedColumn;
}

/** What is found of a table's columns. */
export interface ColumnFindings extends Findings {
  /** The database's table without the columns that are made anew: its keys and indexes on them are gone. */
  readonly remaining: Table;
}

function isColumnIncluded({ filters }: Comparison, table: ObjectName, current?: Column, target?: Column): boolean {
  const name = (target ?? current)?.name;
  return isIncluded(filters, { type: "column", name, schema: table.schema, table, current, target });
}

/** Columns that a parent table has handed down change with the parent's. */
function comesFromParent(current: Column | undefined, target: Column): boolean {
  return target.inherited === true && (current === undefined || current.inherited === true);
}

/** Whether a parent of a table says that a column is NOT NULL. */
function parentRequires(schema: Schema, { partitionOf, inherits = [] }: Table, column: string): boolean {
  const parents = partitionOf === undefined ? inherits : [tableName(partitionOf)];
  return parents.some((name) => {
    const parent = findTable(schema, name);
    return parent !== undefined && findColumn(parent, column)?.nullable === false;
  });
}

/** A column that a parent has handed down may be NOT NULL where the parent's is not. */
function ownNullability(
  { current, target }: Comparison,
  table: Table,
  column: Column,
  wantedTable: Table,
  { normal }: WantedColumn,
): Findings {
  const nothing: Findings = { changes: [], warnings: [] };
  // What a parent requires, its partitions get and keep with it.
  if (parentRequires(target, wantedTable, column.name)) return nothing;
  const now = normal.nullable === false;
  if ((column.nullable === false && !parentRequires(current, table, column.name)) === now) return nothing;
  const operation: AlterColumn = {
    kind: "alterColumn",
    table: nameOf(table),
    column: column.name,
    changes: { nullable: !now },
  };
  return { changes: [{ phase: "column", table: nameOf(table), operations: [operation] }], warnings: [] };
}

/** The default that the parents of a table hand down to a column. */
function parentDefault(schema: Schema, { partitionOf, inherits = [] }: Table, column: string): string | undefined {
  const parents = partitionOf === undefined ? inherits : [tableName(partitionOf)];
  return parents.map((name) => findTable(schema, name)).map((parent) => parent && findColumn(parent, column)?.default)
    .find((each) => each !== undefined);
}

/** A column that a parent has handed down may have a default of its own, until the parent's changes. */
function ownDefault(
  { current, target, dialect, compareServerDefault }: Comparison,
  table: Table,
  column: Column,
  wantedTable: Table,
  { made, normal }: WantedColumn,
): Findings {
  const text = (value: string | undefined): string => value === undefined ? "" : dialect.canonicalExpression(value);
  const [old, now] = [parentDefault(current, table, column.name), parentDefault(target, wantedTable, column.name)];
  const isHandedDown = text(old) !== text(now);
  const name = nameOf(table);
  const differs = columnsDiffer(
    compareServerDefault,
    [column, normal, name],
    () => text(isHandedDown ? now : column.default) !== text(normal.default),
  );
  if (!differs || normal.generated !== undefined) return { changes: [], warnings: [] };
  const operation: AlterColumn = {
    kind: "alterColumn",
    table: name,
    column: column.name,
    changes: { default: made.default ?? normal.default ?? null },
  };
  // Later than what changes the parent's columns.
  return { changes: [{ phase: "createConstraint", table: name, operations: [operation] }], warnings: [] };
}

/** The checks that PostgreSQL drops with a column, without a word. */
function checksOn({ dialect }: Comparison, { checks }: Table, column: string): Table["checks"] {
  return dialect.capabilities.alterConstraints ? checks.filter(({ expression }) => mentions(expression, column)) : [];
}

/** Compares the columns of a table. */
export function compareColumns(comparison: Comparison, current: Table, wanted: WantedTable): ColumnFindings {
  const table = nameOf(current);
  const findings: Findings[] = [];
  const remade: Column[] = [];
  let remaining = current;
  for (const column of wanted.columns) {
    const found = findColumn(current, column.made.name);
    if (comesFromParent(found, column.normal)) {
      if (found !== undefined) {
        findings.push(
          ownNullability(comparison, current, found, wanted.normal, column),
          ownDefault(comparison, current, found, wanted.normal, column),
        );
      }
      continue;
    }
    if (!isColumnIncluded(comparison, table, found, column.made)) continue;
    if (found === undefined) findings.push(added(comparison, column, table));
    else if (isRecreated(comparison, current, found, wanted)) {
      const checks = checksOn(comparison, remaining, found.name);
      remaining = withoutColumn(remaining, found.name);
      remaining = { ...remaining, checks: remaining.checks.filter((check) => !checks.includes(check)) };
      remade.push(found);
      findings.push({ changes: checks.map((check) => dropCheck(table, check)), warnings: [] });
      findings.push(added(comparison, column, table));
    } else findings.push(altered(comparison, current, found, { table: wanted.normal, column }));
  }
  const gone = current.columns.filter(({ name, inherited }) =>
    findColumn(wanted.made, name) === undefined && !inherited
  )
    .filter((column) => isColumnIncluded(comparison, table, column));
  const leaving = [...remade, ...gone];
  // A column that is computed from another one goes before it.
  const depth = (column: Column, above: readonly Column[] = []): number => {
    const path = [...above, column];
    const under = leaving.filter((each) => isComputedFrom(column, each) && !path.includes(each));
    return Math.max(0, ...under.map((each) => 1 + depth(each, path)));
  };
  const drops = leaving.toSorted((a, b) => depth(b) - depth(a))
    .map((column) => dropped(comparison, table, column, remade.includes(column)));
  return {
    ...mergeFindings([...findings, { changes: drops, warnings: [] }]),
    remaining,
  };
}
