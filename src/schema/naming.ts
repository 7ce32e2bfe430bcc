/**
 * What a constraint or an index is called when its author gave it no name.
 *
 * @module
 */
import type { CheckConstraint, ForeignKey, Index, PrimaryKey, Schema, Table, UniqueConstraint } from "./model.ts";

/**
 * Whose habit is followed: `"postgres"` names as the server does (`users_email_key`), `"drizzle-0"` as drizzle-kit 0.x
 * (`users_email_unique`), `"drizzle-1"` as drizzle-kit 1.0 (`posts_author_id_users_id_fkey`).
 */
export type NamingConvention = "drizzle-0" | "drizzle-1" | "postgres";

interface Habit {
  readonly primaryKey: (table: string, key: PrimaryKey) => string;
  readonly unique: (table: string, unique: UniqueConstraint) => string;
  readonly foreignKey: (table: string, key: ForeignKey) => string;
  readonly check: (table: string, check: CheckConstraint) => string;
  readonly index: (table: string, index: Index) => string;
}

const join = (...words: readonly (string | readonly string[])[]): string => words.flat().join("_");
const columnsOf = ({ parts }: Index): readonly string[] => parts.map((part) => part.column ?? "expr");
const referring = (table: string, { columns, references }: ForeignKey, suffix: string): string =>
  join(table, columns, references.table, references.columns, suffix);

const POSTGRES: Habit = {
  primaryKey: (table) => join(table, "pkey"),
  unique: (table, { columns }) => join(table, columns, "key"),
  foreignKey: (table, { columns }) => join(table, columns, "fkey"),
  check: (table) => join(table, "check"),
  index: (table, index) => join(table, columnsOf(index), "idx"),
};

const HABITS: { readonly [name in NamingConvention]: Habit } = {
  "postgres": POSTGRES,
  "drizzle-0": {
    ...POSTGRES,
    primaryKey: (table, { columns }) => join(table, columns, "pk"),
    unique: (table, { columns }) => join(table, columns, "unique"),
    foreignKey: (table, key) => referring(table, key, "fk"),
    index: (table, index) => join(table, columnsOf(index), "index"),
  },
  "drizzle-1": { ...POSTGRES, foreignKey: (table, key) => referring(table, key, "fkey") },
};

/** The names of the conventions. */
export const NAMING_CONVENTIONS = Object.keys(HABITS) as readonly NamingConvention[];

/** PostgreSQL keeps so many bytes of a name, and would cut off the rest without a word. */
const NAME_LIMIT = 63;

/** FNV-1a: the same eight digits on every machine, for ever. */
function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16).padStart(8, "0");
}

/**
 * A name of at most 63 bytes: a longer one is cut and ends in a hash of the whole.
 *
 * @param name a name of any length
 */
export function limitName(name: string): string {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= NAME_LIMIT) return name;
  const cut = bytes.subarray(0, NAME_LIMIT - 9);
  // A character that is cut in two decodes to U+FFFD, which goes too.
  return `${new TextDecoder().decode(cut).replace(/\uFFFD+$/, "")}_${hash(bytes)}`;
}

/** The name with the smallest number behind it that makes it a new one. */
function unused(name: string, taken: Set<string>): string {
  let number = 0;
  let free = limitName(name);
  while (taken.has(free)) free = limitName(`${name}${++number}`);
  taken.add(free);
  return free;
}

/**
 * The name that a primary key is made with.
 *
 * @param table the table's name
 */
export function primaryKeyName(table: string, key: PrimaryKey, convention: NamingConvention): string {
  return key.name ?? limitName(HABITS[convention].primaryKey(table, key));
}

/**
 * A table whose every unique constraint, foreign key, check and index has a name, and its primary key too if it has
 * several columns. Names that are there stay; lists keep their order.
 *
 * @example
 * ```ts
 * import { nameConstraints } from "./naming.ts";
 *
 * const table = nameConstraints({
 *   name: "users",
 *   columns: [{ name: "email", type: "text" }],
 *   uniques: [{ columns: ["email"] }],
 *   foreignKeys: [],
 *   checks: [],
 *   indexes: [],
 * }, "postgres");
 * console.assert(table.uniques[0]?.name === "users_email_key");
 * ```
 */
export function nameConstraints(table: Table, convention: NamingConvention): Table {
  const habit = HABITS[convention];
  const { uniques, foreignKeys, checks, indexes, primaryKey } = table;
  const all: readonly { readonly name?: string }[] = [...uniques, ...foreignKeys, ...checks, ...indexes];
  const taken = new Set(all.flatMap(({ name }) => name === undefined ? [] : [name]));
  const named = <T extends { readonly name?: string }>(list: readonly T[], name: (table: string, part: T) => string) =>
    list.map((part) => part.name === undefined ? { name: unused(name(table.name, part), taken), ...part } : part);
  const key = primaryKey === undefined || primaryKey.columns.length < 2
    ? primaryKey
    : { ...primaryKey, name: primaryKeyName(table.name, primaryKey, convention) };
  return {
    ...table,
    ...(key === undefined ? {} : { primaryKey: key }),
    uniques: named(uniques, habit.unique),
    foreignKeys: named(foreignKeys, habit.foreignKey),
    checks: named(checks, habit.check),
    indexes: named(indexes, habit.index),
  };
}

/** A schema whose tables' constraints all have names: what {@linkcode nameConstraints} does, for every table. */
export function nameSchema(schema: Schema, convention: NamingConvention): Schema {
  return { ...schema, tables: schema.tables.map((table) => nameConstraints(table, convention)) };
}
