/**
 * Every SQL text of a schema, changed by one function: what a new name of a type or a schema makes of the model.
 *
 * @module
 */
import type { Schema } from "../schema/model.ts";

/** What a text of the model is. */
export type TextRole = "type" | "expression" | "definition";

/** The fields of the model that hold SQL. */
const ROLES: { readonly [field: string]: TextRole } = {
  type: "type",
  arguments: "type",
  expression: "expression",
  default: "expression",
  where: "expression",
  using: "expression",
  withCheck: "expression",
  query: "expression",
  partitionBy: "expression",
  bound: "expression",
  definition: "definition",
  drop: "definition",
  signature: "definition",
};

/** Objects in which `type` says what kind of object it is. */
const KINDS = new Set(["routines", "objects", "on", "from"]);

/**
 * A schema with every SQL text in it changed, and every other field by `field`.
 *
 * @param sql gives the new text
 * @param field gives the new value of a field that is no SQL text (`schema`, `name`)
 */
export function mapSql(
  schema: Schema,
  sql: (text: string, role: TextRole) => string,
  field: (name: string, value: unknown) => unknown = (_, value) => value,
): Schema {
  const walk = (value: unknown, key: string, parent: string): unknown => {
    const role = key === "type" && KINDS.has(parent) ? undefined : ROLES[key];
    if (typeof value === "string" && role !== undefined) return sql(value, role);
    if (Array.isArray(value)) return value.map((each) => walk(each, key, key));
    if (typeof value !== "object" || value === null) return field(key, value);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name, key)]));
  };
  return walk(schema, "", "") as Schema;
}
