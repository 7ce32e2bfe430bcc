/**
 * Reads types, collations and extensions.
 *
 * @module
 */
import { compact, compareNames, compareText } from "../../schema/edit.ts";
import type { Schema } from "../../schema/model.ts";
import type { Collation, CompositeType, Domain, EnumType, Extension } from "../../schema/objects.ts";
import type { CollationRow, CompositeRow, DomainRow, TypeRows } from "./catalog_types.ts";
import { canonicalDefault, canonicalExpression } from "./expressions.ts";
import { type Home, named } from "./inspect_names.ts";
import { canonicalType } from "./types.ts";

function domainOf(row: DomainRow, home: Home): Domain {
  const type = canonicalType(row.type);
  return compact<Domain>({
    ...named(row, home),
    type,
    collation: row.collation ?? undefined,
    nullable: row.required ? false : undefined,
    default: row.expression === null ? undefined : canonicalDefault(row.expression, type),
    checks: (row.checks ?? []).map(({ name, expression, valid }) =>
      compact<Domain["checks"][number]>({
        name,
        expression: canonicalExpression(expression),
        notValid: !valid || undefined,
      })
    ),
  });
}

function compositeOf(row: CompositeRow, home: Home): CompositeType {
  return {
    ...named(row, home),
    attributes: (row.attributes ?? []).map(({ name, type, collation }) =>
      compact<CompositeType["attributes"][number]>({
        name,
        type: canonicalType(type),
        collation: collation ?? undefined,
      })
    ),
  };
}

const PROVIDERS = { c: "libc", i: "icu", b: "builtin" } as const;

function collationOf(row: CollationRow, home: Home): Collation {
  return compact<Collation>({
    ...named(row, home),
    provider: PROVIDERS[row.provider],
    locale: row.locale ?? row.collate ?? "",
    deterministic: row.deterministic ? undefined : false,
  });
}

/** Whether the model has a place for all of a collation. */
export function isPlainCollation({ provider, collate, ctype, rules }: CollationRow): boolean {
  return rules === null && (provider !== "c" || collate === ctype);
}

/** The types that the rows of the catalog describe. */
export function typesOf(
  rows: TypeRows,
  home: Home,
): Pick<Schema, "schemas" | "extensions" | "enums" | "domains" | "compositeTypes" | "collations"> {
  return {
    schemas: rows.schemas.map(({ name }) => name).sort(compareText),
    extensions: rows.extensions.map(({ name, schema }) =>
      compact<Extension>({ name, schema: schema === home ? undefined : schema })
    ).sort((a, b) => compareText(a.name, b.name)),
    enums: rows.enums.map((row): EnumType => ({ ...named(row, home), values: row.values ?? [] })).sort(compareNames),
    domains: rows.domains.map((row) => domainOf(row, home)).sort(compareNames),
    compositeTypes: rows.composites.map((row) => compositeOf(row, home)).sort(compareNames),
    collations: rows.collations.filter(isPlainCollation).map((row) => collationOf(row, home)).sort(compareNames),
  };
}
