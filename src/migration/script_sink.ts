/**
 * A sink that writes a script.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { Dialect, TransactionOptions } from "../dialects/dialect.ts";
import { isLimbeckError, LimbeckError } from "../errors.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Sink } from "./sink.ts";
import type { RowChange } from "./version_rows.ts";
import { createVersionTable, rowStatement } from "./version_table.ts";

/** What a script is made with. */
export interface ScriptSinkOptions {
  readonly dialect: Dialect;
  readonly versionTable: ObjectName;
  /** The version rows that the script starts from. */
  readonly rows: readonly string[];
  /**
   * Makes a sink that stands where the script starts. It follows from the first time on that an operation has to know
   * what the database looks like.
   */
  readonly openShadow: () => Promise<Sink>;
}

/** A sink that writes a script. */
export interface ScriptSink extends Sink {
  /** Writes a line of comment. */
  comment(line: string): void;
  /** Writes `CREATE TABLE IF NOT EXISTS` for the version table. */
  createVersionTable(): void;
  /** The script so far; empty where nothing has been written. */
  text(): string;
}

/** Makes a sink that writes a script, and asks no database anything. */
export function scriptSink({ dialect, versionTable, rows, openShadow }: ScriptSinkOptions): ScriptSink {
  const { script, writer } = dialect;
  const blocks: string[] = [];
  const present = new Set(rows);
  let open: TransactionOptions = {};
  let shadow: Sink | undefined;
  const missed: ((sink: Sink) => void | Promise<void>)[] = [];
  const follow = async (work: (sink: Sink) => void | Promise<void>): Promise<void> => {
    if (shadow === undefined) return void missed.push(work);
    try {
      await work(shadow);
    } catch (error) {
      throw replayFailed(error);
    }
  };
  const run = async (statement: Statement): Promise<void> => {
    blocks.push(script.statement(statement));
    await follow((sink) => sink.run(statement));
  };
  return {
    begin: async (options) => {
      open = options;
      blocks.push(...script.begin(options));
      await follow((sink) => sink.begin(options));
    },
    commit: async () => {
      blocks.push(...script.commit(open));
      await follow((sink) => sink.commit());
    },
    // What is written is thrown away with the error that leads here.
    rollback: async () => await shadow?.rollback(),
    run,
    query: async (sql, params) => {
      if (!onlyChangesRows(sql)) throw cannotRead();
      await run({ sql, params });
      return [];
    },
    inspect: async (group) => {
      if (shadow === undefined) {
        shadow = await openShadow();
        for (const work of missed.splice(0)) await follow(work);
      }
      return await shadow.inspect(group);
    },
    done: (group) => follow((sink) => sink.done(group)),
    versionRows: () => Promise.resolve([...present].sort()),
    changeVersionRows: (changes) => {
      for (const change of changes) {
        blocks.push(script.statement(rowStatement(writer, versionTable, change)));
        applyRowChange(present, change);
      }
      return Promise.resolve();
    },
    comment: (line) => void blocks.push(`-- ${line.replace(/\s+/g, " ")}`),
    createVersionTable: () => void blocks.push(script.statement(createVersionTable(writer, versionTable, true))),
    text: () => blocks.length === 0 ? "" : `${[...script.head, ...blocks].join("\n\n")}\n`,
  };
}

/** Changes rows that are held in memory. */
export function applyRowChange(rows: Set<string>, change: RowChange): void {
  if (change.kind !== "insert") rows.delete(change.kind === "update" ? change.from : change.version);
  if (change.kind !== "delete") rows.add(change.kind === "update" ? change.to : change.version);
}

/** The error for a revision that fails where it is replayed. */
export function replayFailed(error: unknown): unknown {
  if (!isLimbeckError(error) || error.code === "INTERRUPTED") return error;
  return new LimbeckError(error.code, `Cannot replay the revisions from base, to know the tables: ${error.message}`, {
    hint: "A script with a change that depends on what is there needs revisions that run on an empty database",
    facts: error.facts,
    cause: error,
  });
}

/**
 * Whether a statement changes rows and nothing else: it gives none back, and the tables stay as they are.
 */
export function onlyChangesRows(sql: string): boolean {
  const text = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)+/, "");
  return /^(?:insert|replace|update|delete)\b/i.test(text) && !/\breturning\b/i.test(text);
}

/** The error for `op.query` where there is no database to ask. */
export function cannotRead(): LimbeckError {
  return new LimbeckError("OFFLINE_UNSUPPORTED", "Cannot run op.query in a script: there is no database to read from", {
    hint: 'Let one statement do it: op.execute("UPDATE … SET … FROM …") or op.execute("INSERT … SELECT …"), ' +
      "or run this revision without --sql",
  });
}
