import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Routine } from "../schema/objects.ts";
import { fromName, type Name, toName } from "./arguments.ts";
import { type CreateFunction, routineRef, routinesOf } from "./create_function.ts";
import { type DropOptions, dropSql, lookUp, takeOut, withOptions } from "./listed.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.dropFunction` takes beside the name and the types of the arguments. */
export interface DropFunctionOptions extends DropOptions {
  /** Left out means `function`. */
  readonly type?: Routine["type"];
}

/** The data of `op.dropFunction`. */
export interface DropFunction extends DropOptions {
  readonly kind: "dropFunction";
  readonly routine: ObjectName & Pick<Routine, "arguments" | "type">;
}

/**
 * Drops a function, a procedure or an aggregate (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropFunction("add", "integer, integer");
 * }
 * ```
 */
export const dropFunction: OperationType<
  DropFunction,
  [name: Name, argumentTypes?: string, options?: DropFunctionOptions]
> = {
  kind: "dropFunction",
  create: (name, argumentTypes = "", { type = "function", ifExists, cascade } = {}) =>
    compact<DropFunction>({
      kind: "dropFunction",
      routine: { ...toName("dropFunction", name), arguments: argumentTypes, type },
      ifExists,
      cascade,
    }),
  args: ({ routine: { type, ...routine }, ifExists, cascade }) =>
    withOptions(
      [fromName(routine), routine.arguments] as const,
      compact<DropFunctionOptions>({ type: type === "function" ? undefined : type, ifExists, cascade }),
    ),
  reverse({ routine }, before) {
    const old = lookUp(routinesOf(before), routineRef(routine));
    return old === undefined
      ? null
      : [data<CreateFunction>({ kind: "createFunction", routine: old }), ...saidAgain(before, routineRef(routine))];
  },
  apply: (schema, { routine, ifExists }) => ({
    ...forgotten(schema, routineRef(routine)),
    routines: takeOut("dropFunction", routinesOf(schema), routineRef(routine), ifExists),
  }),
  compile: ({ routine, ...options }, { writer }) => [
    statement(
      dropSql(
        routine.type.toUpperCase(),
        `${writer.name(nameOf(routine))}(${
          routine.type === "aggregate" ? routine.arguments || "*" : routine.arguments
        })`,
        options,
      ),
    ),
  ],
};
