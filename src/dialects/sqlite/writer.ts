/**
 * How SQLite writes names and values.
 *
 * @module
 */
import type { SqlValue } from "../../ddl/statement.ts";
import { createWriter, type SqlWriter } from "../../ddl/writer.ts";
import { LimbeckError } from "../../errors.ts";

/** Every keyword, from https://sqlite.org/lang_keywords.html: a name that is one of them is quoted. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case
  cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp
  database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive
  exists explain fail false filter first following for foreign from full generated glob group groups having if ignore
  immediate in index indexed initially inner insert instead intersect into is isnull join key last left like limit match
  materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan pragma
  preceding primary query raise range recursive references regexp reindex release rename replace restrict returning
  right rollback row rows savepoint select set table temp temporary then ties to transaction trigger true unbounded union
  unique update using vacuum values view virtual when where window with without`.split(/\s+/),
);

function textLiteral(text: string): string {
  if (text.includes("\0")) {
    throw new LimbeckError("OPERATION_INVALID", "Cannot write a text as SQL: it holds a NUL character", {
      hint: "Bind it as a parameter",
    });
  }
  return `'${text.replaceAll("'", "''")}'`;
}

function numberLiteral(value: number): string {
  // The driver binds a whole number that is not exact as a REAL; without a point it would be an INTEGER.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  if (Number.isFinite(value)) return String(value);
  throw new LimbeckError("OPERATION_INVALID", `Cannot write ${value} as SQL: SQLite has no literal for it`);
}

/** A value as a literal, equal to what the driver binds for it: booleans are 1 and 0, dates milliseconds since 1970. */
function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Date) return numberLiteral(value.valueOf());
  // A revision is not checked for types before it runs: an array or an object comes here, too.
  if (!((value as unknown) instanceof Uint8Array)) {
    throw new LimbeckError("OPERATION_INVALID", "Cannot write an array or an object as SQL", {
      hint: "Write it as text: JSON.stringify(value)",
    });
  }
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

/** SQLite's quoting. */
export const writer: SqlWriter = createWriter({ keywords: KEYWORDS, literal, placeholder: () => "?" });
