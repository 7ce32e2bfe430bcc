/**
 * Names that are longer than the database keeps: cut as it cuts them, so that a target is compared by the names that its
 * objects will have. Without it, a long name would be another one at every comparison.
 *
 * @module
 */
import type { ForeignKey, Index, Schema, Table } from "./model.ts";
import type { EnumType } from "./objects.ts";

const encoder = new TextEncoder();

/** The longest beginning of a name that fits into that many bytes of UTF-8, whole characters only. */
export function cutName(name: string, bytes: number): string {
  if (name.length * 3 <= bytes || encoder.encode(name).length <= bytes) return name;
  let cut = "";
  let left = bytes;
  for (const character of name) {
    left -= encoder.encode(character).length;
    if (left < 0) break;
    cut += character;
  }
  return cut;
}

/**
 * A schema with every name cut.
 *
 * @param bytes how long a name may be; undefined where there is no limit
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function cutNames(schema: Schema, bytes: number | undefined): Schema {
  if (bytes === undefined) return schema;
  const cut = (name: string): string => cutName(name, bytes);
  const all = (names: readonly string[]): readonly string[] => names.map(cut);
  const named = <T extends { readonly name?: string; readonly schema?: string }>(object: T): T => ({
    ...object,
    ...(object.name === undefined ? {} : { name: cut(object.name) }),
    ...(object.schema === undefined ? {} : { schema: cut(object.schema) }),
  });
  const types = new Map(schema.enums.map(({ name }) => [name, cut(name)]));
  const index = (found: Index): Index => ({
    ...named(found),
    parts: found.parts.map((part) => part.column === undefined ? part : { ...part, column: cut(part.column) }),
    ...(found.include === undefined ? {} : { include: all(found.include) }),
  });
  const foreignKey = (key: ForeignKey): ForeignKey => {
    const { table, schema: of, columns } = key.references;
    const references = { table: cut(table), ...(of === undefined ? {} : { schema: cut(of) }), columns: all(columns) };
    return { ...named(key), columns: all(key.columns), references };
  };
  const table = (found: Table): Table => ({
    ...named(found),
    columns: found.columns.map((column) => ({ ...named(column), type: types.get(column.type) ?? column.type })),
    ...(found.primaryKey === undefined
      ? {}
      : { primaryKey: { ...named(found.primaryKey), columns: all(found.primaryKey.columns) } }),
    uniques: found.uniques.map((unique) => ({ ...named(unique), columns: all(unique.columns) })),
    foreignKeys: found.foreignKeys.map(foreignKey),
    checks: found.checks.map(named),
    indexes: found.indexes.map(index),
  });
  return {
    ...schema,
    schemas: all(schema.schemas),
    enums: schema.enums.map((type): EnumType => named(type)),
    tables: schema.tables.map(table),
  };
}
