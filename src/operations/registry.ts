/**
 * Every kind of operation, a line each.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import { LimbeckError } from "../errors.ts";
import type { Schema } from "../schema/model.ts";
import { addColumn } from "./add_column.ts";
import { addEnumValue } from "./add_enum_value.ts";
import { alterColumn } from "./alter_column.ts";
import { alterCompositeType } from "./alter_composite_type.ts";
import { alterConstraint } from "./alter_constraint.ts";
import { alterDefaultPrivileges } from "./alter_default_privileges.ts";
import { alterDomain } from "./alter_domain.ts";
import { alterEnum } from "./alter_enum.ts";
import { alterExtension } from "./alter_extension.ts";
import { alterIndex } from "./alter_index.ts";
import { alterMaterializedView } from "./alter_materialized_view.ts";
import { alterPolicy } from "./alter_policy.ts";
import { alterSequence } from "./alter_sequence.ts";
import { alterTable } from "./alter_table.ts";
import { attachIndex } from "./attach_index.ts";
import { attachPartition } from "./attach_partition.ts";
import { autocommitBlock } from "./autocommit_block.ts";
import { backfill } from "./backfill.ts";
import { batchAlterTable } from "./batch_alter_table.ts";
import { bulkInsert } from "./bulk_insert.ts";
import { comment } from "./comment.ts";
import { createCheckConstraint } from "./create_check_constraint.ts";
import { createCollation } from "./create_collation.ts";
import { createCompositeType } from "./create_composite_type.ts";
import { createDomain } from "./create_domain.ts";
import { createEnum } from "./create_enum.ts";
import { createExcludeConstraint } from "./create_exclude_constraint.ts";
import { createExtension } from "./create_extension.ts";
import { createForeignKey } from "./create_foreign_key.ts";
import { createFunction } from "./create_function.ts";
import { createIndex } from "./create_index.ts";
import { createMaterializedView } from "./create_materialized_view.ts";
import { createObject } from "./create_object.ts";
import { createPartition } from "./create_partition.ts";
import { createPolicy } from "./create_policy.ts";
import { createPrimaryKey } from "./create_primary_key.ts";
import { createSchema } from "./create_schema.ts";
import { createSequence } from "./create_sequence.ts";
import { createTable } from "./create_table.ts";
import { createTrigger } from "./create_trigger.ts";
import { createUniqueConstraint } from "./create_unique_constraint.ts";
import { createView } from "./create_view.ts";
import { customType } from "./custom.ts";
import { detachPartition } from "./detach_partition.ts";
import { disableTrigger } from "./disable_trigger.ts";
import { dropCollation } from "./drop_collation.ts";
import { dropColumn } from "./drop_column.ts";
import { dropConstraint } from "./drop_constraint.ts";
import { dropDomain } from "./drop_domain.ts";
import { dropEnum } from "./drop_enum.ts";
import { dropExtension } from "./drop_extension.ts";
import { dropFunction } from "./drop_function.ts";
import { dropIndex } from "./drop_index.ts";
import { dropMaterializedView } from "./drop_materialized_view.ts";
import { dropObject } from "./drop_object.ts";
import { dropPolicy } from "./drop_policy.ts";
import { dropSchema } from "./drop_schema.ts";
import { dropSequence } from "./drop_sequence.ts";
import { dropTable } from "./drop_table.ts";
import { dropTrigger } from "./drop_trigger.ts";
import { dropType } from "./drop_type.ts";
import { dropView } from "./drop_view.ts";
import { enableTrigger } from "./enable_trigger.ts";
import { execute } from "./execute.ts";
import { grant } from "./grant.ts";
import type { AnyOperation, CompileContext, Compound, OperationType } from "./operation.ts";
import { refreshMaterializedView } from "./refresh_materialized_view.ts";
import { reindex } from "./reindex.ts";
import { renameColumn } from "./rename_column.ts";
import { renameConstraint } from "./rename_constraint.ts";
import { renameEnumValue } from "./rename_enum_value.ts";
import { renameFunction } from "./rename_function.ts";
import { renameIndex } from "./rename_index.ts";
import { renameSchema } from "./rename_schema.ts";
import { renameTable } from "./rename_table.ts";
import { renameType } from "./rename_type.ts";
import { renameView } from "./rename_view.ts";
import { replaceView } from "./replace_view.ts";
import { revoke } from "./revoke.ts";
import {
  disableRowLevelSecurity,
  enableRowLevelSecurity,
  forceRowLevelSecurity,
  noForceRowLevelSecurity,
} from "./row_level_security.ts";
import { setTableSchema } from "./set_table_schema.ts";
import { validateConstraint } from "./validate_constraint.ts";

/** Every kind of operation by its name: what `op` offers. */
export const OPERATIONS = {
  addColumn,
  addEnumValue,
  alterColumn,
  alterCompositeType,
  alterConstraint,
  alterDefaultPrivileges,
  alterDomain,
  alterEnum,
  alterExtension,
  alterIndex,
  alterMaterializedView,
  alterPolicy,
  alterSequence,
  alterTable,
  attachIndex,
  attachPartition,
  autocommitBlock,
  backfill,
  batchAlterTable,
  bulkInsert,
  comment,
  createCheckConstraint,
  createCollation,
  createCompositeType,
  createDomain,
  createEnum,
  createExcludeConstraint,
  createExtension,
  createForeignKey,
  createFunction,
  createIndex,
  createMaterializedView,
  createObject,
  createPartition,
  createPolicy,
  createPrimaryKey,
  createSchema,
  createSequence,
  createTable,
  createTrigger,
  createUniqueConstraint,
  createView,
  detachPartition,
  disableRowLevelSecurity,
  disableTrigger,
  dropCollation,
  dropColumn,
  dropConstraint,
  dropDomain,
  dropEnum,
  dropExtension,
  dropFunction,
  dropIndex,
  dropMaterializedView,
  dropObject,
  dropPolicy,
  dropSchema,
  dropSequence,
  dropTable,
  dropTrigger,
  dropType,
  dropView,
  enableRowLevelSecurity,
  enableTrigger,
  execute,
  forceRowLevelSecurity,
  grant,
  noForceRowLevelSecurity,
  refreshMaterializedView,
  reindex,
  renameColumn,
  renameConstraint,
  renameEnumValue,
  renameFunction,
  renameIndex,
  renameSchema,
  renameTable,
  renameType,
  renameView,
  replaceView,
  revoke,
  setTableSchema,
  validateConstraint,
} as const;

/** The name of a kind of operation. */
export type OperationKind = keyof typeof OPERATIONS;

/** One operation, of any kind. */
export type Operation = ReturnType<(typeof OPERATIONS)[OperationKind]["create"]>;

/** The kind that an operation is of. Throws `UNSUPPORTED` for one that is not known. */
export function typeOf(operation: AnyOperation): OperationType<AnyOperation, readonly unknown[]> {
  const { kind } = operation;
  const type: unknown = Object.hasOwn(OPERATIONS, kind) ? OPERATIONS[kind as OperationKind] : customType(kind);
  if (type === undefined) {
    throw new LimbeckError("UNSUPPORTED", `Cannot find the operation "${kind}"`, {
      hint: "Is it registered, with registerOperation, before it is used?",
      facts: { operation: kind },
    });
  }
  return type as OperationType<AnyOperation, readonly unknown[]>;
}

/** The operations that an operation holds; undefined for one that holds none. */
function heldBy(operation: AnyOperation): readonly Operation[] | undefined {
  return typeOf(operation).block === undefined ? undefined : (operation as Compound).operations as readonly Operation[];
}

/** The operations of a list with, in the place of those that hold others, what they hold. */
export function flatten(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => {
    const held = heldBy(operation);
    return held === undefined ? [operation] : flatten(held);
  });
}

/** The schema after an operation. */
export function applyOperation(schema: Schema, operation: AnyOperation): Schema {
  const held = heldBy(operation);
  return held === undefined ? typeOf(operation).apply(schema, operation) : held.reduce(applyOperation, schema);
}

/** An operation in the default SQL. */
export function compileDefault(operation: AnyOperation, context: CompileContext): readonly Statement[] {
  return typeOf(operation).compile(operation, context);
}

/**
 * The operations that take a list back: each reversed, the last one first.
 *
 * @param operations what was done, in order
 * @param before the schema before the first of them
 * @returns null where one of them cannot be taken back
 */
export function reverseOperations(operations: readonly Operation[], before: Schema): readonly Operation[] | null {
  const reversed: (readonly Operation[])[] = [];
  let schema = before;
  for (const operation of operations) {
    const reverse = reverseOperation(operation, schema);
    if (reverse === null) return null;
    reversed.push(reverse as readonly Operation[]);
    schema = applyOperation(schema, operation);
  }
  return reversed.reverse().flat();
}

/** What takes one operation back; for one that holds others, one that holds what takes these back. */
export function reverseOperation(operation: Operation, before: Schema): readonly AnyOperation[] | null {
  const held = heldBy(operation);
  if (held === undefined) return typeOf(operation).reverse(operation, before);
  const operations = reverseOperations(held, before);
  return operations === null ? null : [{ ...operation, operations } as Compound];
}
