/**
 * PostgreSQL 14 and newer, and PGlite.
 *
 * @module
 */
import type { ObjectName } from "../../schema/model.ts";
import type { Connection, Dialect } from "../dialect.ts";
import { compile, needsSchema, usesSchema } from "./compile.ts";
import { connect, type PostgresConnection } from "./connection.ts";
import { conversion } from "./conversion.ts";
import { canonicalExpression } from "./expressions.ts";
import { inspect } from "./inspect.ts";
import { takeLock } from "./lock.ts";
import { needsScratch, normalize } from "./normalize.ts";
import { openScratch } from "./scratch.ts";
import { group } from "./retype.ts";
import { script } from "./script.ts";
import { missingTypes } from "./missing_types.ts";
import { split } from "./split.ts";
import { canonicalType } from "./types.ts";
import { writer } from "./writer.ts";

/** The connection that {@linkcode connect} has made; the interface does not show all of it. */
const own = (connection: Connection): PostgresConnection => connection as PostgresConnection;

async function hasTable(connection: Connection, name: ObjectName): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>("SELECT to_regclass($1) IS NOT NULL AS found", [
    writer.name(name),
  ]);
  return rows[0]?.found === true;
}

/**
 * The PostgreSQL dialect.
 *
 * @example
 * ```ts
 * import { postgres } from "./dialect.ts";
 *
 * const { writer } = postgres;
 * console.assert(writer.name({ schema: "shop", name: "order" }) === 'shop."order"');
 * console.assert(postgres.canonicalType("character varying(255)") === "varchar(255)");
 * console.assert(postgres.conversion("age", "text", "integer") === "age::integer");
 * ```
 */
export const postgres: Dialect = {
  name: "postgres",
  capabilities: {
    schemas: true,
    enums: true,
    alterConstraints: true,
    uniqueIndexIsConstraint: false,
    replaceView: true,
    foldsCase: false,
    identifierBytes: 63,
    // The protocol counts them in 16 bits.
    parameters: 65_535,
  },
  writer,
  script,
  connect,
  lock: takeLock,
  openScratch,
  hasTable,
  inspect: (connection, options) => inspect(own(connection), options),
  normalize: (connection, target) => normalize(own(connection), target),
  isNeverNull: () => false,
  needsScratch,
  canonicalType,
  canonicalExpression,
  conversion,
  rowKey: ({ primaryKey }) => primaryKey?.columns.map((column) => writer.identifier(column)),
  split,
  mayRebuild: () => false,
  missingTypes,
  needsSchema,
  usesSchema,
  group,
  compile,
};
