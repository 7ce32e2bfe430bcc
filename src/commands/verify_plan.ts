/**
 * `--verify`: a plan, tried on a copy of the schema that it starts from.
 *
 * @module
 */
import type { Comparison } from "../autogenerate/comparison.ts";
import { compareSchemas } from "../autogenerate/compare_schemas.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Connection, Dialect, Scratch } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import type { Operation } from "../operations/registry.ts";
import { OBJECT_KINDS, type Schema } from "../schema/model.ts";
import { compare } from "./compare.ts";
import { compileOperations } from "./compile_operations.ts";
import { renderBody } from "./revision_body.ts";

/** What `--verify` and `--no-verify` say; left out, it is tried where a scratch database can be had. */
export interface VerifyOptions {
  readonly verify?: boolean | undefined;
}

/** What the trial came to. */
export interface Verification {
  /** Whether the plan leads to the target; null where that was not tried. */
  readonly verified: boolean | null;
  /** What a person should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** A plan that is to be tried. */
export interface Plan {
  readonly dialect: Dialect;
  /** What was compared. */
  readonly comparison: Comparison & { readonly dialect: Dialect };
  readonly operations: readonly Operation[];
  /** Everything that there is before it, beside what is compared. */
  readonly whole: () => Promise<Schema>;
  /** Opens an empty database. */
  readonly scratch: () => Promise<Scratch>;
}

const NOT_TRIED: Verification = { verified: null, warnings: [] };

/**
 * Makes what there is in a scratch database, without rows, applies the plan, and compares again.
 *
 * @param verify `true` says why where it cannot be tried; left out, nothing is said then
 * @throws `SCRATCH_UNAVAILABLE` where it was asked for and there is no scratch database to be had
 */
export async function verifyPlan(plan: Plan, { verify }: VerifyOptions): Promise<Verification> {
  if (verify === false || plan.operations.length === 0) return NOT_TRIED;
  let scratch: Scratch;
  try {
    scratch = await plan.scratch();
  } catch (error) {
    if (verify === true || !isLimbeckError(error) || error.code !== "SCRATCH_UNAVAILABLE") throw error;
    return NOT_TRIED;
  }
  try {
    const why = await copy(await plan.whole(), plan, scratch);
    if (why === undefined) return await tryOn(scratch, plan);
    return verify === true ? { verified: null, warnings: [`Not verified: ${why}`] } : NOT_TRIED;
  } finally {
    await scratch.close();
  }
}

const inspectAll = ({ dialect }: Plan, connection: Connection): Promise<Schema> =>
  dialect.inspect(connection, { schemas: "all" });

/** What turns one schema into another, both as a database spells them. */
function between({ dialect }: Plan, current: Schema, target: Schema): readonly Operation[] {
  const sides = { current, target, written: target, kinds: OBJECT_KINDS, convention: null };
  return compareSchemas({ ...sides, dialect, includeSchemas: true }).operations;
}

/** Makes a schema in an empty database; returns why the copy is none. */
async function copy(whole: Schema, plan: Plan, scratch: Scratch): Promise<string | undefined> {
  const { dialect } = plan;
  try {
    const empty = await inspectAll(plan, scratch);
    const operations = between(plan, empty, whole);
    const rebuild = operations.some((operation) => dialect.mayRebuild(operation));
    await runStatements(scratch, compileOperations(operations, empty, dialect), rebuild);
    const [missing] = between(plan, await inspectAll(plan, scratch), whole);
    return missing === undefined ? undefined : `a copy of the schema lacks what op.${missing.kind} would do`;
  } catch (error) {
    if (isLimbeckError(error) && error.code === "INTERRUPTED") throw error;
    return `a copy of the schema could not be made: ${messageOf(error)}`;
  }
}

async function tryOn(scratch: Scratch, plan: Plan): Promise<Verification> {
  const { dialect, comparison, operations } = plan;
  try {
    const before = await inspectAll(plan, scratch);
    const rebuild = operations.some((operation) => dialect.mayRebuild(operation));
    await runStatements(scratch, compileOperations(operations, before, dialect), rebuild);
  } catch (error) {
    if (isLimbeckError(error) && error.code === "INTERRUPTED") throw error;
    const sql = isLimbeckError(error) ? error.facts["sql"] : undefined;
    const at = typeof sql === "string" ? `: ${sql.replaceAll(/\s+/g, " ")}` : "";
    return { verified: false, warnings: [`Tried on a copy of the schema, this fails: ${messageOf(error)}${at}`] };
  }
  const current = await inspectAll(plan, scratch);
  const { operations: left } = await compare({ ...comparison, current }, { noRenames: true });
  return {
    verified: left.length === 0,
    warnings: left.map((operation) => `Tried on a copy of the schema, this is left over: ${shown(plan, operation)}`),
  };
}

/** An operation as a revision would hold it. */
function shown({ dialect, comparison: { current } }: Plan, operation: Operation): string {
  const part = { database: undefined, current, dialect, renderAsBatch: false, upgrade: [operation], downgrade: [] };
  return renderBody([part], "ts").upgrades.trim();
}

/** Runs statements as a revision's are run. */
async function runStatements(
  connection: Connection,
  statements: readonly Statement[],
  rebuild: boolean,
): Promise<void> {
  await connection.begin({ rebuild });
  try {
    for (const { sql, params, transactional = true } of statements) {
      if (!transactional) await connection.commit();
      await connection.query(sql, params);
      if (!transactional) await connection.begin({ rebuild });
    }
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

/** What the comparison says of what limbeck has no model of: warnings, or with `--strict` an error. */
export function noteUnmodelled(unmodelled: readonly string[], strict: boolean | undefined): readonly string[] {
  const all = [...new Set(unmodelled)].sort();
  const [first] = all;
  if (first !== undefined && strict === true) {
    const others = all.length === 1 ? "" : `, and ${all.length - 1} more`;
    throw new LimbeckError("UNMODELLED", `Cannot compare everything: limbeck has no model of the ${first}${others}`, {
      hint: "Without --strict it is named in a warning, and left alone",
      facts: { unmodelled: all },
    });
  }
  return all.map((what) => `Not compared: the ${what}`);
}
