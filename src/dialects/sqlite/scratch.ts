/**
 * Scratch databases: SQLite's are in memory, and take scripts as SQLite's own shell does.
 *
 * @module
 */
import type { SqlValue } from "../../ddl/statement.ts";
import type { Connection, QueryResult, Scratch } from "../dialect.ts";
import { connect } from "./driver.ts";
import { isWord, tokenize } from "./tokenizer.ts";

/** What a statement does to the transaction: `.dump` writes `BEGIN TRANSACTION` and `COMMIT` around all else. */
function transactionOf(sql: string, { begin, commit, rollback }: Connection): (() => Promise<void>) | undefined {
  const [first, second] = tokenize(sql);
  if (isWord(first, "BEGIN")) return () => begin();
  if (isWord(first, "COMMIT") || isWord(first, "END")) return commit;
  return isWord(first, "ROLLBACK") && !isWord(second, "TO") ? rollback : undefined;
}

/** Opens an empty database in memory. */
export async function openScratch(): Promise<Scratch> {
  const connection = await connect({ url: ":memory:" });
  // The shell does not enforce them, libSQL's client does.
  const enforceKeys = async (keys: "ON" | "OFF"): Promise<void> => {
    await connection.query(`PRAGMA foreign_keys = ${keys}`);
  };
  const query = async <Row>(sql: string, params?: readonly SqlValue[]): Promise<QueryResult<Row>> => {
    // The client takes each statement for a transaction of its own, where none was begun through it.
    const change = transactionOf(sql, connection);
    if (change === undefined) return await connection.query<Row>(sql, params);
    await change();
    return { rows: [], rowCount: 0 };
  };
  return { ...connection, query, prepare: () => enforceKeys("OFF"), reset: () => enforceKeys("ON") };
}
