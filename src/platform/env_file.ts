/**
 * `.env` files. Reading is `dotenv`'s; the expansion is our own, as it must never run anything.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { fileExists, readText, relativePath } from "./files.ts";

/** What some files held. */
export interface EnvFiles {
  /** The variables that were not set already. */
  readonly values: { readonly [name: string]: string };
  /** The files that were there, in the order given. */
  readonly read: readonly string[];
}

type Variables = { readonly [name: string]: string | undefined };

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** The names whose value stands in single quotes: nothing is expanded there. */
function literalNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, name = "", quote] of text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(')?/gm)) {
    if (quote === undefined) names.delete(name);
    else names.add(name);
  }
  return names;
}

/**
 * The variables of a `.env` text. `${NAME}` and `${NAME:-default}` are replaced, from `outside` first and then from the
 * text itself; a lone `$` is a `$`, and nothing is ever run.
 *
 * @param outside variables that are set already
 */
export async function parseEnvFile(
  text: string,
  outside: Variables = {},
): Promise<{ readonly [name: string]: string }> {
  const { parse } = await import("dotenv");
  const raw: { readonly [name: string]: string } = parse(text);
  const literal = literalNames(text);
  const expanded: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    expanded[name] = literal.has(name) ? value : value.replace(REFERENCE, (_, reference: string, fallback?: string) => {
      const found = outside[reference] || expanded[reference];
      return found || (fallback ?? found ?? "");
    });
  }
  return expanded;
}

/**
 * Reads files of variables. A later file wins over an earlier one, a variable that is set already wins over all. A file
 * that is missing is skipped, unless it is required.
 *
 * @throws `FILE_UNREADABLE` where a required file is missing
 */
export async function loadEnvFiles(
  paths: readonly string[],
  { environment, required }: { readonly environment: Variables; readonly required: boolean },
): Promise<EnvFiles> {
  const read: string[] = [];
  let values: { readonly [name: string]: string } = {};
  for (const path of paths) {
    if (!await fileExists(path)) {
      if (!required) continue;
      throw new LimbeckError("FILE_UNREADABLE", `Cannot read "${relativePath(path)}": there is no such file`, {
        facts: { path },
      });
    }
    read.push(path);
    values = { ...values, ...await parseEnvFile(await readText(path), { ...values, ...environment }) };
  }
  const unset = Object.entries(values).filter(([name]) => environment[name] === undefined);
  return { values: Object.fromEntries(unset), read };
}
