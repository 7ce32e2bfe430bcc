import { statement } from "../ddl/statement.ts";
import { compact, editTable } from "../schema/edit.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import { fromName, type Name, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** The four operations that turn row-level security on and off. */
type SecurityKind =
  | "enableRowLevelSecurity"
  | "disableRowLevelSecurity"
  | "forceRowLevelSecurity"
  | "noForceRowLevelSecurity";

/** The data of one of the four. */
interface RowLevelSecurity<K extends SecurityKind> {
  readonly kind: K;
  readonly table: ObjectName;
}

/** The data of `op.enableRowLevelSecurity`. */
export type EnableRowLevelSecurity = RowLevelSecurity<"enableRowLevelSecurity">;
/** The data of `op.disableRowLevelSecurity`. */
export type DisableRowLevelSecurity = RowLevelSecurity<"disableRowLevelSecurity">;
/** The data of `op.forceRowLevelSecurity`. */
export type ForceRowLevelSecurity = RowLevelSecurity<"forceRowLevelSecurity">;
/** The data of `op.noForceRowLevelSecurity`. */
export type NoForceRowLevelSecurity = RowLevelSecurity<"noForceRowLevelSecurity">;

type Security = Table["rowSecurity"];

const isEnabled = (security: Security): boolean => security === "enabled" || security === "forced";
const isForced = (security: Security): boolean => security === "forced" || security === "forcedOnly";

function securityOf(enabled: boolean, forced: boolean): Security {
  if (enabled) return forced ? "forced" : "enabled";
  return forced ? "forcedOnly" : undefined;
}

interface Rule<K extends SecurityKind> {
  readonly kind: K;
  readonly opposite: SecurityKind;
  readonly sql: string;
  readonly change: (security: Security) => Security;
}

function securityOperation<K extends SecurityKind>(
  { kind, opposite, sql, change }: Rule<K>,
): OperationType<RowLevelSecurity<K>, [table: Name]> {
  return {
    kind,
    create: (name) => ({ kind, table: toName(kind, name) }),
    args: ({ table }) => [fromName(table)],
    reverse: ({ table }, before) => {
      const { rowSecurity } = tableOf(before, table, kind);
      return change(rowSecurity) === rowSecurity ? [] : [data({ kind: opposite, table })];
    },
    apply: (schema, { table }) => {
      tableOf(schema, table, kind);
      return editTable(
        schema,
        table,
        ({ rowSecurity, ...rest }) => compact<Table>({ ...rest, rowSecurity: change(rowSecurity) }),
      );
    },
    compile: ({ table }, { writer }) => [statement(`ALTER TABLE ${writer.name(table)} ${sql} ROW LEVEL SECURITY`)],
  };
}

/**
 * Lets the policies of a table hold (PostgreSQL). Without any policy nobody but the owner sees a row.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.enableRowLevelSecurity("notes");
 * }
 * ```
 */
export const enableRowLevelSecurity: OperationType<EnableRowLevelSecurity, [table: Name]> = securityOperation({
  kind: "enableRowLevelSecurity",
  opposite: "disableRowLevelSecurity",
  sql: "ENABLE",
  change: (security) => securityOf(true, isForced(security)),
});

/**
 * Takes row-level security off a table (PostgreSQL). Its policies stay, and do nothing.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.disableRowLevelSecurity("notes");
 * }
 * ```
 */
export const disableRowLevelSecurity: OperationType<DisableRowLevelSecurity, [table: Name]> = securityOperation({
  kind: "disableRowLevelSecurity",
  opposite: "enableRowLevelSecurity",
  sql: "DISABLE",
  change: (security) => securityOf(false, isForced(security)),
});

/**
 * Lets the policies of a table hold for its owner too (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.forceRowLevelSecurity("notes");
 * }
 * ```
 */
export const forceRowLevelSecurity: OperationType<ForceRowLevelSecurity, [table: Name]> = securityOperation({
  kind: "forceRowLevelSecurity",
  opposite: "noForceRowLevelSecurity",
  sql: "FORCE",
  change: (security) => securityOf(isEnabled(security), true),
});

/**
 * Lets the owner of a table go past its policies again (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.noForceRowLevelSecurity("notes");
 * }
 * ```
 */
export const noForceRowLevelSecurity: OperationType<NoForceRowLevelSecurity, [table: Name]> = securityOperation({
  kind: "noForceRowLevelSecurity",
  opposite: "forceRowLevelSecurity",
  sql: "NO FORCE",
  change: (security) => securityOf(isEnabled(security), false),
});
