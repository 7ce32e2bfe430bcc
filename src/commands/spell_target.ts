/**
 * A target in the database's own spelling.
 *
 * @module
 */
import type { Connection, Dialect, Scratch } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import { cutNames } from "../schema/cut_names.ts";
import { compareText } from "../schema/edit.ts";
import { EMPTY_SCHEMA, OBJECT_KINDS, type Schema } from "../schema/model.ts";
import { nameSchema } from "../schema/naming.ts";
import type { Extension } from "../schema/objects.ts";
import type { Target } from "../sources/target.ts";
import { compare } from "./compare.ts";
import { compileOperations } from "./compile_operations.ts";

/** Where a target is spelled. */
export interface SpellingPlace {
  readonly dialect: Dialect;
  readonly connection: Connection;
  /** Opens an empty database, for what cannot be made beside the real objects. */
  readonly scratch: () => Promise<Scratch>;
  /** Whether that is a database of the same server, so that both spell alike. */
  readonly sameServer: boolean;
  /** The extensions of the database: their types and functions are there for the target. */
  readonly extensions?: readonly Extension[];
}

/** A target as it is compared. */
export interface SpelledTarget {
  /** As its author wrote it, with names as long as the database keeps them. */
  readonly written: Schema;
  /** The same in the database's own spelling, with all names. */
  readonly normal: Schema;
}

/**
 * Has the database spell a target: beside its real objects where that can be done, else in a scratch database; where
 * there is none, what cannot be spelled stays as it was written.
 *
 * @throws `TARGET_INVALID` where the database refuses it
 */
export async function spellTarget(target: Target, place: SpellingPlace): Promise<SpelledTarget> {
  const { dialect, connection, sameServer } = place;
  const written = cutNames(target.schema, dialect.capabilities.identifierBytes);
  const named = nameSchema(written, target.convention);
  if (target.spelled && sameServer) return { written, normal: named };
  const normal = dialect.needsScratch?.(named) ? await inScratch(named, place) : undefined;
  return { written, normal: normal ?? await dialect.normalize(connection, named) };
}

/** The target made in a scratch database, and read back; undefined where there is none of the same server. */
async function inScratch(target: Schema, place: SpellingPlace): Promise<Schema | undefined> {
  const { dialect } = place;
  if (!place.sameServer) return undefined;
  let scratch: Scratch;
  try {
    scratch = await place.scratch();
  } catch (error) {
    if (isLimbeckError(error) && error.code === "SCRATCH_UNAVAILABLE") return undefined;
    throw error;
  }
  try {
    const current = await dialect.inspect(scratch, { schemas: "all" });
    const wanted = withExtensions(target, place.extensions ?? [], current.extensions);
    const comparison = {
      target: wanted,
      written: wanted,
      kinds: OBJECT_KINDS,
      convention: "postgres",
      dialect,
    } as const;
    const { operations } = await compare({ current, ...comparison }, { noRenames: true });
    for (const { sql, params } of compileOperations(operations, current, dialect)) await scratch.query(sql, params);
    const { schemas: _, extensions: __, ...made } = await dialect.inspect(scratch, { schemas: "all" });
    return { ...EMPTY_SCHEMA, ...made, schemas: target.schemas, extensions: target.extensions };
  } catch (cause) {
    if (!isLimbeckError(cause) || cause.code !== "STATEMENT_FAILED") throw cause;
    throw new LimbeckError("TARGET_INVALID", `Cannot make the target: ${messageOf(cause)}`, {
      hint: cause.hint,
      facts: cause.facts,
      cause,
    });
  } finally {
    await scratch.close();
  }
}

function withExtensions(target: Schema, more: readonly Extension[], there: readonly Extension[]): Schema {
  const named = new Set([...target.extensions, ...there].map(({ name }) => name));
  const added = more.filter(({ name }) => !named.has(name)).map(({ version: _, ...extension }) => extension);
  const schemas = [...target.schemas, ...added.flatMap(({ schema }) => schema === undefined ? [] : [schema])];
  return {
    ...target,
    schemas: [...new Set(schemas)].sort(compareText),
    extensions: [...target.extensions, ...added],
  };
}
