import { renameCallInSql } from "../ddl/rename_in_code.ts";
import { statement } from "../ddl/statement.ts";
import { compact, compareNames, displayName, nameOf, sameName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Routine } from "../schema/objects.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { routineRef, routinesOf } from "./create_function.ts";
import { edited, lookUp, withOptions } from "./listed.ts";
import { mapSql } from "./map_sql.ts";
import { followed } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";
import { withRoutineName } from "./routine_definition.ts";

/** What `op.renameFunction` takes beside the names and the types of the arguments. */
export interface RenameFunctionOptions {
  /** Left out means `function`. */
  readonly type?: Routine["type"];
}

/** The data of `op.renameFunction`. */
export interface RenameFunction {
  readonly kind: "renameFunction";
  readonly routine: ObjectName & Pick<Routine, "arguments" | "type">;
  readonly newName: string;
  /** What a reader of the revision should know: a comment before it. */
  readonly note?: string;
}

/**
 * Gives a function, a procedure or an aggregate another name (PostgreSQL). Triggers, defaults, checks and views that
 * call it follow; what is called in the quoted text of another function does not.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameFunction("add", "integer, integer", "plus");
 * }
 * ```
 */
export const renameFunction: OperationType<
  RenameFunction,
  [name: Name, argumentTypes: string, newName: string, options?: RenameFunctionOptions]
> = {
  kind: "renameFunction",
  create(name, argumentTypes, newName, { type = "function" } = {}) {
    requireName("renameFunction", newName);
    if (typeof argumentTypes !== "string") throw invalid("renameFunction", "the types of the arguments are a text");
    const routine = { ...toName("renameFunction", name), arguments: argumentTypes, type };
    return { kind: "renameFunction", routine, newName };
  },
  args: ({ routine: { type, ...routine }, newName }) =>
    withOptions(
      [fromName(routine), routine.arguments, newName] as const,
      compact<RenameFunctionOptions>({ type: type === "function" ? undefined : type }),
    ),
  reverse: ({ routine, newName, note: _, ...rest }) => [
    data<RenameFunction>({ ...rest, routine: { ...routine, name: newName }, newName: routine.name }),
  ],
  apply(schema, { routine, newName }) {
    const to = nameOf({ ...routine, name: newName });
    if (lookUp(routinesOf(schema), routineRef({ ...routine, name: newName })) !== undefined) {
      throw invalid("renameFunction", `there is a function "${displayName(to)}(${routine.arguments})" already`);
    }
    const ref = routineRef(routine);
    const isOverloaded = schema.routines.filter((each) => sameName(each, routine)).length > 1;
    // Which of the two a text calls is not to be seen in it.
    const text = (sql: string): string => isOverloaded ? sql : renameCallInSql(sql, routine, newName);
    const routines = edited("renameFunction", routinesOf(schema), ref, (found) => ({
      ...found,
      ...to,
      definition: withRoutineName(found.definition, newName),
    }));
    return followed(mapSql({ ...schema, routines: routines.toSorted(compareNames) }, text), ref, to);
  },
  compile: ({ routine, newName }, { writer }) => {
    const types = routine.type === "aggregate" ? routine.arguments || "*" : routine.arguments;
    const kind = routine.type.toUpperCase();
    return [
      statement(`ALTER ${kind} ${writer.name(nameOf(routine))}(${types}) RENAME TO ${writer.identifier(newName)}`),
    ];
  },
};
