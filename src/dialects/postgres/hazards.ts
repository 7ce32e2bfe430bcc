/**
 * What a change does to those who use the table meanwhile, on PostgreSQL 14 to 18.
 *
 * @module
 */
import type { Hazard, Statement } from "../../ddl/statement.ts";
import type { AttachPartition } from "../../operations/attach_partition.ts";
import { isPartOf } from "../../operations/inheritance.ts";
import { compact, displayName, findNamed } from "../../schema/edit.ts";
import type { Column, ObjectName, Schema, Table } from "../../schema/model.ts";
import { tokensOf, withoutParentheses } from "./tokens.ts";
import { integerOfSerial, typeName, typeParts } from "./types.ts";

/** The statement with more hazards. */
export function withHazards(statement: Statement, hazards: readonly Hazard[]): Statement {
  if (hazards.length === 0) return statement;
  return { ...statement, hazards: [...statement.hazards ?? [], ...hazards] };
}

/** The first statement with more hazards, the others as they are. */
export function firstWith(statements: readonly Statement[], hazards: readonly Hazard[]): readonly Statement[] {
  return statements.map((statement, index) => index === 0 ? withHazards(statement, hazards) : statement);
}

/** The hazards of writing a table anew. */
export function rewrite(reason: string, advice?: string): readonly Hazard[] {
  const more = advice === undefined ? {} : { advice };
  return [
    { kind: "rewritesTable", reason: `${reason}: the whole table is written anew`, ...more },
    { kind: "blocksReads", reason: "Nobody can read the table until it is done", ...more },
  ];
}

/** The hazard of reading a whole table while nobody else can. */
export function scan(reason: string, advice: string): Hazard {
  return { kind: "blocksReads", reason: `${reason}: every row is read while nobody else can`, advice };
}

/** Functions whose value is the same for all rows of one statement: a default with them is kept in the catalog. */
const STABLE = new Set([
  "now",
  "statement_timestamp",
  "transaction_timestamp",
  "current_setting",
  "lower",
  "upper",
  "coalesce",
]);

/** Whether a default may give each row another value, so that every row has to be written. */
export function isVolatile(expression: string): boolean {
  const tokens = tokensOf(expression);
  return tokens.some(({ kind, text }, index) =>
    kind === "word" && tokens[index + 1]?.text === "(" && tokens[index - 1]?.text !== "::" &&
    !STABLE.has(text.toLowerCase())
  );
}

/** The hazards of a column that is added, beside that a NOT NULL one without a default fails. */
export function addedColumn(
  { type, default: value, identity, generated }: Column,
  before: Schema,
): readonly Hazard[] {
  const byHand = "Add it nullable and without a default, set the default, and fill it in batches";
  if (integerOfSerial(type) !== undefined) return rewrite("A serial column gives each row its number", byHand);
  if (identity !== undefined) return rewrite("An identity column gives each row its number", byHand);
  if (generated?.stored) return rewrite("A stored generated column is computed for each row");
  if (isChecked(type, before)) return rewrite(`The domain ${type} has checks`, "Use the type under it, and a check");
  if (value === undefined || !isVolatile(value)) return [];
  return rewrite(`The default ${value} may give each row another value`, byHand);
}

/** Whether a type is a domain that not every value of its type is one of. */
function isChecked(type: string, { domains }: Schema): boolean {
  const name = typeName(type);
  const domain = name === undefined ? undefined : findNamed(domains, name);
  return domain !== undefined && (domain.checks.length > 0 || domain.nullable === false);
}

/** Whether a check that every row has passed says that a column is not NULL: then no row is read to know it. */
export function provesNotNull({ checks }: Table, column: string): boolean {
  const words = (text: string): string =>
    tokensOf(withoutParentheses(text)).map(({ kind, text }) =>
      kind === "space" ? " " : kind === "word" ? text.toLowerCase() : text
    ).join("");
  const wanted = new Set([`${column} is not null`, `"${column.replaceAll('"', '""')}" is not null`]);
  return checks.some(({ expression, notValid, notEnforced }) =>
    !notValid && !notEnforced && wanted.has(words(expression))
  );
}

const isDefault = (bound: string): boolean => bound.trim().toUpperCase() === "DEFAULT";

/** What a new partition does to the default one: the rows in it may belong to the new one. */
function besideDefault(parent: ObjectName, bound: string, before: Schema): readonly Hazard[] {
  const found = before.tables.find((table) =>
    isPartOf(table, parent) && table.partitionOf !== undefined && isDefault(table.partitionOf.bound)
  );
  if (found === undefined || isDefault(bound)) return [];
  const name = `"${displayName(found)}"`;
  return [
    scan(`The default partition ${name} is looked through`, "Give it a check first that excludes the new rows"),
    { kind: "mayFail", reason: `${name} may have rows that belong into the new partition` },
  ];
}

/** The hazards of a partition that is made. */
export function createdPartition({ partitionOf }: Table, before: Schema): readonly Hazard[] {
  if (partitionOf === undefined) return [];
  const parent = compact<ObjectName>({ name: partitionOf.table, schema: partitionOf.schema });
  return besideDefault(parent, partitionOf.bound, before);
}

/** The hazards of a table that becomes a partition. */
export function attachedPartition({ table, partition, bound }: AttachPartition, before: Schema): readonly Hazard[] {
  const name = `"${displayName(partition)}"`;
  return [
    scan(`The rows of ${name} are checked`, "Give it a check first that says what the bound says, and validate it"),
    { kind: "mayFail", reason: `${name} may have rows outside of ${bound}` },
    ...besideDefault(table, bound, before),
  ];
}

/** Whether every value of a type has its like in another. */
export function alwaysFits(from: string, to: string): boolean {
  const [source, target] = [typeParts(from), typeParts(to)];
  if (source.array !== target.array || target.modifier !== undefined) return keepsRows(from, to);
  const wider = ["smallint", "integer", "bigint", "numeric"];
  return target.base === "text" || target.base === "varchar" || source.base === target.base ||
    (wider.includes(source.base) && wider.indexOf(source.base) < wider.indexOf(target.base));
}

/** Widenings that change the catalog only: `varchar(10)` to `varchar(20)`, or to `text`. */
export function keepsRows(from: string, to: string): boolean {
  const [source, target] = [typeParts(from), typeParts(to)];
  if (source.array !== target.array) return false;
  const [before, after] = [source.modifier ?? "", target.modifier ?? ""].map((text) => text.split(",").map(Number));
  const [length = 0, scale = 0] = before ?? [];
  const [newLength = 0, newScale = 0] = after ?? [];
  const unlimited = target.modifier === undefined;
  switch (`${source.base}>${target.base}`) {
    case "varchar>text":
    case "cidr>inet":
      return true;
    case "text>varchar":
      return unlimited;
    case "varchar>varchar":
    case "varbit>varbit":
    case "timestamp>timestamp":
    case "timestamptz>timestamptz":
    case "time>time":
    case "timetz>timetz":
    case "interval>interval":
      return unlimited || (source.modifier !== undefined && newLength >= length);
    case "numeric>numeric":
      return unlimited || (source.modifier !== undefined && newLength >= length && newScale === scale);
    default:
      return source.base === target.base && source.modifier === target.modifier;
  }
}
