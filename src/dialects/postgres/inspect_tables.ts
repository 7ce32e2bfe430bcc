/**
 * Reads tables with their columns and constraints.
 *
 * @module
 */
import { compact, compareNames } from "../../schema/edit.ts";
import type {
  CheckConstraint,
  Column,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  Table,
  UniqueConstraint,
} from "../../schema/model.ts";
import type { CatalogRows } from "./catalog.ts";
import type { ColumnRow, ConstraintRow, IndexRow, TableRow } from "./catalog_tables.ts";
import type { SequenceRow } from "./catalog_types.ts";
import { canonicalDefault, canonicalExpression } from "./expressions.ts";
import { exclusionOf, indexesOf } from "./inspect_indexes.ts";
import { byName, byTable, type Home, named, optionsOf } from "./inspect_names.ts";
import { identityOf, serialOf } from "./inspect_sequences.ts";
import { canonicalType } from "./types.ts";

/** The comments on tables (column 0) and their columns. */
export type CommentOf = (table: string, column: number) => string | undefined;

const ACTIONS: { readonly [letter: string]: ReferentialAction | undefined } = {
  a: undefined,
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

const COMPRESSIONS: { readonly [letter: string]: string } = { p: "pglz", l: "lz4" };

function columnOf(
  row: ColumnRow,
  serial: string | undefined,
  sequence: SequenceRow | undefined,
  comment: string | undefined,
): Column {
  const { name, required, expression } = row;
  const type = canonicalType(row.type);
  const generated = row.generated === "" || expression === null
    ? undefined
    : { expression: canonicalExpression(expression), stored: row.generated === "s" };
  const plain = serial === undefined && generated === undefined && expression !== null;
  return compact<Column>({
    name,
    type: serial ?? type,
    nullable: required ? false : undefined,
    default: plain ? canonicalDefault(expression, type) : undefined,
    generated,
    identity: row.identity === "" ? undefined : identityOf(row.identity, sequence),
    collation: row.collation ?? undefined,
    comment,
    storage: row.storage ?? undefined,
    compression: COMPRESSIONS[row.compression],
    statistics: row.statistics ?? undefined,
    inherited: row.inherited || undefined,
  });
}

function deferrability({ deferrable, deferred }: ConstraintRow): Partial<UniqueConstraint> {
  return compact({ deferrable: deferrable || undefined, initially: deferred ? "deferred" as const : undefined });
}

/** Gives the names of columns of a table, by the table's identifier and their numbers. */
type NamesOf = (table: string | null, numbers: readonly number[] | null) => readonly string[] | undefined;

/** A primary key or unique constraint. */
function keyOf(row: ConstraintRow, index: IndexRow | undefined, namesOf: NamesOf): PrimaryKey & UniqueConstraint {
  return compact<PrimaryKey & UniqueConstraint>({
    name: row.name,
    columns: namesOf(row.table, row.columns) ?? [],
    nullsNotDistinct: row.nullsNotDistinct || undefined,
    include: namesOf(row.table, row.include),
    withoutOverlaps: row.period || undefined,
    with: optionsOf(index?.options ?? null),
    ...deferrability(row),
  });
}

function foreignKeyOf(row: ConstraintRow, home: Home, namesOf: NamesOf): ForeignKey {
  const { name, schema } = named({ schema: row.targetSchema ?? "", name: row.target ?? "" }, home);
  const columns = row.targetNames ?? namesOf(row.targetId, row.targetColumns) ?? [];
  return compact<ForeignKey>({
    name: row.name,
    columns: namesOf(row.table, row.columns) ?? [],
    references: compact<ForeignKey["references"]>({ table: name, schema, columns }),
    onDelete: ACTIONS[row.onDelete],
    onUpdate: ACTIONS[row.onUpdate],
    onDeleteColumns: namesOf(row.table, row.onDeleteColumns),
    match: row.match === "f" ? "full" : undefined,
    notValid: row.enforced && !row.valid || undefined,
    notEnforced: !row.enforced || undefined,
    period: row.period || undefined,
    ...deferrability(row),
  });
}

function checkOf(row: ConstraintRow): CheckConstraint {
  return compact<CheckConstraint>({
    name: row.name,
    expression: canonicalExpression(row.expression ?? ""),
    notValid: row.enforced && !row.valid || undefined,
    noInherit: row.noInherit || undefined,
    notEnforced: !row.enforced || undefined,
  });
}

function constraintsOf(
  rows: readonly ConstraintRow[],
  indexes: readonly IndexRow[],
  home: Home,
  namesOf: NamesOf,
): Pick<Table, "uniques" | "foreignKeys" | "checks"> & Partial<Table> {
  const of = (kind: ConstraintRow["kind"]) => rows.filter((row) => row.kind === kind);
  const indexOf = ({ id }: ConstraintRow) => indexes.find(({ constraint }) => constraint === id);
  const key = of("p")[0];
  const exclusions = of("x").flatMap((row) => {
    const index = indexOf(row);
    return index === undefined ? [] : [exclusionOf(row, index)];
  });
  return compact<Pick<Table, "uniques" | "foreignKeys" | "checks"> & Partial<Table>>({
    primaryKey: key === undefined ? undefined : keyOf(key, indexOf(key), namesOf),
    uniques: of("u").map((row) => keyOf(row, indexOf(row), namesOf)).sort(byName),
    foreignKeys: of("f").map((row) => foreignKeyOf(row, home, namesOf)).sort(byName),
    checks: of("c").map(checkOf).sort(byName),
    exclusions: exclusions.length === 0 ? undefined : exclusions.sort(byName),
  });
}

const ROW_SECURITY = (row: TableRow): Table["rowSecurity"] =>
  row.rowSecurity ? row.forcedRowSecurity ? "forced" : "enabled" : row.forcedRowSecurity ? "forcedOnly" : undefined;

function replicaIdentityOf({ replicaIdentity }: TableRow, indexes: readonly IndexRow[]): Table["replicaIdentity"] {
  if (replicaIdentity === "f") return "full";
  const index = replicaIdentity === "i" ? indexes.find((row) => row.replicaIdentity)?.name : undefined;
  // An index that has been dropped leaves the letter behind, and nothing to tell a row by.
  return index !== undefined ? { index } : replicaIdentity === "d" ? undefined : "nothing";
}

function tableOptions(row: TableRow, indexes: readonly IndexRow[], home: Home): Partial<Table> {
  const parents = (row.parents ?? []).map((parent) => named(parent, home));
  const parent = parents[0];
  const options = { ...optionsOf(row.options), ...optionsOf(row.toastOptions, "toast.") };
  return compact<Partial<Table>>({
    partitionBy: row.partitionKey ?? undefined,
    partitionOf: row.partition && parent !== undefined
      ? compact({ table: parent.name, schema: parent.schema, bound: row.bound ?? "DEFAULT" })
      : undefined,
    inherits: row.partition || parents.length === 0 ? undefined : parents,
    unlogged: row.unlogged || undefined,
    tablespace: row.tablespace ?? undefined,
    using: row.method ?? undefined,
    with: Object.keys(options).length === 0 ? undefined : options,
    rowSecurity: ROW_SECURITY(row),
    replicaIdentity: replicaIdentityOf(row, indexes),
    clusteredOn: indexes.find(({ clustered }) => clustered)?.name,
  });
}

/** Tables, and the sequences that are part of their columns. */
export interface ReadTables {
  readonly tables: readonly Table[];
  readonly hidden: ReadonlySet<SequenceRow>;
}

/** The tables that the rows of the catalog describe. */
export function tablesOf(rows: CatalogRows, home: Home, commentOf: CommentOf): ReadTables {
  const [columns, constraints, indexes] = [byTable(rows.columns), byTable(rows.constraints), byTable(rows.indexes)];
  const sequences = byTable(rows.sequences);
  const hidden = new Set<SequenceRow>();
  const namesOf: NamesOf = (table, numbers) =>
    numbers?.map((number) => columns(table ?? "").find((column) => column.number === number)?.name ?? "");
  const tables = rows.tables.map((row) => {
    const { id } = row;
    const own = indexes(id);
    const owned = sequences(id);
    return compact<Table>({
      ...named(row, home),
      columns: columns(id).map((column) => {
        const candidates = owned.filter((sequence) => sequence.column === column.number);
        const sequence = candidates.find(({ internal, draws }) => internal || draws);
        const serial = serialOf(column, row, sequence);
        if (serial !== undefined && sequence !== undefined) hidden.add(sequence);
        return columnOf(column, serial, sequence, commentOf(id, column.number));
      }),
      ...constraintsOf(constraints(id), own, home, namesOf),
      indexes: indexesOf(own, home),
      comment: commentOf(id, 0),
      ...tableOptions(row, own, home),
    });
  }).sort(compareNames);
  return { tables, hidden };
}
