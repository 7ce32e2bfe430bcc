/**
 * `limbeck diff`: the SQL that turns one schema into another.
 *
 * @module
 */
import type { Rename } from "../autogenerate/renames.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import type { Operation } from "../operations/registry.ts";
import { currentDirectory } from "../platform/process.ts";
import type { Comparison } from "../autogenerate/comparison.ts";
import { compare, type CompareOptions } from "./compare.ts";
import { compileOperations } from "./compile_operations.ts";
import { dialectOfSides, linkedDatabase, parseSide, readSide, scratchServer, type SideSchema } from "./diff_side.ts";
import type { CommandOptions } from "./project.ts";
import { noteUnmodelled, verifyPlan } from "./verify_plan.ts";

/** What {@linkcode diff} takes. */
export interface DiffOptions extends CommandOptions, CompareOptions {
  /** What there is: a database url, a `.sql` file or a folder of them, `empty`, or `target` (what env.ts links). */
  readonly from: string;
  /** What there shall be: likewise. */
  readonly to: string;
  /** `postgres` or `sqlite`, where no url says it. */
  readonly dialect?: string;
  /** A server on which scratch databases may be made, for SQL files. */
  readonly devUrl?: string;
}

/** What {@linkcode diff} returns. */
export interface DiffResult {
  readonly dialect: Dialect;
  /** What has to be done, in order; nothing where both sides are the same. */
  readonly operations: readonly Operation[];
  /** The same as SQL. Those that are not `transactional` must run outside a transaction. */
  readonly statements: readonly Statement[];
  /** What has only another name. */
  readonly renames: readonly Rename[];
  /** What a person should know, a sentence each. */
  readonly warnings: readonly string[];
  /** Whether the statements, tried on a copy, lead there; null where that was not tried. */
  readonly verified: boolean | null;
}

/**
 * Compares two schemas. Neither is changed.
 *
 * @throws `USAGE`, `UNKNOWN_DIALECT`, `CONNECTION_FAILED`, `TARGET_INVALID`, `SCRATCH_UNAVAILABLE`
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * export async function print(): Promise<void> {
 *   const { statements } = await commands.diff({ from: "empty", to: "schema.sql", dialect: "sqlite" });
 *   console.log(statements.map(({ sql }) => `${sql};`).join("\n"));
 * }
 * ```
 */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const cwd = options.cwd ?? currentDirectory();
  const sides = [parseSide("--from", options.from), parseSide("--to", options.to)] as const;
  const said = await dialectOfSides(sides, options.dialect, options.devUrl);
  const known = said !== undefined && scratchServer(sides, options.devUrl) !== undefined;
  const linked = known ? undefined : await linkedDatabase(sides, options);
  const dialect = said ?? linked?.dialect;
  if (dialect === undefined) {
    throw new LimbeckError("UNKNOWN_DIALECT", "Cannot compare: nothing says which database system the SQL is for", {
      hint: "Say it with --dialect postgres or --dialect sqlite",
    });
  }
  const server = scratchServer(sides, options.devUrl, linked?.dialect === dialect ? linked : undefined);
  const reader = { dialect, scratch: () => dialect.openScratch(server), options: { ...options, cwd } };
  const [from, to] = [await readSide(sides[0], reader), await readSide(sides[1], reader)];
  const found = await differenceOf(from, to, dialect, options);
  const { verified, warnings } = await verifyPlan({
    dialect,
    comparison: { ...comparisonOf(from, to, dialect), dialect },
    operations: found.operations,
    whole: () => Promise.resolve(from.normal),
    scratch: reader.scratch,
  }, options);
  return { ...found, verified, warnings: [...found.warnings, ...warnings] };
}

/** What is compared of two sides. */
function comparisonOf(from: SideSchema, to: SideSchema, dialect: Dialect): Comparison {
  return {
    current: from.normal,
    target: to.normal,
    written: to.written,
    kinds: to.kinds,
    convention: to.convention,
    dialect,
    includeSchemas: true,
    ignore: [{ name: "limbeck_version" }],
  };
}

/** What `diff` gives for two sides that have been read, before it is tried. */
export async function differenceOf(
  from: SideSchema,
  to: SideSchema,
  dialect: Dialect,
  options: CompareOptions = {},
): Promise<Omit<DiffResult, "verified">> {
  const notes = noteUnmodelled(unmodelledOf(from, to), options.strict);
  const { operations, warnings, renames, current } = await compare(
    comparisonOf(from, to, dialect),
    options,
    to.renames,
  );
  const { before, after } = dialect.script.around({
    rebuild: operations.some((operation) => dialect.mayRebuild(operation)),
  });
  return {
    dialect,
    operations,
    renames,
    statements: [...before, ...compileOperations(operations, current, dialect), ...after],
    warnings: [...notes, ...warnings],
  };
}

/** What is on either side and has no model; what the target does not speak about is nobody's business. */
function unmodelledOf(from: SideSchema, to: SideSchema): readonly string[] {
  return [...(to.kinds.includes("objects") ? from.unmodelled : []), ...to.unmodelled];
}
