/**
 * The default SQL of the parts of a table: columns, constraints, indexes.
 *
 * @module
 */
import type {
  CheckConstraint,
  Column,
  Deferrability,
  ExcludeConstraint,
  ForeignKey,
  Identity,
  Index,
  IndexPart,
  ObjectName,
  PrimaryKey,
  UniqueConstraint,
} from "../schema/model.ts";
import { collationName, columnList, type SqlWriter } from "./writer.ts";

function named(writer: SqlWriter, name: string | undefined, definition: string): string {
  return name === undefined ? definition : `CONSTRAINT ${writer.identifier(name)} ${definition}`;
}

function deferrability({ deferrable, initially }: Deferrability): string {
  return (deferrable ? " DEFERRABLE" : "") + (initially === "deferred" ? " INITIALLY DEFERRED" : "");
}

function included(writer: SqlWriter, columns: readonly string[] | undefined): string {
  return columns === undefined ? "" : ` INCLUDE ${columnList(writer, columns)}`;
}

/** What a value of a storage parameter is written as it stands; anything else is a literal. */
const PLAIN_VALUE = /^(-?\d+(\.\d+)?|[a-z_]+)$/i;

/** A storage parameter's name: `toast.autovacuum_enabled` has two parts. */
export function parameterName(writer: SqlWriter, name: string): string {
  return name.split(".").map((part) => writer.identifier(part)).join(".");
}

/** Storage parameters as `WITH` and `SET` take them: `(fillfactor = 70)`. */
export function parameterList(writer: SqlWriter, parameters: { readonly [parameter: string]: string }): string {
  const each = Object.entries(parameters).map(([name, value]) =>
    `${parameterName(writer, name)} = ${PLAIN_VALUE.test(value) ? value : writer.literal(value)}`
  );
  return `(${each.join(", ")})`;
}

function parameters(writer: SqlWriter, values: { readonly [parameter: string]: string } | undefined): string {
  return values === undefined || Object.keys(values).length === 0 ? "" : ` WITH ${parameterList(writer, values)}`;
}

/** The columns of a key, the last one of which may be a range. */
function keyColumns(writer: SqlWriter, columns: readonly string[], withoutOverlaps: boolean | undefined): string {
  const list = columnList(writer, columns);
  return withoutOverlaps ? `${list.slice(0, -1)} WITHOUT OVERLAPS)` : list;
}

/** The columns of one side of a foreign key, the last one of which may be a period. */
function periodColumns(writer: SqlWriter, columns: readonly string[], period: boolean | undefined): string {
  const names = columns.map((column) => writer.identifier(column));
  return `(${names.map((name, index) => period && index === names.length - 1 ? `PERIOD ${name}` : name).join(", ")})`;
}

/** `INCREMENT BY 2 START WITH 10 …`: what an identity column's sequence is given. */
export function identityOptions(identity: Identity): string {
  const options = [
    identity.increment === undefined ? "" : `INCREMENT BY ${BigInt(identity.increment)}`,
    identity.minValue === undefined ? "" : `MINVALUE ${BigInt(identity.minValue)}`,
    identity.maxValue === undefined ? "" : `MAXVALUE ${BigInt(identity.maxValue)}`,
    identity.start === undefined ? "" : `START WITH ${BigInt(identity.start)}`,
    identity.cache === undefined ? "" : `CACHE ${BigInt(identity.cache)}`,
    identity.cycle === undefined ? "" : identity.cycle ? "CYCLE" : "NO CYCLE",
  ];
  return options.filter((option) => option !== "").join(" ");
}

function identityClause(identity: Identity): string {
  const options = identityOptions(identity);
  const generation = identity.generation === "always" ? "ALWAYS" : "BY DEFAULT";
  return `GENERATED ${generation} AS IDENTITY${options === "" ? "" : ` (${options})`}`;
}

/** What stands in quotes or in the innermost parentheses. */
const ENCLOSED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\([^()]*\)/g;

/** Operators that SQL takes in a column's `DEFAULT` only inside of parentheses. */
const NEEDS_PARENTHESES = /\b(?:and|or|not|is|in|like|ilike|between|at|collate|similar)\b/i;

/** A default in parentheses where it has to be. */
function defaultClause(expression: string): string {
  let outside = expression;
  for (let before = ""; before !== outside;) {
    before = outside;
    outside = outside.replace(ENCLOSED, " ");
  }
  return `DEFAULT ${NEEDS_PARENTHESES.test(outside) ? `(${expression})` : expression}`;
}

/** A column as `CREATE TABLE` and `ADD COLUMN` take it. */
export function columnDefinition(writer: SqlWriter, column: Column): string {
  const { generated, identity } = column;
  return [
    writer.identifier(column.name),
    column.type,
    column.collation === undefined ? "" : `COLLATE ${collationName(writer, column.collation)}`,
    generated === undefined
      ? ""
      : `GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    identity === undefined ? "" : identityClause(identity),
    column.default === undefined ? "" : defaultClause(column.default),
    column.nullable === false ? "NOT NULL" : "",
  ].filter((part) => part !== "").join(" ");
}

/** What stands behind the columns of a key. */
function keyOptions(writer: SqlWriter, key: PrimaryKey): string {
  return included(writer, key.include) + parameters(writer, key.with) + deferrability(key);
}

/** A primary key as `CREATE TABLE` and `ADD` take it. */
export function primaryKeyDefinition(writer: SqlWriter, key: PrimaryKey): string {
  const columns = keyColumns(writer, key.columns, key.withoutOverlaps);
  return named(writer, key.name, `PRIMARY KEY ${columns}${keyOptions(writer, key)}`);
}

/** A unique constraint as `CREATE TABLE` and `ADD` take it. */
export function uniqueDefinition(writer: SqlWriter, unique: UniqueConstraint): string {
  const nulls = unique.nullsNotDistinct ? "NULLS NOT DISTINCT " : "";
  const columns = keyColumns(writer, unique.columns, unique.withoutOverlaps);
  const definition = `UNIQUE ${nulls}${columns}${keyOptions(writer, unique)}`;
  return named(writer, unique.name, definition);
}

/** A primary key or unique constraint that takes over an index, as `ADD` takes it. */
export function usingIndexDefinition(
  writer: SqlWriter,
  kind: "PRIMARY KEY" | "UNIQUE",
  key: Deferrability & { readonly name?: string },
  index: string,
): string {
  return named(writer, key.name, `${kind} USING INDEX ${writer.identifier(index)}${deferrability(key)}`);
}

/** What the end of a constraint says of the rows that are there, and of those to come. */
function validity({ notValid, notEnforced }: { readonly notValid?: boolean; readonly notEnforced?: boolean }): string {
  // What is not enforced is never valid.
  return notEnforced ? " NOT ENFORCED" : notValid ? " NOT VALID" : "";
}

/** A foreign key as `CREATE TABLE` and `ADD` take it. */
export function foreignKeyDefinition(writer: SqlWriter, key: ForeignKey): string {
  const { references } = key;
  const target: ObjectName = references.schema === undefined
    ? { name: references.table }
    : { name: references.table, schema: references.schema };
  return named(
    writer,
    key.name,
    `FOREIGN KEY ${periodColumns(writer, key.columns, key.period)} REFERENCES ${writer.name(target)} ` +
      periodColumns(writer, references.columns, key.period) +
      (key.match === "full" ? " MATCH FULL" : "") +
      (key.onDelete === undefined ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`) +
      (key.onDeleteColumns === undefined ? "" : ` ${columnList(writer, key.onDeleteColumns)}`) +
      (key.onUpdate === undefined ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`) +
      deferrability(key) + validity(key),
  );
}

/** A check constraint as `CREATE TABLE` and `ADD` take it. */
export function checkDefinition(writer: SqlWriter, check: CheckConstraint): string {
  const inherited = check.noInherit ? " NO INHERIT" : "";
  return named(writer, check.name, `CHECK (${check.expression})${inherited}${validity(check)}`);
}

/** An exclude constraint as `CREATE TABLE` and `ADD` take it. */
export function excludeDefinition(writer: SqlWriter, exclusion: ExcludeConstraint): string {
  const { using, parts, include, where } = exclusion;
  const each = parts.map((part) => `${indexPart(writer, part)} WITH ${part.operator}`).join(", ");
  return named(
    writer,
    exclusion.name,
    `EXCLUDE ${using === undefined ? "" : `USING ${writer.identifier(using)} `}(${each})` + included(writer, include) +
      parameters(writer, exclusion.with) + (where === undefined ? "" : ` WHERE (${where})`) + deferrability(exclusion),
  );
}

function indexPart(writer: SqlWriter, part: IndexPart): string {
  return [
    part.column === undefined ? `(${part.expression})` : writer.identifier(part.column),
    part.collation === undefined ? "" : `COLLATE ${collationName(writer, part.collation)}`,
    part.opclass ?? "",
    part.order === "desc" ? "DESC" : "",
    part.nulls === undefined ? "" : `NULLS ${part.nulls.toUpperCase()}`,
  ].filter((word) => word !== "").join(" ");
}

/** What `CREATE INDEX` takes after `ON`: `posts USING gin (tags) WHERE …`. */
export function indexDefinition(writer: SqlWriter, table: ObjectName, index: Index): string {
  return writer.name(table) +
    (index.using === undefined ? "" : ` USING ${writer.identifier(index.using)}`) +
    ` (${index.parts.map((part) => indexPart(writer, part)).join(", ")})` +
    included(writer, index.include) +
    (index.nullsNotDistinct ? " NULLS NOT DISTINCT" : "") +
    parameters(writer, index.with) +
    (index.tablespace === undefined ? "" : ` TABLESPACE ${writer.identifier(index.tablespace)}`) +
    (index.where === undefined ? "" : ` WHERE ${index.where}`);
}
