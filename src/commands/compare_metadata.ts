/**
 * A database compared with a target, without a project: Alembic's `compare_metadata` and `produce_migrations`.
 *
 * @see https://alembic.sqlalchemy.org/en/latest/api/autogenerate.html#getting-diffs
 * @module
 */
import type { Rename } from "../autogenerate/renames.ts";
import type { Statement } from "../ddl/statement.ts";
import { dialectOf } from "../dialects/registry.ts";
import { LimbeckError } from "../errors.ts";
import type { ConfigureOptions } from "../migration/environment.ts";
import { DEFAULT_VERSION_TABLE } from "../migration/version_table.ts";
import type { Operation } from "../operations/registry.ts";
import { currentDirectory } from "../platform/process.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { readTarget } from "../sources/target.ts";
import type { CompareOptions } from "./compare.ts";
import { compileOperations } from "./compile_operations.ts";
import { type Produced, produceFrom } from "./produce_migration.ts";

/** What {@linkcode compareMetadata} and {@linkcode produceMigrations} take: the database and the target, as `context.configure` does. */
export interface MetadataOptions extends
  CompareOptions,
  Pick<
    ConfigureOptions,
    | "url"
    | "connection"
    | "target"
    | "casing"
    | "includeSchemas"
    | "includeName"
    | "includeObject"
    | "compareType"
    | "compareServerDefault"
    | "versionTable"
    | "versionTableSchema"
  > {
  /** What a relative path in the url starts from; left out means the working directory. */
  readonly cwd?: string;
}

/** What {@linkcode compareMetadata} returns. */
export interface MetadataDifference {
  /** What has to be done, in order; nothing where the database is what the target says. */
  readonly operations: readonly Operation[];
  /** The same as SQL. Those that are not `transactional` must run outside a transaction. */
  readonly statements: readonly Statement[];
  /** What has only another name. */
  readonly renames: readonly Rename[];
  /** What a person should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** What {@linkcode produceMigrations} returns. */
export interface ProducedMigrations extends MetadataDifference {
  /** What takes it back, in order; null where an operation cannot be taken back. */
  readonly downgrade: readonly Operation[] | null;
  /** Whether the operations, tried on a copy of the schema, lead to the target; null where that was not tried. */
  readonly verified: boolean | null;
}

/**
 * What has to be done to a database so that it is what a target says. Nothing is changed, and no project is needed: for
 * a test that holds the schema against the database.
 *
 * @throws `URL_MISSING`, `TARGET_MISSING`, `CONNECTION_FAILED`, `TARGET_INVALID`, `SCRATCH_UNAVAILABLE`
 *
 * @example
 * ```ts
 * import { compareMetadata, defineSchema, table } from "limbeck";
 *
 * const target = defineSchema({
 *   tables: [table("users", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"] })],
 * });
 * const { operations } = await compareMetadata({ url: ":memory:", target });
 * console.assert(operations[0]?.kind === "createTable");
 * ```
 */
export async function compareMetadata(options: MetadataOptions): Promise<MetadataDifference> {
  const { downgrade: _, verified: __, ...difference } = await produceMigrations({ ...options, verify: false });
  return difference;
}

/**
 * The same with the way back, tried on a copy of the schema where a scratch database can be had: what
 * `revision --autogenerate` writes.
 *
 * @throws what {@linkcode compareMetadata} throws
 *
 * @example
 * ```ts
 * import { produceMigrations } from "limbeck";
 *
 * const target = { kind: "sqlText", text: "CREATE TABLE users (id integer PRIMARY KEY)" };
 * const { operations, downgrade } = await produceMigrations({ url: ":memory:", target });
 * console.assert(operations.length === 1 && downgrade?.[0]?.kind === "dropTable");
 * ```
 */
export async function produceMigrations(options: MetadataOptions): Promise<ProducedMigrations> {
  const { cwd: directory = currentDirectory(), url, connection: client, target: linked, casing } = options;
  if (client === undefined && (url === undefined || url === "")) {
    throw new LimbeckError("URL_MISSING", "Cannot compare: there is neither a url nor a connection", {
      hint: 'Say which database: { url: "postgres://localhost/app", target }',
    });
  }
  if (linked === undefined) {
    throw new LimbeckError("TARGET_MISSING", "Cannot compare: there is no target", {
      hint: "Say what the database should look like: { url, target: schema }",
    });
  }
  const source = client === undefined ? { url: url ?? "", directory } : { client };
  const dialect = await dialectOf(source);
  const versionTable = compact<ObjectName>({
    name: options.versionTable ?? DEFAULT_VERSION_TABLE,
    schema: options.versionTableSchema,
  });
  const target = await readTarget(linked, dialect, { casing, scratch: () => dialect.openScratch(source) });
  const connection = await dialect.connect(source);
  try {
    return produced(await produceFrom({ dialect, connection, options, versionTable, source }, target, options));
  } finally {
    await connection.close();
  }

  function produced({ upgrade, downgrade, current, renames, warnings, verified }: Produced): ProducedMigrations {
    const statements = compileOperations(upgrade, current, dialect);
    return { operations: upgrade, statements, downgrade, renames, warnings, verified };
  }
}
