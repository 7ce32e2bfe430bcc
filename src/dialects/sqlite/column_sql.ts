/**
 * The parts of a CREATE TABLE as SQLite writes them.
 *
 * @module
 */
import { columnDefinition } from "../../ddl/definitions.ts";
import type { Column, PrimaryKey, Table } from "../../schema/model.ts";
import type { Clause } from "./parse_clause.ts";
import { unsupported } from "./refusals.ts";
import { isWord, tokenize, withoutParentheses } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/** Whether a default is written without parentheses: a literal, a signed number, a name such as `CURRENT_TIMESTAMP`. */
export function isPlainDefault(expression: string): boolean {
  const tokens = tokenize(expression);
  const signed = isWord(tokens[0], "-") || isWord(tokens[0], "+");
  const value = tokens[signed ? 1 : 0];
  if (value === undefined || tokens.length !== (signed ? 2 : 1)) return false;
  return value.kind === "number" || (!signed && value.kind !== "operator" && value.kind !== "variable");
}

/** A column whose default stands in parentheses where SQLite asks for them. */
export function writable(column: Column): Column {
  if (column.identity !== undefined) {
    throw unsupported(
      `make "${column.name}" an identity column`,
      "Use an integer primary key, with autoincrement: true if its numbers must never come back",
    );
  }
  const value = column.default;
  if (value === undefined || isPlainDefault(value)) return column;
  const tokens = tokenize(value);
  return withoutParentheses(tokens).length < tokens.length ? column : { ...column, default: `(${value})` };
}

/** A column as `ADD COLUMN` takes it. */
export function columnSql(column: Column): string {
  return columnDefinition(writer, writable(column));
}

/** The clauses of a column but for those of these kinds, which are written already. */
export function columnClauses(column: Column, written: readonly Clause["kind"][]): readonly string[] {
  const { collation, generated, default: value, nullable } = writable(column);
  const has = (kind: Clause["kind"]): boolean => written.includes(kind);
  return [
    collation === undefined || has("collation") ? "" : `COLLATE ${writer.identifier(collation)}`,
    generated === undefined || has("generated")
      ? ""
      : `GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    value === undefined || has("default") ? "" : `DEFAULT ${value}`,
    nullable !== false || has("nullable") ? "" : "NOT NULL",
  ].filter((clause) => clause !== "");
}

/** Where a primary key is written. */
export interface KeyClause {
  /** The column that counts, whose definition has to have the key. */
  readonly counting: Column | undefined;
  /** What stands behind that column. */
  readonly key: string;
  /** The key, where it is a constraint of the table. */
  readonly primaryKey: PrimaryKey | undefined;
}

/**
 * How a primary key is written: AUTOINCREMENT can only stand in its column's definition, with the key.
 *
 * @param open the key, where it is to be written
 */
export function keyClause(table: Table, { primaryKey }: { readonly primaryKey?: PrimaryKey | undefined }): KeyClause {
  const counting = table.columns.find(({ autoincrement }) => autoincrement);
  if (counting === undefined) return { counting, key: "", primaryKey };
  if (table.primaryKey?.columns.join("\0") !== counting.name) {
    throw unsupported(
      `keep autoincrement on "${counting.name}" of "${table.name}", which is not its primary key,`,
      `Take it away first: op.alterColumn("${table.name}", "${counting.name}", { autoincrement: false })`,
    );
  }
  if (primaryKey === undefined) return { counting, key: "", primaryKey };
  const name = primaryKey.name === undefined ? "" : ` CONSTRAINT ${writer.identifier(primaryKey.name)}`;
  return { counting, key: `${name} PRIMARY KEY AUTOINCREMENT`, primaryKey: undefined };
}

/** What stands behind the parenthesis. */
export function tableSuffix({ strict, withoutRowid }: Table): string {
  const kinds = [strict ? "STRICT" : "", withoutRowid ? "WITHOUT ROWID" : ""].filter((kind) => kind !== "");
  return kinds.length === 0 ? "" : ` ${kinds.join(", ")}`;
}
