import { excludeDefinition } from "../ddl/definitions.ts";
import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable } from "../schema/edit.ts";
import type { ExcludeConstraint, ObjectName } from "../schema/model.ts";
import {
  fromName,
  invalid,
  type Name,
  requireColumnsOf,
  requireFreeName,
  requireSql,
  tableOf,
  toName,
} from "./arguments.ts";
import type { DropConstraint } from "./drop_constraint.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createExcludeConstraint` takes beside name, table and parts. */
export type ExcludeConstraintOptions = Omit<ExcludeConstraint, "name" | "parts">;

/** The data of `op.createExcludeConstraint`. */
export interface CreateExcludeConstraint {
  readonly kind: "createExcludeConstraint";
  readonly table: ObjectName;
  readonly exclusion: ExcludeConstraint;
}

const OPERATOR = /^([-+*/<>=~!@#%^&|`?]+|operator\s*\(.+\))$/i;

function requireParts(parts: ExcludeConstraint["parts"]): void {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw invalid("createExcludeConstraint", "the list of columns is empty");
  }
  for (const { operator, expression } of parts) {
    requireSql("createExcludeConstraint", "a part", expression);
    if (typeof operator === "string" && OPERATOR.test(operator)) continue;
    throw invalid("createExcludeConstraint", `${JSON.stringify(operator) ?? "undefined"} is no operator`);
  }
}

/**
 * Adds an exclude constraint (PostgreSQL): of two rows, one of the comparisons has to be false. A null name leaves the
 * naming to the database.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createExcludeConstraint("bookings_no_overlap", "bookings", [{ column: "during", operator: "&&" }], {
 *     using: "gist",
 *   });
 * }
 * ```
 */
export const createExcludeConstraint: OperationType<
  CreateExcludeConstraint,
  [name: string | null, table: Name, parts: ExcludeConstraint["parts"], options?: ExcludeConstraintOptions]
> = {
  kind: "createExcludeConstraint",
  create(name, table, parts, options = {}) {
    requireParts(parts);
    requireSql("createExcludeConstraint", "the predicate", options.where);
    return {
      kind: "createExcludeConstraint",
      table: toName("createExcludeConstraint", table),
      exclusion: compact<ExcludeConstraint>({ name: name ?? undefined, parts, ...options }),
    };
  },
  args({ table, exclusion: { name, parts, ...options } }) {
    const args = [name ?? null, fromName(table), parts] as const;
    return Object.keys(options).length === 0 ? [...args] : [...args, options];
  },
  reverse: ({ table, exclusion: { name } }) =>
    name === undefined ? null : [data<DropConstraint>({ kind: "dropConstraint", table, name, type: "exclude" })],
  apply(schema, { table, exclusion }) {
    const found = tableOf(schema, table, "createExcludeConstraint");
    requireFreeName("createExcludeConstraint", found, exclusion.name);
    requireColumnsOf("createExcludeConstraint", found, exclusion.parts.flatMap(({ column }) => column ?? []));
    return editTable(schema, table, () => ({ ...found, exclusions: [...found.exclusions ?? [], exclusion] }));
  },
  compile: ({ table, exclusion }, { writer }) => [
    statement(`ALTER TABLE ${writer.name(table)} ADD ${excludeDefinition(writer, exclusion)}`, [{
      kind: "mayFail",
      reason: `"${displayName(table)}" may have rows that exclude one another`,
    }]),
  ],
};
