/**
 * SQL text as a target: run on a scratch database, and read back. It serves every tool that can print its DDL.
 *
 * @module
 */
import type { SqlPart } from "../ddl/statement.ts";
import type { Dialect, Scratch } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { OBJECT_KINDS, type Schema } from "../schema/model.ts";
import type { TargetPart } from "./part.ts";
import { renamesIn } from "./sql_renames.ts";

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

/** The statements of a text that has been run. */
export interface RunText {
  readonly text: string;
  readonly place: string;
  readonly parts: readonly SqlPart[];
}

/** What a scratch database is after SQL text has been run in it. */
export interface LoadedText {
  readonly schema: Schema;
  /** What the text says to have had another name. */
  readonly renames: readonly DeclaredRename[];
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/**
 * Runs SQL text in a scratch database.
 *
 * @returns its statements
 * @throws `TARGET_INVALID` where a statement fails, with its line
 */
export async function runSqlText(
  source: SqlText,
  dialect: Dialect,
  connection: Scratch,
): Promise<readonly RunText[]> {
  const run: RunText[] = [];
  await connection.prepare?.();
  for (const each of [source, ...source.rest ?? []]) run.push(await runText(each, dialect, connection));
  await connection.reset();
  return run;
}

/**
 * Runs SQL text in a scratch database, and reads it back.
 *
 * @throws `TARGET_INVALID` where a statement fails, with its line
 */
export async function loadSqlText(source: SqlText, dialect: Dialect, connection: Scratch): Promise<LoadedText> {
  const run = await runSqlText(source, dialect, connection);
  const schema = await dialect.inspect(connection, { schemas: "all" });
  const renames = run.flatMap(({ text, place, parts }) =>
    renamesIn(text, parts, schema, (offset) => `${place}, line ${lineAt(text, offset)}`)
  );
  return { schema, renames };
}

async function runText({ text, path }: SqlText, dialect: Dialect, connection: Scratch): Promise<RunText> {
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
      const line = lineAt(text, offset);
      throw new LimbeckError("TARGET_INVALID", `Cannot load ${place}: line ${line} fails: ${messageOf(cause)}`, {
        facts: { line, sql },
        cause,
      });
    }
  }
  return { text, place, parts };
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
    const { schema, renames } = await loadSqlText(source, dialect, connection);
    return { schema, renames, kinds: OBJECT_KINDS, unmodelled: schema.unmodelled, spelled: true };
  } finally {
    await connection.close();
  }
}
