/**
 * The configuration that `init` writes.
 *
 * @module
 */
import { join } from "node:path";
import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";
import type { JsonValue } from "../errors.ts";
import { LimbeckError } from "../errors.ts";
import { fileExists, overwrite, readText, relativePath, writeNew } from "../platform/files.ts";
import { VERSION } from "../version.ts";

/** What became of the file. */
export interface WrittenConfig {
  readonly path: string;
  /** `kept`: it is configured already, and was not touched. */
  readonly state: "created" | "changed" | "kept";
}

type Values = { readonly [key: string]: JsonValue };

/** Writes `limbeck.json`, unless it is there. */
export async function writeOwnConfig(directory: string, values: Values): Promise<WrittenConfig> {
  const path = join(directory, "limbeck.json");
  if (await fileExists(path)) return { path, state: "kept" };
  const $schema = `https://unpkg.com/limbeck@${VERSION}/limbeck.schema.json`;
  await writeNew(path, `${JSON.stringify({ $schema, ...values }, null, 2)}\n`);
  return { path, state: "created" };
}

const PACKAGE_FILES = ["deno.json", "deno.jsonc", "package.json"];

/**
 * Adds the key `limbeck` to the directory's `deno.json`, `deno.jsonc` or `package.json`, the first that is there; comments
 * and spaces stay. One that has the key is kept.
 *
 * @throws `CONFIG_NOT_FOUND` where there is none of these, `CONFIG_INVALID` where it is no JSON
 */
export async function writePackageConfig(directory: string, values: Values): Promise<WrittenConfig> {
  const path = await firstFile(PACKAGE_FILES.map((name) => join(directory, name)));
  if (path === undefined) {
    throw new LimbeckError(
      "CONFIG_NOT_FOUND",
      `Cannot find ${PACKAGE_FILES.join(", ")} in "${relativePath(directory)}"`,
      {
        hint: "Leave out --package, and limbeck.json is made",
        facts: { directory },
      },
    );
  }
  const text = await readText(path);
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== "object") {
    throw new LimbeckError(
      "CONFIG_INVALID",
      `Cannot add the configuration to "${relativePath(path)}": it is no JSON object`,
      {
        facts: { path },
      },
    );
  }
  if (findNodeAtLocation(root, ["limbeck"]) !== undefined) return { path, state: "kept" };
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const formattingOptions = {
    insertSpaces: !indent.includes("\t"),
    tabSize: indent.includes("\t") ? 1 : indent.length,
  };
  await overwrite(path, applyEdits(text, modify(text, ["limbeck"], values, { formattingOptions })));
  return { path, state: "changed" };
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await fileExists(path)) return path;
  return undefined;
}
