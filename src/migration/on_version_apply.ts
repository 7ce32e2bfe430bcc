/**
 * `onVersionApply` of env.ts: what is told of each step inside of its transaction.
 *
 * @module
 */
import type { SqlValue } from "../ddl/statement.ts";
import { isLimbeckError, LimbeckError, messageOf } from "../errors.ts";
import { userFrame } from "../platform/load_error.ts";
import type { ContextSettings } from "./context.ts";
import type { Step } from "./plan.ts";
import type { Sink } from "./sink.ts";

/** What `onVersionApply` is told. */
export interface VersionApplied {
  readonly direction: Step["direction"];
  /** The revision that was run; null for a stamp. */
  readonly revision: string | null;
  readonly message: string;
  /** The ids on the one side of the step. */
  readonly from: readonly string[];
  /** The ids on its other side. */
  readonly to: readonly string[];
  /** The version rows after the step, sorted. */
  readonly heads: readonly string[];
  /** What env.ts calls the database; null where it has no name. */
  readonly database: string | null;
  /** Runs a statement in the step's transaction. */
  query(sql: string, params?: readonly SqlValue[]): Promise<readonly unknown[]>;
}

/** A function that is told of each step. */
export type VersionApplyHook = (applied: VersionApplied) => void | Promise<void>;

/**
 * The sink of one step, which calls the hooks of env.ts after the version rows are changed and before the commit.
 *
 * @throws from `changeVersionRows`: what a hook throws, as `REVISION_FAILED`
 */
export function withVersionApply(
  sink: Sink,
  step: Step,
  { options, envFile }: Pick<ContextSettings, "options" | "envFile">,
): Sink {
  const hooks = options.onVersionApply === undefined ? [] : [options.onVersionApply].flat();
  if (hooks.length === 0) return sink;
  return {
    ...sink,
    changeVersionRows: async (changes) => {
      await sink.changeVersionRows(changes);
      const applied = describe(sink, step, options.name);
      try {
        for (const hook of hooks) await hook(applied);
      } catch (error) {
        throw failure(error, step, envFile);
      }
    },
  };
}

function describe(sink: Sink, { direction, revision, from, to, rowsAfter }: Step, name?: string): VersionApplied {
  return {
    direction,
    revision: revision?.revision ?? null,
    message: revision?.message ?? "",
    from,
    to,
    heads: rowsAfter,
    database: name ?? null,
    query: (sql, params = []) => sink.query(sql, params),
  };
}

function failure(error: unknown, { direction, revision, to }: Step, envFile: string): LimbeckError {
  if (isLimbeckError(error) && error.code === "INTERRUPTED") return error;
  const frame = userFrame(error, envFile);
  const what = revision?.revision ?? to.join(", ");
  return new LimbeckError(
    isLimbeckError(error) ? error.code : "REVISION_FAILED",
    `Cannot ${direction} ${what}: onVersionApply in env.ts failed: ${messageOf(error)}`,
    {
      facts: {
        ...(isLimbeckError(error) ? error.facts : {}),
        ...(revision === null ? {} : { revision: revision.revision }),
        path: frame?.path ?? envFile,
        ...(frame === undefined ? {} : { line: frame.line, column: frame.column }),
      },
      cause: error,
    },
  );
}
