import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";

/** Where the tables of the tests are. */
const HERE = "n.nspname IN ('public', 'other')";

/** What the catalog says of tables and all that belongs to them, a line each: the server's words, not ours. */
const QUERIES: readonly string[] = [
  `SELECT concat_ws(' | ', 'table', n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident, c.relrowsecurity,
      c.relforcerowsecurity, c.reloptions::text, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
      obj_description(c.oid, 'pg_class'),
      (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${HERE}`,
  `SELECT concat_ws(' | ', 'column', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      pg_get_expr(d.adbin, d.adrelid), a.attstorage, a.attcompression, coalesce(nullif(a.attstattarget, -1)::text, '-'),
      a.attislocal, a.attinhcount, a.attidentity, a.attgenerated, nullif(a.attcollation, y.typcollation)::regcollation,
      col_description(c.oid, a.attnum))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p') AND ${HERE}`,
  `SELECT concat_ws(' | ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated,
      k.conislocal, k.coninhcount)
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    WHERE k.conrelid <> 0 AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND ${HERE}`,
  `SELECT concat_ws(' | ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident,
      c.reloptions::text, (SELECT h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = c.oid))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${HERE}`,
];

/** Everything that the server knows of the tables, sorted: the order of columns does not count. */
export async function fingerprint(connection: PostgresConnection): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const query of QUERIES) {
    const { rows } = await connection.query<{ readonly concat_ws: string }>(query);
    lines.push(...rows.map((row) => row.concat_ws));
  }
  return lines.sort();
}
