/**
 * Reads objects that are known by their CREATE statement, and names what the model has no place for.
 *
 * @module
 */
import { compact, compareNames, compareText, displayName } from "../../schema/edit.ts";
import type { Schema } from "../../schema/model.ts";
import type { ObjectRef, OtherObject } from "../../schema/objects.ts";
import type { CatalogRows } from "./catalog.ts";
import type { ObjectOfKindRow } from "./catalog_objects.ts";
import type { UnmodelledRow } from "./catalog_unmodelled.ts";
import { type Home, named } from "./inspect_names.ts";

/** The name of an object that may have no schema. */
const nameIn = ({ schema, name }: { readonly schema: string | null; readonly name: string }, home: Home) =>
  schema === null ? { name } : named({ schema, name }, home);

/** The ref to an object of a kind. */
export function objectRef(
  row: Pick<ObjectOfKindRow, "schema" | "name" | "type"> & Partial<Pick<ObjectOfKindRow, "table">>,
  home: Home,
): ObjectRef {
  return compact<ObjectRef>({ kind: "object", ...nameIn(row, home), table: row.table ?? undefined, type: row.type });
}

function objectOf(row: ObjectOfKindRow, home: Home): OtherObject {
  const { type, table, definition, drop } = row;
  return compact<OtherObject>({ ...nameIn(row, home), type, table: table ?? undefined, definition, drop });
}

function unmodelledOf({ type, ...row }: UnmodelledRow, home: Home): string {
  return `${type} "${displayName(nameIn(row, home))}"`;
}

/** The other objects that the rows of the catalog describe. */
export function objectsOf(rows: CatalogRows, home: Home): Pick<Schema, "objects" | "unmodelled"> {
  return {
    objects: rows.objects.map((row) => objectOf(row, home)).sort((a, b) =>
      compareNames(a, b) || compareText(a.type, b.type) || compareText(a.table ?? "", b.table ?? "")
    ),
    unmodelled: [...new Set(rows.unmodelled.map((row) => unmodelledOf(row, home)))].sort(compareText),
  };
}
