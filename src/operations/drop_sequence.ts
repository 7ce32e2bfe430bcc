import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { type CreateSequence, sequencesOf } from "./create_sequence.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.dropSequence`. */
export interface DropSequence extends DropOptions {
  readonly kind: "dropSequence";
  readonly sequence: ObjectName;
}

/**
 * Drops a sequence (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropSequence("invoice_numbers");
 * }
 * ```
 */
export const dropSequence: OperationType<DropSequence, [name: Name, options?: DropOptions]> = {
  kind: "dropSequence",
  create: (name, { ifExists, cascade } = {}) =>
    compact<DropSequence>({ kind: "dropSequence", sequence: toName("dropSequence", name), ifExists, cascade }),
  args: ({ sequence, ifExists, cascade }) =>
    withOptions([fromName(sequence)] as const, compact<DropOptions>({ ifExists, cascade })),
  reverse({ sequence }, before) {
    const old = lookUp(sequencesOf(before), refTo("sequence", sequence));
    return old === undefined ? null : [
      data<CreateSequence>({ kind: "createSequence", sequence: old }),
      ...saidAgain(before, refTo("sequence", sequence)),
    ];
  },
  apply: (schema, { sequence, ifExists }) => ({
    ...forgotten(schema, refTo("sequence", sequence)),
    sequences: takeOut("dropSequence", sequencesOf(schema), refTo("sequence", sequence), ifExists),
  }),
  compile: ({ sequence, ...options }, { writer }) => [statement(dropSql("SEQUENCE", writer.name(sequence), options))],
};
