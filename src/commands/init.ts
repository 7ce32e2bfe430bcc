/**
 * `limbeck init`: makes the configuration and the script directory.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { LimbeckError } from "../errors.ts";
import { ensureDirectory, isEmptyDirectory, relativePath, writeNew } from "../platform/files.ts";
import { currentDirectory } from "../platform/process.ts";
import { findTemplate } from "./templates.ts";
import { writeOwnConfig, writePackageConfig } from "./write_config.ts";

/** What `init` takes. */
export interface InitOptions {
  readonly cwd?: string;
  /** The script directory to make; default `migrations`. */
  readonly directory?: string;
  /** The name of a template, or the path of a folder (`./path`); default `generic`. */
  readonly template?: string;
  /** Write the configuration into `deno.json` or `package.json`, under the key `limbeck`. */
  readonly package?: boolean;
}

/** What `init` returns. */
export interface InitResult {
  /** The files that were written, absolute. */
  readonly created: readonly string[];
  /** The files that were there already and were changed. */
  readonly changed: readonly string[];
  /** The files that were there already and were kept. */
  readonly kept: readonly string[];
  readonly directory: string;
  /** The template, as it was named. */
  readonly template: string;
}

/**
 * Makes `limbeck.json` and a directory with env.ts, script.ts.tmpl, README.md and versions/. Writes over nothing: a
 * directory that is not empty is refused, a configuration that exists is kept.
 *
 * @throws `CONFIG_EXISTS` where the directory is not empty, `TEMPLATE_NOT_FOUND`, `CONFIG_NOT_FOUND` where there is no
 *   file for `package`
 */
export async function init(options: InitOptions = {}): Promise<InitResult> {
  const cwd = options.cwd ?? currentDirectory();
  const directory = resolve(cwd, options.directory ?? "migrations");
  const name = options.template ?? "generic";
  const template = await findTemplate(name, cwd);
  if (!await isEmptyDirectory(directory)) {
    throw new LimbeckError("CONFIG_EXISTS", `Cannot make "${relativePath(directory)}": it exists and is not empty`, {
      hint: "Name another directory: limbeck init NAME",
      facts: { path: directory },
    });
  }
  const scriptLocation = relative(cwd, directory).replaceAll("\\", "/") || ".";
  const values = { scriptLocation, ...template.config };
  const config = options.package ? await writePackageConfig(cwd, values) : await writeOwnConfig(cwd, values);
  await ensureDirectory(join(directory, "versions"));
  const created: string[] = [];
  for (const file of template.files) {
    const path = join(directory, file.name);
    await writeNew(path, file.text);
    created.push(path);
  }
  const given = (state: typeof config.state): readonly string[] => config.state === state ? [config.path] : [];
  return {
    created: [...given("created"), ...created],
    changed: given("changed"),
    kept: given("kept"),
    directory,
    template: name,
  };
}
