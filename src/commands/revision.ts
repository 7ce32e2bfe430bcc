/**
 * `limbeck revision`: writes a new revision.
 *
 * @module
 */
import { join } from "node:path";
import type { Config } from "../config.ts";
import { LimbeckError } from "../errors.ts";
import { applyOperation } from "../operations/registry.ts";
import { renderOperations } from "../operations/render.ts";
import { templateFiles } from "../platform/assets.ts";
import { fileExists, readText, writeNew } from "../platform/files.ts";
import { formatCreateDate } from "../script/create_date.ts";
import { readRevision } from "../script/directory.ts";
import { decideRevision, type RevisionDecision } from "../script/new_revision.ts";
import { createRevisionMap, type RevisionMap } from "../script/revision_map.ts";
import { fileName, newRevisionId, renderSqlRevision, renderTypeScriptRevision } from "../script/template.ts";
import { type Produced, produceMigration } from "./produce_migration.ts";
import { type CommandOptions, openProject, type Project } from "./project.ts";
import { type RevisionInfo, revisionInfo } from "./result.ts";
import { sqlBody } from "./sql_body.ts";

/** What `revision` takes. */
export interface RevisionOptions extends CommandOptions {
  /** What the revision does: one line, and more where there is more to say. */
  readonly message?: string;
  /** Compare the database with the target that env.ts links. */
  readonly autogenerate?: boolean;
  /** Write a file also where nothing differs. */
  readonly empty?: boolean;
  /** TypeScript or SQL; default `revisionFormat` of the configuration, else `"ts"`. */
  readonly format?: "ts" | "sql";
  /** The id to give it; default 12 random hex digits. */
  readonly revId?: string;
}

/** What `revision` returns. */
export interface RevisionResult {
  /** What was written; nothing where the database is what the target says. */
  readonly revisions: readonly RevisionInfo[];
  /** What a person should know before the revision is applied, a sentence each. */
  readonly warnings: readonly string[];
}

/** The bodies of a new file. */
interface Body {
  readonly upgrades: string;
  readonly downgrades: string;
  /** False where the file has to say that it runs outside a transaction. */
  readonly transactional: boolean;
}

const EMPTY_BODY: Body = { upgrades: "", downgrades: "", transactional: true };

/**
 * Writes a new revision on the head. With `autogenerate`, the database must be at head, and the file holds what makes it
 * what the target says, and the way back.
 *
 * @throws `MULTIPLE_HEADS`, `NOT_AT_HEAD`, `TARGET_MISSING`, `TARGET_INVALID`, `DUPLICATE_REVISION` and others; nothing is
 *   written then
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export const draft = () => commands.revision({ message: "add user bio", autogenerate: true });
 * ```
 */
export async function revision(options: RevisionOptions = {}): Promise<RevisionResult> {
  const project = await openProject(options);
  const { config } = project;
  const map = await project.revisions();
  const decision = decideRevision(map, {
    revId: options.revId ?? newRevisionId(),
    versionLocations: config.versionLocations,
    recursive: config.recursiveVersionLocations,
  });
  const format = options.format ?? config.revisionFormat;
  const { body, warnings } = options.autogenerate
    ? await autogenerate(project, map, format)
    : { body: EMPTY_BODY, warnings: [] };
  if (body === null && !options.empty) return { revisions: [], warnings };
  const path = await writeRevision(config, decision, options.message ?? "", format, body ?? EMPTY_BODY);
  return { revisions: [writtenRevision(map, path)], warnings };
}

/** The body that a comparison gives; null where nothing differs. */
async function autogenerate(
  project: Project,
  map: RevisionMap,
  format: "ts" | "sql",
): Promise<{ readonly body: Body | null; readonly warnings: readonly string[] }> {
  const [result, ...others] = await project.run(async (context) => {
    const produced = await produceMigration(context, map);
    const body = produced.upgrade.length === 0
      ? null
      : format === "sql"
      ? renderSql(produced, context.dialect)
      : renderTypeScript(produced);
    return { body, warnings: produced.warnings };
  });
  if (result !== undefined && others.length === 0) return result;
  throw new LimbeckError(
    "USAGE",
    "Cannot compare several databases at once: env.ts calls runMigrations more than once",
    {
      hint: "Let env.ts choose one, for example by an argument: -x db=NAME",
    },
  );
}

function renderTypeScript({ upgrade, downgrade }: Produced): Body {
  const options = { indent: "" };
  return {
    upgrades: renderOperations(upgrade, options),
    downgrades: downgrade === null ? IRREVERSIBLE : renderOperations(downgrade, options),
    transactional: true,
  };
}

/** Left by hooks that add what cannot be taken back: better an error than a downgrade that does half. */
const IRREVERSIBLE = 'throw new Error("This revision cannot be taken back: write its downgrade");';

function renderSql({ upgrade, downgrade, current }: Produced, dialect: Parameters<typeof sqlBody>[2]): Body {
  const up = sqlBody(upgrade, current, dialect);
  if (downgrade === null) return { upgrades: up.text, downgrades: "", transactional: up.transactional };
  const down = sqlBody(downgrade, upgrade.reduce(applyOperation, current), dialect);
  return { upgrades: up.text, downgrades: down.text, transactional: up.transactional && down.transactional };
}

async function writeRevision(
  config: Config,
  decision: RevisionDecision,
  message: string,
  format: "ts" | "sql",
  { upgrades, downgrades, transactional }: Body,
): Promise<string> {
  const date = new Date();
  const { revision: rev, downRevisions: downRevision, branchLabels, dependsOn } = decision;
  const values = {
    message: message === "" ? "empty message" : message,
    upRevision: rev,
    downRevision,
    branchLabels,
    dependsOn,
    createDate: formatCreateDate(date, config.timezone),
    upgrades,
    downgrades,
  };
  const text = format === "sql"
    ? withTransactionHeader(renderSqlRevision(values), transactional)
    : renderTypeScriptRevision(await scriptTemplate(config), values);
  const name = fileName(
    config.fileTemplate,
    { rev, message, date, timezone: config.timezone },
    config.truncateSlugLength,
  );
  const path = join(decision.directory, `${name}.${format}`);
  await writeNew(path, text);
  return path;
}

function withTransactionHeader(text: string, transactional: boolean): string {
  return transactional ? text : text.replace(/^-- depends on:.*$/m, (line) => `${line}\n-- transaction: false`);
}

/** The project's own template, else the one that `init` writes. */
async function scriptTemplate({ scriptLocation }: Config): Promise<string> {
  const own = join(scriptLocation, "script.ts.tmpl");
  if (await fileExists(own)) return await readText(own);
  const shipped = (await templateFiles("generic")).find(({ name }) => name === "script.ts.tmpl");
  if (shipped !== undefined) return shipped.text;
  throw new LimbeckError("TEMPLATE_NOT_FOUND", `Cannot find "${own}"`, { facts: { path: own } });
}

/** The file that was written, read again as every other command will read it. */
function writtenRevision(map: RevisionMap, path: string): RevisionInfo {
  const written = readRevision(path);
  if (written === undefined) throw new LimbeckError("INTERNAL", `"${path}" was written and is no revision`);
  return revisionInfo(createRevisionMap([...map.revisions, written]), written);
}
