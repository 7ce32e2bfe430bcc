import { renameTypeInRoutine } from "../ddl/rename_in_code.ts";
import { statement } from "../ddl/statement.ts";
import { renameTypeInSql } from "../ddl/rename_in_sql.ts";
import { displayName, findNamed, nameOf, withNamed, withoutNamed } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { mapSql } from "./map_sql.ts";
import { followed } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** The data of `op.renameType`. */
export interface RenameType {
  readonly kind: "renameType";
  readonly type: ObjectName;
  readonly newName: string;
  /** What a reader of the revision should know: a comment before it. */
  readonly note?: string;
}

/** The lists that have types in them. */
const LISTS = ["enums", "compositeTypes", "domains"] as const;

function renamed<T extends ObjectName>(list: readonly T[], from: ObjectName, to: string): readonly T[] {
  const found = findNamed(list, from);
  return found === undefined ? list : withNamed(withoutNamed(list, from), { ...found, name: to });
}

/**
 * Gives an enumerated type, a composite type or a domain another name; what uses it follows (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.renameType("status", "post_status");
 * }
 * ```
 */
export const renameType: OperationType<RenameType, [name: Name, newName: string]> = {
  kind: "renameType",
  create(name, newName) {
    requireName("renameType", newName);
    return { kind: "renameType", type: toName("renameType", name), newName };
  },
  args: ({ type, newName }) => [fromName(type), newName],
  reverse: ({ type, newName }) => [
    data<RenameType>({ kind: "renameType", type: nameOf({ ...type, name: newName }), newName: type.name }),
  ],
  apply(schema, { type, newName }) {
    if (LISTS.every((list) => findNamed<ObjectName>(schema[list], type) === undefined)) {
      throw invalid("renameType", `there is no type "${displayName(type)}"`);
    }
    const to = nameOf({ ...type, name: newName });
    if (LISTS.some((list) => findNamed<ObjectName>(schema[list], to) !== undefined)) {
      throw invalid("renameType", `there is a type "${displayName(to)}" already`);
    }
    const kind = findNamed(schema.domains, type) === undefined ? "type" : "domain";
    const used = mapSql(
      schema,
      (text, role) => role === "definition" ? text : renameTypeInSql(text, type, to, { isType: role === "type" }),
    );
    const after: Schema = {
      ...used,
      routines: used.routines.map((routine) => ({
        ...routine,
        definition: renameTypeInRoutine(routine.definition, type, newName),
        ...(routine.signature === undefined
          ? {}
          : { signature: renameTypeInRoutine(routine.signature, type, newName) }),
      })),
      enums: renamed(used.enums, type, newName),
      compositeTypes: renamed(used.compositeTypes, type, newName),
      domains: renamed(used.domains, type, newName),
    };
    return followed(after, refTo(kind, type), to);
  },
  // ALTER TYPE renames a domain too.
  compile: ({ type, newName }, { writer }) => [
    statement(`ALTER TYPE ${writer.name(type)} RENAME TO ${writer.identifier(newName)}`),
  ],
};
