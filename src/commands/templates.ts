/**
 * The templates of `init`: those that are shipped, and folders of the user's.
 *
 * @module
 */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type JsonValue, LimbeckError, messageOf } from "../errors.ts";
import {
  readTemplate,
  readTemplateFolder,
  type Template,
  TEMPLATE_FILE,
  type TemplateFile,
  templateNames,
} from "../platform/assets.ts";
import { relativePath } from "../platform/files.ts";
import { nearest } from "../platform/nearest.ts";

/** A template, ready to be copied. */
export interface FoundTemplate {
  /** What it is for, a line. */
  readonly summary: string;
  /** Keys that it adds to the configuration. */
  readonly config: { readonly [key: string]: JsonValue };
  readonly files: readonly TemplateFile[];
}

/**
 * Finds a template: a shipped one by its name, else a folder by its path (`./path`, or with a slash in it).
 *
 * @throws `TEMPLATE_NOT_FOUND`, `CONFIG_INVALID` where its `template.json` is no JSON object
 */
export async function findTemplate(name: string, cwd: string): Promise<FoundTemplate> {
  const names = await templateNames();
  if (names.includes(name)) return describe(await readTemplate(name), name);
  const folder = resolve(cwd, name);
  const isPath = /[\\/]|^\.+$/.test(name);
  if (isPath && await isFolder(folder)) return describe(await readTemplateFolder(folder), folder);
  const near = nearest(name, names);
  throw new LimbeckError(
    "TEMPLATE_NOT_FOUND",
    `Cannot find the template "${name}"${isPath ? ": no such folder" : ""}`,
    {
      hint: near !== undefined
        ? `Did you mean "${near}"?`
        : `The templates are: ${names.join(", ")}; a folder of your own is named by its path: -t ./path`,
      facts: { template: name, templates: names },
    },
  );
}

function describe({ description, files }: Template, name: string): FoundTemplate {
  if (description === undefined) return { summary: "", config: {}, files };
  const { summary = "", config = {} } = parse(description, join(name, TEMPLATE_FILE));
  return { summary, config, files };
}

function parse(text: string, path: string): Partial<Pick<FoundTemplate, "summary" | "config">> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LimbeckError(
      "CONFIG_INVALID",
      `Cannot use "${relativePath(path)}": it is no JSON (${messageOf(cause)})`,
      {
        facts: { path },
        cause,
      },
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
