/**
 * Loads the user's TypeScript: env.ts, the schema, the revisions.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isLimbeckError } from "../errors.ts";
import { decoratedFields } from "./decorated_fields.ts";
import { upwards } from "./files.ts";
import { toLoadError } from "./load_error.ts";
import { runtime } from "./process.ts";

/** A module's exports. */
export type ModuleExports = { readonly [name: string]: unknown };

const provided = new Map<string, () => Promise<object>>();

/**
 * Says what the user's files get for `import … from "<name>"`, wherever they are.
 *
 * @param name the specifier
 * @param load gives the module's namespace; called when the first file of the user's is loaded
 */
export function provideModule(name: string, load: () => Promise<object>): void {
  provided.set(name, load);
}

let jiti: Promise<{ import(path: string): Promise<unknown> }> | undefined;

async function createLoader(): Promise<{ import(path: string): Promise<unknown> }> {
  const [{ createJiti }, ...modules] = await Promise.all([
    import("jiti"),
    ...[...provided].map(async ([name, load]) => [name, await load()] as const),
  ]);
  return createJiti(import.meta.url, {
    // A read-only image has no place for a cache, and what there is to translate is small.
    fsCache: false,
    interopDefault: true,
    transformOptions: { babel: { plugins: [decoratedFields] } },
    virtualModules: Object.fromEntries(modules),
  });
}

/**
 * Whether Deno's own loader is to be used: it knows the project's import map and `npm:` specifiers. From a checkout of
 * limbeck it would use limbeck's instead, and not see the project's node_modules.
 */
function isNative(path: string): boolean {
  if (runtime() !== "deno") return false;
  if (!import.meta.url.endsWith(".ts")) return true;
  return !upwards(dirname(path)).some((directory) => existsSync(join(directory, "node_modules")));
}

/** How many modules Deno is given at once. */
const TOGETHER = 200;

const imported = new Map<string, ModuleExports>();

/**
 * Imports many files of the user's ahead of {@linkcode loadModule}. Deno looks over all that it has loaded at each
 * `import()`, so that thousands of them would take it minutes; one that imports 200 costs as much as one that imports one.
 * What cannot be imported is left for `loadModule`, which says why.
 *
 * @param paths absolute
 */
export async function preloadModules(paths: readonly string[]): Promise<void> {
  const native = paths.length < TOGETHER ? [] : paths.filter((path) => !imported.has(path) && isNative(path));
  for (let from = 0; from < native.length; from += TOGETHER) {
    const some = native.slice(from, from + TOGETHER);
    const source = some.map((path, at) => `export * as m${at} from ${JSON.stringify(pathToFileURL(path).href)};`);
    try {
      const all = await import(`data:text/javascript,${encodeURIComponent(source.join("\n"))}`);
      some.forEach((path, at) => imported.set(path, all[`m${at}`]));
    } catch {
      return;
    }
  }
}

/**
 * Imports a file of the user's. Its imports are resolved from where it stands; `import … from "limbeck"` is the running
 * tool. A file is evaluated once in a process.
 *
 * @param path absolute
 * @throws `MODULE_SYNTAX`, `MODULE_NOT_FOUND`, `MODULE_FAILED`, each with path, line and column where they are known
 */
export async function loadModule(path: string): Promise<ModuleExports> {
  try {
    const known = imported.get(path);
    if (known !== undefined) return known;
    if (isNative(path)) return await import(pathToFileURL(path).href);
    return await (await (jiti ??= createLoader())).import(path) as ModuleExports;
  } catch (error) {
    throw isLimbeckError(error) ? error : await toLoadError(error, path);
  }
}
