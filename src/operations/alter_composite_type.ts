import { statement } from "../ddl/statement.ts";
import { collationName, type SqlWriter } from "../ddl/writer.ts";
import { compact, displayName } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { CompositeType } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, toName } from "./arguments.ts";
import { type Attribute, attributeSql, compositeTypesOf, requireAttributes } from "./create_composite_type.ts";
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
  const known = new Set([...type.attributes, ...addAttributes].map(({ name }) => name));
  for (
    const name of [...dropAttributes, ...alterAttributes.map(({ name }) => name), ...Object.keys(renameAttributes)]
  ) {
    if (!known.has(name)) throw invalid("alterCompositeType", `"${displayName(type)}" has no attribute "${name}"`);
  }
  const kept = type.attributes.filter(({ name }) => !dropAttributes.includes(name));
  const altered = kept.map((each) => alterAttributes.find(({ name }) => name === each.name) ?? each);
  const attributes = [...altered, ...addAttributes].map((each) => ({
    ...each,
    name: Object.hasOwn(renameAttributes, each.name) ? renameAttributes[each.name] ?? each.name : each.name,
  }));
  requireAttributes("alterCompositeType", attributes);
  return { ...type, attributes };
}

/** The way back: the names first, since the other changes speak of the old ones. */
function reverseAll(type: CompositeType, changes: CompositeTypeChanges): readonly CompositeTypeChanges[] | null {
  const { addAttributes = [], dropAttributes = [], alterAttributes = [], renameAttributes = {} } = changes;
  const old = (names: readonly string[]): readonly Attribute[] =>
    type.attributes.filter(({ name }) => names.includes(name));
  const lost = old(dropAttributes);
  // An attribute comes back at the end: anywhere else it was another type.
  const tail = type.attributes.slice(type.attributes.length - lost.length);
  if (lost.some((each) => !tail.includes(each)) || (lost.length > 0 && addAttributes.length > 0)) return null;
  const list = <T>(values: readonly T[]): readonly T[] | undefined => values.length === 0 ? undefined : values;
  const names = Object.entries(renameAttributes).map(([from, to]) => [to, from]);
  const back = compact<CompositeTypeChanges>({
    addAttributes: list(lost),
    dropAttributes: list(addAttributes.map(({ name }) => name)),
    alterAttributes: list(old(alterAttributes.map(({ name }) => name))),
  });
  return [
    ...(names.length === 0 ? [] : [{ renameAttributes: Object.fromEntries(names) }]),
    ...(Object.keys(back).length === 0 ? [] : [back]),
  ];
}

function clauses(writer: SqlWriter, changes: CompositeTypeChanges): readonly string[] {
  const { addAttributes = [], dropAttributes = [], alterAttributes = [] } = changes;
  return [
    ...dropAttributes.map((name) => `DROP ATTRIBUTE ${writer.identifier(name)}`),
    ...alterAttributes.map(({ name, type, collation }) =>
      `ALTER ATTRIBUTE ${writer.identifier(name)} TYPE ${type}` +
      (collation === undefined ? "" : ` COLLATE ${collationName(writer, collation)}`)
    ),
    ...addAttributes.map((attribute) => `ADD ATTRIBUTE ${attributeSql(writer, attribute)}`),
  ];
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
    if (Object.values(all).every((value) => Object.keys(value).length === 0)) {
      throw invalid("alterCompositeType", "nothing is changed");
    }
    requireAttributes("alterCompositeType", [...all.addAttributes ?? [], ...all.alterAttributes ?? []]);
    return { kind: "alterCompositeType", type: toName("alterCompositeType", name), changes: all };
  },
  args: ({ type, changes }) => [fromName(type), changes],
  reverse({ type, changes }, before) {
    const old = lookUp(compositeTypesOf(before), refTo("type", type));
    if (old === undefined) return null;
    const back = reverseAll(old, changes);
    if (back === null) return null;
    return back.map((each) => data<AlterCompositeType>({ kind: "alterCompositeType", type, changes: each }));
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
    const parts = clauses(writer, changes);
    const head = `ALTER TYPE ${writer.name(type)}`;
    const dropped = (changes.dropAttributes ?? []).map((name) => `"${name}"`).join(", ");
    return [
      ...(parts.length === 0 ? [] : [
        statement(
          `${head} ${parts.join(", ")}`,
          dropped === "" ? [] : [{
            kind: "deletesData",
            reason: `What values of "${displayName(type)}" hold in ${dropped} is deleted`,
          }],
        ),
      ]),
      ...Object.entries(changes.renameAttributes ?? {}).map(([from, to]) =>
        statement(`${head} RENAME ATTRIBUTE ${writer.identifier(from)} TO ${writer.identifier(to)}`)
      ),
    ];
  },
};
