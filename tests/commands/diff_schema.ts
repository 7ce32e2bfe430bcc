/** What of a schema two databases have in common that are alike. */
import { OBJECT_KINDS, type Schema } from "../../src/schema/model.ts";

/** How something is made again, and what it needs: not what it is. */
const ASIDE = new Set(["definition", "dependencies", "shape", "unmodelled"]);

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A value as text, whatever the order of its properties. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "";
  const properties = Object.entries(value).filter(([key, each]) => !ASIDE.has(key) && each !== undefined).sort();
  return `{${properties.map(([key, each]) => `${key}: ${textOf(each)}`).join(", ")}}`;
}

/** Everything in a schema, a line each, whatever the order of columns and constraints. */
export function linesOf(schema: Schema): readonly string[] {
  const tables = schema.tables.flatMap((table) =>
    Object.entries(table).flatMap(([property, value]) =>
      (Array.isArray(value) ? value : [value]).filter((each) => !ASIDE.has(property) && each !== undefined)
        .map((each) => `${table.schema ?? ""}.${table.name} ${property}: ${textOf(each)}`)
    )
  );
  const others = OBJECT_KINDS.filter((kind) => kind !== "tableOptions" && kind !== "rowSecurity" && kind !== "tables")
    .flatMap((kind) => (schema[kind] as readonly unknown[]).map((each) => `${kind}: ${textOf(each)}`));
  const code = [...schema.routines, ...schema.triggers, ...schema.objects].map(({ definition }) => definition);
  return [...tables, ...others, ...code].sort();
}
