import type { Connection } from "../dialect.ts";
import { isSystemName } from "./inspect.ts";

// Virtual tables are left out: their modules may not be there. Nothing that names them is looked at when it is made.
const DEFINITIONS = `SELECT o.name, o.sql FROM sqlite_schema AS o
LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = o.tbl_name
WHERE o.sql IS NOT NULL AND coalesce(l.type, '') NOT IN ('virtual', 'shadow')
ORDER BY CASE o.type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END, o.name`;

/**
 * Makes in an empty database what another one has, without its rows.
 *
 * @param from only read
 */
export async function copySchema(from: Connection, to: Connection): Promise<void> {
  const { rows } = await from.query<{ name: string; sql: string }>(DEFINITIONS);
  for (const { name, sql } of rows) if (!isSystemName(name)) await to.query(sql);
}
