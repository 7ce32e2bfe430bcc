/**
 * Every error that limbeck raises on purpose.
 *
 * @module
 */

/** The process exit code that an error leads to: 1 failure of the work, 2 wrong usage or configuration, 130 interrupted. */
export type ExitCode = 1 | 2 | 130;

/** Each stable error code and the exit code that it leads to. */
export const EXIT_CODES = {
  // configuration and usage
  USAGE: 2,
  CONFIG_NOT_FOUND: 2,
  CONFIG_INVALID: 2,
  CONFIG_EXISTS: 2,
  TEMPLATE_NOT_FOUND: 2,
  SCRIPT_LOCATION_NOT_FOUND: 2,
  ENV_VARIABLE_MISSING: 2,
  ENV_FILE_NOT_FOUND: 2,
  ENV_NOT_CONFIGURED: 2,
  URL_MISSING: 2,
  URL_INVALID: 2,
  UNKNOWN_DIALECT: 2,
  TARGET_MISSING: 2,
  TARGET_INVALID: 2,
  // loading the user's files
  FILE_UNREADABLE: 2,
  MODULE_SYNTAX: 2,
  MODULE_NOT_FOUND: 2,
  MODULE_FAILED: 1,
  MODULE_INVALID: 2,
  // the revision graph
  REVISION_INVALID: 2,
  REVISION_ID_INVALID: 2,
  DUPLICATE_REVISION: 2,
  DUPLICATE_LABEL: 2,
  MISSING_PARENT: 2,
  CYCLE: 2,
  REVISION_NOT_FOUND: 2,
  AMBIGUOUS_REVISION: 2,
  BRANCH_NOT_FOUND: 2,
  MULTIPLE_HEADS: 2,
  NO_REVISIONS: 2,
  RANGE_INVALID: 2,
  RELATIVE_INVALID: 2,
  NOT_A_HEAD: 2,
  OVERLAPPING_REVISIONS: 2,
  VERSION_LOCATION: 2,
  // work on a database
  CONNECTION_FAILED: 1,
  SCRATCH_UNAVAILABLE: 1,
  LOCK_TIMEOUT: 1,
  VERSION_UNKNOWN: 1,
  VERSION_CONFLICT: 1,
  NOT_AT_HEAD: 1,
  CHANGES_DETECTED: 1,
  /** `--strict`: something that limbeck has no model of. */
  UNMODELLED: 1,
  STATEMENT_FAILED: 1,
  REVISION_FAILED: 1,
  FOREIGN_KEY_VIOLATION: 1,
  /** A table that SQLite's rebuild has written is not sound. */
  INTEGRITY_VIOLATION: 1,
  IRREVERSIBLE: 1,
  UNSUPPORTED: 1,
  OPERATION_INVALID: 1,
  OFFLINE_UNSUPPORTED: 2,
  HOOK_FAILED: 1,
  INTERRUPTED: 130,
  INTERNAL: 1,
} as const satisfies Record<string, ExitCode>;

/** A stable error code, as `--json` shows it. */
export type ErrorCode = keyof typeof EXIT_CODES;

/** A value that can be written as JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What an error may carry beside its code and sentence. */
export interface ErrorDetails {
  /** What to do about it: one sentence. */
  readonly hint?: string | undefined;
  /** The facts, as `--json` shows them beside `code` and `message`. */
  readonly facts?: { readonly [key: string]: JsonValue };
  /** The error that lies beneath, shown with `--raiseerr`. */
  readonly cause?: unknown;
}

/**
 * The one error class: a stable {@linkcode ErrorCode}, a sentence for people, and the facts as fields.
 *
 * Messages start with a capital, have no period at the end, and put what the user wrote in double quotes.
 *
 * @example
 * ```ts
 * import { LimbeckError } from "./errors.ts";
 *
 * const error = new LimbeckError("REVISION_NOT_FOUND", 'Cannot find revision "abc"', {
 *   hint: "List what is there with: limbeck history",
 *   facts: { revision: "abc" },
 * });
 * console.assert(error.exitCode === 2);
 * ```
 */
export class LimbeckError extends Error {
  override readonly name = "LimbeckError";
  readonly code: ErrorCode;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly facts: { readonly [key: string]: JsonValue };

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.exitCode = EXIT_CODES[code];
    this.hint = details.hint;
    this.facts = details.facts ?? {};
  }

  /** The error as `--json` shows it: `{"code","message","hint"?,…facts}`. */
  toJSON(): { readonly [key: string]: JsonValue } {
    const { code, message, hint } = this;
    return { ...this.facts, code, message, ...(hint === undefined ? {} : { hint }) };
  }
}

/**
 * Whether a value is a {@linkcode LimbeckError}, also one from a second copy of the package.
 *
 * @param value anything that was thrown
 */
export function isLimbeckError(value: unknown): value is LimbeckError {
  return value instanceof Error && value.name === "LimbeckError" && "code" in value && "exitCode" in value;
}

/** Any thrown value as one of ours; what is not one already is a bug of limbeck's, and says so. */
export function toLimbeckError(thrown: unknown): LimbeckError {
  if (isLimbeckError(thrown)) return thrown;
  return new LimbeckError("INTERNAL", `Something went wrong inside limbeck: ${messageOf(thrown)}`, {
    hint: "Run it again with --raiseerr, and report what it prints",
    cause: thrown,
  });
}

/**
 * The message of anything that was thrown.
 *
 * @param thrown an error or any other value
 */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
