import { writer } from "../../src/dialects/postgres/writer.ts";
import type { ComparingDialect, Comparison } from "../../src/autogenerate/comparison.ts";
import { EMPTY_SCHEMA, type Schema, type Table } from "../../src/schema/model.ts";
import { nameSchema } from "../../src/schema/naming.ts";
import { defineSchema, type SchemaDefinition, table, type TableDefinition } from "../../src/schema/builder.ts";

/** A dialect that spells everything as it is written, but for the case of types. */
export const POSTGRES: ComparingDialect = {
  capabilities: {
    schemas: true,
    enums: true,
    alterConstraints: true,
    uniqueIndexIsConstraint: false,
    replaceView: true,
    foldsCase: false,
  },
  isNeverNull: () => false,
  writer,
  canonicalType: (type) => type.toLowerCase(),
  canonicalExpression: (expression) => expression.replaceAll(" ", ""),
  conversion: (column, from, to) => from === "text" && to === "integer" ? `${column}::integer` : undefined,
};

export const SQLITE: ComparingDialect = {
  ...POSTGRES,
  capabilities: {
    schemas: false,
    enums: false,
    alterConstraints: false,
    uniqueIndexIsConstraint: true,
    replaceView: false,
    foldsCase: true,
  },
  conversion: () => undefined,
};

/** A table whose columns are given as `name type`, with `!` behind what is NOT NULL. */
export function tableOf(name: string, columns: readonly string[], rest: Partial<TableDefinition> = {}): Table {
  const dot = name.indexOf(".");
  return table(dot < 0 ? name : { schema: name.slice(0, dot), name: name.slice(dot + 1) }, {
    columns: columns.map((column) => {
      const [columnName = "", type = "integer"] = column.replace("!", "").split(" ");
      return { name: columnName, type, ...(column.endsWith("!") ? { nullable: false } : {}) };
    }),
    ...rest,
  });
}

/** A database and a target, compared as `dialect` would. */
export function comparisonOf(
  current: SchemaDefinition,
  target: SchemaDefinition,
  options: Partial<Comparison> = {},
): Comparison {
  const written: Schema = defineSchema(target);
  return {
    current: { ...EMPTY_SCHEMA, ...defineSchema(current) },
    target: nameSchema(written, options.convention ?? "postgres"),
    written,
    kinds: ["schemas", "enums", "tables"],
    dialect: POSTGRES,
    convention: "postgres",
    ...options,
  };
}
