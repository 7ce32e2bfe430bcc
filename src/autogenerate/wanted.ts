/**
 * The target's tables with each part in its three forms: as it was written, as it will be made, as the database spells it.
 *
 * @module
 */
import { keyOf } from "../schema/edit.ts";
import type {
  CheckConstraint,
  Column,
  ExcludeConstraint,
  ForeignKey,
  Index,
  Schema,
  Table,
  UniqueConstraint,
} from "../schema/model.ts";
import { nameConstraints, type NamingConvention } from "../schema/naming.ts";
import { byName } from "./comparison.ts";

/** A constraint or index that the target asks for. */
export interface Wanted<T> {
  /** Whether its author gave it its name. */
  readonly explicit: boolean;
  /** As it is made: the author's spelling, and a name. */
  readonly made: T;
  /** As the database spells it: what is compared. */
  readonly normal: T;
}

/** A column that the target asks for. */
export interface WantedColumn {
  readonly made: Column;
  readonly normal: Column;
}

/** A table that the target asks for. */
export interface WantedTable {
  /** As it is made. */
  readonly made: Table;
  /** As the database spells it. */
  readonly normal: Table;
  readonly columns: readonly WantedColumn[];
  readonly uniques: readonly Wanted<UniqueConstraint>[];
  readonly foreignKeys: readonly Wanted<ForeignKey>[];
  readonly checks: readonly Wanted<CheckConstraint>[];
  readonly exclusions: readonly Wanted<ExcludeConstraint>[];
  readonly indexes: readonly Wanted<Index>[];
}

interface Part {
  readonly name?: string;
}

/** The parts in their forms: the normal one has the same name, or, where the database keeps none, the same place. */
function pair<T extends Part>(written: readonly T[], made: readonly T[], normal: readonly T[]): readonly Wanted<T>[] {
  const unnamed = normal.filter(({ name }) => name === undefined);
  const found = made.map(({ name }) => name === undefined ? undefined : normal.find((each) => each.name === name));
  const missing = found.filter((each) => each === undefined).length;
  let next = 0;
  return made.map((part, at) => ({
    explicit: written[at]?.name !== undefined,
    made: part,
    normal: found[at] ?? (missing === unnamed.length ? unnamed[next++] : undefined) ?? part,
  }));
}

function wantedTable(written: Table, normal: Table, convention: NamingConvention | null): WantedTable {
  const made = convention === null ? written : nameConstraints(written, convention);
  return {
    made,
    normal,
    columns: made.columns.map((column) => ({
      made: column,
      normal: normal.columns.find(({ name }) => name === column.name) ?? column,
    })),
    uniques: pair(written.uniques, made.uniques, normal.uniques),
    foreignKeys: pair(written.foreignKeys, made.foreignKeys, normal.foreignKeys),
    checks: pair(written.checks, made.checks, normal.checks),
    exclusions: pair(written.exclusions ?? [], made.exclusions ?? [], normal.exclusions ?? []),
    indexes: pair(written.indexes, made.indexes, normal.indexes),
  };
}

/**
 * The tables that a target asks for, in its order.
 *
 * @param written the target as its author wrote it
 * @param target the same in the database's own spelling
 * @param convention how what has no name is called; null leaves it without
 */
export function wantedTables(
  written: Schema,
  target: Schema,
  convention: NamingConvention | null,
): readonly WantedTable[] {
  const normal = byName(target.tables);
  return written.tables.map((table) => wantedTable(table, normal.get(keyOf(table)) ?? table, convention));
}
