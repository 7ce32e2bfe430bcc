/**
 * The version table: one row a head, Alembic's shape and meaning.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import type { Connection, Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { compareText, displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { RowChange } from "./version_rows.ts";

/** The version table's name where nothing else is configured. */
export const DEFAULT_VERSION_TABLE = "limbeck_version";

/** `CREATE TABLE` for the version table, as Alembic makes it. */
export function createVersionTable(writer: SqlWriter, table: ObjectName, ifNotExists: boolean): Statement {
  const key = writer.identifier(`${table.name}_pkc`);
  return {
    sql: `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${writer.name(table)} (\n` +
      `  version_num VARCHAR(32) NOT NULL,\n  CONSTRAINT ${key} PRIMARY KEY (version_num)\n)`,
  };
}

/** A change of a row as SQL, the values bound. */
export function rowStatement(writer: SqlWriter, table: ObjectName, change: RowChange): Statement {
  const name = writer.name(table);
  const [first, second] = [writer.placeholder(1), writer.placeholder(2)];
  switch (change.kind) {
    case "insert":
      return { sql: `INSERT INTO ${name} (version_num) VALUES (${first})`, params: [change.version] };
    case "delete":
      return { sql: `DELETE FROM ${name} WHERE version_num = ${first}`, params: [change.version] };
    case "update":
      return {
        sql: `UPDATE ${name} SET version_num = ${first} WHERE version_num = ${second}`,
        params: [change.to, change.from],
      };
  }
}

/** Makes the version table where it is missing. */
export async function ensureVersionTable(dialect: Dialect, connection: Connection, table: ObjectName): Promise<void> {
  await connection.query(createVersionTable(dialect.writer, table, true).sql);
}

/**
 * The rows of the version table, sorted; none where there is no table yet.
 */
export async function readVersionRows(
  dialect: Dialect,
  connection: Connection,
  table: ObjectName,
): Promise<readonly string[]> {
  if (!await dialect.hasTable(connection, table)) return [];
  const { rows } = await connection.query<{ version_num: string }>(
    `SELECT version_num FROM ${dialect.writer.name(table)}`,
  );
  return rows.map((row) => String(row.version_num)).sort(compareText);
}

/**
 * Changes the rows, each change expected to touch exactly one.
 *
 * @throws `VERSION_CONFLICT` where a row is not as expected: another process has moved the database
 */
export async function changeVersionRows(
  dialect: Dialect,
  connection: Connection,
  table: ObjectName,
  changes: readonly RowChange[],
): Promise<void> {
  for (const change of changes) {
    const { sql, params } = rowStatement(dialect.writer, table, change);
    const { rowCount } = await connection.query(sql, params);
    if (rowCount === undefined || rowCount === 1) continue;
    throw new LimbeckError(
      "VERSION_CONFLICT",
      `Cannot ${change.kind} the row of ${describeChange(change)} in "${
        displayName(table)
      }": ${rowCount} rows were there`,
      {
        hint: "Another process has moved the database: look with limbeck current, then run the command again",
        facts: { table: displayName(table), rows: rowCount },
      },
    );
  }
}

function describeChange(change: RowChange): string {
  return change.kind === "update" ? `"${change.from}"` : `"${change.version}"`;
}
