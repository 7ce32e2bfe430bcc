import { statement } from "../ddl/statement.ts";
import { columnList, type SqlWriter } from "../ddl/writer.ts";
import { compact, compareText } from "../schema/edit.ts";
import type { Grant as GrantedRight, ObjectRef } from "../schema/objects.ts";
import { invalid, type Name, requireColumns } from "./arguments.ts";
import { fromRef, toRef } from "./comment.ts";
import { roleSql } from "./create_policy.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";
import { refSql } from "./ref_sql.ts";
import type { Revoke } from "./revoke.ts";
import { granted, newRights } from "./rights.ts";

/** What `op.grant` takes beside the object. */
export interface GrantInput {
  readonly to: string;
  readonly privileges: readonly string[];
  readonly columns?: readonly string[];
  readonly withGrantOption?: boolean;
}

/** The data of `op.grant`. */
export interface Grant {
  readonly kind: "grant";
  readonly grant: GrantedRight;
}

/** Privileges as the model has them. Throws `OPERATION_INVALID` for a word that is none, and for an empty list. */
export function toPrivileges(kind: string, privileges: readonly string[]): readonly string[] {
  if (!Array.isArray(privileges) || privileges.length === 0) throw invalid(kind, "the list of privileges is empty");
  const words = privileges.map((privilege) => String(privilege).toUpperCase());
  const strange = words.find((word) => !/^[A-Z]+(?: [A-Z]+)*$/.test(word));
  if (strange !== undefined) throw invalid(kind, `"${strange}" is no privilege`);
  return [...new Set(words)].sort();
}

/** A right as data. Throws `OPERATION_INVALID` for a word that is no privilege, and for an empty list. */
export function toGrant(kind: string, on: Name | ObjectRef, input: GrantInput): GrantedRight {
  const { to, privileges, columns, withGrantOption } = input;
  if (typeof to !== "string" || to === "") throw invalid(kind, "the role is missing");
  if (columns !== undefined) requireColumns(kind, columns);
  return compact<GrantedRight>({
    on: toRef(kind, on),
    to: to === "public" ? "PUBLIC" : to,
    privileges: toPrivileges(kind, privileges),
    columns: columns?.toSorted(compareText),
    withGrantOption: withGrantOption || undefined,
  });
}

/** A right as `op.grant` and `op.revoke` take it. */
export function fromGrant(
  { on, to, privileges, columns, withGrantOption }: GrantedRight,
): [Name | ObjectRef, GrantInput] {
  return [fromRef(on), compact<GrantInput>({ to, privileges, columns, withGrantOption })];
}

/** What takes away what a role had not before: a right, or only to hand it on. */
function takenBack(before: readonly GrantedRight[], right: GrantedRight): readonly AnyOperation[] {
  const { fresh, grantable } = newRights(before, right);
  const { withGrantOption: _, ...plain } = right;
  return [
    ...(fresh.length === 0 ? [] : [data<Revoke>({ kind: "revoke", grant: { ...right, privileges: fresh } })]),
    ...(grantable.length === 0
      ? []
      : [data<Revoke>({ kind: "revoke", grant: { ...plain, privileges: grantable }, grantOptionOnly: true })]),
  ];
}

/** The object of a `GRANT`: views and materialized views are tables there. */
function grantedObject(writer: SqlWriter, on: ObjectRef): string {
  const isView = on.kind === "view" || on.kind === "materializedView";
  return refSql(writer, isView ? { ...on, kind: "table" } : on);
}

/** `SELECT (name), UPDATE (name) ON TABLE users`, and the role. */
export function grantSql(
  writer: SqlWriter,
  { on, columns, privileges, to }: GrantedRight,
  word: "TO" | "FROM",
): string {
  const list = columns === undefined ? "" : ` ${columnList(writer, columns)}`;
  const rights = privileges.map((privilege) => `${privilege}${list}`).join(", ");
  return `${rights} ON ${grantedObject(writer, on)} ${word} ${roleSql(writer, to)}`;
}

/**
 * Gives a role rights (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.grant("users", { to: "reporting", privileges: ["select"] });
 *   op.grant({ kind: "schema", name: "app" }, { to: "reporting", privileges: ["usage"] });
 * }
 * ```
 */
export const grant: OperationType<Grant, [on: Name | ObjectRef, grant: GrantInput]> = {
  kind: "grant",
  create: (on, input) => ({ kind: "grant", grant: toGrant("grant", on, input) }),
  args: ({ grant: right }) => fromGrant(right),
  reverse: ({ grant: right }, before): readonly AnyOperation[] => takenBack(before.grants, right),
  apply: (schema, { grant: right }) => ({ ...schema, grants: granted(schema.grants, right) }),
  compile: ({ grant: right }, { writer }) => [
    statement(`GRANT ${grantSql(writer, right, "TO")}${right.withGrantOption ? " WITH GRANT OPTION" : ""}`),
  ],
};
