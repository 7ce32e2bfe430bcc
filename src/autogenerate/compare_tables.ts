/**
 * Tables that are new, gone, or differ.
 *
 * @module
 */
import { refTo } from "../schema/refs.ts";
import { isExcluded } from "./excluded.ts";
import { withoutChoice } from "../operations/chosen_index.ts";
import { LimbeckError } from "../errors.ts";
import { isPartOf } from "../operations/inheritance.ts";
import { displayName, keyOf, nameOf } from "../schema/edit.ts";
import type { ForeignKey, Index, Table } from "../schema/model.ts";
import { orderTables, referenced } from "../schema/order.ts";
import { compareColumns } from "./compare_columns.ts";
import { compareConstraints, dropForeignKey } from "./compare_constraints.ts";
import { compareIndexes } from "./compare_indexes.ts";
import { byName, type Change, type Comparison, type Findings, isIgnored, speaksAbout } from "./comparison.ts";
import { compareRowSecurity, compareTableOptions } from "./compare_table_options.ts";
import { tableName } from "./object_kinds.ts";
import { isRemade, remakeTable } from "./remake_table.ts";
import { type WantedTable, wantedTables } from "./wanted.ts";

/** The tables on either side. */
export interface TablePairs {
  readonly created: readonly WantedTable[];
  readonly kept: readonly { readonly current: Table; readonly wanted: WantedTable; readonly written: Table }[];
  readonly dropped: readonly Table[];
  /** The keys of the database's tables that are left alone. */
  readonly left: ReadonlySet<string>;
}

/** Pairs the tables of both sides, without those that are ignored or filtered out. */
export function pairTables(comparison: Comparison): TablePairs {
  const { current, target, written, convention, kinds } = comparison;
  const included = (table: Table): boolean =>
    kinds.includes("tables") && !isIgnored(comparison, table) &&
    // To a target that knows no partitions they are a part of their table.
    (kinds.includes("tableOptions") || table.partitionOf === undefined) &&
    !isExcluded(comparison, refTo("table", table));
  const [there, sources] = [byName(current.tables), byName(written.tables)];
  const wanted = wantedTables(written, target, convention)
    .filter(({ made }) => included(made));
  const kept = wanted.flatMap((each) => {
    const old = there.get(keyOf(each.made));
    const source = sources.get(keyOf(each.made));
    return old === undefined || source === undefined ? [] : [{ current: old, wanted: each, written: source }];
  });
  const dropped = current.tables.filter((table) =>
    !sources.has(keyOf(table)) && speaksAbout(comparison, table) && included(table)
  );
  const remade = kept.filter((pair) => isRemade(pair.current, pair.wanted.normal)).map((pair) => pair.current);
  const touched = new Set([...kept.map((pair) => pair.current), ...dropped].map(keyOf));
  return {
    created: wanted.filter(({ made }) => !there.has(keyOf(made))),
    kept,
    // Partitions go with their table.
    dropped: dropped.filter((table) => !remade.some((parent) => isPartOf(table, parent))),
    left: new Set(current.tables.map(keyOf).filter((key) => !touched.has(key))),
  };
}

/** Whether a table that is there can be referred to as it is: its key on these columns is not one of the changes. */
function canReferTo(there: ReadonlyMap<string, Table>, key: ForeignKey): boolean {
  const table = there.get(keyOf(referenced(key)));
  if (table === undefined) return true;
  const columns = JSON.stringify([...key.references.columns].sort());
  const uniqueIndexes = table.indexes.filter(({ unique }) => unique).map(({ parts }) =>
    parts.map(({ column }) => column ?? "")
  );
  const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns), ...uniqueIndexes];
  return keys.some((each) => JSON.stringify([...each].sort()) === columns);
}

/** Whether an index is on a partitioned table alone. */
const isOnly = ({ partitionBy }: Table, { invalid }: Index): boolean => partitionBy !== undefined && invalid === true;

function createTables({ current, dialect }: Comparison, created: readonly WantedTable[]): readonly Change[] {
  const { tables, cyclic } = orderTables(created.map(({ made }) => made));
  const [there, circles] = [byName(current.tables), new Set(cyclic.map(({ key }) => key))];
  const mustWait = (key: ForeignKey): boolean =>
    dialect.capabilities.alterConstraints && (circles.has(key) || !canReferTo(there, key));
  return [
    ...tables.map((table): Change => {
      const foreignKeys = table.foreignKeys.filter((key) => !mustWait(key));
      const indexes = table.indexes.filter((index) => !isOnly(table, index));
      return { phase: "createTable", operations: [{ kind: "createTable", table: { ...table, foreignKeys, indexes } }] };
    }),
    // Partitions that are made after such an index would get it.
    ...tables.flatMap((table) =>
      table.indexes.filter((index) => isOnly(table, index)).map(({ invalid: _, ...index }): Change => ({
        phase: "createIndex",
        table: nameOf(table),
        operations: [{ kind: "createIndex", table: nameOf(table), index, only: true }],
      }))
    ),
    ...tables.flatMap((each) => {
      const table = nameOf(each);
      return each.foreignKeys.filter(mustWait).map((key): Change => ({
        phase: "createForeignKey",
        table,
        operations: [{ kind: "createForeignKey", table, key }],
      }));
    }),
  ];
}

function dropTables({ dialect }: Comparison, dropped: readonly Table[]): readonly Change[] {
  const { tables, cyclic } = orderTables(dropped);
  const gone = byName(dropped);
  const goesWithParent = ({ partitionOf }: Table): boolean =>
    partitionOf !== undefined && gone.has(keyOf(tableName(partitionOf)));
  return [
    ...(dialect.capabilities.alterConstraints ? cyclic.map(({ table, key }) => dropForeignKey(table, key)) : []),
    ...tables.filter(({ partitionOf }) => partitionOf !== undefined).flatMap((table) =>
      table.foreignKeys.map((key) => dropForeignKey(nameOf(table), key))
    ),
    ...tables.toReversed().filter((table) => !goesWithParent(table)).map((table): Change => ({
      phase: "dropTable",
      operations: [{ kind: "dropTable", table: nameOf(table) }],
    })),
  ];
}

/** Indexes of dropped tables whose names others take: they go first, where the tables go last. */
function freedNames({ target, dialect }: Comparison, dropped: readonly Table[]): readonly Change[] {
  if (dialect.capabilities.alterConstraints) return [];
  const taken = new Set(
    target.tables.flatMap((table) => table.indexes.map(({ name = "" }) => keyOf(nameOf({ ...table, name })))),
  );
  return dropped.flatMap((table) =>
    table.indexes.filter(({ name = "", partOf }) =>
      partOf === undefined && taken.has(keyOf(nameOf({ ...table, name })))
    )
      .map(({ name = "" }): Change => ({
        phase: "dropIndex",
        operations: [{ kind: "dropIndex", name, table: nameOf(table) }],
      }))
  );
}

/**
 * Refuses to take tables for alike that differ in what the model has no word for, or to lose it with a constraint that
 * is made anew. A target that cannot say such things (a program's schema) has no definition.
 */
function refuseUnmodelled(current: Table, written: Table, changes: readonly Change[]): void {
  if (written.definition === undefined) return;
  const operations = changes.flatMap((change) => change.operations);
  const [old, now] = [[...current.unmodelled ?? []].sort(), [...written.unmodelled ?? []].sort()];
  const makes = operations.some(({ kind }) => REMAKING.has(kind));
  const loses = now.length > 0 && makes;
  const drops = operations.some(({ kind }) => kind.startsWith("drop") || kind === "alterColumn");
  const isOnlyDropped = drops && now.every((clause) => old.includes(clause));
  if (!loses && (old.join("\0") === now.join("\0") || isOnlyDropped)) return;
  const clauses = loses
    ? now
    : [...old.filter((each) => !now.includes(each)), ...now.filter((each) => !old.includes(each))];
  throw new LimbeckError(
    "UNSUPPORTED",
    `Cannot compare the table "${displayName(current)}": limbeck has no word for "${clauses.join('", "')}"`,
    { hint: "Make that change yourself, with op.execute", facts: { table: displayName(current) } },
  );
}

const REMAKING: ReadonlySet<string> = new Set([
  "addColumn",
  "createForeignKey",
  "createPrimaryKey",
  "createUniqueConstraint",
]);

/** A table that has chosen no index that is dropped, be it to be made again. */
function withoutLostChoices(current: Table, remaining: Table, changes: readonly Change[]): Table {
  const names = ({ indexes, uniques, primaryKey }: Table): readonly string[] =>
    [...indexes, ...uniques, ...primaryKey === undefined ? [] : [primaryKey]].flatMap(({ name }) => name ?? []);
  const kept = new Set(names(remaining));
  const dropped = changes.flatMap(({ operations }) => operations).flatMap((operation) =>
    operation.kind === "dropIndex" || operation.kind === "dropConstraint" ? operation.name ?? [] : []
  );
  return [...names(current).filter((name) => !kept.has(name)), ...dropped].reduce(withoutChoice, current);
}

function compareTable(comparison: Comparison, current: Table, wanted: WantedTable, written: Table): Findings {
  if (comparison.kinds.includes("tableOptions") && isRemade(current, wanted.normal)) {
    return remakeTable(comparison.dialect.writer, current, wanted.made);
  }
  const { changes: ofColumns, warnings, remaining } = compareColumns(comparison, current, wanted);
  const ofKeys = [
    ...compareConstraints(comparison, remaining, wanted, written),
    ...compareIndexes(comparison, remaining, wanted),
  ];
  const changes = [
    ...(comparison.kinds.includes("tableOptions")
      ? compareTableOptions(withoutLostChoices(current, remaining, ofKeys), wanted.normal)
      : []),
    ...(comparison.kinds.includes("rowSecurity") ? compareRowSecurity(current, wanted.normal) : []),
    ...ofColumns,
    ...ofKeys,
  ];
  refuseUnmodelled(current, written, changes);
  return { changes, warnings };
}

/** Compares the tables, with everything in them. */
export function compareTables(comparison: Comparison, { created, kept, dropped }: TablePairs): Findings {
  const findings = kept.map(({ current, wanted, written }) => compareTable(comparison, current, wanted, written));
  return {
    changes: [
      ...createTables(comparison, created),
      ...findings.flatMap(({ changes }) => changes),
      ...freedNames(comparison, dropped),
      ...dropTables(comparison, dropped),
    ],
    warnings: findings.flatMap(({ warnings }) => warnings),
  };
}
