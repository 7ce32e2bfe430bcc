import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { Grant as GrantedRight, ObjectRef } from "../schema/objects.ts";
import type { Name } from "./arguments.ts";
import { fromGrant, type Grant, type GrantInput, grantSql, toGrant } from "./grant.ts";
import { data, type OperationType } from "./operation.ts";
import { revoked } from "./rights.ts";

/** What `op.revoke` takes beside the object. */
export interface RevokeInput extends GrantInput {
  /** Take away the right to hand it on, and leave the right itself. */
  readonly grantOptionOnly?: boolean;
}

/** The data of `op.revoke`. */
export interface Revoke {
  readonly kind: "revoke";
  readonly grant: GrantedRight;
  readonly grantOptionOnly?: boolean;
}

/**
 * Takes rights away from a role (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.revoke({ kind: "routine", name: "purge", arguments: "" }, { to: "PUBLIC", privileges: ["execute"] });
 * }
 * ```
 */
export const revoke: OperationType<Revoke, [on: Name | ObjectRef, grant: RevokeInput]> = {
  kind: "revoke",
  create: (on, { grantOptionOnly, ...input }) =>
    compact<Revoke>({ kind: "revoke", grant: toGrant("revoke", on, input), grantOptionOnly }),
  args({ grant, grantOptionOnly }) {
    const [on, input] = fromGrant(grant);
    return [on, compact<RevokeInput>({ ...input, grantOptionOnly })];
  },
  reverse: ({ grant, grantOptionOnly }) => [
    data<Grant>({ kind: "grant", grant: grantOptionOnly ? { ...grant, withGrantOption: true } : grant }),
  ],
  apply: (schema, { grant, grantOptionOnly }) => ({
    ...schema,
    grants: revoked(schema.grants, grant, grantOptionOnly ?? false),
  }),
  compile: ({ grant, grantOptionOnly }, { writer }) => [
    statement(`REVOKE ${grantOptionOnly ? "GRANT OPTION FOR " : ""}${grantSql(writer, grant, "FROM")}`),
  ],
};
