import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { collationsOf, type CreateCollation } from "./create_collation.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropCollation`. */
export interface DropCollation extends DropOptions {
  readonly kind: "dropCollation";
  readonly collation: ObjectName;
}

/**
 * Drops a collation (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropCollation("case_blind");
 * }
 * ```
 */
export const dropCollation: OperationType<DropCollation, [name: Name, options?: DropOptions]> = {
  kind: "dropCollation",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropCollation>({ kind: "dropCollation", collation: toName("dropCollation", name), ifExists, cascade }),
  args: ({ collation, ifExists, cascade }) =>
    withOptions([fromName(collation)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ collation }, before) {
    const old = lookUp(collationsOf(before), refTo("collation", collation));
    return old === undefined ? null : [
      data<CreateCollation>({ kind: "createCollation", collation: old }),
      ...saidAgain(before, refTo("collation", collation)),
    ];
  },
  apply: (schema, { collation, ifExists }) => ({
    ...forgotten(schema, refTo("collation", collation)),
    collations: takeOut("dropCollation", collationsOf(schema), refTo("collation", collation), ifExists),
  }),
  compile: ({ collation, ...options }, { writer }) => [
    statement(dropSql("COLLATION", writer.name(collation), options)),
  ],
};
