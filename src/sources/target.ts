/**
 * A target, whatever it is made of, as a schema: what the database should look like.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import type { DefinedSchema } from "../schema/builder.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { EMPTY_SCHEMA, OBJECT_KINDS, type ObjectKind, type Schema } from "../schema/model.ts";
import type { NamingConvention } from "../schema/naming.ts";
import { dependenciesInText } from "../schema/text_dependencies.ts";
import { hasDrizzle, readDrizzle } from "./drizzle.ts";
import { isDrizzleEnum } from "./drizzle_metadata.ts";
import { invalidTarget, mergeParts, type TargetPart } from "./part.ts";
import { isSqlFile, readSqlFiles } from "./sql_files.ts";
import { isSqlText, type OpenScratch, readSqlText } from "./sql_text.ts";

/** What the database should look like. */
export interface Target {
  /** As its author wrote it: names that were not given are left out. */
  readonly schema: Schema;
  /** What the target speaks about: objects of other kinds are left alone. */
  readonly kinds: readonly ObjectKind[];
  /** What had another name before. */
  readonly renames: readonly DeclaredRename[];
  /** Whether a database has spelled it already. */
  readonly spelled: boolean;
  /** How what has no name is called when it is made. */
  readonly convention: NamingConvention;
  /** What of the target is not compared: `text search configuration "english_ext"`. */
  readonly unmodelled: readonly string[];
}

/** How a target is read. */
export interface TargetOptions {
  /** The `casing` of drizzle.config.ts, for drizzle-orm 0.x. */
  readonly casing?: "snake_case" | "camelCase" | undefined;
  /** Left out: as the target's own tool names things, else as PostgreSQL does. */
  readonly namingConvention?: NamingConvention | undefined;
  /** Opens an empty database, for SQL text. */
  readonly scratch?: OpenScratch | undefined;
}

/** What every schema speaks about, even one that has none. */
const ALWAYS: readonly ObjectKind[] = ["enums", "schemas", "tables"];

/**
 * Whether a value is a schema of our own builder, of any copy of this package. A module whose default export is one may
 * seem to have its lists (an interop proxy): what is asked for is its own.
 */
export function isSchema(value: unknown): value is Schema {
  const hasOwn = (kind: ObjectKind): boolean => Array.isArray(Object.getOwnPropertyDescriptor(value, kind)?.value);
  return typeof value === "object" && value !== null && ALWAYS.every(hasOwn);
}

/** A schema speaks about views, triggers and the like only if it has some. One of an older copy may lack lists. */
function schemaPart({ renames, ...given }: Schema & Partial<DefinedSchema>): TargetPart {
  const schema: Schema = { ...EMPTY_SCHEMA, ...given };
  const kinds = OBJECT_KINDS.filter((kind) => {
    if (kind === "tableOptions") return false;
    if (kind === "rowSecurity") return schema.tables.some(({ rowSecurity }) => rowSecurity !== undefined);
    return ALWAYS.includes(kind) || schema[kind].length > 0;
  });
  return { schema, kinds, unmodelled: [], ...(renames === undefined ? {} : { renames }) };
}

async function readParts(given: unknown, dialect: Dialect, options: TargetOptions): Promise<readonly TargetPart[]> {
  // A list may have imports in it that nobody awaited.
  const target = await given;
  if (typeof target === "function" && !isDrizzleEnum(target)) {
    return await readParts(target(), dialect, options);
  }
  if (typeof target !== "object" || target === null) {
    throw invalidTarget(
      `Cannot use the target: it is ${target === null || target === undefined ? target : `a ${typeof target}`}`,
      'Link a schema in env.ts: target: () => import("../src/schema.ts")',
    );
  }
  if (Array.isArray(target)) {
    const parts = await Promise.all(target.map((each: unknown) => readParts(each, dialect, options)));
    if (parts.length === 0) throw invalidTarget("Cannot use the target: it is an empty list");
    return parts.flat();
  }
  if (isSchema(target)) return [schemaPart(target)];
  if (isSqlText(target)) return [await readSqlText(target, dialect, options.scratch)];
  if (isSqlFile(target)) return [await readSqlText(await readSqlFiles(target.path), dialect, options.scratch)];
  return await readExports(target, dialect, options);
}

/** A module: schemas of our own and SQL texts among its exports, and what is Drizzle's. */
async function readExports(exports: object, dialect: Dialect, options: TargetOptions): Promise<readonly TargetPart[]> {
  const own = Object.values(exports).filter((value) => isSchema(value) || isSqlText(value) || isSqlFile(value));
  const parts = await Promise.all(own.map((each) => readParts(each, dialect, options)));
  return own.length > 0 && !hasDrizzle(exports)
    ? parts.flat()
    : [...parts.flat(), readDrizzle(exports, { dialect, casing: options.casing })];
}

/**
 * Reads a target: a module or an object of Drizzle tables, a schema of `defineSchema`, SQL text, a function that
 * returns one of these (also async), a list of them.
 *
 * @throws `TARGET_INVALID` for what is none of these, or contradicts itself
 */
export async function readTarget(target: unknown, dialect: Dialect, options: TargetOptions = {}): Promise<Target> {
  const { schema, kinds, convention, unmodelled, spelled = false, renames = [] } = mergeParts(
    await readParts(target, dialect, options),
  );
  return {
    // What was read from a database knows it; the texts say it of the rest.
    schema: spelled ? schema : { ...schema, dependencies: [...schema.dependencies, ...dependenciesInText(schema)] },
    kinds,
    spelled,
    renames,
    convention: options.namingConvention ?? convention ?? "postgres",
    unmodelled,
  };
}
