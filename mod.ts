/**
 * limbeck: database migrations for TypeScript.
 *
 * The same commands as the command line's, as functions that return values and print nothing; and the types that
 * revisions and env.ts are written with.
 *
 * @example
 * ```ts
 * import { commands } from "limbeck";
 *
 * // An application that upgrades its database when it starts.
 * export async function start(): Promise<void> {
 *   const { steps } = await commands.upgrade({ target: "head", url: "file:app.db" });
 *   console.log(`${steps.length} revisions applied`);
 * }
 * ```
 *
 * @module
 */
import { provideModule } from "./src/platform/load_module.ts";

// What env.ts and revisions get for `import … from "limbeck"`: this very copy.
provideModule("limbeck", () => import("./mod.ts"));

export * as commands from "./src/commands/mod.ts";
export {
  compareMetadata,
  type MetadataDifference,
  type MetadataOptions,
  type ProducedMigrations,
  produceMigrations,
} from "./src/commands/compare_metadata.ts";
export { type ErrorCode, isLimbeckError, LimbeckError } from "./src/errors.ts";
export type { DirectiveContext, RevisionDirective, RevisionHook } from "./src/migration/directives.ts";
export type { ConfigureOptions, EnvironmentContext } from "./src/migration/environment.ts";
export type { VersionApplied, VersionApplyHook } from "./src/migration/on_version_apply.ts";
export type { ProgressEvent } from "./src/migration/context.ts";
export type { SqlValue, Statement } from "./src/ddl/statement.ts";
export type * from "./src/operations/custom.ts";
export type { AnyOperation, CompileContext, OperationType } from "./src/operations/operation.ts";
export { registerOperation } from "./src/operations/register_operation.ts";
export type { Op } from "./src/operations/recorder.ts";
export type { Operation, OperationKind } from "./src/operations/registry.ts";
export { defineSchema, enumType, table } from "./src/schema/builder.ts";
export type {
  ColumnDefinition,
  DefinedSchema,
  DefinedTable,
  DomainDefinition,
  IndexDefinition,
  SchemaDefinition,
  TableDefinition,
} from "./src/schema/builder.ts";
export type * from "./src/schema/compare_column.ts";
export type * from "./src/schema/declared_rename.ts";
export type * from "./src/schema/model.ts";
export type * from "./src/schema/objects.ts";
