/**
 * The question to the catalog about what the model has no place for: it is named, never passed over.
 *
 * @module
 */
import { FIRST_NORMAL_ID, notOfExtension, ofTables, type Questions, type Scope } from "./catalog_scope.ts";

/** What is found, in words. */
export interface UnmodelledRow {
  /** Where it is, for what has a comment of its own. */
  readonly catalog: string | null;
  readonly id: string | null;
  readonly type: string;
  readonly schema: string | null;
  readonly name: string;
}

/** What each question gives. */
export interface UnmodelledRows {
  readonly unmodelled: readonly UnmodelledRow[];
}

/** Objects that live in a schema: the words, the catalog, the prefix of its columns, and a condition on the alias `o`. */
const IN_SCHEMAS: readonly (readonly [type: string, catalog: string, prefix: string, condition?: string])[] = [
  ["operator class", "pg_opclass", "opc"],
  ["operator family", "pg_opfamily", "opf", "NOT EXISTS (SELECT FROM pg_opclass q WHERE q.opcfamily = o.oid)"],
  ["conversion", "pg_conversion", "con"],
  ["text search parser", "pg_ts_parser", "prs"],
  ["text search template", "pg_ts_template", "tmpl"],
  [
    "collation",
    "pg_collation",
    "coll",
    `(o.collprovider = 'c' AND o.collcollate <> o.collctype
    OR to_jsonb(o) ->> 'collicurules' IS NOT NULL)`,
  ],
  [
    "base type",
    "pg_type",
    "typ",
    `o.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = o.oid)`,
  ],
];

const DATABASE_WIDE: readonly (readonly [type: string, catalog: string, name: string, from?: string])[] = [
  ["language", "pg_language", "o.lanname"],
  ["access method", "pg_am", "o.amname"],
  [
    "transform",
    "pg_transform",
    "format('%s for %s', format_type(o.trftype, NULL), l.lanname)",
    "pg_transform o JOIN pg_language l ON l.oid = o.trflang",
  ],
];

const inSchema = (scope: Scope): readonly string[] =>
  IN_SCHEMAS.map(([type, catalog, prefix, condition = "true"]) =>
    `SELECT '${catalog}' AS catalog, o.oid::text AS id, '${type}' AS type, n.nspname::text AS schema, o.${prefix}name::text AS name
    FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
    WHERE o.oid >= ${FIRST_NORMAL_ID} AND ${scope.namespaces} AND ${notOfExtension(catalog, "o.oid")} AND ${condition}`
  );

const databaseWide = (): readonly string[] => [
  ...DATABASE_WIDE.map(([type, catalog, name, from = `${catalog} o`]) =>
    `SELECT '${catalog}', o.oid::text, '${type}', NULL, (${name})::text FROM ${from}
    WHERE o.oid >= ${FIRST_NORMAL_ID} AND ${notOfExtension(catalog, "o.oid")}`
  ),
  "SELECT 'pg_subscription', s.oid::text, 'subscription', NULL, s.subname::text FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid " +
  "WHERE b.datname = current_database()",
  "SELECT NULL, NULL, 'user mapping', NULL, format('%s for %s', m.srvname, m.usename) FROM pg_user_mappings m",
  "SELECT NULL, NULL, 'security label', NULL, format('%s %s', l.objtype, l.objname) FROM pg_seclabels l",
];

/** What is said of tables, views and their columns. */
const OF_TABLES = `
SELECT 'typed table' AS type, t.nspname::text AS schema, t.relname::text AS name FROM tables t WHERE t.reloftype <> 0
UNION ALL
SELECT 'tablespace of materialized view', t.nspname, t.relname FROM tables t
WHERE t.relkind = 'm' AND t.reltablespace <> 0
UNION ALL
SELECT 'default of view column', t.nspname, t.relname || '.' || a.attname
FROM tables t JOIN pg_attrdef d ON d.adrelid = t.oid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.adnum
WHERE t.relkind = 'v'
UNION ALL
SELECT 'options of column', t.nspname, t.relname || '.' || a.attname
FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attoptions IS NOT NULL
UNION ALL
SELECT 'statistics target of index', t.nspname, c.relname || '.' || a.attname
FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attstattarget >= 0
UNION ALL
SELECT 'tablespace of constraint', t.nspname, t.relname || '.' || k.conname
FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x')
JOIN pg_class c ON c.oid = k.conindid AND c.reltablespace <> 0`;

/** The questions. */
export const UNMODELLED_QUESTIONS: Questions<UnmodelledRows> = {
  unmodelled: (scope) =>
    `${[...inSchema(scope), ...databaseWide()].join("\nUNION ALL\n")}
UNION ALL
SELECT NULL, NULL, * FROM (${ofTables(scope, OF_TABLES, "'r', 'p', 'm', 'v'")}) of_tables`,
};
