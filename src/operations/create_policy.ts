import { statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { ObjectRef, Policy } from "../schema/objects.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, requireSql, toName } from "./arguments.ts";
import { tableOfPart } from "./create_trigger.ts";
import type { DropPolicy } from "./drop_policy.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createPolicy` takes beside name and table. */
export type PolicyInput = Omit<Policy, "name" | "table" | "schema">;

/** The data of `op.createPolicy`. */
export interface CreatePolicy {
  readonly kind: "createPolicy";
  readonly policy: Policy;
}

/** The ref to a policy. */
export const policyRef = (policy: Pick<Policy, "name" | "table" | "schema">): ObjectRef =>
  refIn("policy", tableOfPart(policy), policy.name);

/** The policies of a schema. */
export const policiesOf = ({ policies }: Schema): Listed<Policy> => ({ list: policies, ref: policyRef });

const ROLE_WORDS = new Set(["PUBLIC", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"]);

/** A role as SQL takes it: a name, or one of the words that stand for one. */
export function roleSql(writer: SqlWriter, role: string): string {
  return ROLE_WORDS.has(role.toUpperCase()) ? role.toUpperCase() : writer.identifier(role);
}

/** `TO …`, `USING (…)`, `WITH CHECK (…)`. */
export function policyClauses(writer: SqlWriter, { roles, using, withCheck }: PolicyInput): string {
  return [
    ...(roles === undefined ? [] : [` TO ${roles.map((role) => roleSql(writer, role)).join(", ")}`]),
    ...(using === undefined ? [] : [` USING (${using})`]),
    ...(withCheck === undefined ? [] : [` WITH CHECK (${withCheck})`]),
  ].join("");
}

/** Throws `OPERATION_INVALID` for an empty list of roles, and for conditions that cannot stand in a statement. */
export function requirePolicy(kind: string, { roles, using, withCheck }: PolicyInput): void {
  if (roles !== undefined && (!Array.isArray(roles) || roles.length === 0)) {
    throw invalid(kind, "the list of roles is empty");
  }
  for (const role of roles ?? []) requireName(kind, role);
  requireSql(kind, "using", using);
  requireSql(kind, "withCheck", withCheck);
}

/**
 * Makes a row-level security policy (PostgreSQL). It holds when row-level security is enabled on the table.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.enableRowLevelSecurity("notes");
 *   op.createPolicy("notes_owner", "notes", { command: "all", using: "owner_name = current_user" });
 * }
 * ```
 */
export const createPolicy: OperationType<CreatePolicy, [name: string, table: Name, policy?: PolicyInput]> = {
  kind: "createPolicy",
  create(name, table, input = {}) {
    requireName("createPolicy", name);
    requirePolicy("createPolicy", input);
    const on = toName("createPolicy", table);
    const policy = compact<Policy>({
      name,
      schema: on.schema,
      table: on.name,
      permissive: input.permissive,
      command: input.command,
      roles: input.roles,
      using: input.using,
      withCheck: input.withCheck,
    });
    return { kind: "createPolicy", policy };
  },
  args({ policy: { name, table, schema, ...input } }) {
    return [name, fromName(schema === undefined ? { name: table } : { name: table, schema }), input];
  },
  reverse: ({ policy }) => [data<DropPolicy>({ kind: "dropPolicy", name: policy.name, table: tableOfPart(policy) })],
  apply: (schema, { policy }) => ({ ...schema, policies: put("createPolicy", policiesOf(schema), policy) }),
  compile: ({ policy }, { writer }) => [
    statement(
      `CREATE POLICY ${writer.identifier(policy.name)} ON ${writer.name(tableOfPart(policy))}${
        policy.permissive === false ? " AS RESTRICTIVE" : ""
      }${policy.command === undefined || policy.command === "all" ? "" : ` FOR ${policy.command.toUpperCase()}`}${
        policyClauses(writer, policy)
      }`,
    ),
  ],
};
