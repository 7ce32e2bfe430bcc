/**
 * What an operation does to those who use the database meanwhile, on PostgreSQL 14 to 18: what its own file, which knows
 * no dialect, does not say.
 *
 * The rule. A lock that is held for the moment that a change of the catalog takes is no hazard, however strong it is: a
 * lock timeout and another try are the answer to that. A lock is one where the server reads or writes rows while it
 * holds it, so that the time grows with the table: `blocksReads` for ACCESS EXCLUSIVE, `blocksWrites` for SHARE and
 * SHARE ROW EXCLUSIVE. What grows with the table and blocks nobody is `longRunning`.
 *
 * @module
 */
import type { Hazard } from "../../ddl/statement.ts";
import type { Operation } from "../../operations/registry.ts";
import { compact, displayName, findColumn, findTable } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import { addedColumn, attachedPartition, rewrite, scan } from "./hazards.ts";

function quoted(table: ObjectName): string {
  return `"${displayName(table)}"`;
}

const NOT_TRANSACTIONAL: Hazard = {
  kind: "notTransactional",
  reason: "It runs outside a transaction: what was done before it is committed, and a failure later leaves it in place",
};

function concurrent(reason: string): readonly Hazard[] {
  return [NOT_TRANSACTIONAL, { kind: "longRunning", reason }];
}

const BUILD_FIRST = "Build a unique index with { concurrently: true } first, and make the key of it: { usingIndex }";
const VALIDATE_LATER = "Add it with { notValid: true }, and validate it in a later revision: op.validateConstraint";

function createdIndex({ table, index, concurrently, only }: Operation & { kind: "createIndex" }): readonly Hazard[] {
  const mayFail: readonly Hazard[] = index.unique
    ? [{ kind: "mayFail", reason: `${quoted(table)} may have rows that are equal in the index "${index.name}"` }]
    : [];
  if (concurrently) {
    return [...concurrent(`${quoted(table)} is read twice, and transactions that use it are waited for`), ...mayFail];
  }
  // On a partitioned table alone there is nothing to build.
  if (only) return [];
  return [{
    kind: "blocksWrites",
    reason: `Nobody can write to ${quoted(table)} until the index is built`,
    advice: "Build it with { concurrently: true }",
  }, ...mayFail];
}

function createdPrimaryKey(
  { table, key, usingIndex }: Operation & { kind: "createPrimaryKey" },
  before: Schema,
): readonly Hazard[] {
  const found = findTable(before, table);
  const nullable = key.columns.filter((name) =>
    (found === undefined ? undefined : findColumn(found, name))?.nullable !== false
  );
  const holdsNull: readonly Hazard[] = nullable.length === 0 ? [] : [
    scan(
      `${nullable.join(", ")} of ${quoted(table)} is looked through for NULL`,
      "Set the columns NOT NULL before, with a check that is validated",
    ),
    { kind: "mayFail", reason: `${nullable.join(", ")} may hold NULL in some row of ${quoted(table)}` },
  ];
  if (usingIndex !== undefined) return holdsNull;
  const equal = `${quoted(table)} may have rows that are equal in ${key.columns.join(", ")}, or NULL there`;
  return [scan("An index is built", BUILD_FIRST), { kind: "mayFail", reason: equal }];
}

function alteredTable({ table, changes }: Operation & { kind: "alterTable" }): readonly Hazard[] {
  const { unlogged, using, tablespace } = changes;
  return [
    ...(unlogged === undefined && using === undefined ? [] : rewrite(`${quoted(table)} is kept otherwise`)),
    ...(unlogged
      ? [{
        kind: "deletesData" as const,
        reason: `An unlogged table is emptied after a crash, and is not replicated: ${quoted(table)} will be one`,
        advice: "Leave it logged, unless its rows can be made again",
      }]
      : []),
    ...(tablespace === undefined ? [] : rewrite(`${quoted(table)} is moved to another place`)),
  ];
}

/** What an operation may do, beside what the statement says already. */
export function hazardsOf(operation: Operation, before: Schema): readonly Hazard[] {
  switch (operation.kind) {
    case "addColumn":
      return addedColumn(operation.column, before);
    case "addEnumValue":
      return [NOT_TRANSACTIONAL];
    case "alterIndex":
      return operation.changes.tablespace === undefined ? [] : [
        scan(`The index "${operation.name}" is moved to another place`, "Make a new index there, and drop this one"),
      ];
    case "alterTable":
      return alteredTable(operation);
    case "attachPartition":
      return attachedPartition(operation, before);
    case "createCheckConstraint":
      return operation.check.notValid || operation.check.notEnforced
        ? []
        : [scan("Every row is checked", VALIDATE_LATER)];
    case "createExcludeConstraint":
      return [scan("An index is built", "Make a new table with it, and fill that")];
    case "createForeignKey":
      return operation.key.notValid || operation.key.notEnforced ? [] : [{
        kind: "blocksWrites",
        reason: `Nobody can write to ${quoted(operation.table)} and the table it refers to until every row is checked`,
        advice: VALIDATE_LATER,
      }];
    case "createIndex":
      return createdIndex(operation);
    case "createPrimaryKey":
      return createdPrimaryKey(operation, before);
    case "createUniqueConstraint":
      return operation.usingIndex === undefined ? [scan("An index is built", BUILD_FIRST)] : [];
    case "detachPartition":
      return operation.concurrently ? concurrent("Transactions that use the table are waited for") : [];
    case "dropIndex":
      return operation.concurrently ? concurrent("Transactions that use the index are waited for") : [];
    case "reindex":
      return reindexed(operation);
    case "validateConstraint":
      return [
        { kind: "longRunning", reason: "Every row is read; others can read and write meanwhile" },
        { kind: "mayFail", reason: `${quoted(operation.table)} may have rows that break "${operation.name}"` },
      ];
    default:
      return [];
  }
}

function reindexed({ concurrently, name, target }: Operation & { kind: "reindex" }): readonly Hazard[] {
  if (concurrently) return concurrent("Each index is built beside the old one, and transactions are waited for");
  const advice = "Build it with { concurrently: true }";
  const reason = `Nobody can write to the table until ${target} ${quoted(compact(name))} is built anew`;
  return [
    { kind: "blocksWrites", reason, advice },
    { kind: "blocksReads", reason: "Nobody can plan a query of the table while one of its indexes is built", advice },
  ];
}
