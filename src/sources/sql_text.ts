/**
 * SQL text as a target: run on a scratch database, and read back. It serves every tool that can print its DDL.
 *
 * @module
 */
import type { Connection, Dialect } from "../dialects/dialect.ts";
import { LimbeckError, messageOf } from "../errors.ts";
import { OBJECT_KINDS } from "../schema/model.ts";
import type { TargetPart } from "./part.ts";

/** SQL that makes the schema in an empty database. */
export interface SqlText {
  readonly kind: "sqlText";
  readonly text: string;
  /** The file that it was read from, for messages. */
  readonly path?: string;
}

/** Whether a value is SQL text. */
export function isSqlText(value: unknown): value is SqlText {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "sqlText" &&
    typeof Reflect.get(value, "text") === "string";
}

/** Opens an empty database of its own, which goes away when it is closed. */
export type OpenScratch = () => Promise<Connection>;

/** The dialects that have an empty database at no cost. */
const SCRATCH_URLS: { readonly [dialect: string]: string } = { sqlite: ":memory:" };

function openMemory(dialect: Dialect): Promise<Connection> {
  const url = SCRATCH_URLS[dialect.name];
  if (url !== undefined) return dialect.connect({ url });
  throw new LimbeckError("UNSUPPORTED", `Cannot read a target from SQL text for ${dialect.name}: no scratch database`, {
    hint: "Name a server on which one can be made: --dev-url",
  });
}

/**
 * Reads SQL text.
 *
 * @param scratch opens the empty database; left out, one in memory where the dialect has that
 * @throws `TARGET_INVALID` where a statement fails, with its line; `UNSUPPORTED` where there is no scratch database
 */
export async function readSqlText(source: SqlText, dialect: Dialect, scratch?: OpenScratch): Promise<TargetPart> {
  const connection = await (scratch === undefined ? openMemory(dialect) : scratch());
  try {
    for (const { sql, offset } of await dialect.split(source.text)) {
      try {
        await connection.query(sql);
      } catch (cause) {
        const line = source.text.slice(0, offset).split("\n").length;
        const place = source.path === undefined ? "its SQL text" : `"${source.path}"`;
        throw new LimbeckError(
          "TARGET_INVALID",
          `Cannot use the target: the statement at line ${line} of ${place} fails: ${messageOf(cause)}`,
          { facts: { line, sql }, cause },
        );
      }
    }
    const schema = await dialect.inspect(connection, { schemas: "all" });
    return { schema, kinds: OBJECT_KINDS, unmodelled: schema.unmodelled };
  } finally {
    await connection.close();
  }
}
