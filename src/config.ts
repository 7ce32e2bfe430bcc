/**
 * The configuration: a file, the flags and the environment, as one frozen value.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { type Node, parseTree, printParseErrorCode } from "jsonc-parser";
import { CONFIG_KEYS, type ConfigValues, typeProblem } from "./config_keys.ts";
import { LimbeckError } from "./errors.ts";
import { fileExists, readText, relativePath, upwards } from "./platform/files.ts";
import { nearest } from "./platform/nearest.ts";

/** The configuration of a project. Paths are absolute. */
export interface Config {
  /** The file that it was read from. */
  readonly file: string;
  /** The directory of that file: what relative paths start from. */
  readonly directory: string;
  readonly scriptLocation: string;
  /** env.ts; it may be missing. */
  readonly envFile: string;
  readonly versionLocations: readonly string[];
  readonly recursiveVersionLocations: boolean;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  /** An IANA name; undefined for UTC. */
  readonly timezone: string | undefined;
  readonly versionTable: string | undefined;
  readonly versionTableSchema: string | undefined;
  readonly revisionFormat: "ts" | "sql";
  readonly revisionEnvironment: boolean;
  readonly postWriteHooks: ConfigValues["postWriteHooks"] & object;
  /** The url of the file, its variables replaced now: so a command that needs no database needs no variable. */
  url(): string | undefined;
  /** The section that `-n` has chosen; undefined without it. */
  readonly name: string | undefined;
  /** The names of the sections in `environments`, in the file's order. */
  readonly environments: readonly string[];
  /** The configuration as `-n` would give it. Throws `CONFIG_INVALID` where there is no such section. */
  environment(name: string): Config;
}

/** What {@linkcode loadConfig} starts from. */
export interface ConfigOptions {
  /** The directory to look from. */
  readonly cwd: string;
  /** `-c`: the file to read instead of looking for one. */
  readonly configFile?: string;
  /** `-n`: the section of `environments` whose values win. */
  readonly name?: string;
  readonly environment: { readonly [name: string]: string | undefined };
}

const OWN_FILES = ["limbeck.json", "limbeck.jsonc"];
const SHARED_FILES = ["deno.json", "deno.jsonc", "package.json"];

/**
 * Finds and reads the configuration.
 *
 * @throws `CONFIG_NOT_FOUND`, `CONFIG_INVALID` with file, line and column, `ENV_VARIABLE_MISSING`
 */
export async function loadConfig(options: ConfigOptions): Promise<Config> {
  const file = await findConfig(options);
  const source = { file, text: await readText(file), environment: options.environment };
  const root = parseFile(source);
  const shared = SHARED_FILES.includes(basename(file));
  const node = shared ? child(root, "limbeck") : root;
  if (node === undefined) throw invalid(source, root.offset, 'there is no key "limbeck" in it');
  return configOf(source, node, options.name);
}

function configOf(source: Source, node: Node, name: string | undefined): Config {
  const environments = child(node, "environments");
  return Object.freeze({
    ...toConfig(source, readValues(source, node, name)),
    name,
    environments: environments === undefined ? [] : properties(environments).map(({ key }) => key),
    environment: (other: string) => configOf(source, node, other),
  });
}

async function findConfig({ cwd, configFile }: ConfigOptions): Promise<string> {
  if (configFile !== undefined) {
    const file = resolve(cwd, configFile);
    if (await fileExists(file)) return file;
    throw new LimbeckError("CONFIG_NOT_FOUND", `Cannot find the configuration "${relativePath(file)}"`, {
      facts: { path: file },
    });
  }
  for (const directory of upwards(resolve(cwd))) {
    const own = await findIn(directory, OWN_FILES);
    if (own !== undefined) return own;
    for (const name of SHARED_FILES) {
      const file = join(directory, name);
      // Most package.json files are not ours, and may be large: only one that speaks of limbeck is parsed.
      if (await fileExists(file) && /"limbeck"\s*:\s*\{/.test(await readText(file))) return file;
    }
  }
  throw new LimbeckError("CONFIG_NOT_FOUND", `Cannot find limbeck.json in "${cwd}" or a directory above it`, {
    hint: "Make one with: limbeck init migrations (or name one with -c FILE)",
    facts: { directory: cwd },
  });
}

async function findIn(directory: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await fileExists(join(directory, name))) return join(directory, name);
  return undefined;
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly environment: ConfigOptions["environment"];
}

function parseFile(source: Source): Node {
  const errors: { error: number; offset: number; length: number }[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
    throw invalid(source, first.offset, `it is no JSON (${words})`);
  }
  if (root?.type !== "object") throw invalid(source, root?.offset ?? 0, "it is no object");
  return root;
}

function properties(node: Node): readonly { readonly key: string; readonly at: Node; readonly value: Node }[] {
  return (node.children ?? []).flatMap(({ children: [at, value] = [] }) =>
    at === undefined || value === undefined ? [] : [{ key: String(at.value), at, value }]
  );
}

function child(node: Node, name: string): Node | undefined {
  return properties(node).find(({ key }) => key === name)?.value;
}

function plain(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plain);
  if (node.type === "object") return Object.fromEntries(properties(node).map(({ key, value }) => [key, plain(value)]));
  return node.value;
}

/** The values of a section, those of the named environment over them; checked, not yet expanded. */
function readValues(source: Source, node: Node, name: string | undefined): ConfigValues {
  const values = sectionValues(source, node, [...CONFIG_KEYS, "environments", "$schema"]);
  const environments = child(node, "environments");
  const sections = environments === undefined ? [] : properties(environments);
  // Checked whether they are asked for or not: a wrong key is found before the deploy that needs it.
  const named = sections.map(({ key, value }) => [key, sectionValues(source, value, CONFIG_KEYS)] as const);
  if (name === undefined) return values;
  const chosen = named.find(([key]) => key === name);
  if (chosen === undefined) {
    const names = named.map(([key]) => `"${key}"`).join(", ");
    throw new LimbeckError(
      "CONFIG_INVALID",
      `Cannot find the environment "${name}" in "${relativePath(source.file)}"`,
      {
        hint: names === "" ? 'There are none: add them under "environments"' : `There are: ${names}`,
        facts: { path: source.file, name },
      },
    );
  }
  return { ...values, ...chosen[1] };
}

function sectionValues(source: Source, node: Node, known: readonly string[]): ConfigValues {
  if (node.type !== "object") throw invalid(source, node.offset, "a section is an object");
  const values: Record<string, unknown> = {};
  for (const { key, at, value } of properties(node)) {
    if (!known.includes(key)) {
      const near = nearest(key, known);
      throw invalid(
        source,
        at.offset,
        `the key "${key}" is not known`,
        near === undefined ? `The keys are: ${known.join(", ")}` : `Did you mean "${near}"?`,
      );
    }
    if (key === "environments" || key === "$schema") continue;
    const problem = typeProblem(key, plain(value));
    if (problem !== undefined) throw invalid(source, value.offset, `"${key}" ${problem}`);
    values[key] = plain(value);
  }
  return values;
}

/** Replaces `${NAME}` and `${NAME:-default}` by the environment's variables. */
function expand(source: Source, key: string, value: string): string {
  return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    const found = source.environment[name] || fallback;
    if (found !== undefined) return found;
    throw new LimbeckError(
      "ENV_VARIABLE_MISSING",
      `Cannot read "${key}" in "${relativePath(source.file)}": the environment variable "${name}" is not set`,
      { hint: `Set ${name}, or give it a default: \${${name}:-…}`, facts: { variable: name, path: source.file } },
    );
  });
}

function toConfig(source: Source, values: ConfigValues): Omit<Config, "name" | "environments" | "environment"> {
  const { file } = source;
  const directory = dirname(file);
  const text = (key: string, value: string): string => expand(source, key, value);
  const optional = (key: "timezone" | "versionTable" | "versionTableSchema"): string | undefined => {
    const value = values[key];
    return value === undefined ? undefined : text(key, value);
  };
  const scriptLocation = resolve(directory, text("scriptLocation", values.scriptLocation ?? "migrations"));
  const locations = values.versionLocations?.map((each) => resolve(directory, text("versionLocations", each)));
  return {
    file,
    directory,
    scriptLocation,
    envFile: join(scriptLocation, "env.ts"),
    versionLocations: Object.freeze(locations ?? [join(scriptLocation, "versions")]),
    recursiveVersionLocations: values.recursiveVersionLocations ?? false,
    fileTemplate: text("fileTemplate", values.fileTemplate ?? "%(rev)s_%(slug)s"),
    truncateSlugLength: values.truncateSlugLength ?? 40,
    timezone: optional("timezone"),
    versionTable: optional("versionTable"),
    versionTableSchema: optional("versionTableSchema"),
    revisionFormat: values.revisionFormat ?? "ts",
    revisionEnvironment: values.revisionEnvironment ?? false,
    postWriteHooks: Object.freeze(values.postWriteHooks ?? []),
    url: () => values.url === undefined ? undefined : text("url", values.url),
  };
}

function invalid(source: Source, offset: number, reason: string, hint?: string): LimbeckError {
  const before = source.text.slice(0, offset).split("\n");
  const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  return new LimbeckError("CONFIG_INVALID", `Cannot use "${relativePath(source.file)}": ${reason}`, {
    hint,
    facts: { path: source.file, ...place },
  });
}
