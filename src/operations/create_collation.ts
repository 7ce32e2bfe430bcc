import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { Collation } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { DropCollation } from "./drop_collation.ts";
import { type Listed, put } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createCollation` takes beside the name. */
export type CollationInput = Omit<Collation, "name" | "schema">;

/** The data of `op.createCollation`. */
export interface CreateCollation {
  readonly kind: "createCollation";
  readonly collation: Collation;
}

/** The collations of a schema. */
export const collationsOf = ({ collations }: Schema): Listed<Collation> => ({
  list: collations,
  ref: (collation) => refTo("collation", collation),
});

/**
 * Makes a collation (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createCollation("case_blind", { provider: "icu", locale: "und-u-ks-level2", deterministic: false });
 * }
 * ```
 */
export const createCollation: OperationType<CreateCollation, [name: Name, collation: CollationInput]> = {
  kind: "createCollation",
  create(name, input) {
    if (typeof input?.locale !== "string" || typeof input.provider !== "string") {
      throw invalid("createCollation", "a collation has a provider and a locale");
    }
    const collation = compact<Collation>({ ...input, ...toName("createCollation", name) });
    return { kind: "createCollation", collation };
  },
  args: ({ collation: { name, schema, ...input } }) => [fromName(compact({ name, schema })), input],
  reverse: ({ collation }) => [data<DropCollation>({ kind: "dropCollation", collation: nameOf(collation) })],
  apply: (schema, { collation }) => ({
    ...schema,
    collations: put("createCollation", collationsOf(schema), collation),
  }),
  compile: ({ collation }, { writer }) => [
    statement(
      `CREATE COLLATION ${writer.name(nameOf(collation))} (provider = ${collation.provider}, locale = ${
        writer.literal(collation.locale)
      }${collation.deterministic === false ? ", deterministic = false" : ""})`,
    ),
  ],
};
