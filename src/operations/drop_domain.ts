import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { type CreateDomain, domainsOf } from "./create_domain.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropDomain`. */
export interface DropDomain extends DropOptions {
  readonly kind: "dropDomain";
  readonly domain: ObjectName;
}

/**
 * Drops a domain (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropDomain("email");
 * }
 * ```
 */
export const dropDomain: OperationType<DropDomain, [name: Name, options?: DropOptions]> = {
  kind: "dropDomain",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropDomain>({ kind: "dropDomain", domain: toName("dropDomain", name), ifExists, cascade }),
  args: ({ domain, ifExists, cascade }) =>
    withOptions([fromName(domain)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ domain }, before) {
    const old = lookUp(domainsOf(before), refTo("domain", domain));
    return old === undefined
      ? null
      : [data<CreateDomain>({ kind: "createDomain", domain: old }), ...saidAgain(before, refTo("domain", domain))];
  },
  apply: (schema, { domain, ifExists }) => ({
    ...forgotten(schema, refTo("domain", domain)),
    domains: takeOut("dropDomain", domainsOf(schema), refTo("domain", domain), ifExists),
  }),
  compile: (
    { domain, ...options },
    { writer },
  ) => [
    statement(
      dropSql("DOMAIN", writer.name(domain), options),
      options.cascade ? [{ kind: "deletesData", reason: "Every column of the domain is dropped" }] : [],
    ),
  ],
};
