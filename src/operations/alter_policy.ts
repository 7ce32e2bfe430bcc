import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Policy } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { policiesOf, policyClauses } from "./create_policy.ts";
import { edited, lookUp } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a policy `op.alterPolicy` changes. */
export interface PolicyChanges {
  readonly roles?: readonly string[];
  readonly using?: string;
  readonly withCheck?: string;
}

/** The data of `op.alterPolicy`. */
export interface AlterPolicy {
  readonly kind: "alterPolicy";
  readonly name: string;
  readonly table: ObjectName;
  readonly changes: PolicyChanges;
}

/**
 * Changes a policy: whom it is for, and what it lets through (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterPolicy("notes_owner", "notes", { using: "owner_id = current_setting('app.user')::int" });
 * }
 * ```
 */
export const alterPolicy: OperationType<AlterPolicy, [name: string, table: Name, changes: PolicyChanges]> = {
  kind: "alterPolicy",
  create(name, table, changes) {
    requireName("alterPolicy", name);
    const all = compact<PolicyChanges>({ ...changes });
    if (Object.keys(all).length === 0) throw invalid("alterPolicy", `nothing is changed of "${name}"`);
    return { kind: "alterPolicy", name, table: toName("alterPolicy", table), changes: all };
  },
  args: ({ name, table, changes }) => [name, fromName(table), changes],
  reverse({ name, table, changes }, before) {
    const old = lookUp(policiesOf(before), refIn("policy", table, name));
    if (old === undefined) return null;
    const back = compact<PolicyChanges>({
      roles: changes.roles === undefined ? undefined : old.roles ?? ["PUBLIC"],
      using: changes.using === undefined ? undefined : old.using ?? "true",
      withCheck: changes.withCheck === undefined ? undefined : old.withCheck ?? old.using ?? "true",
    });
    return [data<AlterPolicy>({ kind: "alterPolicy", name, table, changes: back })];
  },
  apply: (schema, { name, table, changes }) => ({
    ...schema,
    policies: edited("alterPolicy", policiesOf(schema), refIn("policy", table, name), (old) => {
      const { roles, ...rest } = { ...old, ...changes };
      const everybody = roles === undefined || roles.join() === "PUBLIC";
      return compact<Policy>({ ...rest, roles: everybody ? undefined : roles });
    }),
  }),
  compile: ({ name, table, changes }, { writer }) => [
    statement(`ALTER POLICY ${writer.identifier(name)} ON ${writer.name(table)}${policyClauses(writer, changes)}`),
  ],
};
