/**
 * Writes the text of a new revision, and names its file.
 *
 * A template is the file's text with `${name}` or `${name|filter}`; `$${` writes `${`. A line that holds nothing but one
 * variable goes away where that is empty. The variables are those of {@linkcode RevisionValues}, and `templateArgs`.
 *
 * | filter | what it writes |
 * | --- | --- |
 * | none | text; lists joined by `, `; the message so that it stays inside of a block comment, its lines begun with ` * ` |
 * | `json` | a literal: `"text"`, `null` for nothing, one string for a list of one |
 * | `body` | a function's body: `{}` where it is empty, else its lines indented in braces |
 * | `op` | the name of a function's parameter: `_op` where the body is empty, so that no linter minds |
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import { dateParts } from "./create_date.ts";
import { isHeaderLine } from "./parse_sql.ts";

/** What a new revision holds. */
export interface RevisionValues {
  /** May have several lines. */
  readonly message: string;
  readonly upRevision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly createDate: string;
  /** Lines of imports that the bodies need. */
  readonly imports?: string;
  /** The lines of `upgrade`, not indented; SQL in a SQL revision. */
  readonly upgrades?: string;
  /** The lines of `downgrade`. */
  readonly downgrades?: string;
  /** More variables, from env.ts. */
  readonly templateArgs?: { readonly [name: string]: string };
}

type Value = string | readonly string[];

/**
 * Fills a template.
 *
 * @param template the text of `script.ts.tmpl`
 * @param values what it is filled with
 * @throws `CONFIG_INVALID` for an unknown variable or filter
 *
 * @example
 * ```ts
 * import { renderTypeScriptRevision } from "./template.ts";
 *
 * const values = { message: "first", upRevision: "a1", downRevision: [], branchLabels: [], dependsOn: [], createDate: "" };
 * console.assert(renderTypeScriptRevision("${upRevision|json} ${downRevision|json}", values) === '"a1" null');
 * ```
 */
export function renderTypeScriptRevision(template: string, values: RevisionValues): string {
  const variables = variablesOf(values);
  const lines = template.split("\n").flatMap((line) => {
    const alone = /^[ \t]*(?<!\$)\$\{(\w+)\}[ \t]*$/.exec(line)?.[1];
    if (alone !== undefined && alone !== "message" && variables.get(alone)?.length === 0) return [];
    const filled = line.replace(
      /\$?\$\{([^}]*)\}/g,
      (whole, inner: string) => whole.startsWith("$$") ? whole.slice(1) : fill(variables, inner),
    );
    // `Revises:` at the base: no space stands at a line's end, as formatters want it.
    return [filled.endsWith(" ") && !filled.includes("\n") ? filled.trimEnd() : filled];
  });
  return lines.join("\n");
}

function variablesOf({ templateArgs, ...values }: RevisionValues): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...Object.entries(templateArgs ?? {}),
    ["imports", ""],
    ["upgrades", ""],
    ["downgrades", ""],
    ...Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  ]);
}

function fill(variables: ReadonlyMap<string, Value>, placeholder: string): string {
  const [name = "", filter, ...more] = placeholder.split("|").map((part) => part.trim());
  const value = variables.get(name);
  if (value === undefined) {
    throw templateError(
      `there is no variable "${name}"`,
      `The variables are: ${[...variables.keys()].sort().join(", ")}; templateArgs of env.ts are among them with ` +
        "--autogenerate, or with revisionEnvironment in the configuration",
    );
  }
  const text = typeof value === "string" ? value : value.join(", ");
  if (more.length === 0) {
    switch (filter) {
      case undefined:
        return name === "message" ? commentText(text) : text;
      case "json":
        return literal(value);
      case "body":
        return body(text);
      case "op":
        return text.trim() === "" ? "_op" : "op";
    }
  }
  throw templateError(`"${placeholder}" has no such filter`, "The filters are: json, body, op");
}

function templateError(why: string, hint: string): LimbeckError {
  return new LimbeckError("CONFIG_INVALID", `Cannot fill the template of a revision: ${why}`, { hint });
}

/** A text that cannot end the block comment that it stands in. */
function commentText(text: string): string {
  const lines = text.trim().replaceAll("*/", "*\u200b/").split(/\r\n|[\n\r\u2028\u2029]/);
  return lines.map((line) => line.trimEnd()).join("\n * ").replace(/ +$/gm, "");
}

function literal(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value.length === 0) return "null";
  return value.length === 1 ? JSON.stringify(value[0]) : `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
}

function body(text: string): string {
  if (text.trim() === "") return "{}";
  return `{\n${indentCode(text.replace(/\s+$/, ""))}\n}`;
}

/** Indents lines of code, but not those inside of a template literal: these are somebody's text. */
function indentCode(code: string): string {
  let inTemplate = false;
  return code.split("\n").map((line) => {
    const shown = inTemplate || line === "" ? line : `  ${line}`;
    const ticks = line.replace(/\\./g, "").replace(inTemplate ? /(?!)/ : /"[^"]*"|'[^']*'/g, "").match(/`/g)?.length ??
      0;
    if (ticks % 2 === 1) inTemplate = !inTemplate;
    return shown;
  }).join("\n");
}

/**
 * Writes a SQL revision.
 *
 * @param values what it holds; `imports` and `templateArgs` have no place in it
 */
export function renderSqlRevision(values: RevisionValues): string {
  const { upRevision, downRevision, branchLabels, dependsOn, createDate, upgrades = "", downgrades = "" } = values;
  const message = values.message.trim().split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trimEnd());
  const header = [
    ...message.map((line) => isHeaderLine(line) ? `message: ${line}` : line),
    "",
    `revision: ${upRevision}`,
    `revises: ${downRevision.join(", ")}`,
    `create date: ${createDate}`,
    `branch labels: ${branchLabels.join(", ")}`,
    `depends on: ${dependsOn.join(", ")}`,
  ];
  const section = (name: string, sql: string) => `\n-- ${name}\n${sql.trim() === "" ? "" : `${sql.trimEnd()}\n`}`;
  const lines = header.map((line) => `-- ${line}`.trimEnd()).join("\n");
  return `${lines}\n${section("upgrade", upgrades)}${section("downgrade", downgrades)}`;
}

/** The file name where nothing else is configured. */
export const DEFAULT_FILE_TEMPLATE = "%(rev)s_%(slug)s";
/** How long a slug gets where nothing else is configured. */
export const DEFAULT_SLUG_LENGTH = 40;

/** What a file name is made of. */
export interface FileNameValues {
  readonly rev: string;
  /** The message; its slug is made here. */
  readonly message: string;
  readonly date: Date;
  /** An IANA name; default UTC. */
  readonly timezone?: string | undefined;
}

/**
 * The name of a new revision's file, without extension. It may hold `/` where the template does.
 *
 * @param template Alembic's: `%(rev)s %(slug)s %(year)d %(month).2d %(day).2d %(hour).2d %(minute).2d %(second).2d %(epoch)d`
 * @param values what it is made of
 * @param truncateSlugLength how many characters the slug may have
 * @throws `CONFIG_INVALID` for an unknown variable or timezone
 *
 * @example
 * ```ts
 * import { fileName } from "./template.ts";
 *
 * const values = { rev: "1975ea83b712", message: "Add user's bio", date: new Date(0) };
 * console.assert(fileName("%(year)d_%(rev)s_%(slug)s", values) === "1970_1975ea83b712_add_user_s_bio");
 * ```
 */
export function fileName(
  template: string,
  values: FileNameValues,
  truncateSlugLength: number = DEFAULT_SLUG_LENGTH,
): string {
  const slug = slugOf(values.message, truncateSlugLength);
  const variables: Readonly<Record<string, string | number>> = {
    rev: values.rev,
    slug,
    epoch: Math.floor(values.date.getTime() / 1000),
    ...dateParts(values.date, values.timezone),
  };
  const name = template.replace(/%(?:%|\((\w+)\)(0?)(?:\.?(\d+))?([sd]))/g, (whole, variable, _zero, width) => {
    if (whole === "%%") return "%";
    const value = variables[variable];
    if (value === undefined) throw unknownVariable(variable, Object.keys(variables));
    return typeof value === "number" ? String(value).padStart(Number(width ?? 0), "0") : value;
  });
  return slug === "" ? name.replace(/[_\- ]+$/, "") : name;
}

function unknownVariable(variable: string, known: readonly string[]): LimbeckError {
  return new LimbeckError("CONFIG_INVALID", `Cannot name the file: fileTemplate has no variable "${variable}"`, {
    hint: `The variables are: ${known.join(", ")}`,
    facts: { variable },
  });
}

/**
 * The words of a message joined by `_`, in lower case, cut at a word's end as Alembic cuts it (the `_` stays).
 */
export function slugOf(message: string, length: number): string {
  const slug = (message.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).join("_").toLowerCase();
  const characters = [...slug];
  if (characters.length <= length) return slug;
  const cut = characters.slice(0, length).join("");
  const word = cut.lastIndexOf("_");
  return `${word > 0 ? cut.slice(0, word) : cut}_`;
}

/**
 * A new revision id: 12 hex digits.
 *
 * @param random gives that many random bytes
 */
export function newRevisionId(
  random: (bytes: number) => Uint8Array = (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
): string {
  return [...random(6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
