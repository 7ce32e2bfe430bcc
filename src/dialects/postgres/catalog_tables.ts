/**
 * The questions to the catalog about tables and what belongs to them.
 *
 * @module
 */
import { COLLATION, type ObjectRow, ofTables, optional, type Questions } from "./catalog_scope.ts";

/** The name of an object of another row. */
export interface NameRow {
  readonly schema: string;
  readonly name: string;
}

/** A table. */
export interface TableRow extends ObjectRow {
  readonly rowType: string;
  readonly arrayType: string;
  readonly partition: boolean;
  readonly partitionKey: string | null;
  readonly bound: string | null;
  /** The parents: one where it is a partition. */
  readonly parents: readonly NameRow[] | null;
  readonly unlogged: boolean;
  readonly tablespace: string | null;
  readonly method: string | null;
  readonly options: readonly string[] | null;
  readonly toastOptions: readonly string[] | null;
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  readonly replicaIdentity: "d" | "n" | "f" | "i";
}

/** A column of a table. */
export interface ColumnRow {
  readonly table: string;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly expression: string | null;
  /** The identifier of the default in `pg_attrdef`. */
  readonly defaultId: string | null;
  readonly generated: "" | "s" | "v";
  readonly identity: "" | "a" | "d";
  readonly collation: string | null;
  readonly storage: string | null;
  readonly compression: string;
  readonly statistics: number | null;
  readonly inherited: boolean;
}

/** A constraint of a table: primary key, unique, foreign key, check or exclusion. Columns are told by their numbers. */
export interface ConstraintRow {
  readonly id: string;
  readonly table: string;
  readonly name: string;
  readonly kind: "p" | "u" | "f" | "c" | "x";
  readonly columns: readonly number[] | null;
  readonly include: readonly number[] | null;
  readonly targetId: string | null;
  readonly target: string | null;
  readonly targetSchema: string | null;
  readonly targetColumns: readonly number[] | null;
  /** The names of the target's columns where it is not among the tables that are read. */
  readonly targetNames: readonly string[] | null;
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly onDeleteColumns: readonly number[] | null;
  readonly match: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly valid: boolean;
  readonly enforced: boolean;
  readonly noInherit: boolean;
  readonly period: boolean;
  readonly nullsNotDistinct: boolean;
  readonly expression: string | null;
}

/** An index of a table or materialized view. */
export interface IndexRow {
  readonly id: string;
  readonly table: string;
  readonly name: string;
  /** The constraint that it stands behind. */
  readonly constraint: string | null;
  readonly unique: boolean;
  readonly method: string;
  readonly predicate: string | null;
  readonly options: readonly string[] | null;
  readonly tablespace: string | null;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
  readonly clustered: boolean;
  readonly replicaIdentity: boolean;
  /** The index of the partitioned table. */
  readonly parent: NameRow | null;
  /** Null where it stands behind a primary key or unique constraint. */
  readonly parts: readonly IndexPartRow[] | null;
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
  /** Of an exclusion constraint. */
  readonly operator: string | null;
}

/** What each question gives. */
export interface TableRows {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
}

const TABLES = `
SELECT t.oid::text AS id, t.nspname AS schema, t.relname AS name, t.reltype::text AS "rowType",
  y.typarray::text AS "arrayType", t.relispartition AS partition,
  CASE WHEN t.relkind = 'p' THEN pg_get_partkeydef(t.oid) END AS "partitionKey",
  pg_get_expr(t.relpartbound, t.oid) AS bound,
  (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY h.inhseqno)
    FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE h.inhrelid = t.oid) AS parents,
  t.relpersistence = 'u' AS unlogged, s.spcname AS tablespace, nullif(m.amname, 'heap') AS method,
  to_json(t.reloptions) AS options, to_json(o.reloptions) AS "toastOptions",
  t.relrowsecurity AS "rowSecurity", t.relforcerowsecurity AS "forcedRowSecurity",
  t.relreplident AS "replicaIdentity"
FROM tables t
LEFT JOIN pg_type y ON y.oid = t.reltype
LEFT JOIN pg_tablespace s ON s.oid = t.reltablespace
LEFT JOIN pg_am m ON m.oid = t.relam
LEFT JOIN pg_class o ON o.oid = t.reltoastrelid`;

const STORAGES =
  "CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END";

const COLUMNS = `
SELECT t.oid::text AS table, a.attnum AS number, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid, true) AS expression, d.oid::text AS "defaultId",
  a.attgenerated AS generated, a.attidentity AS identity,
  CASE WHEN a.attcollation <> y.typcollation THEN ${COLLATION("o", "n")} END AS collation,
  CASE WHEN a.attstorage <> y.typstorage THEN ${STORAGES} END AS storage, a.attcompression AS compression,
  nullif(a.attstattarget, -1) AS statistics, NOT a.attislocal AS inherited
FROM tables t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
LEFT JOIN (pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace) ON o.oid = a.attcollation
ORDER BY t.oid, a.attnum`;

const TARGET_NAMES = `
  (SELECT json_agg(a.attname ORDER BY x.place) FROM unnest(k.confkey) WITH ORDINALITY x (number, place)
    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.number)`;

/** Which columns they are of is said by numbers: to look up each name here would take most of the time. */
const CONSTRAINTS = `
SELECT k.oid::text AS id, t.oid::text AS table, k.conname AS name, k.contype AS kind, to_json(k.conkey) AS columns,
  CASE WHEN i.indnatts > i.indnkeyatts THEN to_json(i.indkey[i.indnkeyatts:i.indnatts - 1]) END AS include,
  f.oid::text AS "targetId", f.relname AS target, fn.nspname AS "targetSchema", to_json(k.confkey) AS "targetColumns",
  CASE WHEN k.contype = 'f' AND k.confrelid NOT IN (SELECT oid FROM tables) THEN ${TARGET_NAMES} END AS "targetNames",
  k.confdeltype AS "onDelete", k.confupdtype AS "onUpdate",
  CASE WHEN k.contype = 'f' THEN
    to_json(${optional("pg_constraint", "k", "confdelsetcols", "NULL::smallint[]")}) END AS "onDeleteColumns",
  k.confmatchtype AS match, k.condeferrable AS deferrable, k.condeferred AS deferred, k.convalidated AS valid,
  k.connoinherit AS "noInherit",
  CASE WHEN k.contype IN ('f', 'c') THEN ${
  optional("pg_constraint", "k", "conenforced", "true")
} ELSE true END AS enforced,
  CASE WHEN k.contype <> 'c' THEN ${optional("pg_constraint", "k", "conperiod", "false")} ELSE false END AS period,
  CASE WHEN k.contype = 'u' THEN ${optional("pg_index", "i", "indnullsnotdistinct", "false")} ELSE false END
    AS "nullsNotDistinct",
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid, true) END AS expression
FROM tables t
JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0
  AND (k.conislocal OR k.coninhcount = 0)
LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
LEFT JOIN pg_class f ON f.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace`;

/** What is unusual is looked up only where it is: joins for everything would take most of the time of all questions. */
const PARTS = `
  (SELECT json_agg(json_build_object(
      'key', x.place <= i.indnkeyatts,
      'column', a.attname,
      'expression', CASE WHEN x.number = 0 THEN pg_get_indexdef(i.indexrelid, x.place::integer, true) END,
      'descending', coalesce(i.indoption[x.place - 1], 0) & 1 = 1,
      'nullsFirst', coalesce(i.indoption[x.place - 1], 0) & 2 = 2,
      'opclass', CASE WHEN p.attoptions IS NOT NULL
          OR i.indclass[x.place - 1] NOT IN (SELECT d.oid FROM pg_opclass d WHERE d.opcdefault)
        THEN (SELECT CASE WHEN pg_opclass_is_visible(oc.oid) THEN '' ELSE quote_ident(n.nspname) || '.' END
          || quote_ident(oc.opcname) FROM pg_opclass oc JOIN pg_namespace n ON n.oid = oc.opcnamespace
          WHERE oc.oid = i.indclass[x.place - 1]) END,
      'opclassOptions', p.attoptions,
      'collation', CASE WHEN i.indcollation[x.place - 1] <>
          coalesce(a.attcollation, (SELECT y.typcollation FROM pg_type y WHERE y.oid = p.atttypid))
        THEN (SELECT ${COLLATION("o", "n")} FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
          WHERE o.oid = i.indcollation[x.place - 1]) END,
      'operator', CASE WHEN k.conexclop IS NOT NULL THEN
        (SELECT CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname
          ELSE format('OPERATOR(%I.%s)', n.nspname, o.oprname) END
        FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE o.oid = k.conexclop[x.place]) END
    ) ORDER BY x.place)
    FROM unnest(i.indkey) WITH ORDINALITY x (number, place)
    JOIN pg_attribute p ON p.attrelid = i.indexrelid AND p.attnum = x.place
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = x.number AND x.number > 0)`;

const INDEXES = `
SELECT c.oid::text AS id, t.oid::text AS table, c.relname AS name, k.oid::text AS constraint,
  i.indisunique AS unique, m.amname AS method, s.spcname AS tablespace,
  pg_get_expr(i.indpred, i.indrelid, true) AS predicate, to_json(c.reloptions) AS options,
  CASE WHEN i.indisunique AND k.oid IS NULL THEN ${
  optional("pg_index", "i", "indnullsnotdistinct", "false")
} ELSE false END
    AS "nullsNotDistinct",
  i.indisvalid AS valid, i.indisclustered AS clustered, i.indisreplident AS "replicaIdentity",
  CASE WHEN c.relispartition THEN
    (SELECT json_build_object('schema', hn.nspname, 'name', hc.relname) FROM pg_inherits h
    JOIN pg_class hc ON hc.oid = h.inhparent JOIN pg_namespace hn ON hn.oid = hc.relnamespace
    WHERE h.inhrelid = c.oid) END AS parent,
  CASE WHEN k.contype IS NULL OR k.contype = 'x' THEN ${PARTS} END AS parts
FROM tables t
JOIN pg_index i ON i.indrelid = t.oid
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')`;

/** The questions. */
export const TABLE_QUESTIONS: Questions<TableRows> = {
  tables: (scope) => ofTables(scope, TABLES),
  columns: (scope) => ofTables(scope, COLUMNS),
  constraints: (scope) => ofTables(scope, CONSTRAINTS),
  indexes: (scope) => ofTables(scope, INDEXES, "'r', 'p', 'm'"),
};
