/**
 * The questions to the catalog about schemas, extensions, types and sequences.
 *
 * @module
 */
import {
  COLLATION,
  notOfExtension,
  type ObjectRow,
  optional,
  type Questions,
  type Scope,
  TABLE_IDS,
} from "./catalog_scope.ts";

/** A type, with the type of its arrays. */
export interface TypeRow extends ObjectRow {
  readonly arrayType: string;
}

/** An enumerated type. */
export interface EnumRow extends TypeRow {
  readonly values: readonly string[] | null;
}

/** A domain. */
export interface DomainRow extends TypeRow {
  readonly type: string;
  readonly collation: string | null;
  readonly required: boolean;
  readonly expression: string | null;
  readonly checks:
    | readonly { readonly id: string; readonly name: string; readonly expression: string; readonly valid: boolean }[]
    | null;
}

/** A composite type. */
export interface CompositeRow extends TypeRow {
  /** The identifier in `pg_class`. */
  readonly relation: string;
  readonly attributes:
    | readonly { readonly name: string; readonly type: string; readonly collation: string | null }[]
    | null;
}

/** A collation. */
export interface CollationRow extends ObjectRow {
  readonly provider: "c" | "i" | "b";
  readonly locale: string | null;
  readonly collate: string | null;
  readonly ctype: string | null;
  readonly deterministic: boolean;
  readonly rules: string | null;
}

/** A sequence; its numbers are texts. */
export interface SequenceRow extends ObjectRow {
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly unlogged: boolean;
  /** The identifier of the table that it belongs to, and the number of the column. */
  readonly table: string | null;
  readonly column: number | null;
  readonly owner: { readonly schema: string; readonly table: string; readonly column: string } | null;
  /** Whether it is behind an identity column. */
  readonly internal: boolean;
  /** Whether the default of the column that owns it draws from it. */
  readonly draws: boolean;
}

/** An extension. */
export interface ExtensionRow extends ObjectRow {
  readonly relocatable: boolean;
}

/** What each question gives. */
export interface TypeRows {
  readonly origin: readonly { readonly id: string; readonly schema: string }[];
  readonly schemas: readonly { readonly id: string; readonly name: string }[];
  readonly extensions: readonly ExtensionRow[];
  readonly enums: readonly EnumRow[];
  readonly domains: readonly DomainRow[];
  readonly composites: readonly CompositeRow[];
  readonly collations: readonly CollationRow[];
  readonly sequences: readonly SequenceRow[];
}

const SCHEMAS = (scope: Scope): string => `
SELECT n.oid::text AS id, n.nspname AS name FROM pg_namespace n
WHERE n.nspname <> current_schema() AND ${scope.namespaces} AND ${notOfExtension("pg_namespace", "n.oid")}`;

const EXTENSIONS = `
SELECT x.oid::text AS id, n.nspname AS schema, x.extname AS name, x.extrelocatable AS relocatable
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;

/** The types of a kind; the alias is `t`. */
const types = (scope: Scope, kind: string, fields: string, more = ""): string => `
SELECT t.oid::text AS id, n.nspname AS schema, t.typname AS name, t.typarray::text AS "arrayType", ${fields}
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace ${more}
WHERE t.typtype = '${kind}' AND ${scope.types ?? scope.namespaces} AND ${notOfExtension("pg_type", "t.oid")}`;

const ENUM_FIELDS =
  `(SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_enum v WHERE v.enumtypid = t.oid) AS values`;

const DOMAIN_FIELDS = `format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS required,
  coalesce(pg_get_expr(t.typdefaultbin, 0, true), quote_literal(t.typdefault)) AS expression,
  CASE WHEN t.typcollation <> b.typcollation THEN ${COLLATION("o", "oln")} END AS collation,
  (SELECT json_agg(json_build_object('id', k.oid::text, 'name', k.conname, 'valid', k.convalidated,
    'expression', pg_get_expr(k.conbin, 0, true)) ORDER BY k.conname COLLATE "C")
    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks`;

const DOMAIN_JOINS = `JOIN pg_type b ON b.oid = t.typbasetype
LEFT JOIN (pg_collation o JOIN pg_namespace oln ON oln.oid = o.collnamespace) ON o.oid = t.typcollation`;

const COMPOSITE_FIELDS = `c.oid::text AS relation,
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
    'collation', CASE WHEN a.attcollation <> y.typcollation THEN ${COLLATION("o", "oln")} END) ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN (pg_collation o JOIN pg_namespace oln ON oln.oid = o.collnamespace) ON o.oid = a.attcollation
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes`;

const locale = (column: string, fallback: string): string =>
  optional("pg_collation", "o", column, fallback, `${column}::text`);

const COLLATIONS = (scope: Scope): string => `
SELECT o.oid::text AS id, n.nspname AS schema, o.collname AS name, o.collprovider AS provider,
  o.collisdeterministic AS deterministic, o.collcollate::text AS collate, o.collctype::text AS ctype,
  coalesce(${locale("colllocale", "NULL::text")}, ${locale("colliculocale", "NULL::text")}) AS locale,
  ${locale("collicurules", "NULL::text")} AS rules
FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
WHERE ${scope.types ?? scope.namespaces} AND ${notOfExtension("pg_collation", "o.oid")}`;

const SEQUENCES = (scope: Scope): string => `
SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS name, s.seqtypid::regtype::text AS type,
  s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS min, s.seqmax::text AS max,
  s.seqcache::text AS cache, s.seqcycle AS cycle, c.relpersistence = 'u' AS unlogged,
  p.refobjid::text AS table, p.refobjsubid AS column, coalesce(p.deptype = 'i', false) AS internal,
  CASE WHEN p.refobjid IS NOT NULL THEN json_build_object('schema', tn.nspname, 'table', t.relname, 'column', a.attname)
    END AS owner,
  EXISTS (SELECT FROM pg_attrdef d JOIN pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid
    WHERE d.adrelid = p.refobjid AND d.adnum = p.refobjsubid
    AND u.refclassid = 'pg_class'::regclass AND u.refobjid = c.oid) AS draws
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_depend p ON p.classid = 'pg_class'::regclass AND p.objid = c.oid AND p.objsubid = 0
  AND p.refclassid = 'pg_class'::regclass AND p.deptype IN ('a', 'i') AND p.refobjsubid > 0
LEFT JOIN pg_class t ON t.oid = p.refobjid
LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = p.refobjid AND a.attnum = p.refobjsubid
WHERE c.relkind = 'S' AND ${scope.namespaces} AND ${notOfExtension("pg_class", "c.oid")}${
  scope.tables === "true" ? "" : ` AND p.refobjid IN (${TABLE_IDS(scope)})`
}`;

/** The questions. */
export const TYPE_QUESTIONS: Questions<TypeRows> = {
  origin: () =>
    "SELECT n.oid::text AS id, current_schema() AS schema FROM (SELECT) one LEFT JOIN pg_namespace n ON n.nspname = current_schema()",
  schemas: SCHEMAS,
  extensions: () => EXTENSIONS,
  enums: (scope) => types(scope, "e", ENUM_FIELDS),
  domains: (scope) => types(scope, "d", DOMAIN_FIELDS, DOMAIN_JOINS),
  composites: (scope) =>
    types(scope, "c", COMPOSITE_FIELDS, "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'"),
  collations: COLLATIONS,
  sequences: SEQUENCES,
};
