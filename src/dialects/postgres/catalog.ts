/**
 * The questions to PostgreSQL's catalog: all of them go to the server in one round trip.
 *
 * @module
 */

/** Which part of the catalog is read. */
export interface Scope {
  /** A condition on the alias `n` of `pg_namespace`. */
  readonly namespaces: string;
  /** A condition on the aliases `n` and `c` of `pg_class`: which tables. */
  readonly tables: string;
  /** A condition on the alias `n`: where enumerated types are looked for; left out means as `namespaces`. */
  readonly types?: string;
}

/** A table. Identifiers of objects are texts. */
export interface TableRow {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
}

/** A column, with the sequence that belongs to it. */
export interface ColumnRow {
  readonly table: string;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly expression: string | null;
  readonly generated: "" | "s" | "v";
  readonly identity: "" | "a" | "d";
  readonly collation: string | null;
  readonly comment: string | null;
  readonly sequence: SequenceRow | null;
}

/** The sequence that an identity or serial column owns; its numbers are texts. */
export interface SequenceRow {
  /** Whether the default of the column draws from it. */
  readonly draws: boolean;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** A constraint: primary key, unique, foreign key or check. */
export interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  readonly kind: "p" | "u" | "f" | "c";
  readonly columns: readonly string[] | null;
  readonly target: string | null;
  readonly targetSchema: string | null;
  readonly targetColumns: readonly string[] | null;
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly nullsNotDistinct: boolean;
  readonly expression: string | null;
}

/** An index that is not a constraint's. */
export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly predicate: string | null;
  readonly options: readonly string[] | null;
  readonly nullsNotDistinct: boolean;
  readonly parts: readonly IndexPartRow[];
}

/** One column or expression of an index. */
export interface IndexPartRow {
  /** Whether it is a key; else it is included only. */
  readonly key: boolean;
  readonly column: string | null;
  readonly expression: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly opclass: string | null;
  readonly opclassOptions: readonly string[] | null;
  readonly collation: string | null;
}

/** An enumerated type. */
export interface EnumRow {
  readonly schema: string;
  readonly name: string;
  readonly values: readonly string[];
}

/** A view. */
export interface ViewRow {
  readonly schema: string;
  readonly name: string;
  readonly materialized: boolean;
  readonly query: string;
}

/** A trigger. */
export interface TriggerRow {
  readonly schema: string;
  readonly name: string;
  readonly table: string;
  readonly definition: string;
}

/** What each question gives, in their order. */
export interface CatalogRows {
  readonly origin: readonly { readonly schema: string }[];
  readonly schemas: readonly { readonly name: string }[];
  readonly enums: readonly EnumRow[];
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly views: readonly ViewRow[];
  readonly triggers: readonly TriggerRow[];
}

const notOfExtension = (catalog: string, id: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype = 'e')`;

/** The columns of a constraint by name, in the order of the constraint. */
const names = (numbers: string, table: string): string =>
  `(SELECT json_agg(a.attname ORDER BY x.place) FROM unnest(${numbers}) WITH ORDINALITY x (number, place)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = x.number)`;

const SCHEMAS = (scope: Scope): string => `
SELECT n.nspname AS name FROM pg_namespace n
WHERE n.nspname <> current_schema() AND ${scope.namespaces} AND ${notOfExtension("pg_namespace", "n.oid")}`;

const ENUMS = (scope: Scope): string => `
SELECT n.nspname AS schema, t.typname AS name,
  (SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_enum v WHERE v.enumtypid = t.oid) AS values
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND ${scope.types ?? scope.namespaces} AND ${notOfExtension("pg_type", "t.oid")}`;

/** The tables of the scope, for the questions about what belongs to them. Partitions are part of their table. */
const TABLES = (scope: Scope): string => `
SELECT c.oid, c.relname, c.relnamespace, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${scope.namespaces} AND ${scope.tables}
  AND ${notOfExtension("pg_class", "c.oid")}`;

const COLUMNS = `
SELECT t.oid::text AS table, a.attnum AS number, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid, true) AS expression,
  a.attgenerated AS generated, a.attidentity AS identity,
  CASE WHEN a.attcollation <> y.typcollation THEN o.collname END AS collation,
  col_description(t.oid, a.attnum) AS comment,
  CASE WHEN s.seqrelid IS NOT NULL THEN json_build_object(
    'draws', EXISTS (SELECT FROM pg_depend u WHERE u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid
      AND u.refclassid = 'pg_class'::regclass AND u.refobjid = s.seqrelid),
    'type', s.seqtypid::regtype, 'start', s.seqstart::text, 'increment', s.seqincrement::text,
    'min', s.seqmin::text, 'max', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle) END AS sequence
FROM tables t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
LEFT JOIN pg_collation o ON o.oid = a.attcollation
LEFT JOIN (pg_depend p JOIN pg_sequence s ON s.seqrelid = p.objid) ON p.classid = 'pg_class'::regclass
  AND p.refclassid = 'pg_class'::regclass AND p.refobjid = t.oid AND p.refobjsubid = a.attnum
  AND p.deptype IN ('a', 'i') AND p.objsubid = 0
ORDER BY t.oid, a.attnum`;

const CONSTRAINTS = `
SELECT t.oid::text AS table, k.conname AS name, k.contype AS kind, ${names("k.conkey", "k.conrelid")} AS columns,
  f.relname AS target, fn.nspname AS "targetSchema",
  CASE WHEN k.contype = 'f' THEN ${names("k.confkey", "k.confrelid")} END AS "targetColumns",
  k.confdeltype AS "onDelete", k.confupdtype AS "onUpdate",
  k.condeferrable AS deferrable, k.condeferred AS deferred,
  coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "nullsNotDistinct",
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid, true) END AS expression
FROM tables t
JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0
LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype = 'u'
LEFT JOIN pg_class f ON f.oid = k.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace`;

const INDEXES = `
SELECT t.oid::text AS table, c.relname AS name, i.indisunique AS unique, m.amname AS method,
  pg_get_expr(i.indpred, i.indrelid, true) AS predicate, to_json(c.reloptions) AS options,
  coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "nullsNotDistinct",
  (SELECT json_agg(json_build_object(
      'key', k.place <= i.indnkeyatts,
      'column', a.attname,
      'expression', CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.place::integer, true) END,
      'descending', coalesce(i.indoption[k.place - 1], 0) & 1 = 1,
      'nullsFirst', coalesce(i.indoption[k.place - 1], 0) & 2 = 2,
      'opclass', CASE WHEN NOT oc.opcdefault OR p.attoptions IS NOT NULL THEN
        CASE WHEN pg_opclass_is_visible(oc.oid) THEN '' ELSE quote_ident(ocn.nspname) || '.' END
        || quote_ident(oc.opcname) END,
      'opclassOptions', p.attoptions,
      'collation', CASE WHEN i.indcollation[k.place - 1] <> coalesce(a.attcollation, y.typcollation)
        THEN o.collname END
    ) ORDER BY k.place)
    FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
    JOIN pg_attribute p ON p.attrelid = i.indexrelid AND p.attnum = k.place
    JOIN pg_type y ON y.oid = p.atttypid
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
    LEFT JOIN pg_opclass oc ON oc.oid = i.indclass[k.place - 1]
    LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
    LEFT JOIN pg_collation o ON o.oid = i.indcollation[k.place - 1]) AS parts
FROM tables t
JOIN pg_index i ON i.indrelid = t.oid
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`;

const VIEWS = (scope: Scope): string => `
SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized,
  rtrim(pg_get_viewdef(c.oid, true), ';') AS query
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ${scope.namespaces} AND ${scope.tables} AND ${notOfExtension("pg_class", "c.oid")}`;

const TRIGGERS = (scope: Scope): string => `
SELECT n.nspname AS schema, g.tgname AS name, c.relname AS table, pg_get_triggerdef(g.oid, true) AS definition
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND ${scope.namespaces} AND ${scope.tables}
  AND ${notOfExtension("pg_trigger", "g.oid")}`;

/**
 * The settings under which the server prints: names in the default schema bare and all others qualified, times in UTC.
 * They hold until the end of the transaction, or of the batch where there is none.
 */
const SETTINGS: { readonly [name: string]: string } = {
  search_path: "quote_ident(coalesce(current_schema(), 'public'))",
  timezone: "'UTC'",
  datestyle: "'ISO'",
  intervalstyle: "'postgres'",
};

const saved = (name: string): string => `limbeck.${name}`;

/** Keeps what the session has set, and sets what makes the server print the same for everybody. */
const ENTER = Object.keys(SETTINGS).map((name) => `set_config('${saved(name)}', current_setting('${name}'), true)`)
  .join(", ");

const SET = Object.entries(SETTINGS).map(([name, value]) => `set_config('${name}', ${value}, true)`).join(", ");

const LEAVE = Object.keys(SETTINGS).map((name) => `set_config('${name}', current_setting('${saved(name)}'), true)`)
  .join(", ");

/** The questions as one batch of statements. */
export function catalogBatch(scope: Scope): string {
  const ofTables = (query: string): string => `WITH tables AS MATERIALIZED (${TABLES(scope)})${query}`;
  const queries: { readonly [K in keyof CatalogRows]: string } = {
    origin: "SELECT current_schema() AS schema",
    schemas: SCHEMAS(scope),
    enums: ENUMS(scope),
    tables: ofTables(
      `SELECT t.oid::text AS id, t.nspname AS schema, t.relname AS name, obj_description(t.oid, 'pg_class') AS comment
      FROM tables t`,
    ),
    columns: ofTables(COLUMNS),
    constraints: ofTables(CONSTRAINTS),
    indexes: ofTables(INDEXES),
    views: VIEWS(scope),
    triggers: TRIGGERS(scope),
  };
  return [`SELECT ${ENTER}`, `SELECT ${SET}`, ...Object.values(queries), `SELECT ${LEAVE}`].join(";\n");
}

/** The rows of {@linkcode catalogBatch}, by question. */
export function catalogRows(results: readonly (readonly unknown[])[]): CatalogRows {
  const [, , origin, schemas, enums, tables, columns, constraints, indexes, views, triggers] = results;
  return { origin, schemas, enums, tables, columns, constraints, indexes, views, triggers } as unknown as CatalogRows;
}
