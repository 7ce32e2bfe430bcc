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
import { alterConstraint } from "./alter_constraint.ts";
import { alterEnum } from "./alter_enum.ts";
import { alterIndex } from "./alter_index.ts";
import { alterTable } from "./alter_table.ts";
import { attachIndex } from "./attach_index.ts";
import { attachPartition } from "./attach_partition.ts";
import { createCheckConstraint } from "./create_check_constraint.ts";
import { createEnum } from "./create_enum.ts";
import { createExcludeConstraint } from "./create_exclude_constraint.ts";
import { createForeignKey } from "./create_foreign_key.ts";
import { createIndex } from "./create_index.ts";
import { createPartition } from "./create_partition.ts";
import { createPrimaryKey } from "./create_primary_key.ts";
import { createSchema } from "./create_schema.ts";
import { createTable } from "./create_table.ts";
import { createUniqueConstraint } from "./create_unique_constraint.ts";
import { detachPartition } from "./detach_partition.ts";
import { dropColumn } from "./drop_column.ts";
import { dropConstraint } from "./drop_constraint.ts";
import { dropEnum } from "./drop_enum.ts";
import { dropIndex } from "./drop_index.ts";
import { dropSchema } from "./drop_schema.ts";
import { dropTable } from "./drop_table.ts";
import { execute } from "./execute.ts";
import type { AnyOperation, CompileContext, OperationType } from "./operation.ts";
import { reindex } from "./reindex.ts";
import { renameColumn } from "./rename_column.ts";
import { renameConstraint } from "./rename_constraint.ts";
import { renameIndex } from "./rename_index.ts";
import { renameTable } from "./rename_table.ts";
import { setTableSchema } from "./set_table_schema.ts";
import { validateConstraint } from "./validate_constraint.ts";

/** Every kind of operation by its name: what `op` offers. */
export const OPERATIONS = {
  addColumn,
  addEnumValue,
  alterColumn,
  alterConstraint,
  alterEnum,
  alterIndex,
  alterTable,
  attachIndex,
  attachPartition,
  createCheckConstraint,
  createEnum,
  createExcludeConstraint,
  createForeignKey,
  createIndex,
  createPartition,
  createPrimaryKey,
  createSchema,
  createTable,
  createUniqueConstraint,
  detachPartition,
  dropColumn,
  dropConstraint,
  dropEnum,
  dropIndex,
  dropSchema,
  dropTable,
  execute,
  reindex,
  renameColumn,
  renameConstraint,
  renameIndex,
  renameTable,
  setTableSchema,
  validateConstraint,
} as const;

/** The name of a kind of operation. */
export type OperationKind = keyof typeof OPERATIONS;

/** One operation, of any kind. */
export type Operation = ReturnType<(typeof OPERATIONS)[OperationKind]["create"]>;

/** The kind that an operation is of. Throws `UNSUPPORTED` for one that is not in the registry. */
export function typeOf(operation: AnyOperation): OperationType<AnyOperation, readonly unknown[]> {
  const type: unknown = Object.hasOwn(OPERATIONS, operation.kind)
    ? OPERATIONS[operation.kind as OperationKind]
    : undefined;
  if (type === undefined) {
    throw new LimbeckError("UNSUPPORTED", `Cannot find the operation "${operation.kind}"`, {
      facts: { operation: operation.kind },
    });
  }
  return type as OperationType<AnyOperation, readonly unknown[]>;
}

/** The schema after an operation. */
export function applyOperation(schema: Schema, operation: AnyOperation): Schema {
  return typeOf(operation).apply(schema, operation);
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
    const reverse = typeOf(operation).reverse(operation, schema);
    if (reverse === null) return null;
    reversed.push(reverse as readonly Operation[]);
    schema = applyOperation(schema, operation);
  }
  return reversed.reverse().flat();
}
