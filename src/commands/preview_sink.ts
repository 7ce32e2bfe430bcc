/**
 * A sink that runs nothing: it keeps the statements, and works out what the database would look like.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import { LimbeckError } from "../errors.ts";
import type { MigrationContext } from "../migration/context.ts";
import type { Sink } from "../migration/sink.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import type { Schema } from "../schema/model.ts";

/** A sink that runs nothing. */
export interface PreviewSink extends Sink {
  /** Goes on to a step that starts from these version rows. */
  next(rows: readonly string[]): void;
  /** The statements of the step so far. */
  statements(): readonly Statement[];
  /** What the SQL from there on depends on; null where it is certain. */
  doubt(): string | null;
}

/** Makes the sink of a dry run; the database is read where an operation has to know its tables. */
export function previewSink({ dialect, connection }: MigrationContext): PreviewSink {
  let rows: readonly string[] = [];
  let statements: Statement[] = [];
  let doubt: string | null = null;
  let schema: Schema | undefined;
  let missed: Operation[] = [];
  const nothing = (): Promise<void> => Promise.resolve();
  const apply = (operation: Operation): void => {
    if (operation.kind === "execute") doubt ??= "raw SQL before it";
    try {
      if (schema !== undefined) schema = applyOperation(schema, operation);
    } catch (error) {
      if (doubt === null) throw error;
    }
  };
  return {
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    changeVersionRows: nothing,
    run: (statement) => Promise.resolve(void statements.push(statement)),
    query: () => {
      doubt = "what op.query finds";
      return Promise.reject(new LimbeckError("OFFLINE_UNSUPPORTED", "A dry run does not run op.query"));
    },
    inspect: async () => {
      if (schema === undefined) {
        schema = await dialect.inspect(connection, { schemas: "all" });
        const before = missed;
        missed = [];
        before.forEach(apply);
      }
      return schema;
    },
    done: (group) => {
      if (schema === undefined) missed.push(...group);
      group.forEach(apply);
      return Promise.resolve();
    },
    versionRows: () => Promise.resolve(rows),
    next: (first) => {
      rows = first;
      statements = [];
    },
    statements: () => statements,
    doubt: () => doubt,
  };
}
