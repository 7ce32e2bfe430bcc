import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, type Name, requireName, toName } from "./arguments.ts";
import { type CreatePolicy, policiesOf } from "./create_policy.ts";
import { lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.dropPolicy` takes beside name and table. */
export interface DropPolicyOptions {
  readonly ifExists?: boolean;
}

/** The data of `op.dropPolicy`. */
export interface DropPolicy extends DropPolicyOptions {
  readonly kind: "dropPolicy";
  readonly name: string;
  readonly table: ObjectName;
}

/**
 * Drops a row-level security policy (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropPolicy("notes_owner", "notes");
 * }
 * ```
 */
export const dropPolicy: OperationType<DropPolicy, [name: string, table: Name, options?: DropPolicyOptions]> = {
  kind: "dropPolicy",
  create(name, table, { ifExists } = {}) {
    requireName("dropPolicy", name);
    return compact<DropPolicy>({ kind: "dropPolicy", name, table: toName("dropPolicy", table), ifExists });
  },
  args: ({ name, table, ifExists }) =>
    withOptions([name, fromName(table)] as const, compact<DropPolicyOptions>({ ifExists })),
  reverse({ name, table }, before) {
    const old = lookUp(policiesOf(before), refIn("policy", table, name));
    return old === undefined
      ? null
      : [data<CreatePolicy>({ kind: "createPolicy", policy: old }), ...saidAgain(before, refIn("policy", table, name))];
  },
  apply: (schema, { name, table, ifExists }) => ({
    ...forgotten(schema, refIn("policy", table, name)),
    policies: takeOut("dropPolicy", policiesOf(schema), refIn("policy", table, name), ifExists),
  }),
  compile: ({ name, table, ifExists }, { writer }) => [
    statement(`DROP POLICY ${ifExists ? "IF EXISTS " : ""}${writer.identifier(name)} ON ${writer.name(table)}`),
  ],
};
