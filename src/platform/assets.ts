/**
 * The files that are shipped with limbeck: the templates of `init`.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readText } from "./files.ts";

// The same place in a checkout, in the npm package and inside the binary.
const TEMPLATES = new URL("../../migrations_template/", import.meta.url);

/** One file of a template. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

/** The names of the templates, sorted. */
export async function templateNames(): Promise<readonly string[]> {
  const entries = await readdir(fileURLToPath(TEMPLATES), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** The files of a template, sorted by name. A file that the template leaves out is that of `generic`. */
export async function templateFiles(name: string): Promise<readonly TemplateFile[]> {
  const own = await filesIn(name);
  const names = new Set(own.map((file) => file.name));
  const inherited = name === "generic" ? [] : (await filesIn("generic")).filter((file) => !names.has(file.name));
  return [...own, ...inherited].sort((a, b) => a.name < b.name ? -1 : 1);
}

async function filesIn(template: string): Promise<readonly TemplateFile[]> {
  const directory = new URL(`${template}/`, TEMPLATES);
  const names = await readdir(fileURLToPath(directory));
  return await Promise.all(names.map(async (name) => ({
    name,
    text: await readText(fileURLToPath(new URL(name, directory))),
  })));
}
