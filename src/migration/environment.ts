/**
 * The environment: what env.ts is given, and how a command's work runs through it.
 *
 * @module
 */
import type { Config } from "../config.ts";
import type { ConnectionSource, Dialect } from "../dialects/dialect.ts";
import { DIALECT_NAMES, dialectNamed, dialectOf } from "../dialects/registry.ts";
import { LimbeckError } from "../errors.ts";
import { relativePath } from "../platform/files.ts";
import type { CompareColumn } from "../schema/compare_column.ts";
import type { ObjectName } from "../schema/model.ts";
import type { RevisionHook } from "./directives.ts";
import type { VersionApplyHook } from "./on_version_apply.ts";
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
  /** What revisions know this database by (`op.database`), where env.ts configures several. */
  readonly name?: string;
  /** Where the database is. `--url` wins over it; it wins over `url` in the configuration. */
  readonly url?: string;
  /** Which database scripts (`--sql`) are for, where no url says it: `"postgres"` or `"sqlite"`. */
  readonly dialect?: string;
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
  /** How long to wait for another run's lock (on SQLite, for any other process's), in milliseconds; default 60,000. */
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
  /** Whether types are compared, or a function that decides for a column: true differs, false not, null as limbeck says. */
  readonly compareType?: boolean | CompareColumn;
  /** Whether defaults are compared, or a function that decides for a column. */
  readonly compareServerDefault?: boolean | CompareColumn;
  /** Write the neighbouring changes of one table that are found as one `op.batchAlterTable`; default false. */
  readonly renderAsBatch?: boolean;
  /**
   * Called with what `revision` is about to write, and `check` about to report: may change it, add to it or empty it.
   * For a plain `revision`, only where the configuration sets `revisionEnvironment`.
   */
  readonly processRevisionDirectives?: RevisionHook;
  /** Called after each step's change of the version rows, in the step's transaction: what it throws rolls the step back. */
  readonly onVersionApply?: VersionApplyHook | readonly VersionApplyHook[];
  /** More variables for `script.ts.tmpl`. */
  readonly templateArgs?: { readonly [name: string]: string };
}

/** What env.ts is given. */
export interface EnvironmentContext {
  /** The configuration, frozen. */
  readonly config: Config;
  /** The `-x key=value` arguments. */
  readonly xArguments: { readonly [key: string]: string };
  /** What `--tag` says. */
  readonly tag: string | undefined;
  /** What `--url` says: it wins over the url or connection that is configured, so that none has to be opened. */
  readonly url: string | undefined;
  /** Whether a script is written (`--sql`): then no connection is used, and none has to be opened. */
  readonly offline: boolean;
  /**
   * Reads `.env` files. Later files win over earlier ones, variables that are set already win over all. Paths are
   * relative to the configuration file. A missing file is skipped unless it is required.
   */
  loadEnvFile(...files: readonly (string | { readonly required?: boolean })[]): Promise<void>;
  /** A variable of the environment, or undefined. */
  env(name: string): string | undefined;
  /**
   * A variable of the environment. With `--url` or `--dialect` on the command line a missing one is the empty text, as
   * the url that it stands for is not used then.
   *
   * @throws `ENV_VARIABLE_MISSING` naming the variable and the files that were read
   */
  requireEnv(name: string): string;
  /** Says what to migrate. May be called again before the next `runMigrations`, for another database. */
  configure(options: ConfigureOptions): void;
  /** Does what the command is about, on the database that was configured. */
  runMigrations(): Promise<void>;
  /** A `.sql` file, or a folder of them, as a target; the path is relative to the configuration file. */
  sqlFile(path: string): unknown;
}

/** What env.ts came to: where to connect, and what was configured. */
export interface Configured {
  readonly dialect: Dialect;
  readonly source: ConnectionSource;
  readonly versionTable: ObjectName;
  readonly options: ConfigureOptions;
}

/** What env.ts came to where a script is written. */
export type ConfiguredOffline = Omit<Configured, "source">;

/** What an environment needs from outside. */
export interface EnvironmentOptions {
  readonly config: Config;
  /** `--url`. */
  readonly url: string | undefined;
  readonly xArguments: { readonly [key: string]: string };
  /** `--tag`. */
  readonly tag?: string | undefined;
  readonly environment: {
    get(name: string): string | undefined;
    /** Loads files and says which of them were there. */
    load(files: readonly string[], required: boolean): Promise<readonly string[]>;
  };
  readonly resolvePath: (path: string) => string;
  readonly work: EnvironmentWork;
}

/** What a command is about: work on a database, or a script, with what `--dialect` says. */
export type EnvironmentWork =
  | { readonly online: (configured: Configured) => Promise<void> }
  | { readonly offline: (configured: ConfiguredOffline) => Promise<void>; readonly dialect: string | undefined };

/** The context that env.ts is given, and whether it has run the migrations. */
export function createEnvironment(
  options: EnvironmentOptions,
): {
  readonly context: EnvironmentContext;
  readonly ran: () => boolean;
  /** Resolves when every run has ended, also one that env.ts forgot to await; throws what the first that failed threw. */
  readonly ended: () => Promise<void>;
} {
  const { config, url, xArguments, tag, environment, resolvePath, work } = options;
  const scripted = "offline" in work;
  const read: string[] = [];
  let configured: ConfigureOptions = {};
  let ran = false;
  const runs: Promise<void>[] = [];
  const names = new Set<string | undefined>();
  const runWork = async (given: ConfigureOptions): Promise<void> => {
    names.add(given.name);
    if (url !== undefined) refuseSharedUrl(names, given.name, config);
    if (scripted) await work.offline(await resolveOffline(given, config, url, work.dialect));
    else await work.online(await resolveConfigured(given, config, url));
  };
  const context: EnvironmentContext = {
    config,
    xArguments,
    tag,
    url,
    offline: scripted,
    loadEnvFile: async (...files) => {
      const required = files.some((file) => typeof file === "object" && file.required === true);
      const paths = files.filter((file) => typeof file === "string").map(resolvePath);
      read.push(...await environment.load(paths, required));
    },
    env: (name) => environment.get(name),
    requireEnv: (name) => {
      const value = environment.get(name);
      if (value !== undefined && value !== "") return value;
      if (url !== undefined || (scripted && work.dialect !== undefined)) return "";
      throw missingVariable(name, read, scripted);
    },
    configure: (given) => {
      configured = given;
    },
    runMigrations: () => {
      ran = true;
      const given = configured;
      // In the order of the calls, also where none of them is awaited. The handler keeps a failure until `ended`.
      const run = Promise.allSettled(runs).then(() => runWork(given));
      run.catch(() => undefined);
      runs.push(run);
      return run;
    },
    sqlFile: (path) => {
      if (typeof path === "string" && path !== "") return { kind: "sqlFile", path: resolvePath(path) };
      throw new LimbeckError("USAGE", `Cannot read a SQL file: its path is ${path === "" ? "empty" : String(path)}`, {
        hint: 'Name a file, or a folder of them: context.sqlFile("schema.sql")',
      });
    },
  };
  const ended = async (): Promise<void> => {
    await Promise.allSettled(runs);
    await Promise.all(runs);
  };
  return { context, ran: () => ran, ended };
}

/**
 * Refuses `--url` where it would stand for several databases: one of those that the configuration names while `-n` does not
 * say which, or a second one that env.ts goes on to.
 */
function refuseSharedUrl(names: ReadonlySet<string | undefined>, name: string | undefined, config: Config): void {
  const several = config.environments.length > 1 && name !== undefined && config.environments.includes(name);
  if (names.size < 2 && !(several && config.name === undefined)) return;
  throw new LimbeckError("USAGE", "Cannot use --url: env.ts configures several databases, and it is the url of one", {
    hint: "Say of which: -n NAME",
    facts: { databases: names.size < 2 ? [...config.environments] : [...names].map((each) => each ?? null) },
  });
}

async function resolveConfigured(
  options: ConfigureOptions,
  config: Config,
  flagUrl: string | undefined,
): Promise<Configured> {
  const source = requireSource(sourceOf(options, config, flagUrl), NO_URL);
  return { dialect: await dialectOf(source), source, versionTable: versionTableOf(options, config), options };
}

/** The dialect comes from `--dialect`, else from `--url`, else from `dialect` in `configure`, else from its connection or url. */
async function resolveOffline(
  options: ConfigureOptions,
  config: Config,
  flagUrl: string | undefined,
  flagDialect: string | undefined,
): Promise<ConfiguredOffline> {
  const named = flagDialect ?? (flagUrl === undefined ? options.dialect : undefined);
  const dialect = named === undefined
    ? dialectOf(requireSource(sourceOf(options, config, flagUrl), NO_DIALECT))
    : dialectNamed(named);
  return { dialect: await dialect, versionTable: versionTableOf(options, config), options };
}

function versionTableOf(options: ConfigureOptions, config: Config): ObjectName {
  const name = options.versionTable ?? config.versionTable ?? DEFAULT_VERSION_TABLE;
  const schema = options.versionTableSchema ?? config.versionTableSchema;
  return schema === undefined ? { name } : { name, schema };
}

function sourceOf(
  options: ConfigureOptions,
  config: Config,
  flagUrl: string | undefined,
): ConnectionSource | undefined {
  if (flagUrl !== undefined) return { url: flagUrl };
  if (options.connection !== undefined) return { client: options.connection };
  const url = options.url ?? config.url();
  // What an application's .env says is meant from the project's directory, wherever the command is typed.
  return url === undefined || url === "" ? undefined : { url, directory: config.directory };
}

const NO_URL = {
  message: "Cannot connect: no url is configured",
  hint: 'Configure one in env.ts: context.configure({ url: context.requireEnv("DATABASE_URL") }), or give --url',
};

const NO_DIALECT = {
  message: "Cannot write a script: nothing says for which database",
  hint: `Give --dialect (${DIALECT_NAMES.join(" or ")}), or configure a url`,
};

function requireSource(source: ConnectionSource | undefined, { message, hint }: typeof NO_URL): ConnectionSource {
  if (source === undefined) throw new LimbeckError("URL_MISSING", message, { hint });
  return source;
}

function missingVariable(name: string, read: readonly string[], scripted: boolean): LimbeckError {
  const where = read.length === 0
    ? "and no .env file was found"
    : `nor in ${read.map((file) => `"${relativePath(file)}"`).join(", ")}`;
  return new LimbeckError(
    "ENV_VARIABLE_MISSING",
    `Cannot read the environment variable "${name}": it is not set in the environment, ${where}`,
    {
      hint: `Set it: ${name}=… in .env, or export ${name}=… in the shell, or give ${
        scripted ? `--dialect (${DIALECT_NAMES.join(" or ")})` : "--url"
      }`,
      facts: { variable: name, files: read },
    },
  );
}
