/**
 * What the questions to PostgreSQL's catalog have in common.
 *
 * @module
 */

/** Which part of the catalog is read. */
export interface Scope {
  /** A condition on the alias `n` of `pg_namespace`. */
  readonly namespaces: string;
  /** A condition on the aliases `n` and `c` of `pg_class`: which tables and views. */
  readonly tables: string;
  /** A condition on the alias `n`: where types are looked for; left out means as `namespaces`. */
  readonly types?: string;
}

/** A question for each kind of rows. */
export type Questions<Rows> = { readonly [Kind in keyof Rows]: (scope: Scope) => string };

/** An object that lives in a schema. The identifier is a text, and unique among the objects of its catalog. */
export interface ObjectRow {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
}

/** The first identifier that is not given by `initdb`: what is below is the system's. */
export const FIRST_NORMAL_ID = 16384;

const independent = (catalog: string, id: string, types: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype ${types})`;

/** The condition that an object is no member of an extension. */
export const notOfExtension = (catalog: string, id: string): string => independent(catalog, id, "= 'e'");

/** The condition that an object is no member of an extension, nor made for another object. */
export const independentOf = (catalog: string, id: string): string => independent(catalog, id, "IN ('e', 'i')");

/**
 * An expression over a column that some versions of a catalog lack: where it is missing, the name means the column of
 * the query around it, which holds the fallback.
 *
 * @param alias the alias of the catalog in the query around
 * @param value what is read; left out means the column itself
 */
export function optional(catalog: string, alias: string, column: string, fallback: string, value = column): string {
  return `(SELECT (SELECT ${value} FROM ${catalog} newer WHERE newer.${
    catalog === "pg_index" ? "indexrelid" : "oid"
  } = ` +
    `${alias}.${catalog === "pg_index" ? "indexrelid" : "oid"}) FROM (SELECT ${fallback} AS ${column}) older)`;
}

/** The name of a collation where it is not the usual one: as it is, or with its schema and both in quotes. */
export const COLLATION = (collation: string, namespace: string): string =>
  `CASE WHEN ${namespace}.nspname = 'pg_catalog' OR ${namespace}.nspname = current_schema() THEN ${collation}.collname
    ELSE '"' || replace(${namespace}.nspname, '"', '""') || '"."' || replace(${collation}.collname, '"', '""') || '"' END`;

/** A question about the tables of the scope, which it finds under the name `tables`. */
export function ofTables(scope: Scope, query: string, kinds = "'r', 'p'"): string {
  return `WITH tables AS MATERIALIZED (
SELECT c.*, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN (${kinds}) AND ${scope.namespaces} AND ${scope.tables} AND ${notOfExtension("pg_class", "c.oid")})
${query}`;
}

/** The identifiers of the tables of the scope. */
export const TABLE_IDS = (scope: Scope): string =>
  `SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND ${scope.namespaces} AND ${scope.tables}`;
