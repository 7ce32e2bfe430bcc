/**
 * Compares a database with its target: what `revision --autogenerate` writes.
 *
 * @module
 */
import type { Rename } from "../autogenerate/renames.ts";
import { downgradeOperations } from "../autogenerate/downgrade.ts";
import { isLimbeckError, LimbeckError } from "../errors.ts";
import { currentRows, type MigrationContext } from "../migration/context.ts";
import type { Operation } from "../operations/registry.ts";
import { fileExists, relativePath } from "../platform/files.ts";
import { toLoadError } from "../platform/load_error.ts";
import type { Schema } from "../schema/model.ts";
import type { RevisionMap } from "../script/revision_map.ts";
import { positionsOfRows } from "../script/select.ts";
import { readTarget, type Target } from "../sources/target.ts";
import { compare, type CompareOptions } from "./compare.ts";
import { isAtHead } from "./result.ts";
import { risksOf } from "./risks.ts";
import { spellTarget } from "./spell_target.ts";
import { noteUnmodelled, verifyPlan } from "./verify_plan.ts";

/** What has to be done to a database, and how it is taken back. */
export interface Produced {
  readonly upgrade: readonly Operation[];
  /** Null where an operation cannot be taken back. */
  readonly downgrade: readonly Operation[] | null;
  /** What the database looks like now. */
  readonly current: Schema;
  /** What has only another name. */
  readonly renames: readonly Rename[];
  /** What a person should know before the revision is applied. */
  readonly warnings: readonly string[];
  /** Whether the upgrade, tried on a copy of the schema, leads to the target; null where that was not tried. */
  readonly verified: boolean | null;
}

/**
 * The operations that make the database of a project what the target says.
 *
 * @throws `NOT_AT_HEAD` where revisions are not applied yet, `TARGET_MISSING`, `TARGET_INVALID`
 */
export async function produceMigration(
  context: MigrationContext,
  map: RevisionMap,
  compareOptions: CompareOptions = {},
): Promise<Produced> {
  await requireHead(context, map);
  if (context.options.target === undefined) throw await noTarget(context.envFile);
  return await produceFrom(context, await loadTarget(context), compareOptions);
}

/** What a comparison asks of a context. */
export type ComparedDatabase = Pick<
  MigrationContext,
  "dialect" | "connection" | "options" | "versionTable" | "source"
>;

/**
 * The operations that make an open database what a target says.
 *
 * @throws `SCRATCH_UNAVAILABLE`, `UNMODELLED`, `USAGE` for a rename of what is not there
 */
export async function produceFrom(
  { dialect, connection, options, versionTable, source }: ComparedDatabase,
  target: Target,
  compareOptions: CompareOptions,
): Promise<Produced> {
  const schemas = options.includeSchemas ? "all" as const : target.schema.schemas;
  const found = await dialect.inspect(connection, { schemas });
  const { written, normal } = await spellTarget(target, {
    dialect,
    connection,
    scratch: () => dialect.openScratch(source),
    sameServer: "url" in source,
    extensions: found.extensions,
  });
  const known = target.kinds.includes("objects") ? found.unmodelled : [];
  const notes = noteUnmodelled([...known, ...target.unmodelled], compareOptions.strict);
  const comparison = {
    current: found,
    target: normal,
    written,
    kinds: target.kinds,
    convention: target.convention,
    dialect,
    ignore: [versionTable],
    filters: options,
    includeSchemas: options.includeSchemas,
    compareType: options.compareType,
    compareServerDefault: options.compareServerDefault,
  };
  const { operations, warnings, renames, current } = await compare(comparison, compareOptions, target.renames);
  const trial = await verifyPlan({
    dialect,
    comparison,
    operations,
    whole: () => dialect.inspect(connection, { schemas: "all" }),
    scratch: () => dialect.openScratch(source),
  }, compareOptions);
  return {
    upgrade: operations,
    downgrade: downgradeOperations(operations, current, dialect),
    current,
    renames,
    warnings: [...notes, ...warnings, ...risksOf(operations, current, dialect), ...trial.warnings],
    verified: trial.verified,
  };
}

async function noTarget(envFile: string): Promise<LimbeckError> {
  const path = relativePath(envFile);
  if (await fileExists(envFile)) {
    return new LimbeckError("TARGET_MISSING", `Cannot compare: "${path}" links no schema`, {
      hint: 'Add to context.configure: target: () => import("../src/schema.ts")',
      facts: { path: envFile },
    });
  }
  return new LimbeckError("TARGET_MISSING", `Cannot compare: there is no "${path}", which links the schema`, {
    hint: "Make it with: limbeck init DIRECTORY, or correct scriptLocation in the configuration",
    facts: { path: envFile },
  });
}

/** Reads the target. What its files throw is shown as any other file of the user's. */
async function loadTarget({ options, dialect, envFile, source }: MigrationContext): Promise<Target> {
  try {
    const scratch = () => dialect.openScratch(source);
    return await readTarget(options.target, dialect, { casing: options.casing, scratch });
  } catch (error) {
    throw isLimbeckError(error) ? error : await toLoadError(error, envFile);
  }
}

async function requireHead(context: MigrationContext, map: RevisionMap): Promise<void> {
  const rows = await currentRows(context);
  // Throws VERSION_UNKNOWN for a row whose file is not there.
  positionsOfRows(map, rows);
  if (isAtHead(map, rows)) return;
  throw new LimbeckError(
    "NOT_AT_HEAD",
    "Cannot compare: the database is not at head, so revisions would be written twice",
    {
      hint: "Run: limbeck upgrade heads",
      facts: { heads: map.effectiveHeads, current: rows },
    },
  );
}
