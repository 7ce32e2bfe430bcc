/**
 * One SQL statement as it will be run or written, with what it may do.
 *
 * @module
 */

/** What may go wrong, or hurt, when a statement runs. */
export type HazardKind =
  | "deletesData"
  | "mayFail"
  | "rewritesTable"
  | "blocksReads"
  | "blocksWrites"
  | "longRunning"
  | "notTransactional";

/** A danger of a statement: why, and the safer way where there is one. */
export interface Hazard {
  readonly kind: HazardKind;
  readonly reason: string;
  readonly advice?: string;
}

/** A value that can be bound to a statement's parameter. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array | Date;

/** One SQL statement, without the semicolon at its end. */
export interface Statement {
  readonly sql: string;
  /** The values of the placeholders, in order. */
  readonly params?: readonly SqlValue[];
  /** False for what must run outside a transaction (`CREATE INDEX CONCURRENTLY`). Left out means true. */
  readonly transactional?: boolean;
  readonly hazards?: readonly Hazard[];
}

/** One statement of a script. */
export interface SqlPart {
  /** The statement without the semicolon and the white space around it. */
  readonly sql: string;
  /** Where it begins in the script, in UTF-16 code units. */
  readonly offset: number;
}

/** Makes a {@linkcode Statement}. */
export function statement(sql: string, hazards: readonly Hazard[] = []): Statement {
  return hazards.length === 0 ? { sql } : { sql, hazards };
}
