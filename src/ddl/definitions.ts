/**
 * The default SQL of the parts of a table: columns, constraints, indexes.
 *
 * @module
 */
import type {
  CheckConstraint,
  Column,
  Deferrability,
  ForeignKey,
  Identity,
  Index,
  IndexPart,
  ObjectName,
  PrimaryKey,
  UniqueConstraint,
} from "../schema/model.ts";
import { columnList, type SqlWriter } from "./writer.ts";

function named(writer: SqlWriter, name: string | undefined, definition: string): string {
  return name === undefined ? definition : `CONSTRAINT ${writer.identifier(name)} ${definition}`;
}

function deferrability({ deferrable, initially }: Deferrability): string {
  return (deferrable ? " DEFERRABLE" : "") + (initially === "deferred" ? " INITIALLY DEFERRED" : "");
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

/** A column as `CREATE TABLE` and `ADD COLUMN` take it. */
export function columnDefinition(writer: SqlWriter, column: Column): string {
  const { generated, identity } = column;
  return [
    writer.identifier(column.name),
    column.type,
    column.collation === undefined ? "" : `COLLATE ${writer.identifier(column.collation)}`,
    generated === undefined
      ? ""
      : `GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    identity === undefined ? "" : identityClause(identity),
    column.default === undefined ? "" : `DEFAULT ${column.default}`,
    column.nullable === false ? "NOT NULL" : "",
  ].filter((part) => part !== "").join(" ");
}

/** A primary key as `CREATE TABLE` and `ADD` take it. */
export function primaryKeyDefinition(writer: SqlWriter, key: PrimaryKey): string {
  return named(writer, key.name, `PRIMARY KEY ${columnList(writer, key.columns)}`);
}

/** A unique constraint as `CREATE TABLE` and `ADD` take it. */
export function uniqueDefinition(writer: SqlWriter, unique: UniqueConstraint): string {
  const nulls = unique.nullsNotDistinct ? "NULLS NOT DISTINCT " : "";
  return named(writer, unique.name, `UNIQUE ${nulls}${columnList(writer, unique.columns)}${deferrability(unique)}`);
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
    `FOREIGN KEY ${columnList(writer, key.columns)} REFERENCES ${writer.name(target)} ` +
      columnList(writer, references.columns) +
      (key.onDelete === undefined ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`) +
      (key.onUpdate === undefined ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`) +
      deferrability(key),
  );
}

/** A check constraint as `CREATE TABLE` and `ADD` take it. */
export function checkDefinition(writer: SqlWriter, check: CheckConstraint): string {
  return named(writer, check.name, `CHECK (${check.expression})`);
}

function indexPart(writer: SqlWriter, part: IndexPart): string {
  return [
    part.column === undefined ? `(${part.expression})` : writer.identifier(part.column),
    part.collation === undefined ? "" : `COLLATE ${writer.identifier(part.collation)}`,
    part.opclass ?? "",
    part.order === "desc" ? "DESC" : "",
    part.nulls === undefined ? "" : `NULLS ${part.nulls.toUpperCase()}`,
  ].filter((word) => word !== "").join(" ");
}

/** What `CREATE INDEX` takes after `ON`: `posts USING gin (tags) WHERE …`. */
export function indexDefinition(writer: SqlWriter, table: ObjectName, index: Index): string {
  const parameters = Object.entries(index.with ?? {});
  return [
    writer.name(table),
    index.using === undefined ? "" : `USING ${writer.identifier(index.using)}`,
    `(${index.parts.map((part) => indexPart(writer, part)).join(", ")})`,
    index.include === undefined ? "" : `INCLUDE ${columnList(writer, index.include)}`,
    index.nullsNotDistinct ? "NULLS NOT DISTINCT" : "",
    parameters.length === 0
      ? ""
      : `WITH (${parameters.map(([key, value]) => `${writer.identifier(key)} = ${value}`).join(", ")})`,
    index.where === undefined ? "" : `WHERE ${index.where}`,
  ].filter((word) => word !== "").join(" ");
}
