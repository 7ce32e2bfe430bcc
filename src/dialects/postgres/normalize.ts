/**
 * Has PostgreSQL spell a target: made as temporary objects, read back by `inspect`'s own code, rolled back.
 *
 * Temporary objects need the right TEMP only, and nobody else sees them. They live in one schema, so what has the same
 * name in two schemas of the target is given another one, and everything that refers to it follows. Constraints and
 * indexes are given marks for names, by which the answer finds its way back.
 *
 * @module
 */
import { indexDefinition } from "../../ddl/definitions.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../../errors.ts";
import { tableElements } from "../../operations/create_table.ts";
import { displayName } from "../../schema/edit.ts";
import { EMPTY_SCHEMA, type Schema, type Table } from "../../schema/model.ts";
import { KINDS_OF_TABLES, type RowKind } from "./catalog.ts";
import type { Scope } from "./catalog_scope.ts";
import type { PostgresConnection } from "./connection.ts";
import { type Disguise, disguise } from "./disguise.ts";
import { readCatalog, schemaOf } from "./inspect.ts";
import { objectsOut, partsAfterTables, partsBeforeTables, type RoleWords } from "./normalize_objects.ts";
import { disguised, labelsOf, type Part, tableOut } from "./normalize_tables.ts";
import { writer } from "./writer.ts";

const SEPARATOR = ",\n  ";

/** What is called the part of a statement where the server's error points. */
function whatAt({ sql, what, elements = [] }: Part, position: unknown): string {
  let end = sql.indexOf("(\n  ") + "(\n  ".length;
  for (const element of elements) {
    end += element.sql.length + SEPARATOR.length;
    if (typeof position === "number" && position <= end) return element.what;
  }
  return what;
}

function tableParts(table: Table, number: number, cover: Disguise): readonly Part[] {
  const made = disguised(table, number, cover);
  const name = displayName(table);
  const elements = tableElements(writer, made);
  const labels = labelsOf(table);
  return [
    {
      sql: `CREATE TEMPORARY TABLE ${writer.identifier(made.name)} (\n  ${elements.join(SEPARATOR)}\n)`,
      what: `table "${name}"`,
      elements: elements.map((sql, place) => ({ sql, what: `${labels[place]} of table "${name}"` })),
    },
    ...made.indexes.map((index, place): Part => ({
      sql: `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${writer.identifier(index.name ?? "")} ON ` +
        indexDefinition(writer, { schema: "pg_temp", name: made.name }, index),
      what: `index "${table.indexes[place]?.name ?? place + 1}" of table "${name}"`,
    })),
  ];
}

/** A table of the target with its place in it. */
interface Placed {
  readonly table: Table;
  readonly number: number;
}

/** A server keeps so many locks only, and each table and index takes one until the end of the transaction. */
const TABLES_AT_ONCE = 250;

/** The tables that are made together: some at a time, but all of them where views and policies may be about any. */
function groupsOf({ tables, views, policies }: Schema): readonly (readonly Placed[])[] {
  const placed = tables.map((table, number): Placed => ({ table, number }));
  if (views.length + policies.length > 0 || placed.length <= TABLES_AT_ONCE) return [placed];
  const count = Math.ceil(placed.length / TABLES_AT_ONCE);
  return Array.from(
    { length: count },
    (_, group) => placed.slice(group * TABLES_AT_ONCE, (group + 1) * TABLES_AT_ONCE),
  );
}

function partsOf(target: Schema, group: readonly Placed[], cover: Disguise): readonly Part[] {
  return [
    ...partsBeforeTables(target, cover),
    ...group.flatMap(({ table, number }) => tableParts(table, number, cover)),
    ...partsAfterTables(target, cover),
  ];
}

/** Kinds of which there are no temporary objects. */
const LASTING = ["extensions", "compositeTypes", "collations", "routines", "triggers", "objects"] as const;

/** Whether a target has what cannot be temporary, or what the server would print otherwise about temporary objects. */
export function needsScratch(target: Schema): boolean {
  const { tables, views, policies, sequences } = target;
  const names = [...tables, ...views].map(({ name }) => name);
  return LASTING.some((kind) => target[kind].length > 0) ||
    tables.some(({ partitionBy, partitionOf, inherits, exclusions = [] }) =>
      partitionBy !== undefined || partitionOf !== undefined || inherits !== undefined || exclusions.length > 0
    ) ||
    // `nextval('auth.numbers')` names it in a string.
    sequences.some(({ schema }) => schema !== undefined) ||
    views.some(({ indexes = [] }) => indexes.length > 0) ||
    // In a query about both, the server gives one of them an alias.
    (views.length + policies.length > 0 && new Set(names).size < names.length);
}

const KINDS: readonly RowKind[] = [...KINDS_OF_TABLES, "domains", "views", "policies"];

const SCOPE: Scope = { namespaces: "n.oid = pg_my_temp_schema()", tables: "true" };

/** Begins and ends the scratch work so that an open transaction of the caller is not touched. */
function bounds(connection: PostgresConnection): readonly [begin: string, end: string] {
  const name = "limbeck_normalize";
  return connection.inTransaction()
    ? [`SAVEPOINT ${name}`, `ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}`]
    : ["BEGIN READ WRITE", "ROLLBACK"];
}

/** Runs the parts one by one, to tell which of them the server refuses. */
async function blame(connection: PostgresConnection, parts: readonly Part[]): Promise<void> {
  for (const part of parts) {
    try {
      await connection.query(part.sql);
    } catch (error) {
      if (!isLimbeckError(error) || error.code !== "STATEMENT_FAILED") throw error;
      throw targetInvalid(error, whatAt(part, error.facts["position"]));
    }
  }
}

const CREATE_EXTENSION = "If it belongs to an extension, create the extension first: CREATE EXTENSION …";
const MISSING_TYPE = "42704";
const MISSING_FUNCTION = "42883";

/** What to do about a refusal that is not the target's fault, by SQLSTATE. */
const HINTS: { readonly [state: string]: string } = {
  [MISSING_TYPE]: CREATE_EXTENSION,
  [MISSING_FUNCTION]: CREATE_EXTENSION,
  "42501": "limbeck makes the target as temporary tables: GRANT TEMPORARY ON DATABASE … TO the user",
  "25006": "limbeck makes the target as temporary tables: connect to a server that takes writes",
};

function targetInvalid(error: LimbeckError, what: string): LimbeckError {
  const { serverCode } = error.facts;
  const hint = typeof serverCode === "string" ? HINTS[serverCode] : undefined;
  return new LimbeckError("TARGET_INVALID", `Cannot make the target's ${what}: ${messageOf(error)}`, {
    hint: hint ?? error.hint,
    facts: error.facts,
    cause: error,
  });
}

/** Makes the parts, reads them back, and throws them away. */
async function madeOf(connection: PostgresConnection, parts: readonly Part[]): Promise<Schema> {
  const [begin, end] = bounds(connection);
  await connection.batch(begin);
  try {
    // One round trip for all that is made; only a refusal is worth asking again, part by part.
    await connection.batch([...parts.map(({ sql }) => sql), "SELECT 1"].join(";\n")).catch(async (error) => {
      if (!isLimbeckError(error) || error.code !== "STATEMENT_FAILED") throw error;
      await connection.batch(`${end}; ${begin}`);
      await blame(connection, parts);
      throw error;
    });
    return schemaOf(await readCatalog(connection, SCOPE, KINDS), "");
  } finally {
    await connection.batch(end);
  }
}

/**
 * The target in the server's own spelling: same objects in the same order, only types and expressions are written
 * otherwise. What cannot be temporary (routines, triggers, extensions, partitions…) stays as it is written. Nothing is left in the database.
 *
 * @throws `TARGET_INVALID` where the server refuses a part of the target, naming it
 */
export async function normalize(connection: PostgresConnection, target: Schema): Promise<Schema> {
  const { rows } = await connection.query<RoleWords & { home: string | null }>(
    "SELECT current_schema() AS home, current_user::text AS current_user, session_user::text AS session_user",
  );
  const words = rows[0] ?? { home: null, current_user: "", session_user: "" };
  const home = words.home ?? "public";
  const cover = disguise(target, home);
  const tables: Table[] = [];
  let given = EMPTY_SCHEMA;
  for (const group of groupsOf(target)) {
    given = await madeOf(connection, partsOf(target, group, cover));
    const found = new Map(given.tables.map((table) => [table.name, table]));
    for (const { table: asked, number } of group) {
      const table = found.get(cover.nameIn(asked));
      tables.push(table === undefined ? asked : tableOut(asked, table, number, cover, home));
    }
  }
  return { ...target, tables, ...objectsOut(target, given, words, cover) };
}
