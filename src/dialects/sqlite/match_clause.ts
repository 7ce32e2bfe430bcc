/**
 * Which clause of a stored CREATE TABLE says which part of a table.
 *
 * @module
 */
import type { CheckConstraint, Column, ForeignKey, PrimaryKey, Table, UniqueConstraint } from "../../schema/model.ts";
import type { Clause } from "./parse_clause.ts";

/** What of a table's constraints has not been found in the text yet. */
export interface Open {
  primaryKey: PrimaryKey | undefined;
  readonly uniques: Set<UniqueConstraint>;
  readonly foreignKeys: Set<ForeignKey>;
  readonly checks: Set<CheckConstraint>;
}

/** Everything that a table's text has to say beside its columns. */
export function openOf({ primaryKey, uniques, foreignKeys, checks }: Table): Open {
  return {
    primaryKey,
    uniques: new Set(uniques),
    foreignKeys: new Set(foreignKeys),
    checks: new Set(checks),
  };
}

interface Named {
  readonly name?: string;
}

/** How the text is compared with the model. */
export interface Matching {
  /** Whether a name of the model may be missing in the text: names are made up for what an author left unnamed. */
  readonly namesMayMiss: boolean;
  /** The primary key of a table that a foreign key refers to without naming columns; undefined where it is not known. */
  referenced(table: string): readonly string[] | undefined;
}

const words = (value: unknown): string => JSON.stringify(value ?? null).toLowerCase();

function sameName(written: Named, wanted: Named, { namesMayMiss }: Matching): boolean {
  return (namesMayMiss && written.name === undefined) || words(written.name) === words(wanted.name);
}

type Key = PrimaryKey | UniqueConstraint;

function sameKey(written: Key, wanted: Key, matching: Matching): boolean {
  return sameName(written, wanted, matching) && words(written.columns) === words(wanted.columns);
}

function sameForeignKey(written: ForeignKey, wanted: ForeignKey, matching: Matching): boolean {
  const text = ({ columns, references, onDelete, onUpdate, deferrable = false, initially }: ForeignKey): string => {
    const named = references.columns.length > 0 ? references.columns : matching.referenced(references.table);
    const to = [references.table, named ?? wanted.references.columns];
    return words([columns, to, onDelete, onUpdate, deferrable, initially]);
  };
  return sameName(written, wanted, matching) && text(written) === text(wanted);
}

function takeFrom<T>(open: Set<T>, accepts: (each: T) => boolean): boolean {
  const found = [...open].find(accepts);
  if (found !== undefined) open.delete(found);
  return found !== undefined;
}

/** Whether a clause says something of the table that has not been said yet; it is then. */
export function takeConstraint(clause: Clause, table: Table, open: Open, matching: Matching): boolean {
  switch (clause.kind) {
    case "primaryKey": {
      const counting = table.columns.find(({ autoincrement }) => autoincrement) !== undefined;
      if (open.primaryKey === undefined || counting !== clause.autoincrement) return false;
      if (!sameKey(clause.key, open.primaryKey, matching)) return false;
      open.primaryKey = undefined;
      return true;
    }
    case "unique":
      return takeFrom(open.uniques, (each) => sameKey(clause.unique, each, matching));
    case "foreignKey":
      return takeFrom(open.foreignKeys, (each) => sameForeignKey(clause.key, each, matching));
    case "check":
      return takeFrom(
        open.checks,
        (each) => sameName(clause.check, each, matching) && clause.check.expression === each.expression,
      );
    default:
      return false;
  }
}

/** Whether a clause of a column says what the column is. */
export function isOfColumn(clause: Clause, column: Column): boolean {
  switch (clause.kind) {
    case "nullable":
      return clause.nullable === (column.nullable ?? true);
    case "default":
      return clause.value === column.default;
    case "collation":
      return clause.collation === (column.collation ?? "BINARY").toUpperCase();
    case "generated":
      return words(clause.generated) === words(column.generated);
    default:
      return false;
  }
}
