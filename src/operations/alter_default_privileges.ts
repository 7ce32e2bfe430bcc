import { statement } from "../ddl/statement.ts";
import { compact, compareText } from "../schema/edit.ts";
import type { DefaultPrivilege } from "../schema/objects.ts";
import { invalid, requireName } from "./arguments.ts";
import { roleSql } from "./create_policy.ts";
import { toPrivileges } from "./grant.ts";
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

const OBJECTS = new Set(["tables", "sequences", "functions", "types", "schemas"]);

const keyOf = ({ for: role, schema, objects, to, withGrantOption, revoked }: DefaultPrivilege): string =>
  JSON.stringify([role, schema ?? null, objects, to, withGrantOption ?? false, revoked ?? false]);

const sameTarget = (a: DefaultPrivilege, b: DefaultPrivilege): boolean =>
  keyOf({ ...a, withGrantOption: false, revoked: false }) === keyOf({ ...b, withGrantOption: false, revoked: false });

/** What everybody may do with new objects unless it is taken away. */
function byDefault({ objects, to, schema }: DefaultPrivilege): readonly string[] {
  if (to !== "PUBLIC" || schema !== undefined) return [];
  return objects === "functions" ? ["EXECUTE"] : objects === "types" ? ["USAGE"] : [];
}

const orderOf = (privilege: DefaultPrivilege): string => {
  const { for: role, schema, objects, to, privileges, withGrantOption, revoked } = privilege;
  return JSON.stringify([role, schema ?? "", { for: role, schema, objects, to, privileges, withGrantOption, revoked }]);
};

const sorted = (list: readonly DefaultPrivilege[]): readonly DefaultPrivilege[] =>
  list.filter(({ privileges }) => privileges.length > 0).sort((a, b) => compareText(orderOf(a), orderOf(b)));

/** The list without some rights of one target, in any form. */
function without(list: readonly DefaultPrivilege[], privilege: DefaultPrivilege): readonly DefaultPrivilege[] {
  const all = privilege.privileges.includes("ALL");
  return list.map((each) =>
    sameTarget(each, privilege)
      ? { ...each, privileges: all ? [] : each.privileges.filter((word) => !privilege.privileges.includes(word)) }
      : each
  );
}

/** The list with rights of one target added. */
function withPrivilege(list: readonly DefaultPrivilege[], privilege: DefaultPrivilege): readonly DefaultPrivilege[] {
  const same = list.find((each) => keyOf(each) === keyOf(privilege));
  const privileges = [...new Set([...same?.privileges ?? [], ...privilege.privileges])].sort(compareText);
  return sorted([...list.filter((each) => each !== same), { ...privilege, privileges }]);
}

function changed(
  list: readonly DefaultPrivilege[],
  { privilege, revoke }: AlterDefaultPrivileges,
): readonly DefaultPrivilege[] {
  const { withGrantOption: _, ...rest } = privilege;
  const left = without(list, privilege);
  const usual = byDefault(privilege);
  const words = privilege.privileges.filter((word) => usual.includes(word));
  if (revoke) return withPrivilege(left, { ...rest, privileges: words, revoked: true });
  const given = privilege.withGrantOption
    ? privilege.privileges
    : privilege.privileges.filter((word) => !usual.includes(word));
  return withPrivilege(left, { ...privilege, privileges: given });
}

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
  create({ for: role, schema, objects, to, privileges, withGrantOption }, { revoke } = {}) {
    requireName("alterDefaultPrivileges", role);
    requireName("alterDefaultPrivileges", to);
    if (!OBJECTS.has(objects)) throw invalid("alterDefaultPrivileges", `"${objects}" have no default privileges`);
    const privilege = compact<DefaultPrivilege>({
      for: role,
      schema,
      objects,
      to: to === "public" ? "PUBLIC" : to,
      privileges: toPrivileges("alterDefaultPrivileges", privileges),
      withGrantOption: withGrantOption || undefined,
    });
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
  apply: (schema, operation) => ({ ...schema, defaultPrivileges: changed(schema.defaultPrivileges, operation) }),
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
