/**
 * Which object is at an address of the catalog.
 *
 * @module
 */
import type { ObjectName } from "../../schema/model.ts";
import type { ObjectRef, RefKind } from "../../schema/objects.ts";
import { refIn, refTo } from "../../schema/refs.ts";
import type { CatalogRows } from "./catalog.ts";
import type { Address } from "./catalog_facts.ts";
import type { ObjectRow } from "./catalog_scope.ts";
import type { TableRow } from "./catalog_tables.ts";
import type { SequenceRow } from "./catalog_types.ts";
import type { ViewRow } from "./catalog_code.ts";
import { objectRef } from "./inspect_objects.ts";
import { byTable, type Home, named } from "./inspect_names.ts";

/** The objects of the model by their address. */
export interface AddressBook {
  /** The object itself, or undefined where the model has no ref to it. */
  refOf(address: Address): ObjectRef | undefined;
  /**
   * What is made for the object to be there: for an index the constraint that it stands behind, for a default its
   * column, for the rule of a view the view, for a column that is not known its table.
   */
  ownerOf(address: Address): ObjectRef | undefined;
}

const keyOf = ({ catalog, id, number }: Address): string => `${catalog} ${id} ${number}`;

/** The two maps of a book, and how they are filled. */
class Pages {
  readonly refs = new Map<string, ObjectRef>();
  readonly owners = new Map<string, ObjectRef>();

  ref(catalog: string, id: string, ref: ObjectRef, number = 0): void {
    this.refs.set(keyOf({ catalog, id, number }), ref);
  }

  owner(catalog: string, id: string | null, ref: ObjectRef | undefined): void {
    if (id !== null && id !== "0" && ref !== undefined) this.owners.set(keyOf({ catalog, id, number: 0 }), ref);
  }
}

function types(pages: Pages, rows: CatalogRows, home: Home): void {
  const add = (kind: RefKind, catalog: string, row: ObjectRow): ObjectRef => {
    const ref = refTo(kind, named(row, home));
    pages.ref(catalog, row.id, ref);
    return ref;
  };
  for (const row of rows.enums) pages.owner("pg_type", row.arrayType, add("type", "pg_type", row));
  for (const row of rows.domains) {
    const ref = add("domain", "pg_type", row);
    pages.owner("pg_type", row.arrayType, ref);
    for (const { id } of row.checks ?? []) pages.owner("pg_constraint", id, ref);
  }
  for (const row of rows.composites) {
    const ref = add("type", "pg_type", row);
    pages.owner("pg_type", row.arrayType, ref);
    pages.owner("pg_class", row.relation, ref);
  }
  for (const row of rows.collations) add("collation", "pg_collation", row);
}

function spaces(pages: Pages, rows: CatalogRows): void {
  for (const { id, schema } of rows.origin) {
    if (id !== null) pages.ref("pg_namespace", id, { kind: "schema", name: schema });
  }
  for (const { id, name } of rows.schemas) pages.ref("pg_namespace", id, { kind: "schema", name });
  for (const { id, name } of rows.extensions) pages.ref("pg_extension", id, { kind: "extension", name });
}

function relation(pages: Pages, kind: RefKind, row: TableRow | ViewRow, home: Home): ObjectName {
  const name = named(row, home);
  const ref = refTo(kind, name);
  pages.ref("pg_class", row.id, ref);
  pages.owner("pg_type", row.rowType, ref);
  pages.owner("pg_type", row.arrayType, ref);
  return name;
}

/** Tables and views with what belongs to them. */
function relations(pages: Pages, rows: CatalogRows, hidden: ReadonlySet<SequenceRow>, home: Home): void {
  const [columns, constraints, indexes] = [byTable(rows.columns), byTable(rows.constraints), byTable(rows.indexes)];
  const parts = (id: string, name: ObjectName): void => {
    for (const column of columns(id)) {
      const ref = refIn("column", name, column.name);
      pages.ref("pg_class", id, ref, column.number);
      pages.owner("pg_attrdef", column.defaultId, ref);
    }
    for (const row of constraints(id)) pages.ref("pg_constraint", row.id, refIn("constraint", name, row.name));
    for (const row of indexes(id)) {
      pages.ref("pg_class", row.id, refIn("index", name, row.name));
      if (row.constraint !== null) pages.owner("pg_class", row.id, refIn("constraint", name, row.name));
    }
  };
  for (const row of rows.tables) parts(row.id, relation(pages, "table", row, home));
  for (const row of rows.views) {
    const name = relation(pages, row.materialized ? "materializedView" : "view", row, home);
    for (const column of row.columns ?? []) {
      pages.ref("pg_class", row.id, refIn("column", name, column.name), column.number);
    }
    pages.owner("pg_rewrite", row.rule, pages.refs.get(keyOf({ catalog: "pg_class", id: row.id, number: 0 })));
    parts(row.id, name);
  }
  for (const row of rows.sequences) {
    pages.ref("pg_class", row.id, refTo("sequence", named(row, home)));
    const column = row.table === null || !(row.internal || hidden.has(row))
      ? undefined
      : pages.refs.get(keyOf({ catalog: "pg_class", id: row.table, number: row.column ?? 0 }));
    pages.owner("pg_class", row.id, column);
  }
}

function code(pages: Pages, rows: CatalogRows, home: Home): void {
  for (const row of rows.routines) {
    pages.ref("pg_proc", row.id, {
      ...refTo("routine", named(row, home)),
      arguments: row.kind === "a" && row.types === "" ? "*" : row.types,
    });
  }
  for (const row of rows.triggers) {
    pages.ref("pg_trigger", row.id, refIn("trigger", named({ ...row, name: row.table }, home), row.name));
  }
  for (const row of rows.policies) {
    pages.ref("pg_policy", row.id, refIn("policy", named({ ...row, name: row.table }, home), row.name));
  }
}

function objects(pages: Pages, rows: CatalogRows, home: Home): void {
  for (const row of rows.objects) {
    const ref = objectRef(row, home);
    pages.ref(row.catalog, row.id, ref);
    for (const { catalog, id } of row.parts ?? []) pages.owner(catalog, id, ref);
  }
  for (const row of rows.unmodelled) {
    if (row.catalog !== null && row.id !== null) pages.ref(row.catalog, row.id, objectRef(row, home));
  }
}

/**
 * The book of all that the rows of the catalog describe.
 *
 * @param hidden the sequences that are part of a column
 */
export function addressBook(rows: CatalogRows, hidden: ReadonlySet<SequenceRow>, home: Home): AddressBook {
  const pages = new Pages();
  spaces(pages, rows);
  types(pages, rows, home);
  relations(pages, rows, hidden, home);
  code(pages, rows, home);
  objects(pages, rows, home);
  const { refs, owners } = pages;
  const whole = (address: Address): string => keyOf({ ...address, number: 0 });
  return {
    refOf: (address) => refs.get(keyOf(address)),
    ownerOf: (address) => {
      const exact = address.number > 0 ? refs.get(keyOf(address)) : undefined;
      return exact ?? owners.get(whole(address)) ?? refs.get(whole(address));
    },
  };
}
