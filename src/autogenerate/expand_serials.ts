/**
 * Serial columns beside a sequence of the same name: one side's `serial` is spelled out where the other side lists the
 * sequence that stands behind it.
 *
 * @module
 */
import { keepSequences } from "../schema/serials.ts";
import { compareNames, keyOf } from "../schema/edit.ts";
import type { Schema, Table } from "../schema/model.ts";
import type { Sequence } from "../schema/objects.ts";
import { byName, type Comparison } from "./comparison.ts";

interface Expanded {
  readonly schema: Schema;
  /** The keys of the tables that are spelled out. */
  readonly tables: ReadonlySet<string>;
}

/** Spells out the serial columns whose sequence another schema lists. */
function expand(schema: Schema, other: Schema): Expanded {
  const found = new Set<string>();
  const sequences: Sequence[] = [];
  const others = byName(other.sequences);
  const tables = schema.tables.map((table): Table => {
    const kept = keepSequences(table, table);
    const listed = kept.sequences.filter((sequence) => others.has(keyOf(sequence)));
    if (listed.length === 0) return table;
    found.add(keyOf(table));
    sequences.push(...listed);
    const columns = new Set(listed.map(({ ownedBy }) => ownedBy?.column));
    return {
      ...table,
      columns: table.columns.map((column, place) =>
        columns.has(column.name) ? kept.table.columns[place] ?? column : column
      ),
    };
  });
  if (found.size === 0) return { schema, tables: found };
  return {
    schema: { ...schema, tables, sequences: [...schema.sequences, ...sequences].sort(compareNames) },
    tables: found,
  };
}

/** A comparison in which a sequence that is listed on one side is listed on both. */
export function expandSerials(comparison: Comparison): Comparison {
  if (!comparison.kinds.includes("sequences")) return comparison;
  const { current, target, written } = comparison;
  const wanted = expand(target, current).schema;
  return {
    ...comparison,
    current: expand(current, target).schema,
    target: wanted,
    written: written === target ? wanted : expand(written, current).schema,
  };
}
