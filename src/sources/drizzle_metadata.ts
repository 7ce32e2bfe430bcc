/**
 * Drizzle's own metadata, as far as it says what a table looks like. It is found under `Symbol.for("drizzle:…")` keys
 * and class marks, so any copy of drizzle-orm (0.36 and later, 1.0) can be read without importing one.
 *
 * @module
 */

const ENTITY_KIND = Symbol.for("drizzle:entityKind");
const NAME = Symbol.for("drizzle:Name");
const SCHEMA = Symbol.for("drizzle:Schema");
const COLUMNS = Symbol.for("drizzle:Columns");
const EXTRA_CONFIG_COLUMNS = Symbol.for("drizzle:ExtraConfigColumns");
const EXTRA_CONFIG_BUILDER = Symbol.for("drizzle:ExtraConfigBuilder");
const IS_TABLE = Symbol.for("drizzle:IsDrizzleTable");
const IS_ALIAS = Symbol.for("drizzle:IsAlias");
const IS_ENUM = Symbol.for("drizzle:isPgEnum");
const ENABLE_RLS = Symbol.for("drizzle:EnableRLS");
const VIEW_CONFIG = Symbol.for("drizzle:ViewBaseConfig");
const VIEW_OPTIONS = [Symbol.for("drizzle:PgViewConfig"), Symbol.for("drizzle:PgMaterializedViewConfig")];
const INLINE_FOREIGN_KEYS = [Symbol.for("drizzle:PgInlineForeignKeys"), Symbol.for("drizzle:SQLiteInlineForeignKeys")];

/** What Drizzle knows of an enumerated type. */
export interface DrizzleEnum {
  readonly enumName: string;
  readonly enumValues: readonly string[];
  readonly schema?: string | undefined;
}

/** What Drizzle knows of a column. */
export interface DrizzleColumn {
  readonly name: string;
  /** Whether the name is the key in the table's object, so that `casing` (0.x) changes it. */
  readonly keyAsName?: boolean;
  readonly table: DrizzleTable;
  readonly columnType: string;
  readonly notNull: boolean;
  readonly primary: boolean;
  /** A JavaScript value or SQL; `undefined` for a default that only the client knows. */
  readonly default?: unknown;
  readonly isUnique?: boolean;
  readonly uniqueName?: string | undefined;
  readonly uniqueType?: "distinct" | "not distinct" | undefined;
  readonly generated?: { readonly as: unknown; readonly mode?: "stored" | "virtual" } | undefined;
  readonly generatedIdentity?: {
    readonly type: "always" | "byDefault";
    readonly sequenceOptions?: DrizzleSequenceOptions | undefined;
  } | undefined;
  readonly autoIncrement?: boolean;
  readonly enum?: DrizzleEnum;
  /** 0.x: the column of an array's elements. */
  readonly baseColumn?: DrizzleColumn;
  /** 1.0: how many `[]` the type has. In 0.x the length of a vector, which is part of the type. */
  readonly dimensions?: number;
  getSQLType(): string;
  mapToDriverValue(value: unknown): unknown;
}

/** The options of an identity column's sequence. */
export interface DrizzleSequenceOptions {
  readonly startWith?: number | string;
  readonly increment?: number | string;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
}

/** One column of an index, or SQL in its place. */
export interface DrizzleIndexedColumn {
  readonly name: string;
  readonly keyAsName?: boolean;
  readonly indexConfig?: {
    readonly order?: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly opClass?: string;
  };
}

/** What a builder of an index, key or constraint gives when it is built for its table. */
export interface DrizzleIndex {
  readonly config: {
    readonly name?: string | undefined;
    readonly unique?: boolean;
    readonly method?: string;
    readonly where?: unknown;
    readonly with?: { readonly [parameter: string]: unknown };
    readonly columns: readonly (DrizzleIndexedColumn | object)[];
  };
}
/** A built foreign key. */
export interface DrizzleForeignKey {
  readonly onDelete?: string | undefined;
  readonly onUpdate?: string | undefined;
  /** Called late: it resolves tables that may refer to each other. */
  reference(): {
    readonly name?: string | undefined;
    readonly columns: readonly DrizzleColumn[];
    readonly foreignColumns: readonly DrizzleColumn[];
  };
}
/** A built primary key or unique constraint. */
export interface DrizzleKey {
  readonly name?: string | undefined;
  readonly columns: readonly DrizzleColumn[];
  readonly nullsNotDistinct?: boolean;
  /** 1.0 says it; in 0.x it has to be found out. */
  readonly isNameExplicit?: boolean;
}
/** A built check. */
export interface DrizzleCheck {
  readonly name?: string | undefined;
  readonly value: unknown;
}

/** A Drizzle table, known by {@linkcode isDrizzleTable}. */
export type DrizzleTable = object;

/** A Drizzle view, known by {@linkcode isDrizzleView}. */
export type DrizzleView = object;

/** What `getViewConfig` and `getMaterializedViewConfig` of Drizzle give. */
export interface DrizzleViewConfig {
  readonly name: string;
  readonly schema?: string | undefined;
  /** SQL; undefined for a view that is said to be there already. */
  readonly query?: unknown;
  readonly isExisting: boolean;
  readonly materialized: boolean;
  readonly options: {
    readonly with?: { readonly [option: string]: unknown } | undefined;
    readonly using?: string | undefined;
    readonly tablespace?: string | undefined;
    readonly withNoData?: boolean | undefined;
  };
}

/** A `pgSequence`. */
export interface DrizzleSequence {
  readonly seqName: string;
  readonly schema?: string | undefined;
  readonly seqOptions?: DrizzleSequenceOptions | undefined;
}

/** A `pgRole`. */
export interface DrizzleRole {
  readonly name: string;
  /** Made elsewhere: `.existing()`. */
  readonly _existing?: boolean | undefined;
}

/** A `pgPolicy`. */
export interface DrizzlePolicy {
  readonly name: string;
  readonly as?: "permissive" | "restrictive" | undefined;
  readonly for?: "all" | "select" | "insert" | "update" | "delete" | undefined;
  readonly to?: string | DrizzleRole | readonly (string | DrizzleRole)[] | undefined;
  readonly using?: unknown;
  readonly withCheck?: unknown;
  /** The table that `.link(…)` names. */
  readonly _linkedTable?: DrizzleTable | undefined;
}

/** What `getTableConfig` of Drizzle gives. */
export interface DrizzleTableConfig {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: readonly DrizzleColumn[];
  readonly indexes: readonly DrizzleIndex[];
  readonly foreignKeys: readonly DrizzleForeignKey[];
  readonly primaryKeys: readonly DrizzleKey[];
  readonly uniques: readonly DrizzleKey[];
  readonly checks: readonly DrizzleCheck[];
  readonly policies: readonly DrizzlePolicy[];
  /** What belongs to the table and is of no kind above: an index without `.on(…)`. */
  readonly others: readonly object[];
  readonly rowLevelSecurity: boolean;
}

/** The class marks of a value, its own first: `["PgTable", "Table"]`. Empty for what is not Drizzle's. */
export function entityKinds(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const kinds: string[] = [];
  let type: unknown = Object.getPrototypeOf(value)?.constructor;
  while (typeof type === "function") {
    if (Object.hasOwn(type, ENTITY_KIND)) kinds.push(String(Reflect.get(type, ENTITY_KIND)));
    type = Object.getPrototypeOf(type);
  }
  return kinds;
}

/** Whether a value is a table (and no alias of one). */
export function isDrizzleTable(value: unknown): value is DrizzleTable {
  return typeof value === "object" && value !== null && IS_TABLE in value && Reflect.get(value, IS_ALIAS) !== true;
}

/** Whether a value is a `pgEnum`, which is a function. */
export function isDrizzleEnum(value: unknown): value is DrizzleEnum {
  return typeof value === "function" && Reflect.get(value, IS_ENUM) === true;
}

/** Whether a value is a view of any dialect. */
export function isDrizzleView(value: unknown): value is DrizzleView {
  return typeof value === "object" && value !== null && VIEW_CONFIG in value;
}

/** Everything that a view says of itself. */
export function viewConfig(view: DrizzleView): DrizzleViewConfig {
  const options = VIEW_OPTIONS.map((key): unknown => Reflect.get(view, key)).find((each) => each !== undefined);
  return {
    ...Reflect.get(view, VIEW_CONFIG) as Omit<DrizzleViewConfig, "materialized" | "options">,
    materialized: entityKinds(view).includes("PgMaterializedView"),
    options: (options ?? {}) as DrizzleViewConfig["options"],
  };
}

/** The name and schema of a table. */
export function tableName(table: DrizzleTable): { readonly name: string; readonly schema: string | undefined } {
  return { name: Reflect.get(table, NAME) as string, schema: Reflect.get(table, SCHEMA) as string | undefined };
}

/** Whether a value is a `pgPolicy`. */
export function isDrizzlePolicy(value: unknown): value is DrizzlePolicy {
  return entityKinds(value).includes("PgPolicy");
}

/** Whether a value is a `pgSequence`. */
export function isDrizzleSequence(value: unknown): value is DrizzleSequence {
  return entityKinds(value).includes("PgSequence");
}

/** Whether a value is a `pgRole`. */
export function isDrizzleRole(value: unknown): value is DrizzleRole {
  return entityKinds(value).includes("PgRole");
}

/** Whether a column was made by drizzle-orm 1.0 or later. */
export function isVersion1(column: DrizzleColumn): boolean {
  return "isAlias" in column;
}

interface Builder {
  build(table: DrizzleTable): unknown;
}

function extras(table: DrizzleTable): readonly object[] {
  const builder: unknown = Reflect.get(table, EXTRA_CONFIG_BUILDER);
  if (typeof builder !== "function") return [];
  const columns: unknown = Reflect.get(table, EXTRA_CONFIG_COLUMNS) ?? Reflect.get(table, COLUMNS);
  const extra: unknown = builder(columns);
  if (typeof extra !== "object" || extra === null) return [];
  const values: readonly unknown[] = Array.isArray(extra) ? extra.flat(1) : Object.values(extra);
  return values.filter((value) => typeof value === "object" && value !== null);
}

const BUILDERS = /^(?:Pg|SQLite)(Index|ForeignKey|PrimaryKey|UniqueConstraint|Check)Builder$/;

function builds(value: object): string | undefined {
  return entityKinds(value).map((kind) => BUILDERS.exec(kind)?.[1]).find((kind) => kind !== undefined);
}

/** Everything that a table says of itself: what Drizzle's `getTableConfig` computes. */
export function tableConfig(table: DrizzleTable): DrizzleTableConfig {
  const values = extras(table);
  const built = <T>(kind: string): readonly T[] =>
    values.filter((value) => builds(value) === kind).map((value) => (value as Builder).build(table) as T);
  const inline = INLINE_FOREIGN_KEYS.flatMap((key) => (Reflect.get(table, key) ?? []) as readonly DrizzleForeignKey[]);
  return {
    ...tableName(table),
    columns: Object.values(Reflect.get(table, COLUMNS) as { readonly [key: string]: DrizzleColumn }),
    indexes: built("Index"),
    foreignKeys: [...inline, ...built<DrizzleForeignKey>("ForeignKey")],
    primaryKeys: built("PrimaryKey"),
    uniques: built("UniqueConstraint"),
    checks: built("Check"),
    policies: values.filter(isDrizzlePolicy),
    others: values.filter((value) => builds(value) === undefined && !isDrizzlePolicy(value)),
    rowLevelSecurity: Reflect.get(table, ENABLE_RLS) === true,
  };
}
