/**
 * The keys of `limbeck.json`, and what each of them takes. `limbeck.schema.json` says the same to editors.
 *
 * @module
 */

/** A command that is run on each new file. */
export interface PostWriteHook {
  readonly type: "exec";
  /** `{path}` stands for the file. */
  readonly command: string;
}

/** The values of `limbeck.json` as they are written. */
export interface ConfigValues {
  readonly scriptLocation?: string;
  readonly versionLocations?: readonly string[];
  readonly recursiveVersionLocations?: boolean;
  readonly fileTemplate?: string;
  readonly truncateSlugLength?: number;
  readonly timezone?: string;
  readonly url?: string;
  readonly versionTable?: string;
  readonly versionTableSchema?: string;
  readonly revisionFormat?: "ts" | "sql";
  readonly revisionEnvironment?: boolean;
  readonly postWriteHooks?: readonly PostWriteHook[];
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => typeof value === "string" && value !== "" ? undefined : "takes a text";
const flag: Check = (value) => typeof value === "boolean" ? undefined : "takes true or false";
const texts: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((each) => text(each) === undefined)
    ? undefined
    : "takes a list of texts";
const length: Check = (value) => Number.isInteger(value) && Number(value) > 0 ? undefined : "takes a number above 0";
const format: Check = (value) => value === "ts" || value === "sql" ? undefined : 'takes "ts" or "sql"';
const zone: Check = (value) => {
  if (text(value) !== undefined) return text(value);
  try {
    new Intl.DateTimeFormat("en", { timeZone: String(value) });
    return undefined;
  } catch {
    return `takes a time zone as "Europe/Zurich", and knows no "${String(value)}"`;
  }
};
const hooks: Check = (value) =>
  Array.isArray(value) &&
    value.every((each) =>
      typeof each === "object" && each !== null && each.type === "exec" && text(each.command) === undefined &&
      Object.keys(each).length === 2
    )
    ? undefined
    : 'takes a list of { "type": "exec", "command": "deno fmt {path}" }';

const CHECKS: { readonly [K in keyof Required<ConfigValues>]: Check } = {
  scriptLocation: text,
  versionLocations: texts,
  recursiveVersionLocations: flag,
  fileTemplate: text,
  truncateSlugLength: length,
  timezone: zone,
  url: text,
  versionTable: text,
  versionTableSchema: text,
  revisionFormat: format,
  revisionEnvironment: flag,
  postWriteHooks: hooks,
};

/** The keys that a section may have. */
export const CONFIG_KEYS: readonly string[] = Object.keys(CHECKS);

/** What is wrong with a key's value (`takes a text`), or undefined. */
export function typeProblem(key: string, value: unknown): string | undefined {
  return (CHECKS as { readonly [key: string]: Check })[key]?.(value);
}
