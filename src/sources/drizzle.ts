/**
 * A module of Drizzle tables as a target.
 *
 * @module
 */
import type { SqlWriter } from "../ddl/writer.ts";
import { compareNames, compareText, displayName, keyOf, nameOf } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type Table } from "../schema/model.ts";
import type { EnumType } from "../schema/objects.ts";
import {
  type DrizzleColumn,
  type DrizzleEnum,
  type DrizzleTable,
  entityKinds,
  isDrizzleEnum,
  isDrizzleTable,
  isVersion1,
  tableConfig,
  tableName,
  viewName,
} from "./drizzle_metadata.ts";
import type { DrizzleWriting } from "./drizzle_sql.ts";
import { readTable } from "./drizzle_table.ts";
import { invalidTarget, type TargetPart } from "./part.ts";

/** How a Drizzle module is read. */
export interface DrizzleOptions {
  /** The dialect's name and its quoting. */
  readonly dialect: { readonly name: string; readonly writer: SqlWriter };
  /** What `casing` of drizzle.config.ts says (0.x): how a column without a name of its own is called. */
  readonly casing?: "snake_case" | "camelCase" | undefined;
}

/** The class mark of each dialect's tables, and the function that makes them. */
const TABLES: { readonly [dialect: string]: { readonly kind: string; readonly maker: string } } = {
  postgres: { kind: "PgTable", maker: "pgTable" },
  sqlite: { kind: "SQLiteTable", maker: "sqliteTable" },
};

const words = (name: string): readonly string[] =>
  name.replace(/['’]/g, "").match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];

const CASINGS = {
  snake_case: (name: string): string => words(name).join("_").toLowerCase(),
  camelCase: (name: string): string =>
    words(name).map((word, at) => at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)).join(
      "",
    ),
};

function createWriting({ dialect, casing }: DrizzleOptions): DrizzleWriting {
  const convert = casing === undefined ? (name: string): string => name : CASINGS[casing];
  return {
    writer: dialect.writer,
    columnName: (column) => column.keyAsName ? convert(column.name) : column.name,
  };
}

/** Everything that a module exports, with what a default export holds. */
function exportsOf(exports: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(exports).flatMap(([name, value]) =>
    name === "default" && typeof value === "object" && value !== null && entityKinds(value).length === 0
      ? Object.entries(value)
      : [[name, value] as const]
  );
}

/** Whether a module, or any object, exports something of Drizzle's. */
export function hasDrizzle(exports: object): boolean {
  return exportsOf(exports).some(([, value]) => isDrizzleEnum(value) || entityKinds(value).length > 0);
}

interface Exported {
  readonly name: string;
  readonly table: DrizzleTable;
}

function exportedTables(exports: object, dialect: string): readonly Exported[] {
  const seen = new Map<string, Exported>();
  for (const [name, table] of exportsOf(exports)) {
    if (!isDrizzleTable(table)) continue;
    const { name: called, schema } = tableName(table);
    const expected = TABLES[dialect];
    if (expected === undefined || !entityKinds(table).includes(expected.kind)) {
      throw invalidTarget(
        `Cannot use the table "${called}" (export "${name}"): it is no table for ${dialect}`,
        expected === undefined ? undefined : `Make it with ${expected.maker}`,
      );
    }
    const key = keyOf(schema === undefined ? { name: called } : { name: called, schema });
    const other = seen.get(key);
    if (other === undefined) seen.set(key, { name, table });
    else if (other.table !== table) {
      throw invalidTarget(
        `Cannot use the target: the exports "${other.name}" and "${name}" are both a table "${called}"`,
        "Keep one of the two, or give one another name",
      );
    }
  }
  return [...seen.values()];
}

const elementOf = (column: DrizzleColumn): DrizzleColumn =>
  column.baseColumn === undefined ? column : elementOf(column.baseColumn);

/** The enums that are exported, and those that only a column knows. */
function readEnums(exports: object, columns: readonly DrizzleColumn[]): readonly EnumType[] {
  const exported = exportsOf(exports).map(([, value]) => value).filter(isDrizzleEnum);
  const used = columns.map((column) => elementOf(column).enum).filter((each) => each !== undefined);
  const found = new Map<string, EnumType>();
  for (const each of new Set<DrizzleEnum>([...exported, ...used])) {
    const { enumName: name, schema, enumValues } = each;
    const type: EnumType = { ...(schema === undefined ? { name } : { name, schema }), values: [...enumValues] };
    const other = found.get(keyOf(type));
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(type)) {
      throw invalidTarget(`Cannot use the target: the enum "${displayName(type)}" is in it twice, with other values`);
    }
    found.set(keyOf(type), type);
  }
  return [...found.values()].sort(compareNames);
}

const UNMODELLED: { readonly [kind: string]: string } = { PgSequence: "sequence", PgRole: "role", PgPolicy: "policy" };

function unmodelledExports(exports: object): readonly string[] {
  return exportsOf(exports).flatMap(([, value]) => {
    const view = viewName(value);
    if (view !== undefined) return [`view "${displayName(nameOf(view))}"`];
    const what = entityKinds(value).map((kind) => UNMODELLED[kind]).find((kind) => kind !== undefined);
    if (what === undefined) return [];
    const name: unknown = Reflect.get(value as object, "name") ?? Reflect.get(value as object, "seqName");
    return [`${what} "${String(name)}"`];
  });
}

/** The schemas that are exported and not said to be there already. */
function exportedSchemas(exports: object): readonly string[] {
  return exportsOf(exports).map(([, value]) => value).filter((value) =>
    entityKinds(value).includes("PgSchema") && Reflect.get(value as object, "isExisting") !== true
  ).map((value) => String(Reflect.get(value as object, "schemaName")));
}

function nothingFound(exports: object): Error {
  const names = Object.keys(exports).sort(compareText);
  return invalidTarget(
    names.length === 0
      ? "Cannot use the target: the module exports nothing"
      : `Cannot use the target: the module exports no table, nothing but: ${names.join(", ")}`,
    "Export Drizzle tables, or a schema made with defineSchema",
  );
}

/**
 * Reads a module, or an object, whose exports are Drizzle tables, enums and schemas, of any copy of drizzle-orm.
 * Relations, types and functions are passed over.
 *
 * @param exports the module's namespace
 * @returns the schema as its author wrote it: names that Drizzle would derive are left out
 * @throws `TARGET_INVALID` for tables of another dialect, two tables of one name, a module without any table
 */
export function readDrizzle(exports: object, options: DrizzleOptions): TargetPart {
  const sources = exportedTables(exports, options.dialect.name);
  const writing = createWriting(options);
  const read = sources.map(({ table }) => readTable(table, writing));
  const columns = sources.flatMap(({ table }) => tableConfig(table).columns);
  const enums = readEnums(exports, columns);
  const unmodelled = [...unmodelledExports(exports), ...read.flatMap((each) => each.unmodelled)];
  const declared = exportedSchemas(exports);
  if (read.length + enums.length + declared.length + unmodelled.length === 0) throw nothingFound(exports);
  const tables: readonly Table[] = read.map(({ table }) => table).sort(compareNames);
  const schemas = [...declared, ...[...tables, ...enums].flatMap(({ schema }) => schema === undefined ? [] : [schema])];
  return {
    schema: { ...EMPTY_SCHEMA, schemas: [...new Set(schemas)].sort(compareText), enums, tables },
    kinds: ["enums", "schemas", "tables"],
    convention: columns.some(isVersion1) ? "drizzle-1" : "drizzle-0",
    unmodelled,
  };
}
