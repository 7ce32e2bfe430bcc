import { statement } from "../ddl/statement.ts";
import { compact, displayName, findNamed, withoutNamed } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import type { CreateEnum } from "./create_enum.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.dropEnum` takes beside the name. */
export interface DropEnumOptions {
  readonly ifExists?: boolean;
}

/** The data of `op.dropEnum`. */
export interface DropEnum extends DropEnumOptions {
  readonly kind: "dropEnum";
  readonly type: ObjectName;
}

/**
 * Drops an enumerated type that nothing uses any more (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropEnum("post_status");
 * }
 * ```
 */
export const dropEnum: OperationType<DropEnum, [name: Name, options?: DropEnumOptions]> = {
  kind: "dropEnum",
  create: (name, options = {}) => ({
    ...compact<DropEnumOptions>({ ifExists: options.ifExists }),
    kind: "dropEnum",
    type: toName("dropEnum", name),
  }),
  args: ({ type, ifExists }) => ifExists === undefined ? [fromName(type)] : [fromName(type), { ifExists }],
  reverse({ type }, before) {
    const found = findNamed(before.enums, type);
    return found === undefined ? null : [
      data<CreateEnum>({ kind: "createEnum", type, values: found.values }),
      ...saidAgain(before, refTo("type", type)),
    ];
  },
  apply(schema, { type, ifExists }) {
    if (findNamed(schema.enums, type) === undefined && !ifExists) {
      throw invalid("dropEnum", `there is no enum "${displayName(type)}"`);
    }
    return { ...forgotten(schema, refTo("type", type)), enums: withoutNamed(schema.enums, type) };
  },
  compile: ({ type, ifExists }, { writer }) => [
    statement(`DROP TYPE ${ifExists ? "IF EXISTS " : ""}${writer.name(type)}`),
  ],
};
