/**
 * Random operations that a database with rows can do.
 *
 * Every table has a key `id` and a column `keep_…` that no operation touches: by it the rows of a table are found again
 * under any name. Every value is 1, 2 or 3, as a number or as its digit, so that types can be exchanged, keys are
 * unique, and foreign keys find their parent.
 */
import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import { nameOf, sameName } from "../../src/schema/edit.ts";
import type { Column, ObjectName, Schema, Table } from "../../src/schema/model.ts";
import type { Random } from "./random.ts";

/** What a random operation is made from. */
export interface Place {
  readonly random: Random;
  readonly schema: Schema;
  readonly postgres: boolean;
  /** Quotes a name. */
  readonly quote: (name: string) => string;
  /** A number that no other operation of this list gets. */
  readonly serial: number | string;
}

/** The column that holds a table's rows together. */
export const keeperOf = (table: Table): string =>
  table.columns.find(({ name }) => name.startsWith("keep_"))?.name ?? "";

const STEMS = ["c", "Col", "sel ect", 'quo"te', "it's", "é", "user", "order"] as const;
const TABLE_STEMS = ["t", "Table", "group", "a b", "ñ", 'q"t'] as const;

/** A name that nothing else has. */
export const newName = ({ random, serial }: Place, stems: readonly [string, ...string[]] = STEMS): string =>
  `${random.one(...stems)}_${serial}`;

const BUILT_IN = new Set(["integer", "bigint", "text", "numeric", "varchar(20)", "double precision", "real"]);

const type = ({ random, postgres }: Place): string =>
  postgres
    ? random.one("integer", "bigint", "text", "numeric", "varchar(20)", "double precision")
    : random.one("integer", "text", "real");

const isText = (name: string): boolean => name === "text" || name.startsWith("varchar");

function defaultOf({ random }: Place, name: string): string {
  const value = random.one("1", "2");
  return isText(name) ? `'${value}'` : value;
}

/** Columns that nothing else is made of. */
function free({ schema, quote }: Place, table: Table): readonly Column[] {
  const named = (text: string | undefined, { name }: Column): boolean => text?.includes(quote(name)) ?? false;
  const used = [
    ...(table.primaryKey?.columns ?? []),
    ...table.uniques.flatMap(({ columns }) => columns),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...schema.tables.flatMap(({ foreignKeys }) =>
      foreignKeys.filter(({ references }) => references.table === table.name).flatMap(({ references }) =>
        references.columns
      )
    ),
    ...table.indexes.flatMap(({ parts }) => parts.flatMap(({ column }) => column ?? [])),
    keeperOf(table),
  ];
  const texts = [
    ...table.checks.map(({ expression }) => expression),
    ...table.indexes.flatMap(({ parts, where }) => [where, ...parts.map(({ expression }) => expression)]),
    ...table.columns.map(({ generated }) => generated?.expression),
    ...schema.views.map(({ query }) => query),
    ...schema.triggers.map(({ definition }) => definition),
  ];
  return table.columns.filter((column) => !used.includes(column.name) && !texts.some((text) => named(text, column)));
}

const plain = ({ generated, identity, autoincrement }: Column): boolean =>
  generated === undefined && identity === undefined && !autoincrement;

/** Some table. */
export const tableOf = ({ random, schema }: Place): Table | undefined => random.pick(schema.tables);

/** A random table with a random column of it. */
function columnOf(
  place: Place,
  columns: (table: Table) => readonly Column[] = ({ columns }) => columns,
): { readonly table: Table; readonly column: Column } | undefined {
  const table = tableOf(place);
  const column = table && place.random.pick(columns(table));
  return table && column && { table, column };
}

/** Whether its type is one that another can take the place of: not an enum, nor a domain. */
const isBuiltIn = ({ type: name }: Column): boolean => BUILT_IN.has(name);

const isNumber = ({ type: name }: Column): boolean => !isText(name) && ["integer", "bigint", "real"].includes(name);

const numbers = (table: Table): readonly Column[] => table.columns.filter(isNumber);

/** A column that every table can get. */
export function newColumn(place: Place): Column {
  const { random } = place;
  const name = newName(place);
  const kind = type(place);
  const hasDefault = random.chance(0.4);
  return {
    name,
    type: kind,
    ...(hasDefault ? { default: defaultOf(place, kind) } : {}),
    ...(hasDefault && random.chance(0.5) ? { nullable: false } : {}),
  };
}

function createTable(place: Place): Operation {
  const { random, postgres, serial } = place;
  const name = newName(place, TABLE_STEMS);
  const strict = !postgres && random.chance(0.3);
  const withoutRowid = !postgres && random.chance(0.2);
  const autoincrement = !postgres && !withoutRowid && random.chance(0.2);
  const extra = Array.from(
    { length: 1 + random.below(3) },
    (_, at) => newColumn({ ...place, serial: `${serial}_${at}` }),
  );
  return op.createTable.create(name, {
    columns: [
      {
        name: "id",
        type: "integer",
        ...(postgres || withoutRowid ? { nullable: false } : {}),
        ...(autoincrement ? { autoincrement } : {}),
      },
      { name: `keep_${serial}`, type: "text", nullable: random.chance(0.5) },
      ...extra,
    ],
    primaryKey: postgres ? { name: `${name}_pkey`, columns: ["id"] } : ["id"],
    ...(strict ? { strict } : {}),
    ...(withoutRowid ? { withoutRowid } : {}),
  });
}

function dropTable({ random, schema }: Place): Operation | undefined {
  const unused = schema.tables.filter((table) =>
    !schema.tables.some((other) =>
      other !== table && other.foreignKeys.some(({ references }) => references.table === table.name)
    ) &&
    !schema.views.some(({ query }) => query.includes(keeperOf(table))) &&
    !schema.triggers.some(({ definition }) => definition.includes(keeperOf(table)))
  );
  const table = schema.tables.length < 3 ? undefined : random.pick(unused);
  return table && op.dropTable.create(nameOf(table));
}

function dropColumn(place: Place): Operation | undefined {
  const found = columnOf(
    place,
    (table) => free(place, table).filter(({ nullable, default: value }) => nullable !== false || value !== undefined),
  );
  return found && op.dropColumn.create(nameOf(found.table), found.column.name);
}

function alterColumn(place: Place): Operation | undefined {
  const { random } = place;
  const found = columnOf(place, (table) => free(place, table).filter((each) => plain(each) && isBuiltIn(each)));
  if (found === undefined) return undefined;
  const { column, table } = found;
  const kind = random.chance(0.5) ? type(place) : column.type;
  const retyped = kind !== column.type;
  const changes = {
    ...(place.postgres && retyped ? { using: `${place.quote(column.name)}::${kind}` } : {}),
    ...(!retyped ? {} : { type: kind, ...(column.default === undefined ? {} : { default: defaultOf(place, kind) }) }),
    ...(random.chance(0.4) ? { nullable: column.nullable === false } : {}),
    ...(random.chance(0.3) ? { default: random.chance(0.3) ? null : defaultOf(place, kind) } : {}),
    ...(place.postgres && random.chance(0.2) ? { comment: random.one("a comment", "it's", null) } : {}),
    ...(random.chance(0.1) ? { newName: newName(place) } : {}),
  };
  return Object.keys(changes).length === 0 ? undefined : op.alterColumn.create(nameOf(table), column.name, changes);
}

function createIndex(place: Place): Operation | undefined {
  const { random, quote, serial } = place;
  const found = columnOf(place, (table) => table.columns.filter(({ type: name }) => name !== ""));
  if (found === undefined) return undefined;
  const { table, column } = found;
  const number = random.pick(numbers(table));
  const parts = random.chance(0.2) && number !== undefined
    ? [{ expression: `${quote(number.name)} + 1` }]
    : [random.chance(0.3) ? { column: column.name, order: "desc" as const } : { column: column.name }];
  const where = random.chance(0.2) && number !== undefined ? { where: `${quote(number.name)} > 0` } : {};
  return op.createIndex.create(`i_${serial}`, nameOf(table), parts, {
    ...where,
    ...(random.chance(0.3) ? { unique: true } : {}),
  });
}

function createForeignKey(place: Place): Operation | undefined {
  const { random, schema, serial } = place;
  const found = columnOf(
    place,
    (table) => table.columns.filter((column) => column.type === "integer" && plain(column)),
  );
  const parent = found && random.pick(schema.tables.filter(({ unlogged }) => !unlogged || found.table.unlogged));
  return found && parent &&
    op.createForeignKey.create(`f_${serial}`, nameOf(found.table), nameOf(parent), [found.column.name], ["id"], {
      ...(random.chance(0.3) ? { onDelete: random.one("cascade", "restrict") } : {}),
      ...(random.chance(0.3) ? { deferrable: true, initially: "deferred" } : {}),
    });
}

function createUnique(place: Place): Operation | undefined {
  const found = columnOf(place, (table) => table.columns.filter(({ generated }) => generated === undefined));
  return found && op.createUniqueConstraint.create(`u_${place.serial}`, nameOf(found.table), [found.column.name]);
}

function createCheck(place: Place): Operation | undefined {
  const found = columnOf(place, numbers);
  return found &&
    op.createCheckConstraint.create(`k_${place.serial}`, nameOf(found.table), `${place.quote(found.column.name)} > 0`);
}

/** A constraint that no foreign key of another table needs. */
function dropConstraint({ random, schema }: Place): Operation | undefined {
  const table = random.pick(schema.tables);
  const name = table && random.pick([...table.uniques, ...table.checks, ...table.foreignKeys])?.name;
  return table && name !== undefined ? op.dropConstraint.create(name, nameOf(table)) : undefined;
}

function addGenerated(place: Place): Operation | undefined {
  const found = columnOf(place, (table) => numbers(table).filter(plain));
  if (found === undefined) return undefined;
  const stored = place.postgres || place.random.chance(0.5);
  const generated = { expression: `${place.quote(found.column.name)} * 2`, stored };
  return op.addColumn.create(nameOf(found.table), { name: newName(place), type: found.column.type, generated });
}

function createView(place: Place): Operation | undefined {
  const table = tableOf(place);
  if (table === undefined) return undefined;
  const { quote, postgres } = place;
  const [key, keep] = ["id", quote(keeperOf(table))];
  const query = postgres
    ? ` SELECT ${key},\n    ${keep}\n   FROM ${quote(table.name)}`
    : `SELECT ${key}, ${keep} FROM ${quote(table.name)}`;
  return op.createView.create(`v_${place.serial}`, query);
}

const named = (schema: Schema, name: ObjectName): boolean => schema.views.some((view) => sameName(view, name));

/** How often something is tried, and what. */
export type Generator = readonly [weight: number, make: (place: Place) => Operation | undefined];

/** What both databases can do. */
const COMMON: readonly Generator[] = [
  [3, createTable],
  [1, dropTable],
  [4, (place) => {
    const table = tableOf(place);
    return table && op.addColumn.create(nameOf(table), newColumn(place));
  }],
  [2, addGenerated],
  [3, dropColumn],
  [7, alterColumn],
  [3, (place) => {
    const found = columnOf(
      place,
      (table) => table.columns.filter(({ name }) => name !== keeperOf(table) && name !== "id"),
    );
    return found && op.renameColumn.create(nameOf(found.table), found.column.name, newName(place));
  }],
  [2, (place) => {
    const table = tableOf(place);
    return table && op.renameTable.create(nameOf(table), newName(place, TABLE_STEMS));
  }],
  [3, createIndex],
  [1, ({ random, schema }) => {
    const table = random.pick(schema.tables.filter(({ indexes }) => indexes.length > 0));
    const name = table && random.pick(table.indexes)?.name;
    return table && name !== undefined ? op.dropIndex.create(name, nameOf(table)) : undefined;
  }],
  [3, createForeignKey],
  [2, createUnique],
  [2, createCheck],
  [2, dropConstraint],
  [1, createView],
  [1, ({ random, schema }) => {
    const view = random.pick(schema.views.filter(({ materialized }) => !materialized));
    return view && named(schema, view) ? op.dropView.create(nameOf(view)) : undefined;
  }],
];

/** A random operation that makes sense here; undefined where the dice found none. */
export function randomOperation(place: Place, others: readonly Generator[]): Operation | undefined {
  const generators = [...COMMON, ...others];
  let dice = place.random.below(generators.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, make] of generators) {
    if (dice < weight) return make(place);
    dice -= weight;
  }
  return undefined;
}
