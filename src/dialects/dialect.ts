/**
 * What a dialect is: one folder that fills this interface, and one line in the registry.
 *
 * @module
 */
import type { SqlPart, SqlValue, Statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import type { CompileContext } from "../operations/operation.ts";
import type { Operation } from "../operations/registry.ts";
import type { ObjectName, Schema, Table } from "../schema/model.ts";

/** What a query gave. */
export interface QueryResult<Row = { readonly [column: string]: unknown }> {
  readonly rows: readonly Row[];
  /** How many rows a change touched; undefined where the driver does not say. */
  readonly rowCount: number | undefined;
}

/** What a transaction needs to know before it begins. */
export interface TransactionOptions {
  /** The transaction may rebuild a table: SQLite turns foreign keys off before, and checks them before the commit. */
  readonly rebuild?: boolean;
}

/** One open session with a database. Statements run one after the other. */
export interface Connection {
  /** What is connected to, for messages: no password in it. */
  readonly description: string;
  /** Runs one statement. A failure throws `STATEMENT_FAILED` with the SQL, the server's words and its code. */
  query<Row = { readonly [column: string]: unknown }>(
    sql: string,
    params?: readonly SqlValue[],
  ): Promise<QueryResult<Row>>;
  begin(options?: TransactionOptions): Promise<void>;
  /** Commits. Throws `FOREIGN_KEY_VIOLATION` or `INTEGRITY_VIOLATION` (after rolling back) for what a rebuild left behind. */
  commit(): Promise<void>;
  /** Rolls back; does nothing where no transaction is open. */
  rollback(): Promise<void>;
  /** Stops the statement that is running, from outside; resolves when it has stopped, or the request has been sent. */
  cancel(): Promise<void>;
  /** Ends the session. A client that the user gave is left open. */
  close(): Promise<void>;
}

/** An empty database of our own: closing it throws it away. */
export interface Scratch extends Connection {
  /** Called before a script is loaded: what a script may count on that is written for the database's own shell. */
  prepare?(): Promise<void>;
  /** Takes back what a script has set for the session (`SET search_path`), so that what is read is not changed by it. */
  reset(): Promise<void>;
}

/** Where to connect: a url, or a client that the user has opened. */
export type ConnectionSource =
  | {
    readonly url: string;
    /** What a relative path in the url starts from; left out means the working directory. */
    readonly directory?: string;
  }
  | { readonly client: unknown };

/** A held lock. */
export interface Lock {
  release(): Promise<void>;
}

/** How a lock is waited for. */
export interface WaitOptions {
  /** How long to wait, in milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Called (once a few seconds) while another session holds the lock, with what is known of the holder. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

/** How a run waits for the lock that keeps two migrations of one database apart. */
export interface LockOptions extends WaitOptions {
  /** Names what is locked: the version table's name with its schema. */
  readonly key: string;
}

/** What of a database is read. */
export interface InspectOptions {
  /** Only these tables (and the types that they use); left out means all. */
  readonly tables?: readonly ObjectName[];
  /** The schemas to read beside the default one; `"all"` means all that are not the system's. */
  readonly schemas?: readonly string[] | "all";
}

/** What a database can do that others cannot. */
export interface Capabilities {
  /** Whether objects live in named schemas. */
  readonly schemas: boolean;
  /** Whether there are enumerated types. */
  readonly enums: boolean;
  /** Whether a constraint can be added to a table without rebuilding it. Without it, keys are written inline. */
  readonly alterConstraints: boolean;
  /** Whether a unique index and a unique constraint are the same to a schema's author. */
  readonly uniqueIndexIsConstraint: boolean;
  /** Whether names that differ in case only are the same name. */
  readonly foldsCase: boolean;
  /** Whether a view can be replaced while others use it. */
  readonly replaceView: boolean;
  /** How many bytes of a name are kept, the rest being cut without a word; left out means all. */
  readonly identifierBytes?: number;
  /** How many parameters a statement may have; left out means any number. */
  readonly parameters?: number;
}

/** How a dialect's scripts are written, for a run without a connection: what the driver does unseen stands in the text. */
export interface ScriptRules {
  /** What stands before everything else, each entry with its semicolon. */
  readonly head: readonly string[];
  /** What begins a transaction, each entry with its semicolon. */
  begin(options: TransactionOptions): readonly string[];
  /** What stands around the statements where they are written without a transaction (`diff`): set, and set back. */
  around(options: TransactionOptions): { readonly before: readonly Statement[]; readonly after: readonly Statement[] };
  /** What commits one that was begun with these options. */
  commit(options: TransactionOptions): readonly string[];
  /**
   * A statement with its semicolon, its values written in the place of the placeholders.
   * Throws `OPERATION_INVALID` for a value that cannot be written, or is missing.
   */
  statement(statement: Statement): string;
  /**
   * A database that costs nothing and leaves nothing, where revisions are replayed to know what a database looks like;
   * null where there is none, and the operations are folded over the model instead.
   */
  readonly scratch: ConnectionSource | null;
}

/** A database system. */
export interface Dialect {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly writer: SqlWriter;
  readonly script: ScriptRules;

  /**
   * Opens a session. Throws `CONNECTION_FAILED`, `URL_INVALID`.
   *
   * @param wait how its statements wait, where the database locks as a whole
   */
  connect(source: ConnectionSource, wait?: WaitOptions): Promise<Connection>;
  /** Takes the run lock on a session of its own; null where the database's own write lock serves. */
  lock(source: ConnectionSource, options: LockOptions): Promise<Lock | null>;
  /**
   * Opens an empty database that closing throws away, whatever happened in it.
   * Throws `SCRATCH_UNAVAILABLE` where none can be made.
   *
   * @param server where it may be made, for a system that needs a server
   */
  openScratch(server?: ConnectionSource): Promise<Scratch>;
  /** Makes in an empty database what another one has, exactly and without its rows; left out where that is not known. */
  copySchema?(from: Connection, to: Connection): Promise<void>;

  /** Whether there is a table of that name. */
  hasTable(connection: Connection, name: ObjectName): Promise<boolean>;
  /** Reads what the database looks like. Never lists the system's own objects, nor those of extensions. */
  inspect(connection: Connection, options?: InspectOptions): Promise<Schema>;
  /**
   * A target in the database's own spelling: made in a scratch place, read back by `inspect`, and thrown away. Same
   * objects, same order of columns; only types and expressions are written otherwise.
   * Throws `TARGET_INVALID` where the database refuses the target, naming the object.
   */
  normalize(connection: Connection, target: Schema): Promise<Schema>;
  /** Whether a column never holds NULL, whatever its definition says of it (SQLite's rowid). */
  isNeverNull(table: Table, column: string): boolean;
  /** Whether `normalize` would leave parts of a target as they are written: they can be made in a whole database only. */
  needsScratch?(target: Schema): boolean;
  /** A type, as it is compared. */
  canonicalType(type: string): string;
  /** A SQL expression, as it is compared. */
  canonicalExpression(expression: string): string;

  /**
   * The expression that turns a column's values into another type (`USING …`), where the database would not do it by
   * itself without loss; undefined where it does.
   */
  conversion(column: string, from: string, to: string): string | undefined;

  /**
   * What the rows of a table can be gone along by: columns or expressions, as SQL, which together name each row once, and
   * are never NULL. Undefined where the table has nothing of the kind.
   */
  rowKey(table: Table): readonly string[] | undefined;

  /** Splits a script into its statements, each with the offset of its first character. Comments stay with their statement. */
  split(script: string): Promise<readonly SqlPart[]>;

  /** Whether the operation may have to rebuild its table, so that the transaction must begin prepared for it. */
  mayRebuild(operation: Operation): boolean;
  /** Whether `compile` wants to know what the database looks like before the operation. */
  needsSchema(operation: Operation): boolean;
  /**
   * Whether `compile` says more of what the operation may do, or sees to more, where it knows what the database looks
   * like. Asked only where there is a database that can be read.
   */
  usesSchema?(operation: Operation): boolean;
  /** Which of some types, each a name with or without a size, the database does not know. Left out where any word is one. */
  missingTypes?(connection: Connection, types: readonly string[]): Promise<readonly string[]>;
  /** Splits a list, in order, into runs that are compiled together (SQLite: neighbouring changes of one table). */
  group(operations: readonly Operation[]): readonly (readonly Operation[])[];
  /** Writes one group as SQL. Throws `UNSUPPORTED` for what the database cannot do, with what to do instead. */
  compile(group: readonly Operation[], context: CompileContext): readonly Statement[];
}
