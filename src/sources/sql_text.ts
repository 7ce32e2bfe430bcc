/**
 * SQL text as a target: run on a scratch database, and read back. It serves every tool that can print its DDL.
 *
 * @module
 */
import type { SqlPart } from "../ddl/statement.ts";
import type { Dialect, Scratch } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import { OBJECT_KINDS } from "../schema/model.ts";
import type { TargetPart } from "./part.ts";

/** SQL that makes the schema in an empty database. */
export interface SqlText {
  readonly kind: "sqlText";
  readonly text: string;
  /** The file that it was read from, for messages. */
  readonly path?: string;
  /** What is loaded after it, into the same database. */
  readonly rest?: readonly SqlText[];
}

/** Whether a value is SQL text. */
export function isSqlText(value: unknown): value is SqlText {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "sqlText" &&
    typeof Reflect.get(value, "text") === "string";
}

/** Opens an empty database of its own, which goes away when it is closed. */
export type OpenScratch = () => Promise<Scratch>;

/** `pg_dump` writes these two around its text; they are psql's, and change nothing here. */
const PSQL_GUARDS = /^\\(?:un)?restrict [^\n]*$/gm;

/**
 * Runs SQL text in a scratch database.
 *
 * @throws `TARGET_INVALID` where a statement fails, with its line
 */
export async function runSqlText(source: SqlText, dialect: Dialect, connection: Scratch): Promise<void> {
  for (const each of [source, ...source.rest ?? []]) await runText(each, dialect, connection);
  await connection.reset();
}

async function runText({ text, path }: SqlText, dialect: Dialect, connection: Scratch): Promise<void> {
  const place = path === undefined ? "its SQL text" : `"${path}"`;
  // Blanks in their place, so that the lines that errors tell stay right.
  const script = text.replace(PSQL_GUARDS, (line) => " ".repeat(line.length));
  let parts: readonly SqlPart[];
  try {
    parts = await dialect.split(script);
  } catch (cause) {
    const { line } = isLimbeckError(cause) ? cause.facts : {};
    throw new LimbeckError("TARGET_INVALID", `Cannot read ${place}: ${messageOf(cause)}`, {
      hint: isLimbeckError(cause) ? cause.hint : undefined,
      facts: line === undefined ? {} : { line },
      cause,
    });
  }
  for (const { sql, offset } of parts) {
    try {
      await connection.query(sql);
    } catch (cause) {
      const line = text.slice(0, offset).split("\n").length;
      throw new LimbeckError("TARGET_INVALID", `Cannot load ${place}: line ${line} fails: ${messageOf(cause)}`, {
        facts: { line, sql },
        cause,
      });
    }
  }
}

/**
 * Reads SQL text.
 *
 * @param scratch opens the empty database; left out, one that needs no server
 * @throws `TARGET_INVALID` where a statement fails, with its line; `SCRATCH_UNAVAILABLE`
 */
export async function readSqlText(
  source: SqlText,
  dialect: Dialect,
  scratch: OpenScratch = () => dialect.openScratch(),
): Promise<TargetPart> {
  const connection = await scratch();
  try {
    await runSqlText(source, dialect, connection);
    const schema = await dialect.inspect(connection, { schemas: "all" });
    return { schema, kinds: OBJECT_KINDS, unmodelled: schema.unmodelled, spelled: true };
  } finally {
    await connection.close();
  }
}
