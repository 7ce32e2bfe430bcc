/**
 * Reads indexes and the constraints that are like them.
 *
 * @module
 */
import { compact } from "../../schema/edit.ts";
import type { ExcludeConstraint, Index, IndexPart, IndexSort } from "../../schema/model.ts";
import type { ConstraintRow, IndexPartRow, IndexRow } from "./catalog_tables.ts";
import { canonicalExpression } from "./expressions.ts";
import { byName, type Home, named, optionsOf } from "./inspect_names.ts";

function indexPartOf(row: IndexPartRow): IndexPart {
  const options = row.opclassOptions?.length ? ` (${row.opclassOptions.join(", ")})` : "";
  const sort = compact<IndexSort>({
    order: row.descending ? "desc" : undefined,
    nulls: row.nullsFirst === row.descending ? undefined : row.nullsFirst ? "first" : "last",
    opclass: row.opclass === null ? undefined : row.opclass + options,
    collation: row.collation ?? undefined,
  });
  return row.column === null
    ? { expression: canonicalExpression(row.expression ?? ""), ...sort }
    : { column: row.column, ...sort };
}

const keys = ({ parts }: IndexRow): readonly IndexPartRow[] => (parts ?? []).filter(({ key }) => key);

/** What an index and an exclusion constraint have in common. */
function common(row: IndexRow): Pick<Index, "where" | "using" | "include" | "with"> {
  const included = (row.parts ?? []).filter(({ key }) => !key).map(({ column }) => column ?? "");
  return compact<Pick<Index, "where" | "using" | "include" | "with">>({
    where: row.predicate === null ? undefined : canonicalExpression(row.predicate),
    using: row.method === "btree" ? undefined : row.method,
    include: included.length === 0 ? undefined : included,
    with: optionsOf(row.options),
  });
}

function indexOf(row: IndexRow, home: Home): Index {
  return compact<Index>({
    name: row.name,
    parts: keys(row).map(indexPartOf),
    unique: row.unique || undefined,
    ...common(row),
    nullsNotDistinct: row.nullsNotDistinct || undefined,
    tablespace: row.tablespace ?? undefined,
    partOf: row.parent === null ? undefined : named(row.parent, home),
    invalid: !row.valid || undefined,
  });
}

/** The indexes of a table that are not a constraint's. */
export function indexesOf(rows: readonly IndexRow[], home: Home): readonly Index[] {
  return rows.filter(({ constraint }) => constraint === null).map((row) => indexOf(row, home)).sort(byName);
}

/** An exclusion constraint, told by its index. */
export function exclusionOf(
  { name, deferrable, deferred }: ConstraintRow,
  index: IndexRow,
): ExcludeConstraint {
  return compact<ExcludeConstraint>({
    name,
    parts: keys(index).map((part) => ({ ...indexPartOf(part), operator: part.operator ?? "=" })),
    ...common(index),
    deferrable: deferrable || undefined,
    initially: deferred ? "deferred" : undefined,
  });
}
