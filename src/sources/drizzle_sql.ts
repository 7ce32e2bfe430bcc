/**
 * Drizzle's SQL objects and JavaScript values, as SQL text.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { SqlValue } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { type DrizzleColumn, entityKinds } from "./drizzle_metadata.ts";
import { invalidTarget } from "./part.ts";

/** How names and values are written while a schema is read. */
export interface DrizzleWriting {
  readonly writer: SqlWriter;
  /** The name of a column in the database. */
  columnName(column: Pick<DrizzleColumn, "name" | "keyAsName">): string;
  /** The keys that name a column and are called otherwise in the database: in a select list Drizzle 0.x writes the key. */
  readonly keys: ReadonlyMap<string, string>;
}

interface SqlObject {
  toQuery(config: object): { readonly sql: string };
}

/** Whether a value is SQL: `` sql`…` ``, a condition, `sql.identifier(…)`. */
export function isSql(value: unknown): value is { getSQL(): SqlObject } {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "getSQL") === "function";
}

/**
 * SQL as text: columns without their table, values in place.
 *
 * @param value what {@linkcode isSql} accepts
 * @param where what the SQL belongs to, for the message
 * @throws `TARGET_INVALID` for SQL with a placeholder or a value that has no literal
 */
export function sqlText(value: { getSQL(): SqlObject }, where: string, writing: DrizzleWriting): string {
  // The name under which Drizzle writes columns without their table.
  return textOf(value, where, writing, "indexes");
}

/** SQL as text in which columns have their table: a query, or a condition that may hold one. */
export function qualifiedText(value: { getSQL(): SqlObject }, where: string, writing: DrizzleWriting): string {
  return textOf(value, where, writing, undefined);
}

function textOf(
  value: { getSQL(): SqlObject },
  where: string,
  { writer, columnName, keys }: DrizzleWriting,
  invokeSource: string | undefined,
): string {
  // A view's query is marked to be written by Drizzle's own hand, which knows no bigints and dates.
  const unmarked: SqlObject = Object.create(value.getSQL(), { shouldInlineParams: { value: false } });
  const { sql } = unmarked.toQuery({
    // Taking the place of parameters, rather than inlineParams(), keeps dates and bigints right and changes no object.
    escapeParam: (_: number, parameter: unknown) => {
      if (entityKinds(parameter).length === 0) return valueText(parameter, where, writer);
      throw invalidTarget(`Cannot read ${where}: its SQL has a placeholder`, "Write the value in the SQL itself");
    },
    escapeName: (name: string) => writer.identifier(keys.get(name) ?? name),
    escapeString: (text: string) => writer.literal(text),
    casing: { getColumnCasing: columnName },
    invokeSource,
  });
  return sql.trim();
}

/**
 * A JavaScript value as a SQL literal.
 *
 * @throws `TARGET_INVALID` for a function or a symbol
 */
export function valueText(value: unknown, where: string, writer: SqlWriter): string {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return writer.literal(value);
    case "object":
      if (value === null) return writer.literal(null);
      if (value instanceof Date) return writer.literal(value);
      if (value instanceof Uint8Array) return writer.literal(Buffer.from(value) satisfies SqlValue);
      return writer.literal(JSON.stringify(value));
    default:
      throw invalidTarget(`Cannot read ${where}: a ${typeof value} has no SQL literal`);
  }
}
