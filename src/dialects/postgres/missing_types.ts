/**
 * Types that the server does not know.
 *
 * @module
 */
import type { Connection } from "../dialect.ts";

/**
 * Which of some types the server does not know, as the connection's `search_path` finds them.
 *
 * @param types names, with or without a size and brackets: `integer`, `varchar(20)`, `mood[]`
 * @see https://www.postgresql.org/docs/current/functions-info.html (to_regtype)
 */
export async function missingTypes(connection: Connection, types: readonly string[]): Promise<readonly string[]> {
  const { rows } = await connection.query<{ type: string }>(
    "SELECT type FROM json_array_elements_text($1::json) AS type WHERE to_regtype(type) IS NULL ORDER BY 1",
    [JSON.stringify(types)],
  );
  return rows.map(({ type }) => type);
}
