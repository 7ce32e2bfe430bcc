/**
 * One column of Drizzle's as a column of the model.
 *
 * @module
 */
import { compact } from "../schema/edit.ts";
import type { Column, Generated, Identity } from "../schema/model.ts";
import { type DrizzleColumn, isVersion1 } from "./drizzle_metadata.ts";
import { type DrizzleWriting, isSql, sqlText, valueText } from "./drizzle_sql.ts";

const elementOf = (column: DrizzleColumn): DrizzleColumn =>
  column.baseColumn === undefined ? column : elementOf(column.baseColumn);

/** Drizzle 1.0 keeps the brackets apart from the type. */
function arrayDepth(column: DrizzleColumn): number {
  return isVersion1(column) && typeof column.dimensions === "number" ? column.dimensions : 0;
}

/** The type as the database takes it: an enum with its schema, `numeric(12,2)`, `text[]`. */
function typeOf(column: DrizzleColumn, { writer }: DrizzleWriting): string {
  const element = elementOf(column);
  const elementType = element.getSQLType();
  const brackets = column.getSQLType().slice(elementType.length) + "[]".repeat(arrayDepth(column));
  if (element.enum !== undefined) {
    const { enumName: name, schema } = element.enum;
    return writer.name(schema === undefined ? { name } : { name, schema }) + brackets;
  }
  return elementType.replace(/ ?\( */g, "(").replace(/, +/g, ",") + brackets;
}

/** An array as PostgreSQL's input text: `{"a","b"}`. */
function arrayText(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(arrayText).join(",")}}`;
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value);
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

const JSON_TYPE = /^Pg(?:Json|Jsonb)$/;

/** A default of Drizzle 1.0 as the driver would be given it: there, JSON and arrays are left to the driver. */
function driverValue(column: DrizzleColumn, value: unknown, depth: number): unknown {
  if (depth > 0 && Array.isArray(value)) return value.map((each) => driverValue(column, each, depth - 1));
  const mapped = value === null ? null : column.mapToDriverValue(value);
  return isVersion1(column) && JSON_TYPE.test(column.columnType) && !isSql(mapped) ? JSON.stringify(mapped) : mapped;
}

function expressionOf(column: DrizzleColumn, value: unknown, where: string, writing: DrizzleWriting): string {
  if (isSql(value)) return sqlText(value, where, writing);
  const depth = arrayDepth(column);
  const mapped = driverValue(column, value, depth);
  if (isSql(mapped)) return sqlText(mapped, where, writing);
  return depth > 0 ? writing.writer.literal(arrayText(mapped)) : valueText(mapped, where, writing.writer);
}

function generatedOf(column: DrizzleColumn, where: string, writing: DrizzleWriting): Generated | undefined {
  const { generated } = column;
  if (generated === undefined) return undefined;
  const as: unknown = typeof generated.as === "function" ? generated.as() : generated.as;
  // Drizzle takes a bare string for SQL here, not for a value.
  const expression = typeof as === "string" ? as : expressionOf(column, as, where, writing);
  return { expression, stored: generated.mode !== "virtual" };
}

function identityOf({ generatedIdentity }: DrizzleColumn): Identity | undefined {
  if (generatedIdentity === undefined) return undefined;
  const { startWith, increment, minValue, maxValue, cache, cycle } = generatedIdentity.sequenceOptions ?? {};
  return compact<Identity>({
    generation: generatedIdentity.type,
    start: startWith,
    increment,
    minValue,
    maxValue,
    cache,
    cycle,
  });
}

/**
 * A column of the model.
 *
 * @param table the table's name, for messages
 */
export function readColumn(column: DrizzleColumn, table: string, writing: DrizzleWriting): Column {
  const name = writing.columnName(column);
  return compact<Column>({
    name,
    type: typeOf(column, writing),
    nullable: column.notNull ? false : undefined,
    default: column.default === undefined
      ? undefined
      : expressionOf(column, column.default, `the default of "${table}"."${name}"`, writing),
    generated: generatedOf(column, `the generated column "${table}"."${name}"`, writing),
    identity: identityOf(column),
    autoincrement: column.autoIncrement === true ? true : undefined,
  });
}
