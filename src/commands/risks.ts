/**
 * What a plan may do to rows, for those who are about to write it into a revision.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { isLimbeckError } from "../errors.ts";
import type { Operation } from "../operations/registry.ts";
import type { Schema } from "../schema/model.ts";
import { compileOperations } from "./compile_operations.ts";

/**
 * What of a plan deletes data, and what may fail because of rows that are there, a sentence each. That a column becomes
 * NOT NULL the comparison has said already, with what to do.
 *
 * @param before the schema before the first operation
 */
export function risksOf(operations: readonly Operation[], before: Schema, dialect: Dialect): readonly string[] {
  try {
    const hazards = compileOperations(operations, before, dialect).flatMap((statement) => statement.hazards ?? []);
    const risks = hazards.filter(({ kind, reason }) =>
      kind === "deletesData" || (kind === "mayFail" && !/\bNULL\b/.test(reason))
    );
    return [...new Set(risks.map(({ reason }) => reason.replaceAll("\n", " ")))];
  } catch (error) {
    if (!isLimbeckError(error)) throw error;
    return [`This cannot be run as it is: ${error.message}`];
  }
}
