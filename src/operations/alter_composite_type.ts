import { statement } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { CompositeType } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { type Attribute, attributeSql, compositeTypesOf } from "./create_composite_type.ts";
import { edited, lookUp } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a composite type `op.alterCompositeType` changes. */
export interface CompositeTypeChanges {
  readonly addAttributes?: readonly Attribute[];
  readonly dropAttributes?: readonly string[];
  /** Fields with their new type. */
  readonly alterAttributes?: readonly Attribute[];
  /** Old name to new name. */
  readonly renameAttributes?: { readonly [name: string]: string };
}

/** The data of `op.alterCompositeType`. */
export interface AlterCompositeType {
  readonly kind: "alterCompositeType";
  readonly type: ObjectName;
  readonly changes: CompositeTypeChanges;
}

function changedType(type: CompositeType, changes: CompositeTypeChanges): CompositeType {
  const { addAttributes = [], dropAttributes = [], alterAttributes = [], renameAttributes = {} } = changes;
  const kept = type.attributes.filter(({ name }) => !dropAttributes.includes(name))
    .map((attribute) => alterAttributes.find(({ name }) => name === attribute.name) ?? attribute)
    .map((attribute) => ({ ...attribute, name: renameAttributes[attribute.name] ?? attribute.name }));
  return { ...type, attributes: [...kept, ...addAttributes] };
}

function reverseChanges({ attributes }: CompositeType, changes: CompositeTypeChanges): CompositeTypeChanges {
  const { addAttributes = [], dropAttributes = [], alterAttributes = [], renameAttributes = {} } = changes;
  const named = (names: readonly string[]): readonly Attribute[] =>
    attributes.filter(({ name }) => names.includes(name));
  const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => list.length === 0 ? undefined : list;
  const renamed = Object.entries(renameAttributes).map(([old, name]) => [name, old]);
  return compact<CompositeTypeChanges>({
    dropAttributes: unlessEmpty(addAttributes.map(({ name }) => name)),
    addAttributes: unlessEmpty(named(dropAttributes)),
    alterAttributes: unlessEmpty(named(alterAttributes.map(({ name }) => name))),
    renameAttributes: renamed.length === 0 ? undefined : Object.fromEntries(renamed),
  });
}

/**
 * Changes the fields of a composite type (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterCompositeType("address", { addAttributes: [{ name: "country", type: "text" }] });
 * }
 * ```
 */
export const alterCompositeType: OperationType<AlterCompositeType, [name: Name, changes: CompositeTypeChanges]> = {
  kind: "alterCompositeType",
  create(name, changes) {
    const all = compact<CompositeTypeChanges>({ ...changes });
    if (Object.keys(all).length === 0) throw invalid("alterCompositeType", "nothing is changed");
    return { kind: "alterCompositeType", type: toName("alterCompositeType", name), changes: all };
  },
  args: ({ type, changes }) => [fromName(type), changes],
  reverse({ type, changes }, before) {
    const old = lookUp(compositeTypesOf(before), refTo("type", type));
    if (old === undefined) return null;
    return [data<AlterCompositeType>({ kind: "alterCompositeType", type, changes: reverseChanges(old, changes) })];
  },
  apply: (schema, { type, changes }) => ({
    ...schema,
    compositeTypes: edited(
      "alterCompositeType",
      compositeTypesOf(schema),
      refTo("type", type),
      (old) => changedType(old, changes),
    ),
  }),
  compile({ type, changes }, { writer }) {
    const { addAttributes = [], dropAttributes = [], alterAttributes = [], renameAttributes = {} } = changes;
    const alter = `ALTER TYPE ${writer.name(type)}`;
    const clauses = [
      ...dropAttributes.map((name) => `DROP ATTRIBUTE ${writer.identifier(name)}`),
      ...alterAttributes.map((attribute) =>
        `ALTER ATTRIBUTE ${attributeSql(writer, attribute).replace(/^("(?:[^"]|"")*"|\S+) /, "$1 TYPE ")}`
      ),
      ...addAttributes.map((attribute) => `ADD ATTRIBUTE ${attributeSql(writer, attribute)}`),
    ];
    return [
      ...(clauses.length === 0 ? [] : [statement(`${alter} ${clauses.join(", ")}`)]),
      ...Object.entries(renameAttributes).map(([old, name]) =>
        statement(`${alter} RENAME ATTRIBUTE ${writer.identifier(old)} TO ${writer.identifier(name)}`)
      ),
    ];
  },
};
