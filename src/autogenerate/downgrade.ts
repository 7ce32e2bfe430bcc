/**
 * The way back of what autogenerate found.
 *
 * @module
 */
import type { AlterColumn } from "../operations/alter_column.ts";
import { compact, findColumn, findTable } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { RefKind } from "../schema/objects.ts";
import { applyOperation, type Operation, reverseOperation } from "../operations/registry.ts";
import type { ComparingDialect } from "./comparison.ts";

/** A change of type back, with the conversion that it needs. */
function withConversion(operation: AlterColumn, before: Schema, after: Schema, dialect: ComparingDialect): Operation {
  const { table, column, changes } = operation;
  const from = findColumn(findTable(after, table) ?? { ...table, ...NO_PARTS }, column);
  const name = changes.newName ?? column;
  const old = findColumn(findTable(before, table) ?? { ...table, ...NO_PARTS }, name);
  if (changes.type === undefined || from === undefined) return operation;
  const using = dialect.conversion(column, from.type, changes.type);
  const restated = using !== undefined && changes.default === undefined && from.default !== undefined
    ? old?.default
    : changes.default;
  const converted = compact<AlterColumn["changes"]>({ ...changes, using, default: restated });
  return { ...operation, changes: converted };
}

/** A change back as the database can do it. */
function possible(
  operation: Operation,
  before: Schema,
  after: Schema,
  dialect: ComparingDialect,
): readonly Operation[] {
  if (operation.kind !== "alterColumn") return [operation];
  const { table, column, changes: { generated, newName } } = operation;
  // A column becomes a generated one by being made anew, with the keys and indexes on it.
  if (dialect.capabilities.alterConstraints && generated && newName === undefined) {
    const drop: Operation = { kind: "dropColumn", table, column };
    const again = reverseOperation(drop, before) as readonly Operation[] | null;
    if (again !== null) return [drop, ...again];
  }
  return [withConversion(operation, before, after, dialect)];
}

const NO_PARTS = { columns: [], uniques: [], foreignKeys: [], checks: [], indexes: [] };

const CODE: ReadonlySet<Operation["kind"]> = new Set([
  "createView",
  "createMaterializedView",
  "replaceView",
  "createTrigger",
  "createObject",
]);

const CODE_REFS: ReadonlySet<RefKind> = new Set(["view", "materializedView", "trigger", "object"]);

/** Whether an operation makes code, whose text names tables and columns, or says something of it. */
function makesCode(operation: Operation): boolean {
  if (operation.kind === "comment") return CODE_REFS.has(operation.on.kind);
  if (operation.kind === "grant" || operation.kind === "revoke") return CODE_REFS.has(operation.grant.on.kind);
  return CODE.has(operation.kind);
}

const RENAMES: ReadonlySet<Operation["kind"]> = new Set([
  "renameTable",
  "renameColumn",
  "renameType",
  "renameEnumValue",
  "renameFunction",
  "renameView",
]);

const isRename = (operation: Operation): boolean =>
  RENAMES.has(operation.kind) || (operation.kind === "alterSequence" && operation.changes.newName !== undefined);

/**
 * The operations that take a list back, in the exact reverse order, with the conversions that changes of type need.
 *
 * @param operations what is done, in order
 * @param current the schema before the first of them
 * @returns null where one of them cannot be taken back
 */
export function downgradeOperations(
  operations: readonly Operation[],
  current: Schema,
  dialect: ComparingDialect,
): readonly Operation[] | null {
  const reversed: (readonly Operation[])[] = [];
  let before = current;
  for (const operation of operations) {
    const back = reverseOperation(operation, before) as readonly Operation[] | null;
    if (back === null) return null;
    const state = before;
    const after = applyOperation(before, operation);
    reversed.push(back.flatMap((each) => possible(each, state, after, dialect)));
    before = after;
  }
  const first = operations.findIndex((operation) => !isRename(operation));
  const renames = operations.slice(0, first === -1 ? operations.length : first);
  const others = reversed.slice(renames.length).reverse().flat();
  const back = (isColumn: boolean): readonly Operation[] =>
    renames.flatMap(({ kind }, index) => (kind === "renameColumn") === isColumn ? [reversed[index] ?? []] : [])
      .reverse().flat();
  if (back(true).length === 0) return [...others, ...back(false)];
  // The text of old code has the old names of columns.
  return [
    ...others.filter((operation) => !makesCode(operation)),
    ...back(true),
    ...others.filter(makesCode),
    ...back(false),
  ];
}
