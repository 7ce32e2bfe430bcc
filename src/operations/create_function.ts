import { statement } from "../ddl/statement.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { ObjectRef, Routine } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireSql, toName } from "./arguments.ts";
import { isReplacing, toDefinition } from "./definition.ts";
import type { DropFunction } from "./drop_function.ts";
import { type Listed, lookUp, put, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createFunction` takes beside the name, the types of the arguments and the definition. */
export interface FunctionOptions {
  /** Left out means `function`. */
  readonly type?: Routine["type"];
  /** What cannot be replaced in place; autogenerate writes it. */
  readonly signature?: string;
}

/** The data of `op.createFunction`. */
export interface CreateFunction {
  readonly kind: "createFunction";
  readonly routine: Routine;
}

/** The ref to a routine. */
export function routineRef(routine: ObjectName & { readonly arguments: string }): ObjectRef {
  return { ...refTo("routine", routine), arguments: routine.arguments };
}

/** The routines of a schema. */
export const routinesOf = ({ routines }: Schema): Listed<Routine> => ({ list: routines, ref: routineRef });

/** A routine whose statement takes the place of what is there. */
function replacing(routine: Routine): Routine {
  if (isReplacing(routine.definition)) return routine;
  return { ...routine, definition: routine.definition.replace(/\bcreate\s+/i, "CREATE OR REPLACE ") };
}

/**
 * Makes a function, a procedure or an aggregate (PostgreSQL), or replaces it where the definition says so.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createFunction(
 *     "touch",
 *     "",
 *     `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql
 *      AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$`,
 *   );
 * }
 * ```
 */
export const createFunction: OperationType<
  CreateFunction,
  [name: Name, argumentTypes: string, definition: string, options?: FunctionOptions]
> = {
  kind: "createFunction",
  create(name, argumentTypes, definition, { type = "function", signature } = {}) {
    if (typeof argumentTypes !== "string") throw invalid("createFunction", "the types of the arguments are a text");
    const text = toDefinition("createFunction", definition, new RegExp(`${type}\\s`, "i"));
    if (argumentTypes.trim() !== "") requireSql("createFunction", "the types of the arguments", argumentTypes);
    const routine = compact<Routine>({
      ...toName("createFunction", name),
      arguments: argumentTypes,
      type,
      definition: text,
      signature,
    });
    return { kind: "createFunction", routine };
  },
  args: ({ routine }) =>
    withOptions(
      [fromName(routine), routine.arguments, routine.definition] as const,
      compact<FunctionOptions>({
        type: routine.type === "function" ? undefined : routine.type,
        signature: routine.signature,
      }),
    ),
  reverse({ routine }, before) {
    const old = lookUp(routinesOf(before), routineRef(routine));
    if (old !== undefined) return [data<CreateFunction>({ kind: "createFunction", routine: replacing(old) })];
    const { type, arguments: types } = routine;
    return [data<DropFunction>({ kind: "dropFunction", routine: { ...nameOf(routine), arguments: types, type } })];
  },
  apply: (schema, { routine }) => ({
    ...schema,
    routines: put(
      "createFunction",
      routinesOf(schema),
      routine,
      isReplacing(routine.definition),
    ),
  }),
  compile: ({ routine }) => [statement(routine.definition)],
};
