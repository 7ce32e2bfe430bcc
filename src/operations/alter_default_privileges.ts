import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { DefaultPrivilege } from "../schema/objects.ts";
import { invalid } from "./arguments.ts";
import { roleSql } from "./create_policy.ts";
import { withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.alterDefaultPrivileges` takes beside the rights. */
export interface DefaultPrivilegeOptions {
  /** Take them away instead of giving them. */
  readonly revoke?: boolean;
}

/** The data of `op.alterDefaultPrivileges`. */
export interface AlterDefaultPrivileges extends DefaultPrivilegeOptions {
  readonly kind: "alterDefaultPrivileges";
  readonly privilege: DefaultPrivilege;
}

const keyOf = ({ privileges: _, ...privilege }: DefaultPrivilege): string =>
  JSON.stringify(Object.entries(privilege).sort());

/**
 * Says which rights roles get on objects that are made later (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterDefaultPrivileges({
 *     for: "app_owner",
 *     schema: "app",
 *     objects: "tables",
 *     to: "reporting",
 *     privileges: ["SELECT"],
 *   });
 * }
 * ```
 */
export const alterDefaultPrivileges: OperationType<
  AlterDefaultPrivileges,
  [privilege: DefaultPrivilege, options?: DefaultPrivilegeOptions]
> = {
  kind: "alterDefaultPrivileges",
  create(privilege, { revoke } = {}) {
    if (!Array.isArray(privilege?.privileges) || privilege.privileges.length === 0) {
      throw invalid("alterDefaultPrivileges", "the list of privileges is empty");
    }
    return compact<AlterDefaultPrivileges>({ kind: "alterDefaultPrivileges", privilege, revoke });
  },
  args: ({ privilege, revoke }) => withOptions([privilege] as const, compact<DefaultPrivilegeOptions>({ revoke })),
  reverse: ({ privilege, revoke }) =>
    [
      compact<AlterDefaultPrivileges>({
        kind: "alterDefaultPrivileges",
        privilege,
        revoke: revoke ? undefined : true,
      }),
    ].map((operation) => data(operation)),
  apply(schema, { privilege, revoke }) {
    const same = schema.defaultPrivileges.find((each) => keyOf(each) === keyOf(privilege));
    const others = schema.defaultPrivileges.filter((each) => each !== same);
    const left = (same?.privileges ?? []).filter((each) => !privilege.privileges.includes(each));
    const privileges = revoke ? left : [...left, ...privilege.privileges].sort();
    return {
      ...schema,
      defaultPrivileges: privileges.length === 0 ? others : [...others, { ...privilege, privileges }],
    };
  },
  compile({ privilege, revoke }, { writer }) {
    const { for: role, schema, objects, to, privileges, withGrantOption } = privilege;
    const head = `ALTER DEFAULT PRIVILEGES FOR ROLE ${roleSql(writer, role)}${
      schema === undefined ? "" : ` IN SCHEMA ${writer.identifier(schema)}`
    }`;
    const rights = `${privileges.join(", ")} ON ${objects.toUpperCase()}`;
    return [
      statement(
        revoke
          ? `${head} REVOKE ${rights} FROM ${roleSql(writer, to)}`
          : `${head} GRANT ${rights} TO ${roleSql(writer, to)}${withGrantOption ? " WITH GRANT OPTION" : ""}`,
      ),
    ];
  },
};
