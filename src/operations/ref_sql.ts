/**
 * A ref as SQL: what `COMMENT ON` and `GRANT … ON` take.
 *
 * @module
 */
import type { SqlWriter } from "../ddl/writer.ts";
import { LimbeckError } from "../errors.ts";
import type { ObjectName } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { displayRef } from "../schema/refs.ts";

const PLAIN: { readonly [kind in ObjectRef["kind"]]?: string } = {
  table: "TABLE",
  view: "VIEW",
  materializedView: "MATERIALIZED VIEW",
  sequence: "SEQUENCE",
  index: "INDEX",
  type: "TYPE",
  domain: "DOMAIN",
  collation: "COLLATION",
};

const IN_TABLE: { readonly [kind in ObjectRef["kind"]]?: string } = {
  constraint: "CONSTRAINT",
  trigger: "TRIGGER",
  policy: "POLICY",
};

/**
 * The object with the words for its kind: `TABLE users`, `CONSTRAINT users_check ON users`, `ROUTINE add(integer)`.
 *
 * @throws `UNSUPPORTED` for a kind that SQL has no words for
 */
export function refSql(writer: SqlWriter, ref: ObjectRef): string {
  const { kind, name, schema, table } = ref;
  const named = (object: string): string =>
    writer.name(schema === undefined ? { name: object } : { name: object, schema });
  const plain = PLAIN[kind];
  if (plain !== undefined) return `${plain} ${named(name)}`;
  if (kind === "schema" || kind === "extension") return `${kind.toUpperCase()} ${writer.identifier(name)}`;
  if (kind === "routine") {
    const word = (ref.type ?? "routine").toUpperCase();
    return `${word} ${named(name)}(${word === "AGGREGATE" && ref.arguments === "" ? "*" : ref.arguments ?? ""})`;
  }
  if (kind === "column" && table !== undefined) return `COLUMN ${named(table)}.${writer.identifier(name)}`;
  const part = IN_TABLE[kind];
  if (part !== undefined && table !== undefined) return `${part} ${writer.identifier(name)} ON ${named(table)}`;
  if (part !== undefined) return `${part} ${writer.identifier(name)} ON DOMAIN ${named(ref.type ?? "")}`;
  const word = ref.type?.toUpperCase();
  if (word !== undefined) {
    return table === undefined ? `${word} ${named(name)}` : `${word} ${writer.identifier(name)} ON ${named(table)}`;
  }
  throw new LimbeckError("UNSUPPORTED", `Cannot name the ${displayRef(ref)} in SQL`);
}

/** The table of a ref to a column. */
export function tableOfRef({ table = "", schema }: ObjectRef): ObjectName {
  return schema === undefined ? { name: table } : { name: table, schema };
}
