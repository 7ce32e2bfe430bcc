/**
 * Writes the file of a new revision.
 *
 * @module
 */
import { join } from "node:path";
import type { Config } from "../config.ts";
import { LimbeckError } from "../errors.ts";
import { readTemplate } from "../platform/assets.ts";
import { fileExists, readText, writeNew } from "../platform/files.ts";
import { formatCreateDate } from "../script/create_date.ts";
import { readRevision } from "../script/directory.ts";
import type { RevisionDecision } from "../script/new_revision.ts";
import { createRevisionMap, type RevisionMap } from "../script/revision_map.ts";
import { fileName, renderSqlRevision, renderTypeScriptRevision } from "../script/template.ts";
import type { RevisionBody } from "./revision_body.ts";

/** What is written into a file. */
export interface NewFile {
  readonly decision: RevisionDecision;
  readonly message: string;
  readonly format: "ts" | "sql";
  readonly body: RevisionBody;
  /** More variables for the template, from env.ts. */
  readonly templateArgs?: { readonly [name: string]: string } | undefined;
}

/**
 * Writes the file, and reads it again as every other command will.
 *
 * @param map the graph without it
 * @returns its path, and the graph with it
 * @throws `CONFIG_INVALID` for an unknown variable in a template, `CONFIG_EXISTS` where the file exists
 */
export async function writeRevision(
  config: Config,
  map: RevisionMap,
  { decision, message, format, body, templateArgs }: NewFile,
): Promise<{ readonly path: string; readonly map: RevisionMap }> {
  const date = new Date();
  const { revision: rev, downRevisions: downRevision, branchLabels, dependsOn } = decision;
  const values = {
    message: message === "" ? "empty message" : message,
    upRevision: rev,
    downRevision,
    branchLabels,
    dependsOn,
    createDate: formatCreateDate(date, config.timezone),
    upgrades: body.upgrades,
    downgrades: body.downgrades,
    ...(templateArgs === undefined ? {} : { templateArgs }),
  };
  const text = format === "sql"
    ? withTransactionHeader(renderSqlRevision(values), body.transactional)
    : renderTypeScriptRevision(await scriptTemplate(config), values);
  const name = fileName(
    config.fileTemplate,
    { rev, message, date, timezone: config.timezone },
    config.truncateSlugLength,
  );
  const path = join(decision.directory, `${name}.${format}`);
  await writeNew(path, text);
  const written = readRevision(path);
  if (written === undefined) throw new LimbeckError("INTERNAL", `"${path}" was written and is no revision`);
  return { path, map: createRevisionMap([...map.revisions, written]) };
}

function withTransactionHeader(text: string, transactional: boolean): string {
  return transactional ? text : text.replace(/^-- depends on:.*$/m, (line) => `${line}\n-- transaction: false`);
}

/** The project's own template, else the one that `init` writes. */
async function scriptTemplate({ scriptLocation }: Config): Promise<string> {
  const own = join(scriptLocation, "script.ts.tmpl");
  if (await fileExists(own)) return await readText(own);
  const shipped = (await readTemplate("generic")).files.find(({ name }) => name === "script.ts.tmpl");
  if (shipped !== undefined) return shipped.text;
  throw new LimbeckError("TEMPLATE_NOT_FOUND", `Cannot find "${own}"`, { facts: { path: own } });
}
