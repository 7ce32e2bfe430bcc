/** What a database holds beside its schema: rows, and how far its counters have got. */
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import type { Schema, Table } from "../../src/schema/model.ts";

/** Rows by the table and the columns that hold them, and counters by their name, as text. */
export type Held = Map<string, readonly string[]>;

const asText = (row: object): string =>
  JSON.stringify(Object.values(row), (_, value) => typeof value === "bigint" ? String(value) : value);

/** The columns of a table whose values a change to another schema has no reason to touch. */
function steadyColumns(table: Table, other: Table): readonly string[] {
  return table.columns.flatMap((column) => {
    const same = other.columns.find(({ name }) => name === column.name);
    const isSteady = same?.type === column.type && !same.generated && !column.generated;
    return isSteady ? [column.name] : [];
  });
}

/** The counters that both schemas have; a counter that has not begun is at "". */
async function countersOf(dialect: Dialect, connection: Connection, here: Schema, other: Schema): Promise<Held> {
  if (dialect.name !== "sqlite") {
    const { rows } = await connection.query<{ name: string; at: string }>(
      "SELECT schemaname || '.' || sequencename AS name, coalesce(last_value::text, '') AS at FROM pg_sequences",
    );
    return new Map(rows.map(({ name, at }) => [`counter ${name}`, [at]]));
  }
  const counted = (schema: Schema): readonly string[] =>
    schema.tables.filter(({ columns }) => columns.some(({ autoincrement }) => autoincrement)).map(({ name }) => name);
  const names = counted(here).filter((name) => counted(other).includes(name));
  if (names.length === 0) return new Map();
  const { rows } = await connection.query<{ name: string; seq: number }>("SELECT name, seq FROM sqlite_sequence");
  return new Map(
    names.map((name) => [`counter ${name}`, [String(rows.find((row) => row.name === name)?.seq ?? "")]]),
  );
}

/**
 * What is held now and must be held after a change as well.
 *
 * @param here the schema of the connection
 * @param other the schema on the other side of the change
 */
export async function heldRows(dialect: Dialect, connection: Connection, here: Schema, other: Schema): Promise<Held> {
  const { writer } = dialect;
  const held = new Map(await countersOf(dialect, connection, here, other));
  for (const table of here.tables) {
    const same = other.tables.find(({ name, schema }) => name === table.name && schema === table.schema);
    if (same === undefined) continue;
    const columns = steadyColumns(table, same).map((column) => writer.identifier(column)).sort();
    const sql = `SELECT ${columns.join(", ") || "1"} FROM ${writer.name(table)}`;
    held.set(sql, (await connection.query(sql)).rows.map(asText).sort());
  }
  return held;
}
