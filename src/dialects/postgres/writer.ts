/**
 * How PostgreSQL writes names and values.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { SqlValue } from "../../ddl/statement.ts";
import { createWriter, type SqlWriter } from "../../ddl/writer.ts";
import { LimbeckError } from "../../errors.ts";

/** Every keyword that is not unreserved in one of PostgreSQL 14 to 18: what `quote_ident` quotes (`pg_get_keywords()`). */
const KEYWORDS: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
  char character check coalesce collate collation column concurrently constraint create cross current_catalog
  current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
  desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
  grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
  lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize not
  notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real
  references returning right row select session_user setof similar smallint some substring symmetric system_user table
  tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic verbose
  when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
  xmlserialize xmltable`.split(/\s+/),
);

function invalidValue(reason: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", `Cannot write a value for PostgreSQL: ${reason}`);
}

/** A text as a literal; right where `standard_conforming_strings` is on, as it is unless somebody turns it off. */
function textLiteral(text: string): string {
  if (text.includes("\0")) throw invalidValue("a text holds the character NUL, which no PostgreSQL text can");
  return `'${text.replaceAll("'", "''")}'`;
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "number") {
    return Number.isFinite(value) ? String(value) : `'${String(value)}'::double precision`;
  }
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return `'${dateText(value)}'`;
  // A revision is not checked for types before it runs: an array or an object comes here, too.
  if (!((value as unknown) instanceof Uint8Array)) {
    throw invalidValue("an array or an object is no value of SQL: write it as text (JSON.stringify, '{a,b}')");
  }
  return `'\\x${Buffer.from(value).toString("hex")}'::bytea`;
}

/**
 * A point in time as text, in UTC: a `timestamptz` column takes it as that instant, a `timestamp` column as its digits.
 *
 * @throws `OPERATION_INVALID` for an invalid date
 */
export function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) throw invalidValue("a date is invalid");
  return date.toISOString();
}

/** PostgreSQL's quoting. */
export const writer: SqlWriter = createWriter({
  keywords: KEYWORDS,
  literal,
  placeholder: (number) => `$${number}`,
});
