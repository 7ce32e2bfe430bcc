/**
 * What `diff` compares: a database, a SQL file, nothing at all, or the target that env.ts links.
 *
 * @module
 */
import { resolve } from "node:path";
import type { ConnectionSource, Dialect, Scratch } from "../dialects/dialect.ts";
import { dialectNamed, dialectOf, isUrl } from "../dialects/registry.ts";
import { LimbeckError } from "../errors.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import { OBJECT_KINDS, type ObjectKind, type Schema } from "../schema/model.ts";
import type { NamingConvention } from "../schema/naming.ts";
import { readSqlFiles } from "../sources/sql_files.ts";
import { loadSqlText } from "../sources/sql_text.ts";
import { readTarget, type Target } from "../sources/target.ts";
import { type CommandOptions, openProject } from "./project.ts";
import { spellTarget } from "./spell_target.ts";

/** One side of a `diff`. */
export type Side =
  | { readonly type: "url"; readonly url: string }
  | { readonly type: "sql"; readonly path: string }
  | { readonly type: "empty" }
  | { readonly type: "target" };

/** One side as it is compared. */
export interface SideSchema {
  /** As its author wrote it. */
  readonly written: Schema;
  /** The same in the database's own spelling. */
  readonly normal: Schema;
  readonly kinds: readonly ObjectKind[];
  readonly convention: NamingConvention | null;
  /** What limbeck has no model of. */
  readonly unmodelled: readonly string[];
  /** What had another name before. */
  readonly renames?: readonly DeclaredRename[];
}

/**
 * Tells what a word on the command line means.
 *
 * @param flag the option that it stands behind
 * @throws `USAGE` for what is none of the four
 */
export function parseSide(flag: string, word: string): Side {
  if (word === "empty" || word === "target") return { type: word };
  if (isUrl(word)) return { type: "url", url: word };
  if (/\.sql$/i.test(word) || /[\\/]$|^\.{1,2}$/.test(word)) return { type: "sql", path: word };
  throw new LimbeckError("USAGE", `Cannot tell what ${flag} "${word}" is`, {
    hint: 'Give a database url, a .sql file (or a folder of them, ending in "/"), empty, or target',
  });
}

/**
 * The dialect in which two sides are compared.
 *
 * @param named what `--dialect` says
 * @throws `UNKNOWN_DIALECT` where nothing says it, `USAGE` where two things say otherwise
 */
export async function dialectOfSides(
  sides: readonly Side[],
  named: string | undefined,
  devUrl: string | undefined,
): Promise<Dialect | undefined> {
  const urls = [
    ...sides.flatMap((side) => side.type === "url" ? [side.url] : []),
    ...devUrl === undefined ? [] : [devUrl],
  ];
  const said = [
    ...named === undefined ? [] : [await dialectNamed(named)],
    ...await Promise.all(urls.map((url) => dialectOf({ url }))),
  ];
  const [first] = said;
  const other = said.find((each) => each !== first);
  if (first === undefined || other === undefined) return first;
  throw new LimbeckError("USAGE", `Cannot compare ${first.name} with ${other.name}`, {
    hint: "Both sides, --dialect and --dev-url must be of one database system",
  });
}

/** What reading a side needs. */
export interface SideReader {
  readonly dialect: Dialect;
  /** Opens an empty database. */
  readonly scratch: () => Promise<Scratch>;
  readonly options: CommandOptions & { readonly cwd: string };
}

const asIs = (schema: Schema): SideSchema => ({
  written: schema,
  normal: schema,
  kinds: OBJECT_KINDS,
  convention: null,
  unmodelled: schema.unmodelled,
});

/**
 * Reads a side.
 *
 * @throws `CONNECTION_FAILED`, `TARGET_INVALID`, `SCRATCH_UNAVAILABLE`, `TARGET_MISSING`
 */
export async function readSide(side: Side, reader: SideReader): Promise<SideSchema> {
  const { dialect, options } = reader;
  if (side.type === "target") return await readLinked(reader);
  if (side.type === "url") {
    const connection = await dialect.connect({ url: side.url, directory: options.cwd });
    try {
      return asIs(await dialect.inspect(connection, { schemas: "all" }));
    } finally {
      await connection.close();
    }
  }
  const scratch = await reader.scratch();
  try {
    if (side.type === "empty") return asIs(await dialect.inspect(scratch, { schemas: "all" }));
    const text = await readSqlFiles(resolve(options.cwd, side.path));
    const { schema, renames } = await loadSqlText(text, dialect, scratch);
    return { ...asIs(schema), renames };
  } finally {
    await scratch.close();
  }
}

/** The target that env.ts links; spelled in a scratch database, so that the project's own is not needed. */
async function readLinked({ dialect, scratch: open, options }: SideReader): Promise<SideSchema> {
  const project = await openProject(options);
  const read = await project.forEachDatabase(async ({ options: { target, casing } }) => {
    if (target === undefined) {
      throw new LimbeckError("TARGET_MISSING", "Cannot compare: env.ts links no schema", {
        hint: 'Add to context.configure: target: () => import("../src/schema.ts")',
      });
    }
    return await readTarget(target, dialect, { casing, scratch: open });
  });
  const [target, second] = read;
  if (target === undefined || second !== undefined) {
    throw new LimbeckError("USAGE", `Cannot compare "target": env.ts configures ${read.length} databases`, {
      hint: "Choose one with -n or -x, as env.ts understands it",
    });
  }
  return await spelled(target, dialect, open);
}

async function spelled(target: Target, dialect: Dialect, open: () => Promise<Scratch>): Promise<SideSchema> {
  const { kinds, convention, unmodelled, renames } = target;
  const scratch = await open();
  try {
    const place = { dialect, connection: scratch, scratch: open, sameServer: true };
    return { ...await spellTarget(target, place), kinds, convention, unmodelled, renames };
  } finally {
    await scratch.close();
  }
}

/** A database that env.ts configures. */
export interface LinkedDatabase {
  readonly dialect: Dialect;
  readonly source: ConnectionSource;
}

/** The database that env.ts configures; undefined where no side is what it links. */
export async function linkedDatabase(
  sides: readonly Side[],
  options: CommandOptions,
): Promise<LinkedDatabase | undefined> {
  if (!sides.some(({ type }) => type === "target")) return undefined;
  const project = await openProject(options);
  const [linked] = await project.forEachDatabase(({ dialect, source }) => Promise.resolve({ dialect, source }));
  return linked;
}

/**
 * Where a scratch database may be made: where `--dev-url` says, else beside the first side that is on a server, else
 * beside the database that env.ts configures.
 */
export function scratchServer(
  sides: readonly Side[],
  devUrl: string | undefined,
  linked?: LinkedDatabase,
): ConnectionSource | undefined {
  const url = devUrl ?? sides.find((side) => side.type === "url")?.url;
  return url === undefined ? linked?.source : { url };
}
