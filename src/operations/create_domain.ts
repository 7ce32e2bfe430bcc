import { statement } from "../ddl/statement.ts";
import { collationName, type SqlWriter } from "../ddl/writer.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { Domain } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireSql, toName } from "./arguments.ts";
import type { DropDomain } from "./drop_domain.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createDomain` takes beside the name. */
export interface DomainInput extends Omit<Domain, "name" | "schema" | "checks"> {
  readonly checks?: Domain["checks"];
}

/** The data of `op.createDomain`. */
export interface CreateDomain {
  readonly kind: "createDomain";
  readonly domain: Domain;
}

/** The domains of a schema. */
export const domainsOf = ({ domains }: Schema): Listed<Domain> => ({
  list: domains,
  ref: (domain) => refTo("domain", domain),
});

/** A check of a domain as `CREATE DOMAIN` and `ADD` take it. */
export function domainCheckSql(writer: SqlWriter, { name, expression, notValid }: Domain["checks"][number]): string {
  const constraint = name === undefined ? "" : `CONSTRAINT ${writer.identifier(name)} `;
  return `${constraint}CHECK (${expression})${notValid ? " NOT VALID" : ""}`;
}

/** Throws `OPERATION_INVALID` for a check whose expression cannot stand in a statement. */
export function requireDomainChecks(kind: string, checks: Domain["checks"] = []): void {
  for (const { name, expression } of checks) {
    requireSql(kind, name === undefined ? "a check" : `the check "${name}"`, expression ?? "");
  }
}

/**
 * Makes a domain: a type with a default and checks of its own (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createDomain("email", { type: "text", checks: [{ name: "email_at", expression: "VALUE LIKE '%@%'" }] });
 * }
 * ```
 */
export const createDomain: OperationType<CreateDomain, [name: Name, domain: DomainInput]> = {
  kind: "createDomain",
  create(name, input) {
    if (typeof input?.type !== "string" || input.type === "") throw invalid("createDomain", "the domain has no type");
    requireSql("createDomain", "the type", input.type);
    requireSql("createDomain", "the default", input.default);
    requireDomainChecks("createDomain", input.checks);
    const domain = compact<Domain>({ ...input, ...toName("createDomain", name), checks: input.checks ?? [] });
    return { kind: "createDomain", domain };
  },
  args({ domain: { name, schema, checks, ...rest } }) {
    const input = compact<DomainInput>({ ...rest, checks: checks.length === 0 ? undefined : checks });
    return [fromName(compact({ name, schema })), input];
  },
  reverse: ({ domain }) => [data<DropDomain>({ kind: "dropDomain", domain: nameOf(domain) })],
  apply: (schema, { domain }) => ({ ...schema, domains: put("createDomain", domainsOf(schema), domain) }),
  compile({ domain }, { writer }) {
    const { type, collation, nullable, default: value, checks } = domain;
    // CREATE DOMAIN knows no NOT VALID.
    const [now, later] = [checks.filter(({ notValid }) => !notValid), checks.filter(({ notValid }) => notValid)];
    const name = writer.name(nameOf(domain));
    return [
      statement(
        [
          `CREATE DOMAIN ${name} AS ${type}`,
          ...(collation === undefined ? [] : [`COLLATE ${collationName(writer, collation)}`]),
          ...(value === undefined ? [] : [`DEFAULT ${value}`]),
          ...(nullable === false ? ["NOT NULL"] : []),
          ...now.map((check) => domainCheckSql(writer, check)),
        ].join(" "),
      ),
      ...later.map((check) => statement(`ALTER DOMAIN ${name} ADD ${domainCheckSql(writer, check)}`)),
    ];
  },
};
