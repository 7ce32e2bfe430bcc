/**
 * A comparison as the commands make it: renames first, then what is left.
 *
 * @module
 */
import { compareSchemas } from "../autogenerate/compare_schemas.ts";
import type { Comparison } from "../autogenerate/comparison.ts";
import { withExcluded } from "../autogenerate/excluded.ts";
import { expandSerials } from "../autogenerate/expand_serials.ts";
import { type DecideRename, findRenames, type Rename, renameText } from "../autogenerate/renames.ts";
import type { Operation } from "../operations/registry.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import type { Schema } from "../schema/model.ts";

/** What the commands that compare take about renames. */
export interface CompareOptions {
  /** What has another name: `users.name=users.full_name` for a column, `people=users` for a table. */
  readonly renames?: readonly string[];
  /** Take nothing for a rename that is neither named nor declared: drop and add. */
  readonly noRenames?: boolean;
  /** Asked about each rename that is concluded; left out, it is taken, with a warning. */
  readonly decideRename?: DecideRename;
  /** What limbeck has no model of is an error, not a warning. */
  readonly strict?: boolean;
  /**
   * Try what was found on a copy of the schema, and compare again; `false` not. Left out, it is tried where a scratch
   * database can be had. `check` never tries.
   */
  readonly verify?: boolean;
}

/** What a comparison came to. */
export interface Compared {
  readonly operations: readonly Operation[];
  readonly warnings: readonly string[];
  readonly renames: readonly Rename[];
  /** The database's schema as the operations take it. */
  readonly current: Schema;
}

/**
 * Compares two schemas.
 *
 * @param declared the renames that the target declares
 * @throws `USAGE` for a rename of what is not there
 */
export async function compare(
  given: Comparison,
  options: CompareOptions,
  declared: readonly DeclaredRename[] = [],
): Promise<Compared> {
  const comparison = withExcluded(expandSerials(given));
  const { renames, noRenames, decideRename } = options;
  const found = await findRenames(comparison, {
    ...(renames === undefined ? {} : { renames }),
    ...(noRenames === undefined ? {} : { noRenames }),
    decide: decideRename,
    declared,
  });
  const { operations, warnings } = compareSchemas({ ...comparison, current: found.current });
  // Who was asked knows it.
  const concluded = decideRename === undefined ? found.renames.filter(({ given }) => !given) : [];
  return {
    operations: [...found.operations, ...operations],
    renames: found.renames,
    current: comparison.current,
    warnings: [
      ...concluded.map((rename) =>
        `Taken for a rename: ${renameText(rename)}. If it is not one, say --no-renames, or edit the revision`
      ),
      ...warnings,
    ],
  };
}
