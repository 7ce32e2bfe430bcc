/**
 * Indexes that differ, and unique constraints, which are unique indexes to some databases.
 *
 * @module
 */
import type { CreateIndex } from "../operations/create_index.ts";
import type { Operation } from "../operations/registry.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Index, IndexPart, ObjectName, Table, UniqueConstraint } from "../schema/model.ts";
import { uniqueChanges, uniqueDifferences } from "./compare_constraints.ts";
import type { Change, ComparingDialect, Comparison } from "./comparison.ts";
import { isIncluded } from "./filters.ts";
import { type Difference, differences } from "./match.ts";
import type { Wanted, WantedTable } from "./wanted.ts";

/** Nulls last after "asc" and first after "desc" is what the database does by itself. */
function partStructure(part: IndexPart, { canonicalExpression }: ComparingDialect): readonly unknown[] {
  const { order = "asc", opclass = null, collation = null } = part;
  const nulls = part.nulls ?? (order === "desc" ? "first" : "last");
  const what = part.column === undefined ? { expression: canonicalExpression(part.expression) } : part.column;
  return [what, order, nulls, opclass, collation];
}

function indexStructure(dialect: ComparingDialect): (index: Index) => string {
  return (
    {
      parts,
      unique = false,
      where,
      using = "btree",
      include = [],
      nullsNotDistinct = false,
      with: storage,
      tablespace = null,
      invalid = false,
    },
  ) =>
    JSON.stringify([
      parts.map((part) => partStructure(part, dialect)),
      unique,
      where === undefined ? null : dialect.canonicalExpression(where),
      using,
      include,
      tablespace,
      nullsNotDistinct,
      Object.entries(storage ?? {}).sort(),
      invalid,
    ]);
}

/** The columns of an index that does just what a unique constraint does. */
function plainUnique({ parts, unique, where, include }: Index): string | undefined {
  const plain = parts.every((part) => part.column !== undefined && Object.keys(part).length === 1);
  return unique && plain && where === undefined && (include ?? []).length === 0
    ? JSON.stringify(parts.map(({ column }) => column))
    : undefined;
}

/** The differences that are left when a unique index may stand for a unique constraint, and the other way round. */
function acrossKinds(
  uniques: readonly Difference<UniqueConstraint>[],
  indexes: readonly Difference<Index>[],
): readonly [readonly Difference<UniqueConstraint>[], readonly Difference<Index>[]] {
  const gone = new Set<object>();
  const settle = (one: Difference<UniqueConstraint>, other: Difference<Index>): boolean => {
    const wanted = one.wanted ?? other.wanted;
    const current = one.wanted === undefined ? one.current : other.current;
    if (wanted === undefined || current === undefined || gone.has(one) || gone.has(other)) return false;
    if ((one.wanted === undefined) === (other.wanted === undefined)) return false;
    const unique = one.wanted?.normal ?? one.current;
    const index = other.wanted?.normal ?? other.current;
    if (unique === undefined || index === undefined) return false;
    if (JSON.stringify(unique.columns) !== plainUnique(index)) return false;
    return !wanted.explicit || current.name === undefined || current.name === wanted.made.name;
  };
  for (const one of uniques) {
    const other = indexes.find((each) => settle(one, each));
    if (other !== undefined) [one, other].forEach((each) => gone.add(each));
  }
  return [uniques.filter((each) => !gone.has(each)), indexes.filter((each) => !gone.has(each))];
}

function createIndex(table: ObjectName, { made, normal }: Wanted<Index>): Operation {
  const { invalid: _, ...index } = made;
  return compact<CreateIndex>({
    kind: "createIndex",
    table,
    index: compact<Index>(index),
    only: normal.invalid ? true : undefined,
  });
}

/** What a build has left behind is in the database only; a partitioned table's index may be without its partitions'. */
function asked({ partitionBy }: Table, wanted: Wanted<Index>): Wanted<Index> {
  if (partitionBy !== undefined) return wanted;
  const { invalid: _, ...normal } = wanted.normal;
  return { ...wanted, normal };
}

function indexChanges(
  { filters, dialect }: Comparison,
  table: ObjectName,
  found: readonly Difference<Index>[],
): readonly Change[] {
  return found.flatMap(({ current, wanted, renamed }): readonly Change[] => {
    const { schema } = table;
    const name = (wanted?.made ?? current)?.name;
    if (!isIncluded(filters, { type: "index", name, schema, table, current, target: wanted?.made })) return [];
    if (renamed && dialect.capabilities.alterConstraints && current?.name !== undefined && name !== undefined) {
      const operation = { kind: "renameIndex" as const, name: current.name, table, newName: name };
      return [{ phase: "alterTable", table, operations: [operation] }];
    }
    return [
      ...(current === undefined ? [] : [{
        phase: "dropIndex" as const,
        table,
        operations: [{ kind: "dropIndex" as const, name: current.name ?? "", table }],
      }]),
      ...(wanted === undefined ? [] : [{
        phase: "createIndex" as const,
        table,
        operations: [createIndex(table, wanted)],
      }]),
    ];
  });
}

/** The indexes that differ. What is a part of a partitioned table's index comes and goes with that. */
function indexDifferences(
  { indexes }: Table,
  wanted: WantedTable,
  dialect: ComparingDialect,
): readonly Difference<Index>[] {
  const parts = new Set(
    wanted.indexes.flatMap(({ normal: { name, partOf } }) => partOf === undefined ? [] : name ?? []),
  );
  return differences(
    indexes.filter(({ name, partOf }) => partOf === undefined && !parts.has(name ?? "")),
    wanted.indexes.filter(({ normal: { partOf } }) => partOf === undefined).map((each) => asked(wanted.normal, each)),
    indexStructure(dialect),
  );
}

/** Compares the indexes and unique constraints of a table. */
export function compareIndexes(comparison: Comparison, current: Table, wanted: WantedTable): readonly Change[] {
  const { dialect } = comparison;
  const table = nameOf(current);
  const allUniques = uniqueDifferences(current, wanted);
  const allIndexes = indexDifferences(current, wanted, dialect);
  // An author of a Drizzle schema means the same by both; one who writes SQL has chosen.
  const [uniques, indexes] = dialect.capabilities.uniqueIndexIsConstraint && !comparison.kinds.includes("tableOptions")
    ? acrossKinds(allUniques, allIndexes)
    : [allUniques, allIndexes];
  return [...uniqueChanges(comparison, table, uniques), ...indexChanges(comparison, table, indexes)];
}
