/**
 * How names and values are written in SQL. Everything that reaches a statement goes through a writer; only types and
 * expressions, which are SQL already, are passed on as they are.
 *
 * @module
 */
import type { ObjectName } from "../schema/model.ts";
import type { SqlValue } from "./statement.ts";

/** A dialect's quoting. */
export interface SqlWriter {
  /** An identifier, quoted where it has to be. */
  identifier(name: string): string;
  /** A name with its schema, each quoted where it has to be. */
  name(name: ObjectName): string;
  /** A value as a literal. Throws `OPERATION_INVALID` for one that the dialect cannot write (a string with NUL). */
  literal(value: SqlValue): string;
  /** The placeholder of the parameter with that number, counted from 1. */
  placeholder(number: number): string;
}

/** What a dialect gives to make its writer with {@linkcode createWriter}. */
export interface WriterRules {
  /** Lower-case words that are not names unless quoted. */
  readonly keywords: ReadonlySet<string>;
  literal(value: SqlValue): string;
  placeholder(number: number): string;
}

const PLAIN_IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/**
 * Makes a writer that quotes what is not plain lower case or is a keyword.
 *
 * @param rules what differs between dialects
 */
export function createWriter(rules: WriterRules): SqlWriter {
  const identifier = (name: string): string =>
    PLAIN_IDENTIFIER.test(name) && !rules.keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
  return {
    identifier,
    name: ({ name, schema }) => schema === undefined ? identifier(name) : `${identifier(schema)}.${identifier(name)}`,
    literal: rules.literal,
    placeholder: rules.placeholder,
  };
}

/** A list of identifiers in parentheses. */
export function columnList(writer: SqlWriter, columns: readonly string[]): string {
  return `(${columns.map((column) => writer.identifier(column)).join(", ")})`;
}

const QUALIFIED = /^"((?:[^"]|"")+)"\."((?:[^"]|"")+)"$/;

/**
 * The name of a collation in SQL.
 *
 * @param collation as a column holds it: the name as it is, or `"schema"."name"`, both in quotes, for another schema's
 */
export function collationName(writer: SqlWriter, collation: string): string {
  const [, schema, name] = QUALIFIED.exec(collation) ?? [];
  if (schema === undefined || name === undefined) return writer.identifier(collation);
  return writer.name({ schema: schema.replaceAll('""', '"'), name: name.replaceAll('""', '"') });
}
