/**
 * What `revision` is about to write: compared where that is asked for, and put before `processRevisionDirectives`.
 *
 * @module
 */
import type { Rename } from "../autogenerate/renames.ts";
import { downgradeOperations } from "../autogenerate/downgrade.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import type { ContextSettings, MigrationContext } from "../migration/context.ts";
import type { DirectiveContext, RevisionDirective } from "../migration/directives.ts";
import type { Operation } from "../operations/registry.ts";
import { userFrame } from "../platform/load_error.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import type { CompareOptions } from "./compare.ts";
import { produceMigration } from "./produce_migration.ts";

/** What one database has to do with the files that are to be written. */
export interface Draft {
  /** What env.ts calls the database. */
  readonly database: string | undefined;
  readonly dialect: Dialect;
  /** What the database looks like now; empty where it was not asked. */
  readonly current: Schema;
  /** One for each file. */
  readonly directives: readonly RevisionDirective[];
  readonly templateArgs: { readonly [name: string]: string } | undefined;
  /** Whether the neighbouring changes of one table are written as a batch. */
  readonly renderAsBatch: boolean | undefined;
  /** What has only another name. */
  readonly renames: readonly Rename[];
  /** What a person should know, a sentence each. */
  readonly warnings: readonly string[];
  /** Whether what was found, tried on a copy of the schema, leads to the target; null where that was not tried. */
  readonly verified: boolean | null;
}

/** What is known of the file before anything is compared. */
export interface DraftStart {
  readonly command: DirectiveContext["command"];
  /** The full ids that it follows. */
  readonly downRevisions: readonly string[];
  /** The directive, without its operations. */
  readonly directive: Omit<RevisionDirective, "upgrade" | "downgrade">;
}

/**
 * Compares a database with its target.
 *
 * @throws what `produceMigration` throws; `MODULE_FAILED` where a hook of env.ts throws
 */
export async function draftByComparison(
  context: MigrationContext,
  map: RevisionMap,
  start: DraftStart,
  options: CompareOptions = {},
): Promise<Draft> {
  const { upgrade, downgrade, current, warnings, renames, verified } = await produceMigration(context, map, options);
  const directives = await process(context, start, { ...start.directive, upgrade, downgrade }, current);
  return { ...common(context), current, directives, warnings, renames, verified };
}

/** A draft without a comparison: only env.ts is asked. */
export async function draftByHand(settings: ContextSettings, start: DraftStart): Promise<Draft> {
  const directives = await process(settings, start, { ...start.directive, upgrade: [], downgrade: [] }, null);
  return { ...common(settings), current: EMPTY_SCHEMA, directives, warnings: [], renames: [], verified: null };
}

function common({ options, dialect }: ContextSettings) {
  return { database: options.name, dialect, templateArgs: options.templateArgs, renderAsBatch: options.renderAsBatch };
}

/** The directives after the hook; `current` is null where the database was not asked. */
async function process(
  settings: ContextSettings,
  { command, downRevisions }: DraftStart,
  directive: RevisionDirective,
  current: Schema | null,
): Promise<readonly RevisionDirective[]> {
  const { dialect, options, envFile } = settings;
  const hook = options.processRevisionDirectives;
  if (hook === undefined) return [directive];
  const { downgrade } = directive;
  const before = { upgrade: [...directive.upgrade], downgrade: downgrade === null ? null : [...downgrade] };
  const directives = [directive];
  try {
    const context = { dialect: dialect.name, database: options.name ?? null, autogenerate: current !== null, command };
    await hook(context, downRevisions, directives);
  } catch (error) {
    throw hookFailure(error, envFile);
  }
  const stale = !same(directive.upgrade, before.upgrade) && same(directive.downgrade, before.downgrade);
  if (stale && current !== null) directive.downgrade = downgradeOperations(directive.upgrade, current, dialect);
  return directives;
}

function same(a: readonly Operation[] | null, b: readonly Operation[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((operation, place) => operation === b[place]);
}

function hookFailure(error: unknown, envFile: string): LimbeckError {
  if (isLimbeckError(error)) return error;
  const frame = userFrame(error, envFile);
  return new LimbeckError(
    "MODULE_FAILED",
    `Cannot go on: processRevisionDirectives in env.ts failed: ${messageOf(error)}`,
    {
      facts: {
        path: frame?.path ?? envFile,
        ...(frame === undefined ? {} : { line: frame.line, column: frame.column }),
      },
      cause: error,
    },
  );
}
