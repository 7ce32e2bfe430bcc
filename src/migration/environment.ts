/**
 * The environment: what env.ts is given, and how a command's work runs through it.
 *
 * @module
 */
import type { Config } from "../config.ts";
import type { ConnectionSource, Dialect } from "../dialects/dialect.ts";
import { dialectOf } from "../dialects/registry.ts";
import { LimbeckError } from "../errors.ts";
import type { Operation } from "../operations/registry.ts";
import { readText, relativePath } from "../platform/files.ts";
import type { ObjectName } from "../schema/model.ts";
import { DEFAULT_VERSION_TABLE } from "./version_table.ts";

/** Where an object is, for `includeName`. */
export interface ParentNames {
  /** Null for the default schema. */
  readonly schemaName: string | null;
  readonly tableName?: string;
  readonly schemaQualifiedTableName?: string;
}

/** What env.ts configures, Alembic's options in camelCase. */
export interface ConfigureOptions {
  /** Where the database is. `--url` wins over it; it wins over `url` in the configuration. */
  readonly url?: string;
  /** A client that the application has opened: a pg Client or Pool, a libSQL client, a PGlite. It is left open. */
  readonly connection?: unknown;
  /**
   * What the database should look like: an object or module of Drizzle tables, a schema of `defineSchema`, SQL, an array
   * of these, or a function that returns one. A function is called only by the commands that compare.
   */
  readonly target?: unknown;
  /** The version table's name. */
  readonly versionTable?: string;
  /** The version table's schema (PostgreSQL). */
  readonly versionTableSchema?: string;
  /** How long to wait for another run's lock, in milliseconds. */
  readonly lockTimeout?: number;
  /** How columns without a name of their own are named, as Drizzle 0.x takes it in its client. */
  readonly casing?: "snake_case" | "camelCase";
  /** Compare the other schemas too, not only the default one (PostgreSQL). */
  readonly includeSchemas?: boolean;
  /** Leaves objects out before they are read, by name. */
  readonly includeName?: (name: string | null, type: string, parents: ParentNames) => boolean;
  /** Leaves objects out of the comparison. */
  readonly includeObject?: (
    object: unknown,
    name: string | null,
    type: string,
    reflected: boolean,
    compareTo: unknown,
  ) => boolean;
  /** Whether types are compared; default true. */
  readonly compareType?: boolean;
  /** Whether defaults are compared; default true. */
  readonly compareServerDefault?: boolean;
  /** Called with what autogenerate found, before the file is written: returns the operations to write instead. */
  readonly processRevisionDirectives?: (operations: readonly Operation[]) => readonly Operation[] | void;
}

/** What env.ts is given. */
export interface EnvironmentContext {
  /** The configuration, frozen. */
  readonly config: Config;
  /** The `-x key=value` arguments. */
  readonly xArguments: { readonly [key: string]: string };
  /**
   * Reads `.env` files. Later files win over earlier ones, variables that are set already win over all. Paths are
   * relative to the configuration file. A missing file is skipped unless it is required.
   */
  loadEnvFile(...files: readonly (string | { readonly required?: boolean })[]): Promise<void>;
  /** A variable of the environment, or undefined. */
  env(name: string): string | undefined;
  /**
   * A variable of the environment. With `--url` on the command line a missing one is the empty text, as the url that
   * it stands for is not used then.
   *
   * @throws `ENV_VARIABLE_MISSING` naming the variable and the files that were read
   */
  requireEnv(name: string): string;
  /** Says what to migrate. May be called again before the next `runMigrations`, for another database. */
  configure(options: ConfigureOptions): void;
  /** Does what the command is about, on the database that was configured. */
  runMigrations(): Promise<void>;
  /** SQL text as a target, from a file; the path is relative to the configuration file. */
  sqlFile(path: string): unknown;
}

/** What env.ts came to: where to connect, and what was configured. */
export interface Configured {
  readonly dialect: Dialect;
  readonly source: ConnectionSource;
  readonly versionTable: ObjectName;
  readonly options: ConfigureOptions;
}

/** What an environment needs from outside. */
export interface EnvironmentOptions {
  readonly config: Config;
  /** `--url`. */
  readonly url: string | undefined;
  readonly xArguments: { readonly [key: string]: string };
  readonly environment: {
    get(name: string): string | undefined;
    /** Loads files and says which of them were there. */
    load(files: readonly string[], required: boolean): Promise<readonly string[]>;
  };
  readonly resolvePath: (path: string) => string;
  /** What the command is about. */
  readonly work: (configured: Configured) => Promise<void>;
}

/** The context that env.ts is given, and whether it has run the migrations. */
export function createEnvironment(
  options: EnvironmentOptions,
): { readonly context: EnvironmentContext; readonly ran: () => boolean } {
  const { config, url, xArguments, environment, resolvePath, work } = options;
  const read: string[] = [];
  let configured: ConfigureOptions = {};
  let ran = false;
  const context: EnvironmentContext = {
    config,
    xArguments,
    loadEnvFile: async (...files) => {
      const required = files.some((file) => typeof file === "object" && file.required === true);
      const paths = files.filter((file) => typeof file === "string").map(resolvePath);
      read.push(...await environment.load(paths, required));
    },
    env: (name) => environment.get(name),
    requireEnv: (name) => {
      const value = environment.get(name);
      if (value !== undefined && value !== "") return value;
      if (url !== undefined) return "";
      throw missingVariable(name, read);
    },
    configure: (given) => {
      configured = given;
    },
    runMigrations: async () => {
      ran = true;
      await work(await resolveConfigured(configured, config, url));
    },
    sqlFile: (path) => async () => ({
      kind: "sqlText",
      text: await readText(resolvePath(path)),
      path: resolvePath(path),
    }),
  };
  return { context, ran: () => ran };
}

async function resolveConfigured(
  options: ConfigureOptions,
  config: Config,
  flagUrl: string | undefined,
): Promise<Configured> {
  const source = sourceOf(options, config, flagUrl);
  const name = options.versionTable ?? config.versionTable ?? DEFAULT_VERSION_TABLE;
  const schema = options.versionTableSchema ?? config.versionTableSchema;
  return {
    dialect: await dialectOf(source),
    source,
    versionTable: schema === undefined ? { name } : { name, schema },
    options,
  };
}

function sourceOf(options: ConfigureOptions, config: Config, flagUrl: string | undefined): ConnectionSource {
  if (flagUrl !== undefined) return { url: flagUrl };
  if (options.connection !== undefined) return { client: options.connection };
  const url = options.url ?? config.url();
  // What an application's .env says is meant from the project's directory, wherever the command is typed.
  if (url !== undefined && url !== "") return { url, directory: config.directory };
  throw new LimbeckError("URL_MISSING", "Cannot connect: no url is configured", {
    hint: 'Configure one in env.ts: context.configure({ url: context.requireEnv("DATABASE_URL") }), or give --url',
  });
}

function missingVariable(name: string, read: readonly string[]): LimbeckError {
  const where = read.length === 0
    ? "and no .env file was found"
    : `nor in ${read.map((file) => `"${relativePath(file)}"`).join(", ")}`;
  return new LimbeckError(
    "ENV_VARIABLE_MISSING",
    `Cannot read the environment variable "${name}": it is not set in the environment, ${where}`,
    {
      hint: `Set it: ${name}=… in .env, or export ${name}=… in the shell, or give --url`,
      facts: { variable: name, files: read },
    },
  );
}
