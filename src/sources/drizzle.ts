/**
 * A module of Drizzle tables as a target.
 *
 * @module
 */
import type { SqlWriter } from "../ddl/writer.ts";
import { compareNames, compareText, displayName, keyOf } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectKind, type ObjectName, type Schema, type Table } from "../schema/model.ts";
import type { EnumType } from "../schema/objects.ts";
import {
  type DrizzleColumn,
  type DrizzleEnum,
  type DrizzleTable,
  type DrizzleViewConfig,
  entityKinds,
  isDrizzleEnum,
  isDrizzlePolicy,
  isDrizzleRole,
  isDrizzleSequence,
  isDrizzleTable,
  isDrizzleView,
  isVersion1,
  tableConfig,
  tableName,
  viewConfig,
} from "./drizzle_metadata.ts";
import type { DrizzleWriting } from "./drizzle_sql.ts";
import {
  comparePolicies,
  policiesOf,
  readPolicy,
  readSequence,
  readView,
  unmodelledOfView,
} from "./drizzle_objects.ts";
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

/** The class marks of each dialect's views. */
const VIEWS: { readonly [dialect: string]: readonly string[] } = {
  postgres: ["PgView", "PgMaterializedView"],
  sqlite: ["SQLiteView"],
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

function createWriting({ dialect, casing }: DrizzleOptions, columns: readonly DrizzleColumn[]): DrizzleWriting {
  // Since 1.0 Drizzle itself knows no casing but that of its tables.
  const convert = casing === undefined || columns.some(isVersion1) ? (name: string): string => name : CASINGS[casing];
  const keys = columns.filter(({ keyAsName, name }) => keyAsName && convert(name) !== name);
  return {
    writer: dialect.writer,
    columnName: (column) => column.keyAsName ? convert(column.name) : column.name,
    keys: new Map(keys.map(({ name }) => [name, convert(name)])),
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

/** The views that are exported and not said to be there already. */
function exportedViews(exports: object, dialect: string): readonly DrizzleViewConfig[] {
  const views = [...new Set(exportsOf(exports).filter(([, value]) => isDrizzleView(value)).map(([, view]) => view))];
  for (const view of views as readonly object[]) {
    if (entityKinds(view).some((kind) => VIEWS[dialect]?.includes(kind))) continue;
    throw invalidTarget(`Cannot use the view "${viewConfig(view).name}": it is no view for ${dialect}`);
  }
  return (views as readonly object[]).map(viewConfig).filter(({ isExisting }) => !isExisting);
}

/** One object of a name; the same one may be exported twice. */
function requireDistinct(kind: string, objects: readonly ObjectName[]): void {
  const keys = objects.map(keyOf);
  const twice = objects.find((_, place) => keys.indexOf(keys[place] ?? "") !== place);
  if (twice === undefined) return;
  throw invalidTarget(
    `Cannot use the target: two ${kind} in it are called "${displayName(twice)}"`,
    "Keep one of the two, or give one another name",
  );
}

/** What is found beside tables. */
interface ReadObjects extends Pick<Schema, "views" | "sequences" | "policies"> {
  /** The tables that have policies. */
  readonly secured: ReadonlySet<DrizzleTable>;
  readonly unmodelled: readonly string[];
}

function readObjects(exports: object, tables: readonly DrizzleTable[], writing: DrizzleWriting, dialect: string) {
  const values = [...new Set(exportsOf(exports).map(([, value]) => value))];
  const configs = exportedViews(exports, dialect);
  const views = configs.map((view) => readView(view, writing)).sort(compareNames);
  const sequences = values.filter(isDrizzleSequence).map(readSequence).sort(compareNames);
  requireDistinct("views", views);
  requireDistinct("sequences", sequences);
  const lone = values.filter(isDrizzlePolicy);
  const all = policiesOf(tables, lone);
  const pairs = all.filter(({ table }) => tables.includes(table));
  const policies = pairs.map(({ policy, table }) => readPolicy(policy, table, writing)).sort(comparePolicies);
  requireDistinct("policies of one table", policies.map(({ name, ...table }) => ({ name: `${table.table}.${name}` })));
  const idle = lone.filter((policy) => !all.some((pair) => pair.policy === policy));
  const outside = all.filter((pair) => !pairs.includes(pair));
  const roles = values.filter(isDrizzleRole).filter(({ _existing }) => !_existing);
  return {
    views,
    sequences,
    policies,
    secured: new Set(pairs.map(({ table }) => table)),
    unmodelled: [
      ...configs.flatMap(unmodelledOfView),
      ...idle.map(({ name }) => `policy "${name}", which is linked to no table`),
      ...outside.map(({ policy, table }) =>
        `policy "${policy.name}" of "${tableName(table).name}", a table that is not exported`
      ),
      ...roles.map(({ name }) => `role "${name}"`),
    ],
  } satisfies ReadObjects;
}

/** A module speaks about tables; about other objects only if it has some. */
function kindsOf({ views, sequences, policies, tables }: Schema): readonly ObjectKind[] {
  return [
    "enums",
    ...(policies.length > 0 ? ["policies" as const] : []),
    ...(tables.some(({ rowSecurity }) => rowSecurity !== undefined) ? ["rowSecurity" as const] : []),
    "schemas",
    ...(sequences.length > 0 ? ["sequences" as const] : []),
    "tables",
    ...(views.length > 0 ? ["views" as const] : []),
  ];
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
 * Reads a module, or an object, whose exports are Drizzle tables, enums, schemas, views, sequences and policies, of any
 * copy of drizzle-orm. A module without views says nothing about views; likewise sequences, policies, row security.
 * Relations, types and functions are passed over.
 *
 * @param exports the module's namespace
 * @returns the schema as its author wrote it: names that Drizzle would derive are left out
 * @throws `TARGET_INVALID` for tables of another dialect, two tables of one name, a module without any table
 */
export function readDrizzle(exports: object, options: DrizzleOptions): TargetPart {
  const { name: dialect } = options.dialect;
  const sources = exportedTables(exports, dialect).map(({ table }) => table);
  const columns = sources.flatMap((table) => tableConfig(table).columns);
  const writing = createWriting(options, columns);
  const { secured, unmodelled: left, ...objects } = readObjects(exports, sources, writing, dialect);
  const read = sources.map((table) => readTable(table, secured.has(table), writing));
  const enums = readEnums(exports, columns);
  const unmodelled = [...left, ...read.flatMap((each) => each.unmodelled)];
  const declared = exportedSchemas(exports);
  const tables: readonly Table[] = read.map(({ table }) => table).sort(compareNames);
  const all: readonly ObjectName[] = [...tables, ...enums, ...objects.views, ...objects.sequences];
  if (all.length + declared.length + unmodelled.length === 0) throw nothingFound(exports);
  const schemas = [...declared, ...all.flatMap(({ schema }) => schema === undefined ? [] : [schema])];
  const schema = { ...EMPTY_SCHEMA, schemas: [...new Set(schemas)].sort(compareText), enums, tables, ...objects };
  return {
    schema,
    kinds: kindsOf(schema),
    convention: columns.some(isVersion1) ? "drizzle-1" : "drizzle-0",
    unmodelled,
  };
}
