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
import { compact, compareNames, displayName, keyOf, nameOf } from "../../schema/edit.ts";
import type { Column, ForeignKey, Index, ObjectName, Schema, Table } from "../../schema/model.ts";
import { KINDS_OF_TABLES } from "./catalog.ts";
import type { Scope } from "./catalog_scope.ts";
import type { PostgresConnection } from "./connection.ts";
import { readCatalog, schemaOf } from "./inspect.ts";
import { replaceNames } from "./tokens.ts";
import { canonicalType, integerOfSerial } from "./types.ts";
import { writer } from "./writer.ts";

/** A statement that makes a part of the target, and what it is called when it fails. */
interface Part {
  readonly sql: string;
  readonly what: string;
  /** The elements between the parentheses, in their order, and what each is called. */
  readonly elements?: readonly { readonly sql: string; readonly what: string }[];
}

/** The temporary names of the target's tables and enums, and the way back. */
interface Disguise {
  /** The temporary name of a table or enum. */
  nameIn(object: ObjectName): string;
  /** The real name under a temporary one, where they differ. */
  readonly real: ReadonlyMap<string, ObjectName>;
  /** A type or expression of the target, about the temporary objects. */
  textIn(text: string): string;
  /** What the server printed, about the real objects. */
  textOut(text: string): string;
}

const mark = (kind: string, table: number, place: number): string => `limbeck_${kind}_${table}_${place}`;

function disguise({ tables, enums }: Schema, home: string): Disguise {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const real = new Map<string, ObjectName>();
  const types = new Set(enums.map(keyOf));
  // The default schema's come first and keep their names: they may be named without their schema. An enum of another
  // schema never does, so that a column of that name is not taken for it in what the server prints.
  for (const object of [...enums, ...tables].sort(compareNames)) {
    const free = object.schema === undefined || (!taken.has(object.name) && !types.has(keyOf(object)));
    const name = free ? object.name : `limbeck_t_${real.size}`;
    taken.add(name);
    names.set(keyOf(object), name);
    if (object.schema !== undefined) real.set(name, nameOf(object));
  }
  const nameIn = (object: ObjectName): string => names.get(keyOf(object)) ?? object.name;
  const enumNames = new Set(enums.map(nameIn));
  return {
    nameIn,
    real,
    textIn: (text) =>
      replaceNames(text, (name, schema) => {
        if (schema === undefined) return undefined;
        const found = names.get(keyOf(schema === home ? { name } : { name, schema }));
        return found === undefined ? undefined : writer.identifier(found);
      }),
    textOut: (text) =>
      replaceNames(text, (name, schema) => {
        const found = schema === undefined && enumNames.has(name) ? real.get(name) : undefined;
        return found === undefined ? undefined : writer.name(found);
      }),
  };
}

/** A table of the target as it is made: temporary names, marks for the names of constraints, no foreign keys. */
function disguised(table: Table, number: number, { nameIn, textIn }: Disguise): Table {
  const { primaryKey } = table;
  return compact<Table>({
    name: nameIn(table),
    columns: table.columns.map((column) =>
      compact<Column>({
        ...column,
        // A serial column's sequence would hide another of that name.
        type: integerOfSerial(column.type) ?? textIn(column.type),
        default: column.default === undefined ? undefined : textIn(column.default),
        generated: column.generated === undefined
          ? undefined
          : { ...column.generated, expression: textIn(column.generated.expression) },
      })
    ),
    primaryKey: primaryKey === undefined ? undefined : { ...primaryKey, name: mark("p", number, 0) },
    uniques: table.uniques.map((unique, place) => ({ ...unique, name: mark("u", number, place) })),
    foreignKeys: [],
    checks: table.checks.map((check, place) => ({
      name: mark("c", number, place),
      expression: textIn(check.expression),
    })),
    indexes: table.indexes.map((index, place) =>
      compact<Index>({
        ...index,
        name: mark("i", number, place),
        parts: index.parts.map((part) =>
          part.expression === undefined ? part : { ...part, expression: textIn(part.expression) }
        ),
        where: index.where === undefined ? undefined : textIn(index.where),
      })
    ),
  });
}

const SEPARATOR = ",\n  ";

/** What the elements of a table are called, in the order of `tableElements`. */
function labelsOf({ columns, primaryKey, uniques, checks }: Table): readonly string[] {
  const label = (kind: string) => ({ name }: { readonly name?: string }, place: number): string =>
    `${kind} ${name === undefined ? place + 1 : `"${name}"`}`;
  return [
    ...columns.map(label("column")),
    ...(primaryKey === undefined ? [] : ["primary key"]),
    ...uniques.map(label("unique constraint")),
    ...checks.map(label("check")),
  ];
}

/** What is called the part of a statement where the server's error points. */
function whatAt({ sql, what, elements = [] }: Part, position: unknown): string {
  let end = sql.indexOf("(\n  ") + "(\n  ".length;
  for (const element of elements) {
    end += element.sql.length + SEPARATOR.length;
    if (typeof position === "number" && position <= end) return element.what;
  }
  return what;
}

function partsOf(target: Schema, cover: Disguise): readonly Part[] {
  const enums = target.enums.map((type): Part => ({
    sql: `CREATE TYPE pg_temp.${writer.identifier(cover.nameIn(type))} AS ENUM (` +
      `${type.values.map((value) => writer.literal(value)).join(", ")})`,
    what: `enum "${displayName(type)}"`,
  }));
  const tables = target.tables.flatMap((table, number): readonly Part[] => {
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
  });
  return [...enums, ...tables];
}

/** Takes the answer for one element of a list, keeping the target's own name for it. */
function answers<T extends { readonly name?: string }>(
  asked: readonly T[],
  given: readonly T[],
  kind: string,
  number: number,
  out: (element: T) => T,
): readonly T[] {
  return asked.map((element, place) => {
    const found = given.find(({ name }) => name === mark(kind, number, place));
    const { name: _, ...rest } = out(found ?? element);
    return compact<T>({ name: element.name, ...rest } as unknown as T);
  });
}

/** A foreign key as `inspect` would give it; nothing in it is an expression. */
function plainKey(key: ForeignKey, home: string): ForeignKey {
  const { table, schema, columns } = key.references;
  return compact<ForeignKey>({
    name: key.name,
    columns: key.columns,
    references: compact<ForeignKey["references"]>({ table, schema: schema === home ? undefined : schema, columns }),
    onDelete: key.onDelete === "no action" ? undefined : key.onDelete,
    onUpdate: key.onUpdate === "no action" ? undefined : key.onUpdate,
    deferrable: key.deferrable || key.initially === "deferred" || undefined,
    initially: key.initially === "deferred" ? "deferred" : undefined,
  });
}

/** A default without the schema of a sequence that only a temporary one has hidden. */
function visibleSequence(text: string, home: string): string {
  return text.replaceAll(`nextval('${writer.identifier(home).replaceAll("'", "''")}.`, "nextval('");
}

function columnOut(column: Column, asked: Column | undefined, { textOut }: Disguise, home: string): Column {
  const { generated } = column;
  const serial = asked !== undefined && integerOfSerial(asked.type) !== undefined ? asked.type : undefined;
  return compact<Column>({
    ...column,
    type: canonicalType(serial ?? textOut(column.type)),
    nullable: serial === undefined ? column.nullable : false,
    default: column.default === undefined ? undefined : visibleSequence(textOut(column.default), home),
    generated: generated === undefined ? undefined : { ...generated, expression: textOut(generated.expression) },
    comment: asked?.comment || undefined,
  });
}

function tableOut(asked: Table, given: Table, number: number, cover: Disguise, home: string): Table {
  const { textOut } = cover;
  const same = <T>(element: T): T => element;
  return compact<Table>({
    ...nameOf(asked),
    columns: given.columns.map((column, place) => columnOut(column, asked.columns[place], cover, home)),
    primaryKey: given.primaryKey === undefined
      ? undefined
      : compact({ name: asked.primaryKey?.name, columns: given.primaryKey.columns }),
    uniques: answers(asked.uniques, given.uniques, "u", number, same),
    foreignKeys: asked.foreignKeys.map((key) => plainKey(key, home)),
    checks: answers(asked.checks, given.checks, "c", number, (check) => ({
      ...check,
      expression: textOut(check.expression),
    })),
    indexes: answers(asked.indexes, given.indexes, "i", number, (index) =>
      compact<Index>({
        ...index,
        parts: index.parts.map((part) =>
          part.expression === undefined ? part : { ...part, expression: textOut(part.expression) }
        ),
        where: index.where === undefined ? undefined : textOut(index.where),
      })),
    comment: asked.comment || undefined,
  });
}

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

/**
 * The target in the server's own spelling: same objects in the same order, only types and expressions are written
 * otherwise. Nothing is left in the database.
 *
 * @throws `TARGET_INVALID` where the server refuses a part of the target, naming it
 */
export async function normalize(connection: PostgresConnection, target: Schema): Promise<Schema> {
  const { rows } = await connection.query<{ home: string | null }>("SELECT current_schema() AS home");
  const home = rows[0]?.home ?? "public";
  const cover = disguise(target, home);
  const parts = partsOf(target, cover);
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
    const given = schemaOf(await readCatalog(connection, SCOPE, KINDS_OF_TABLES), "");
    const tables = target.tables.map((asked, number) => {
      const found = given.tables.find(({ name }) => name === cover.nameIn(asked));
      return found === undefined ? asked : tableOut(asked, found, number, cover, home);
    });
    return { ...target, tables };
  } finally {
    await connection.batch(end);
  }
}
