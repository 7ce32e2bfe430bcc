/**
 * `limbeck init`: makes the configuration and the script directory.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { LimbeckError } from "../errors.ts";
import { templateFiles, templateNames } from "../platform/assets.ts";
import { ensureDirectory, fileExists, isEmptyDirectory, relativePath, writeNew } from "../platform/files.ts";
import { currentDirectory } from "../platform/process.ts";
import { VERSION } from "../version.ts";

/** What `init` takes. */
export interface InitOptions {
  readonly cwd?: string;
  /** The script directory to make; default `migrations`. */
  readonly directory?: string;
  /** The template's name; default `generic`. */
  readonly template?: string;
}

/** What `init` returns. */
export interface InitResult {
  /** The files that were written, absolute. */
  readonly created: readonly string[];
  /** The files that were there already and were kept. */
  readonly kept: readonly string[];
  readonly directory: string;
}

const configuration = (scriptLocation: string): string =>
  JSON.stringify(
    { $schema: `https://unpkg.com/limbeck@${VERSION}/limbeck.schema.json`, scriptLocation },
    null,
    2,
  ) + "\n";

/**
 * Makes `limbeck.json` and a directory with env.ts, script.ts.tmpl, README.md and versions/. Writes over nothing: a
 * directory that is not empty is refused, a `limbeck.json` that exists is kept.
 *
 * @throws `CONFIG_EXISTS` where the directory is not empty, `TEMPLATE_NOT_FOUND`
 */
export async function init(options: InitOptions = {}): Promise<InitResult> {
  const cwd = options.cwd ?? currentDirectory();
  const directory = resolve(cwd, options.directory ?? "migrations");
  const files = await filesOf(options.template ?? "generic");
  if (!await isEmptyDirectory(directory)) {
    throw new LimbeckError("CONFIG_EXISTS", `Cannot make "${relativePath(directory)}": it exists and is not empty`, {
      hint: "Name another directory: limbeck init NAME",
      facts: { path: directory },
    });
  }
  await ensureDirectory(join(directory, "versions"));
  const created: string[] = [];
  for (const { name, text } of files) {
    const path = join(directory, name);
    await writeNew(path, text);
    created.push(path);
  }
  const config = join(cwd, "limbeck.json");
  const kept = await fileExists(config) ? [config] : [];
  if (kept.length === 0) {
    await writeNew(config, configuration(relative(cwd, directory).replaceAll("\\", "/") || "."));
    created.unshift(config);
  }
  return { created, kept, directory };
}

async function filesOf(template: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const names = await templateNames();
  if (names.includes(template)) return await templateFiles(template);
  throw new LimbeckError("TEMPLATE_NOT_FOUND", `Cannot find the template "${template}"`, {
    hint: `The templates are: ${names.join(", ")}`,
    facts: { template, templates: names },
  });
}
