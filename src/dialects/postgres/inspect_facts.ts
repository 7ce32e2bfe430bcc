/**
 * Reads what is said of objects: comments, rights, and which needs which.
 *
 * @module
 */
import { compact, compareText } from "../../schema/edit.ts";
import type { Schema } from "../../schema/model.ts";
import type { Comment, DefaultPrivilege, Dependency, Grant, ObjectRef } from "../../schema/objects.ts";
import { refKey, refTo } from "../../schema/refs.ts";
import type { AddressBook } from "./address_book.ts";
import type { CatalogRows } from "./catalog.ts";
import type { DefaultPrivilegeRow, GrantRow } from "./catalog_facts.ts";
import { type Home, named } from "./inspect_names.ts";

/** Sorts by a text that is made once for each element, and leaves out what has the same text. */
function sortedBy<T>(list: readonly T[], text: (element: T) => string): readonly T[] {
  const byText = new Map(list.map((element) => [text(element), element]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, element]) => element);
}

/** The comments that are not a field of a table or column of a table. */
function commentsOf(rows: CatalogRows, book: AddressBook): readonly Comment[] {
  const tables = new Set(rows.tables.map(({ id }) => id));
  const found = rows.comments.flatMap((row): readonly Comment[] => {
    const on = row.catalog === "pg_class" && tables.has(row.id) ? undefined : book.refOf(row);
    return on === undefined ? [] : [{ on, text: row.text }];
  });
  return sortedBy(found, ({ on }) => refKey(on));
}

/** Objects that are no part of another and yet can be dropped with one: a partition, statistics, a publication. */
const FREE = new Set<ObjectRef["kind"]>(["table", "column", "object"]);

/** Whether a constraint or an index needs a column of its own table: that is told by what it is. */
function isPart({ from, on }: Dependency): boolean {
  const own = from.kind === "constraint" || from.kind === "index";
  return own && on.kind === "column" && from.table === on.table && from.schema === on.schema;
}

function dependenciesOf(rows: CatalogRows, book: AddressBook): readonly Dependency[] {
  const views = new Set(rows.views.map(({ id }) => id));
  const found = rows.dependencies.flatMap((row) => {
    // A column of a view is not made by itself.
    const from = book.ownerOf(row.catalog === "pg_class" && views.has(row.id) ? { ...row, number: 0 } : row);
    const on = book.ownerOf({ catalog: row.onCatalog, id: row.onId, number: row.onNumber });
    if (from === undefined || on === undefined || (row.automatic && !FREE.has(from.kind))) return [];
    return [{ dependency: { from, on }, from: refKey(from), on: refKey(on) }];
  }).filter(({ from, on, dependency }) => from !== on && !isPart(dependency));
  return sortedBy(found, ({ from, on }) => `${from}${on}`).map(({ dependency }) => dependency);
}

type Right = Pick<Grant, "to" | "privileges" | "withGrantOption" | "revoked">;

function rightOf({ role, privileges, grantable, revoked }: GrantRow | DefaultPrivilegeRow): Right {
  return compact<Right>({
    to: role,
    privileges,
    withGrantOption: grantable || undefined,
    revoked: revoked || undefined,
  });
}

function memberOf({ member }: GrantRow, home: Home): ObjectRef | undefined {
  if (member === null) return undefined;
  return compact<ObjectRef>({ ...refTo(member.kind, named(member, home)), arguments: member.arguments ?? undefined });
}

/** The columns for which a role has the same rights are told together. */
function grantsOf(rows: CatalogRows, book: AddressBook, home: Home): readonly Grant[] {
  const groups = new Map<string, Grant>();
  for (const row of rows.grants) {
    const on = book.refOf({ ...row, number: 0 }) ?? memberOf(row, home);
    if (on === undefined) continue;
    const right = rightOf(row);
    const text = JSON.stringify([refKey(on), row.column !== null, right]);
    const columns = row.column === null ? undefined : [...groups.get(text)?.columns ?? [], row.column];
    groups.set(text, compact<Grant>({ on, columns: columns?.sort(compareText), ...right }));
  }
  return sortedBy(
    [...groups.values()],
    ({ on, columns, ...right }) => JSON.stringify([refKey(on), right, columns ?? []]),
  );
}

const OBJECTS: { readonly [letter: string]: DefaultPrivilege["objects"] } = {
  r: "tables",
  S: "sequences",
  f: "functions",
  T: "types",
  n: "schemas",
};

/** The schema is always named here, also the default one: without a name it means everywhere. */
function defaultPrivilegesOf(rows: CatalogRows): readonly DefaultPrivilege[] {
  const schemas = new Set([...rows.origin.map(({ schema }) => schema), ...rows.schemas.map(({ name }) => name)]);
  const found = rows.defaultPrivileges.flatMap((row): readonly DefaultPrivilege[] => {
    const objects = OBJECTS[row.objects];
    if (objects === undefined || (row.schema !== null && !schemas.has(row.schema))) return [];
    return [compact<DefaultPrivilege>({ for: row.for, schema: row.schema ?? undefined, objects, ...rightOf(row) })];
  });
  return sortedBy(found, (privilege) => JSON.stringify([privilege.for, privilege.schema ?? "", privilege]));
}

/** What the rows of the catalog say of objects. */
export function factsOf(
  rows: CatalogRows,
  book: AddressBook,
  home: Home,
): Pick<Schema, "comments" | "grants" | "defaultPrivileges" | "dependencies"> {
  return {
    comments: commentsOf(rows, book),
    grants: grantsOf(rows, book, home),
    defaultPrivileges: defaultPrivilegesOf(rows),
    dependencies: dependenciesOf(rows, book),
  };
}
