/**
 * How a command's work runs through env.ts.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { isLimbeckError, LimbeckError, toLimbeckError } from "../errors.ts";
import type { ContextSettings, ProgressEvent } from "../migration/context.ts";
import { type Configured, createEnvironment, type EnvironmentContext } from "../migration/environment.ts";
import type { OfflineSettings } from "../migration/offline.ts";
import { loadEnvFiles } from "../platform/env_file.ts";
import { fileExists, relativePath } from "../platform/files.ts";
import { toLoadError } from "../platform/load_error.ts";
import { loadModule } from "../platform/load_module.ts";
import { environment } from "../platform/process.ts";
import type { CommandOptions } from "./project.ts";

/** What is done with each database that env.ts configures. */
export type Work<T> =
  | { readonly online: (settings: ContextSettings) => Promise<T> }
  | { readonly offline: (settings: OfflineSettings) => Promise<T>; readonly dialect: string | undefined };

/**
 * Runs env.ts, and the work for each database that it configures, in its order.
 *
 * @throws `ENV_FILE_NOT_FOUND` where there is neither env.ts nor a url, `ENV_NOT_CONFIGURED` where it never comes to `runMigrations`, `MODULE_INVALID`, and what the work throws
 */
export async function runEnvironment<T>(
  config: Config,
  options: CommandOptions & { readonly cwd: string },
  work: Work<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  await loadVariables(options.envFiles?.map((file) => resolve(options.cwd, file)) ?? [], true);
  const { context, ran, ended } = createEnvironment({
    config,
    url: options.url,
    xArguments: options.xArguments ?? {},
    tag: options.tag,
    environment: { get: (name) => environment()[name], load: loadVariables },
    resolvePath: (path) => resolve(config.directory, path),
    work: "offline" in work
      ? {
        dialect: work.dialect,
        offline: async (configured) => {
          const { envFile } = config;
          const { name } = configured.options;
          results.push(await ours(name, () => work.offline({ ...configured, envFile, signal: options.signal })));
        },
      }
      : {
        online: async (configured) => {
          results.push(await ours(configured.options.name, () => work.online(settings(configured, config, options))));
        },
      },
  });
  const env = await environmentFunction(config);
  if (env === null) {
    await runWithoutEnvironment(context, config);
  } else {
    try {
      await callEnvironment(env, context, config.envFile);
    } finally {
      // A run that is not awaited is not torn apart by what env.ts throws meanwhile.
      await ended();
    }
  }
  if (ran()) return results;
  throw new LimbeckError(
    "ENV_NOT_CONFIGURED",
    `Cannot go on: "${relativePath(config.envFile)}" never calls context.runMigrations()`,
    {
      hint: "Call context.configure({ … }), then await context.runMigrations()",
      facts: { path: config.envFile },
    },
  );
}

async function loadVariables(files: readonly string[], required: boolean): Promise<readonly string[]> {
  const variables = environment();
  const { values, read } = await loadEnvFiles(files, { environment: variables, required });
  Object.assign(variables, values);
  return read;
}

function settings(configured: Configured, { envFile }: Config, { signal, progress }: CommandOptions): ContextSettings {
  const { name } = configured.options;
  const named = (event: ProgressEvent): void =>
    progress?.(event.type === "connected" ? { ...event, description: `${name}: ${event.description}` } : event);
  return {
    ...configured,
    envFile,
    signal,
    progress: name === undefined ? progress : named,
    now: () => performance.now(),
  };
}

/** Keeps what goes wrong in limbeck apart from what goes wrong in env.ts, which it runs through; says in which database. */
async function ours<T>(database: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = toLimbeckError(thrown);
    if (database === undefined) throw error;
    const { code, message, hint, facts, cause } = error;
    throw new LimbeckError(code, message, { hint, facts: { ...facts, database }, cause });
  }
}

/** Runs env.ts. What it throws is shown with its line; what limbeck throws through it stays as it is. */
async function callEnvironment(env: EnvironmentFunction, context: unknown, path: string): Promise<void> {
  try {
    await env(context);
  } catch (error) {
    throw isLimbeckError(error) ? error : await toLoadError(error, path, "run");
  }
}

/** Without env.ts a url alone serves, that of `--url` or of the configuration; where there is none, env.ts is what is missed. */
async function runWithoutEnvironment(context: EnvironmentContext, { envFile, file }: Config): Promise<void> {
  try {
    await context.runMigrations();
  } catch (error) {
    if (!isLimbeckError(error) || error.code !== "URL_MISSING") throw error;
    const instead = context.offline ? "--dialect" : "--url";
    throw new LimbeckError(
      "ENV_FILE_NOT_FOUND",
      `Cannot find "${relativePath(envFile)}", which says where the database is`,
      {
        hint: `Make it with: limbeck init DIRECTORY, or correct scriptLocation in "${
          relativePath(file)
        }", or give ${instead}`,
        facts: { path: envFile },
        cause: error,
      },
    );
  }
}

type EnvironmentFunction = (context: unknown) => unknown;

/** What env.ts exports; null where there is no env.ts, so that a url alone serves. */
async function environmentFunction(config: Config): Promise<EnvironmentFunction | null> {
  if (!await fileExists(config.envFile)) return null;
  const module = await loadModule(config.envFile);
  const exported = module["default"];
  if (typeof exported === "function") return exported as EnvironmentFunction;
  throw new LimbeckError(
    "MODULE_INVALID",
    `Cannot use "${relativePath(config.envFile)}": it has no default export that is a function`,
    {
      hint: "Write: export default async function env(context: EnvironmentContext): Promise<void> { … }",
      facts: { path: config.envFile },
    },
  );
}
