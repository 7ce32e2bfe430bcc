/**
 * A sink that runs nothing: it keeps the statements, and works out what the database would look like.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { Scratch } from "../dialects/dialect.ts";
import { LimbeckError, messageOf } from "../errors.ts";
import type { MigrationContext } from "../migration/context.ts";
import { shadowSink } from "../migration/shadow_sink.ts";
import type { Sink } from "../migration/sink.ts";
import { applyOperation } from "../operations/registry.ts";

/** A sink that runs nothing. */
export interface PreviewSink extends Sink {
  /** Goes on to a step that starts from these version rows. */
  next(rows: readonly string[]): void;
  /** The statements of the step so far. */
  statements(): readonly Statement[];
  /** What the SQL from there on depends on; null where it is certain. */
  doubt(): string | null;
  /** Why a copy of the tables, which has no rows, refused one of the statements so far; null where it took them all. */
  refused(): string | null;
  /** Throws away what it has made to know the tables. */
  close(): Promise<void>;
}

/** What is told of everything that would be run, to know the tables. */
type Follower = Pick<Sink, "begin" | "commit" | "rollback" | "run" | "done" | "inspect">;

const nothing = (): Promise<void> => Promise.resolve();

/** Folds the operations over what the database looks like now. */
async function modelFollower({ dialect, connection }: MigrationContext): Promise<Follower> {
  let schema = await dialect.inspect(connection, { schemas: "all" });
  return {
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    run: nothing,
    done: (group) => Promise.resolve(void (schema = group.reduce(applyOperation, schema))),
    inspect: () => Promise.resolve(schema),
  };
}

/** Runs them on a copy of the tables, where the dialect can make one. */
async function openFollower(context: MigrationContext, opened: Scratch[]): Promise<Follower> {
  const { dialect, connection, versionTable, signal } = context;
  if (dialect.copySchema === undefined) return await modelFollower(context);
  const scratch = await dialect.openScratch();
  opened.push(scratch);
  await dialect.copySchema(connection, scratch);
  return shadowSink(dialect, scratch, versionTable, signal);
}

/** Makes the sink of a dry run; the database is read where an operation has to know its tables. */
export function previewSink(context: MigrationContext): PreviewSink {
  const exact = context.dialect.copySchema !== undefined;
  const opened: Scratch[] = [];
  let rows: readonly string[] = [];
  let statements: Statement[] = [];
  let doubt: string | null = null;
  let refused: string | null = null;
  let follower: Follower | undefined;
  const missed: ((follower: Follower) => Promise<void>)[] = [];
  const follow = async (work: (follower: Follower) => Promise<void>): Promise<void> => {
    if (follower === undefined) return void missed.push(work);
    try {
      await work(follower);
    } catch (error) {
      // A copy has no rows, and the model does not know what raw SQL did: not every failure is the revision's.
      if (exact) refused ??= messageOf(error);
      else if (doubt === null) throw error;
    }
  };
  return {
    connected: true,
    begin: (options) => follow((each) => each.begin(options)),
    commit: () => follow((each) => each.commit()),
    rollback: async () => await follower?.rollback(),
    changeVersionRows: nothing,
    run: async (statement) => {
      statements.push(statement);
      await follow((each) => each.run(statement));
    },
    query: () => {
      doubt = "what op.query finds";
      return Promise.reject(new LimbeckError("OFFLINE_UNSUPPORTED", "A dry run does not run op.query"));
    },
    inspect: async (group) => {
      if (follower === undefined) {
        follower = await openFollower(context, opened);
        for (const work of missed.splice(0)) await follow(work);
      }
      return await follower.inspect(group);
    },
    done: (group) => {
      if (!exact && group.some(({ kind }) => kind === "execute")) doubt ??= "raw SQL before it";
      return follow((each) => each.done(group));
    },
    versionRows: () => Promise.resolve(rows),
    next: (first) => {
      rows = first;
      statements = [];
      if (refused !== null) doubt ??= "a statement that fails";
      refused = null;
    },
    statements: () => statements,
    doubt: () => doubt ?? (refused === null ? null : "a statement that fails"),
    refused: () => refused,
    close: async () => {
      for (const scratch of opened.splice(0)) await scratch.close();
    },
  };
}
