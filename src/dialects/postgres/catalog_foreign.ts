/**
 * The parts of the question about objects that are for other servers: publications, foreign servers and tables.
 *
 * @module
 */
import { optional } from "./catalog_scope.ts";
import type { ObjectQuestion } from "./catalog_objects.ts";

/** The columns that are published, where not all of them are. */
const COLUMNS_OF_PUBLICATION = `(SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
      FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (${
  optional("pg_publication_rel", "r", "prattrs", "NULL::int2vector", "prattrs::smallint[]")
}::smallint[]))`;

const ROWS_OF_PUBLICATION = `' WHERE (' || ${
  optional("pg_publication_rel", "r", "prqual", "NULL::pg_node_tree", "pg_get_expr(prqual, prrelid, true)")
} || ')'`;

const TABLES_OF_PUBLICATION = `(SELECT string_agg(concat('TABLE ', CASE WHEN c.relkind = 'r' AND EXISTS
      (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid) THEN 'ONLY ' END, r.prrelid::regclass,
      ${COLUMNS_OF_PUBLICATION}, ${ROWS_OF_PUBLICATION}), ', ' ORDER BY r.prrelid::regclass::text COLLATE "C")
    FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid WHERE r.prpubid = o.oid)`;

/** PostgreSQL 14 has no `pg_publication_namespace`; what is published of whole schemas stands in `pg_depend` too. */
const SCHEMAS_OF_PUBLICATION =
  `(SELECT 'TABLES IN SCHEMA ' || string_agg(quote_ident(s.nspname), ', ' ORDER BY s.nspname)
    FROM pg_depend p JOIN pg_depend q ON q.classid = p.classid AND q.objid = p.objid
      AND q.refclassid = 'pg_namespace'::regclass
    JOIN pg_namespace s ON s.oid = q.refobjid
    WHERE p.classid = to_regclass('pg_catalog.pg_publication_namespace')
      AND p.refclassid = 'pg_publication'::regclass AND p.refobjid = o.oid)`;

const PUBLISHED = `concat_ws(', ', CASE WHEN o.pubinsert THEN 'insert' END, CASE WHEN o.pubupdate THEN 'update' END,
    CASE WHEN o.pubdelete THEN 'delete' END, CASE WHEN o.pubtruncate THEN 'truncate' END)`;

const PUBLICATION: ObjectQuestion = {
  catalog: "pg_publication",
  type: "publication",
  name: "o.pubname",
  definition:
    `concat('CREATE PUBLICATION ', quote_ident(o.pubname), CASE WHEN o.puballtables THEN ' FOR ALL TABLES' ELSE
      ' FOR ' || nullif(concat_ws(', ', ${TABLES_OF_PUBLICATION}, ${SCHEMAS_OF_PUBLICATION}), '') END,
    ' WITH (publish = ', quote_literal(${PUBLISHED}), CASE WHEN o.pubviaroot THEN ', publish_via_partition_root = true' END,
    CASE ${optional("pg_publication", "o", "pubgencols", `'n'::"char"`)}
      WHEN 's' THEN ', publish_generated_columns = stored' END, ')')`,
  drop: "format('DROP PUBLICATION %I', o.pubname)",
  parts: `(SELECT json_agg(json_build_object('catalog', 'pg_publication_rel', 'id', r.oid::text))
    FROM pg_publication_rel r WHERE r.prpubid = o.oid)`,
  from: "pg_publication o",
  scoped: false,
};

/** ` OPTIONS (…)`, or null where there are none. */
const options = (column: string): string =>
  `(SELECT ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')'
    FROM pg_options_to_table(${column}))`;

const WRAPPER: ObjectQuestion = {
  catalog: "pg_foreign_data_wrapper",
  type: "foreign data wrapper",
  name: "o.fdwname",
  definition: `concat('CREATE FOREIGN DATA WRAPPER ', quote_ident(o.fdwname),
    ' HANDLER ' || nullif(o.fdwhandler, 0)::regproc, ' VALIDATOR ' || nullif(o.fdwvalidator, 0)::regproc,
    ${options("o.fdwoptions")})`,
  drop: "format('DROP FOREIGN DATA WRAPPER %I', o.fdwname)",
  from: "pg_foreign_data_wrapper o",
  scoped: false,
};

const SERVER: ObjectQuestion = {
  catalog: "pg_foreign_server",
  type: "foreign server",
  name: "o.srvname",
  definition: `concat('CREATE SERVER ', quote_ident(o.srvname), ' TYPE ' || quote_literal(o.srvtype),
    ' VERSION ' || quote_literal(o.srvversion), ' FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
    ${options("o.srvoptions")})`,
  drop: "format('DROP SERVER %I', o.srvname)",
  from: "pg_foreign_server o JOIN pg_foreign_data_wrapper w ON w.oid = o.srvfdw",
  scoped: false,
};

const FOREIGN_COLUMNS = `(SELECT string_agg(concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
      ' COLLATE ' || CASE WHEN a.attcollation <> y.typcollation THEN a.attcollation::regcollation::text END,
      ${options("a.attfdwoptions")},
      CASE WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
        ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END,
      CASE WHEN a.attnotnull THEN ' NOT NULL' END), E',\\n  ' ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attislocal)`;

const FOREIGN_CHECKS = `(SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), E',\\n  '
    ORDER BY k.conname COLLATE "C") FROM pg_constraint k WHERE k.conrelid = o.oid AND k.contype = 'c' AND k.conislocal)`;

const FOREIGN_PARENTS = `(SELECT string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno)
    FROM pg_inherits h WHERE h.inhrelid = o.oid)`;

const FOREIGN_TABLE: ObjectQuestion = {
  catalog: "pg_class",
  type: "foreign table",
  name: "o.relname",
  definition: `concat('CREATE FOREIGN TABLE ', o.oid::regclass,
    CASE WHEN o.relispartition THEN ' PARTITION OF ' || ${FOREIGN_PARENTS} END,
    CASE WHEN NOT o.relispartition OR ${FOREIGN_CHECKS} IS NOT NULL THEN
      format(E' (\\n  %s\\n)', concat_ws(E',\\n  ', ${FOREIGN_COLUMNS}, ${FOREIGN_CHECKS})) END,
    CASE WHEN o.relispartition THEN ' ' || pg_get_expr(o.relpartbound, o.oid)
      ELSE ' INHERITS (' || ${FOREIGN_PARENTS} || ')' END,
    ' SERVER ', quote_ident(s.srvname), ${options("f.ftoptions")})`,
  drop: "format('DROP FOREIGN TABLE %s', o.oid::regclass)",
  from: `pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace JOIN pg_foreign_table f ON f.ftrelid = o.oid
    JOIN pg_foreign_server s ON s.oid = f.ftserver`,
  scoped: true,
};

/** The questions. */
export const FOREIGN_OBJECTS: readonly ObjectQuestion[] = [PUBLICATION, WRAPPER, SERVER, FOREIGN_TABLE];
