/**
 * What every command begins with: the configuration, the revisions, and env.ts to run its work through.
 *
 * @module
 */
import { type Config, loadConfig } from "../config.ts";
import type { ContextSettings, MigrationContext, ProgressEvent } from "../migration/context.ts";
import type { OfflineSettings } from "../migration/offline.ts";
import { currentDirectory, environment } from "../platform/process.ts";
import { loadRevisions } from "../script/directory.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import type { Work } from "./run_environment.ts";

/** What every command takes. */
export interface CommandOptions {
  /** The directory to start from; default the process's. */
  readonly cwd?: string;
  /** The configuration file; default `limbeck.json`, found upwards. */
  readonly configFile?: string;
  /** A named section of the configuration's `environments`. */
  readonly name?: string;
  /** The database's url; wins over env.ts and the configuration. */
  readonly url?: string;
  /** Files of variables, read before env.ts; variables that are set already win. */
  readonly envFiles?: readonly string[];
  /** What env.ts gets as `xArguments`. */
  readonly xArguments?: { readonly [key: string]: string };
  /** What env.ts gets as `tag`. */
  readonly tag?: string;
  /** Stops the command: what runs is rolled back, and the command throws `INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** Told what happens while it happens. */
  readonly progress?: (event: ProgressEvent) => void;
}

/** A project: its configuration, its revisions, and its databases. */
export interface Project {
  readonly config: Config;
  /** The revisions, read and checked once. */
  revisions(): Promise<RevisionMap>;
  /** Runs the work on each database that env.ts configures, in its order. */
  run<T>(work: (context: MigrationContext) => Promise<T>): Promise<readonly T[]>;
  /** Does the work for each database that env.ts configures, without connecting to it. */
  forEachDatabase<T>(work: (settings: ContextSettings) => Promise<T>): Promise<readonly T[]>;
  /** Writes a script for each database that env.ts configures; `dialect` is what `--dialect` says. */
  offline<T>(dialect: string | undefined, work: (settings: OfflineSettings) => Promise<T>): Promise<readonly T[]>;
}

/**
 * Opens a project.
 *
 * @throws `CONFIG_NOT_FOUND`, `CONFIG_INVALID`
 */
export async function openProject(options: CommandOptions): Promise<Project> {
  const cwd = options.cwd ?? currentDirectory();
  const config = await loadConfig({
    cwd,
    environment: environment(),
    ...(options.configFile === undefined ? {} : { configFile: options.configFile }),
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  let map: Promise<RevisionMap> | undefined;
  // Imported when a database is needed: heads, history and show start without it.
  const inEnvironment = async <T>(work: Work<T>): Promise<readonly T[]> => {
    const { runEnvironment } = await import("./run_environment.ts");
    return await runEnvironment(config, { ...options, cwd }, work);
  };
  return {
    config,
    revisions: () =>
      map ??= loadRevisions(config.versionLocations, {
        recursive: config.recursiveVersionLocations,
        scriptLocation: config.scriptLocation,
      }),
    run: async (work) => {
      const { withContext } = await import("../migration/context.ts");
      return await inEnvironment({ online: (settings) => withContext(settings, work) });
    },
    forEachDatabase: (work) => inEnvironment({ online: work }),
    offline: (dialect, work) => inEnvironment({ offline: work, dialect }),
  };
}
