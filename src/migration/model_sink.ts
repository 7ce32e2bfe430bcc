/**
 * A sink that only keeps book of what a database would look like, for dialects that have no scratch database: operations
 * are folded over the model.
 *
 * @module
 */
import { isLimbeckError, LimbeckError } from "../errors.ts";
import type { AlterColumn } from "../operations/alter_column.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import { displayName, findNamed } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model.ts";
import { applyRowChange, cannotRead, onlyChangesRows } from "./script_sink.ts";
import type { Sink } from "./sink.ts";

/** The words of each raw statement that changes tables or types: the model does not know what it did to them. */
type Unread = readonly ReadonlySet<string>[];

/** Raw SQL that makes, changes or drops what the model holds. */
const DEFINES = /\b(?:create|alter|drop)\b[^;]*?\b(?:table|type|domain)\b|^\s*do\b/i;

/** Makes a sink that stands at base, in an empty database. */
export function modelSink(): Sink {
  const rows = new Set<string>();
  const unread: ReadonlySet<string>[] = [];
  let schema = EMPTY_SCHEMA;
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    begin: nothing,
    commit: nothing,
    rollback: nothing,
    run: nothing,
    query: (sql) => onlyChangesRows(sql) ? Promise.resolve([]) : Promise.reject(cannotRead()),
    inspect: (group) => {
      const guess = group.find((operation) => isGuess(operation, schema, unread));
      return guess === undefined ? Promise.resolve(schema) : Promise.reject(unknown(guess));
    },
    done: (group) => {
      for (const operation of group) {
        if (operation.kind === "execute" && DEFINES.test(operation.sql)) unread.push(wordsOf(operation.sql));
        schema = applied(schema, operation);
      }
      return Promise.resolve();
    },
    versionRows: () => Promise.resolve([...rows].sort()),
    changeVersionRows: (changes) => {
      for (const change of changes) applyRowChange(rows, change);
      return Promise.resolve();
    },
  };
}

function wordsOf(sql: string): ReadonlySet<string> {
  return new Set(sql.toLowerCase().match(/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/g) ?? []);
}

/** The schema after an operation; unchanged for one on something that raw SQL has made. */
function applied(schema: Schema, operation: Operation): Schema {
  try {
    return applyOperation(schema, operation);
  } catch (error) {
    // Only the database can say whether this is a mistake: the statement is written, and fails there if it is.
    if (isLimbeckError(error) && error.code === "OPERATION_INVALID") return schema;
    throw error;
  }
}

/** Whether the model may be wrong about what the operation has to know. */
function isGuess(operation: Operation, schema: Schema, unread: Unread): boolean {
  const mentioned = (...names: readonly string[]): boolean =>
    unread.some((words) => names.every((name) => words.has(name.toLowerCase())));
  if (operation.kind === "alterEnum") {
    const { type } = operation;
    return findNamed(schema.enums, type) === undefined || mentioned(type.name);
  }
  if (operation.kind !== "alterColumn" || !asksWhatItWas(operation)) return false;
  const { table, column } = operation;
  const found = findNamed(schema.tables, table)?.columns.some(({ name }) => name === column) ?? false;
  return !found || mentioned(table.name, column);
}

/** A default, NOT NULL and a name are set whatever was there. */
function asksWhatItWas({ changes: { type, collation, identity, generated } }: AlterColumn): boolean {
  return [type, collation, identity, generated].some((change) => change !== undefined);
}

function unknown(operation: Operation): LimbeckError {
  const name = operation.kind === "alterColumn"
    ? `${displayName(operation.table)}.${operation.column}`
    : operation.kind === "alterEnum"
    ? displayName(operation.type)
    : "";
  return new LimbeckError(
    "OFFLINE_UNSUPPORTED",
    `Cannot write op.${operation.kind} into a script: it has to know what "${name}" is, which raw SQL has made or changed`,
    { hint: 'Write the change itself: op.execute("ALTER …"), or run this revision without --sql' },
  );
}
