import { statement } from "../ddl/statement.ts";
import { compact, compareNames, compareText, displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Policy } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { type CreatePolicy, policiesOf, policyClauses, requirePolicy } from "./create_policy.ts";
import type { DropPolicy } from "./drop_policy.ts";
import { edited, lookUp } from "./listed.ts";
import { followed, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a policy `op.alterPolicy` changes. */
export interface PolicyChanges {
  readonly roles?: readonly string[];
  readonly using?: string;
  readonly withCheck?: string;
  readonly newName?: string;
}

/** The data of `op.alterPolicy`. */
export interface AlterPolicy {
  readonly kind: "alterPolicy";
  readonly name: string;
  readonly table: ObjectName;
  readonly changes: PolicyChanges;
}

const comparePolicies = (a: Policy, b: Policy): number => compareNames(a, b) || compareText(a.table, b.table);

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
    requirePolicy("alterPolicy", all);
    if (all.newName !== undefined) requireName("alterPolicy", all.newName);
    return { kind: "alterPolicy", name, table: toName("alterPolicy", table), changes: all };
  },
  args: ({ name, table, changes }) => [name, fromName(table), changes],
  reverse({ name, table, changes }, before) {
    const old = lookUp(policiesOf(before), refIn("policy", table, name));
    if (old === undefined) return null;
    const { roles, using, withCheck, newName = name } = changes;
    // No statement takes a condition away: the policy is made again.
    if ((using !== undefined && old.using === undefined) || (withCheck !== undefined && old.withCheck === undefined)) {
      return [
        data<DropPolicy>({ kind: "dropPolicy", name: newName, table }),
        data<CreatePolicy>({ kind: "createPolicy", policy: old }),
        ...saidAgain(before, refIn("policy", table, name)),
      ];
    }
    const back = compact<PolicyChanges>({
      roles: roles === undefined ? undefined : old.roles ?? ["PUBLIC"],
      using: using === undefined ? undefined : old.using,
      withCheck: withCheck === undefined ? undefined : old.withCheck,
      newName: newName === name ? undefined : name,
    });
    return [data<AlterPolicy>({ kind: "alterPolicy", name: newName, table, changes: back })];
  },
  apply(schema, { name, table, changes: { newName = name, ...changes } }) {
    const ref = refIn("policy", table, name);
    if (newName !== name && lookUp(policiesOf(schema), refIn("policy", table, newName)) !== undefined) {
      throw invalid("alterPolicy", `"${displayName(table)}" has a policy "${newName}" already`);
    }
    const policies = edited("alterPolicy", policiesOf(schema), ref, (old) => {
      const { roles, ...rest } = { ...old, ...changes, name: newName };
      const everybody = roles === undefined || roles.includes("PUBLIC");
      return compact<Policy>({ ...rest, roles: everybody ? undefined : roles });
    });
    return followed({ ...schema, policies: policies.toSorted(comparePolicies) }, ref, { ...table, name: newName });
  },
  compile({ name, table, changes }, { writer }) {
    const head = `ALTER POLICY ${writer.identifier(name)} ON ${writer.name(table)}`;
    const clauses = policyClauses(writer, changes);
    return [
      ...(clauses === "" ? [] : [statement(head + clauses)]),
      ...(changes.newName === undefined ? [] : [statement(`${head} RENAME TO ${writer.identifier(changes.newName)}`)]),
    ];
  },
};
