import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findTable } from "../schema/edit.ts";
import type { Deferrability, ForeignKey, ObjectName } from "../schema/model.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.alterConstraint`. */
export interface AlterConstraint {
  readonly kind: "alterConstraint";
  readonly name: string;
  readonly table: ObjectName;
  readonly changes: Deferrability;
}

/** What a foreign key is after the change: a key that is not deferrable is checked at once. */
function changed(key: ForeignKey, { deferrable, initially }: Deferrability): ForeignKey {
  const { deferrable: _, initially: __, ...rest } = key;
  const later = initially ?? (deferrable === false ? undefined : key.initially);
  const isDeferrable = deferrable ?? (initially === "deferred" || key.deferrable);
  return compact<ForeignKey>({
    ...rest,
    deferrable: isDeferrable || undefined,
    initially: later === "deferred" ? later : undefined,
  });
}

/**
 * Changes when a foreign key is checked (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterConstraint("posts_author_id_fkey", "posts", { deferrable: true, initially: "deferred" });
 * }
 * ```
 */
export const alterConstraint: OperationType<
  AlterConstraint,
  [name: string, table: Name, changes: Deferrability]
> = {
  kind: "alterConstraint",
  create(name, table, changes) {
    requireName("alterConstraint", name);
    const { deferrable, initially } = changes;
    if (deferrable === undefined && initially === undefined) {
      throw invalid("alterConstraint", `nothing is changed of "${name}"`);
    }
    if (deferrable === false && initially === "deferred") {
      throw invalid("alterConstraint", `"${name}" cannot be deferred at first and not deferrable`);
    }
    return {
      kind: "alterConstraint",
      name,
      table: toName("alterConstraint", table),
      changes: compact<Deferrability>({ deferrable, initially }),
    };
  },
  args: ({ name, table, changes }) => [name, fromName(table), changes],
  reverse({ name, table }, before) {
    const key = findTable(before, table)?.foreignKeys.find((each) => each.name === name);
    if (key === undefined) return null;
    const changes: Deferrability = {
      deferrable: key.deferrable ?? false,
      ...(key.deferrable ? { initially: key.initially ?? "immediate" } : {}),
    };
    return [data<AlterConstraint>({ kind: "alterConstraint", name, table, changes })];
  },
  apply(schema, { name, table, changes }) {
    if (!tableOf(schema, table, "alterConstraint").foreignKeys.some((each) => each.name === name)) {
      throw invalid("alterConstraint", `"${displayName(table)}" has no foreign key "${name}"`);
    }
    return editTable(schema, table, (found) => ({
      ...found,
      foreignKeys: found.foreignKeys.map((each) => each.name === name ? changed(each, changes) : each),
    }));
  },
  compile: ({ name, table, changes: { deferrable, initially } }, { writer }) => [
    statement(
      `ALTER TABLE ${writer.name(table)} ALTER CONSTRAINT ${writer.identifier(name)}` +
        (deferrable === undefined ? "" : deferrable ? " DEFERRABLE" : " NOT DEFERRABLE") +
        (initially === undefined ? "" : ` INITIALLY ${initially.toUpperCase()}`),
    ),
  ],
};
