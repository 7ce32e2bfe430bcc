/**
 * The files that are shipped with limbeck: the templates of `init`.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readDirectory, readText } from "./files.ts";

// The same place in a checkout, in the npm package and inside the binary.
const TEMPLATES = fileURLToPath(new URL("../../migrations_template/", import.meta.url));

/** What a template says about itself, in `template.json`; it is not copied. */
export const TEMPLATE_FILE = "template.json";

/** One file of a template. */
export interface TemplateFile {
  /** Its path in the template, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** A template. */
export interface Template {
  /** The text of its `template.json`; undefined where it has none. */
  readonly description: string | undefined;
  /** What is copied, sorted by name. A file that the template leaves out is that of `generic`. */
  readonly files: readonly TemplateFile[];
}

/** The names of the shipped templates, sorted. */
export async function templateNames(): Promise<readonly string[]> {
  const entries = await readDirectory(TEMPLATES);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** Reads a shipped template. */
export async function readTemplate(name: string): Promise<Template> {
  return await readTemplateFolder(join(TEMPLATES, name));
}

/**
 * Reads a template from any folder.
 *
 * @param folder absolute
 * @throws `FILE_UNREADABLE`
 */
export async function readTemplateFolder(folder: string): Promise<Template> {
  const own = await filesIn(folder);
  const names = new Set(own.map((file) => file.name));
  const inherited = (await filesIn(join(TEMPLATES, "generic"))).filter((file) => !names.has(file.name));
  return {
    description: own.find(({ name }) => name === TEMPLATE_FILE)?.text,
    files: [...own, ...inherited].filter(({ name }) => name !== TEMPLATE_FILE).sort((a, b) => a.name < b.name ? -1 : 1),
  };
}

async function filesIn(folder: string, prefix = ""): Promise<readonly TemplateFile[]> {
  const entries = await readDirectory(folder);
  const files = await Promise.all(
    entries.map((entry) =>
      entry.isDirectory()
        ? filesIn(join(folder, entry.name), `${prefix}${entry.name}/`)
        : readText(join(folder, entry.name)).then((text) => [{ name: prefix + entry.name, text }])
    ),
  );
  return files.flat();
}
