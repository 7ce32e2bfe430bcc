/**
 * What partitions and inheriting tables take over from their parent: what PostgreSQL does to them when the parent is
 * changed. Of the parent's keys and constraints they list none; indexes that belong to one of the parent's say so.
 *
 * @module
 */
import { keyOf, nameOf, sameName } from "../schema/edit.ts";
import type { Column, ForeignKey, Index, ObjectName, Schema, Table } from "../schema/model.ts";
import { limitName, primaryKeyName } from "../schema/naming.ts";

/** Whether a table is a partition of another. */
export function isPartOf({ partitionOf }: Table, parent: ObjectName): boolean {
  return partitionOf !== undefined && partitionOf.table === parent.name && partitionOf.schema === parent.schema;
}

/** The tables that take over from a table: its partitions and those that inherit from it, and theirs. */
export function descendants(schema: Schema, parent: ObjectName): readonly Table[] {
  const children = schema.tables.filter((table) =>
    isPartOf(table, parent) || (table.inherits ?? []).some((name) => sameName(name, parent))
  );
  return children.flatMap((child) => [child, ...descendants(schema, child)]);
}

/** The schema with a table changed, and what takes over from it by another function. */
export function editFamily(
  schema: Schema,
  name: ObjectName,
  edit: (table: Table) => Table,
  editChild: (table: Table) => Table = edit,
): Schema {
  const family = new Set(descendants(schema, name).map(keyOf));
  return {
    ...schema,
    tables: schema.tables.map((table) =>
      sameName(table, name) ? edit(table) : family.has(keyOf(table)) ? editChild(table) : table
    ),
  };
}

const shapeOf = ({ name: _, partOf: __, invalid: ___, tablespace: ____, with: _____, ...shape }: Index): string =>
  JSON.stringify(shape);

/** The name that PostgreSQL gives to the part of an index. */
function partName(schema: Schema, table: Table, index: Index): string {
  const words = [table.name, ...index.parts.map(({ column }) => column ?? "expr"), "idx"].join("_");
  const taken = new Set(
    schema.tables.filter((each) => each.schema === table.schema).flatMap((each) =>
      each.indexes.map(({ name }) => name)
    ),
  );
  let [number, name] = [0, limitName(words)];
  while (taken.has(name)) name = limitName(`${words}${++number}`);
  return name;
}

/** A partition with its part of an index of its parent: one that is there and fits, or a new one. */
export function withPart(schema: Schema, partition: Table, parent: ObjectName, index: Index): Table {
  const partOf = nameOf({ ...parent, name: index.name ?? "" });
  const at = partition.indexes.findIndex((each) => each.partOf === undefined && shapeOf(each) === shapeOf(index));
  if (at >= 0) {
    const found = partition.indexes[at] as Index;
    return { ...partition, indexes: partition.indexes.with(at, { ...found, partOf }) };
  }
  const { invalid: _, partOf: __, ...same } = index;
  return {
    ...partition,
    indexes: [...partition.indexes, { ...same, name: partName(schema, partition, index), partOf }],
  };
}

/** The schema with the part of a partitioned table's index in each of its partitions, and in theirs. */
export function withParts(schema: Schema, parent: ObjectName, index: Index): Schema {
  const partitions = schema.tables.filter((table) => isPartOf(table, parent));
  return partitions.reduce((current: Schema, partition) => withPartIn(current, partition, parent, index), schema);
}

/** The schema with the part of an index in one partition, and in those of that. */
function withPartIn(schema: Schema, name: ObjectName, parent: ObjectName, index: Index): Schema {
  const partition = schema.tables.find((table) => sameName(table, name));
  if (partition === undefined) return schema;
  const changed = withPart(schema, partition, parent, index);
  const part = changed.indexes.find(({ partOf }) => partOf?.name === index.name) ?? index;
  const tables = schema.tables.map((table) => sameName(table, name) ? changed : table);
  return withParts({ ...schema, tables }, nameOf(partition), part);
}

/** A new table with the columns, and a partition with the indexes, of its parents. */
export function inheriting(schema: Schema, table: Table): Table {
  const parents = (table.inherits ?? []).flatMap((name) => schema.tables.find((each) => sameName(each, name)) ?? []);
  if (parents.length > 0) {
    const taken = parents.flatMap(({ columns }) => columns)
      .filter((column, index, all) => all.findIndex(({ name }) => name === column.name) === index)
      .map((column): Column =>
        table.columns.find(({ name }) => name === column.name) ?? { ...column, inherited: true }
      );
    const names = new Set(taken.map(({ name }) => name));
    return { ...table, columns: [...taken, ...table.columns.filter(({ name }) => !names.has(name))] };
  }
  const parent = schema.tables.find((each) => isPartOf(table, each));
  if (parent === undefined) return table;
  const columns = table.columns.length > 0
    ? table.columns
    : parent.columns.map(({ comment: _, ...column }): Column => ({ ...column, inherited: true }));
  return parent.indexes.reduce(
    (current: Table, index) =>
      current.indexes.some(({ partOf }) => partOf?.name === index.name)
        ? current
        : withPart(schema, current, parent, index),
    { ...table, columns },
  );
}

/** A table with the keys and checks that it has from those that it is a part of, or inherits from. */
function whole(schema: Schema, table: Table): Table {
  const parents = schema.tables.filter((each) =>
    isPartOf(table, each) || (table.inherits ?? []).some((name) => sameName(name, each))
  );
  return parents.map((parent) => whole(schema, parent)).reduce((child: Table, parent) => ({
    ...child,
    checks: keptChecks(parent, child),
    // Inheritance takes no keys over, partitions do.
    ...(child.partitionOf === undefined ? {} : {
      uniques: [...child.uniques, ...parent.uniques],
      foreignKeys: [...child.foreignKeys, ...parent.foreignKeys],
      ...(parent.primaryKey === undefined ? {} : { primaryKey: parent.primaryKey }),
    }),
  }), table);
}

const sameColumns = (a: readonly string[], b: readonly string[]): boolean => a.join("\0") === b.join("\0");

const keyShape = ({ name: _, ...shape }: ForeignKey): string => JSON.stringify(shape);

/** The schema with a table attached to a partitioned one: what both have alike becomes the parent's. */
export function attached(schema: Schema, to: Table, child: Table, bound: string): Schema {
  const parent = whole(schema, to);
  const { primaryKey: _, ...rest } = child;
  const partition: Table = {
    ...(parent.primaryKey === undefined ? child : rest),
    columns: child.columns.map((column): Column => ({ ...column, inherited: true })),
    checks: child.checks.filter((own) => !parent.checks.some(({ name }) => name === own.name)),
    uniques: child.uniques.filter((own) => !parent.uniques.some(({ columns }) => sameColumns(columns, own.columns))),
    foreignKeys: child.foreignKeys.filter((own) => !parent.foreignKeys.some((key) => keyShape(key) === keyShape(own))),
    partitionOf: { table: parent.name, ...(parent.schema === undefined ? {} : { schema: parent.schema }), bound },
  };
  const tables = schema.tables.map((table) => sameName(table, child) ? partition : table);
  return parent.indexes.reduce(
    (current: Schema, index) => withPartIn(current, nameOf(child), parent, index),
    { ...schema, tables },
  );
}

/** The schema without an index of a table, and without its parts. */
export function withoutIndexes(schema: Schema, table: ObjectName, index: string): Schema {
  const name = nameOf({ ...table, name: index });
  const tables = schema.tables.map((each) =>
    sameName(each, table) ? { ...each, indexes: each.indexes.filter((found) => found.name !== index) } : each
  );
  const parts = tables.flatMap((each) =>
    each.indexes.filter(({ partOf }) => partOf !== undefined && sameName(partOf, name))
      .map((part) => ({ table: nameOf(each), name: part.name ?? "" }))
  );
  return parts.reduce((current: Schema, part) => withoutIndexes(current, part.table, part.name), { ...schema, tables });
}

const own = ({ inherited: _, ...column }: Column): Column => column;

/** The schema in which a column that a table has handed down is its children's own. */
export function withOwnColumn(schema: Schema, parent: ObjectName, column: string): Schema {
  const isChild = ({ inherits = [] }: Table): boolean => inherits.some((name) => sameName(name, parent));
  const edit = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((each) => each.name === column ? own(each) : each),
  });
  return { ...schema, tables: schema.tables.map((table) => isChild(table) ? edit(table) : table) };
}

/** The checks of a parent that a child keeps as its own. */
function keptChecks(parent: Table, child: Table): Table["checks"] {
  const names = new Set(child.checks.map(({ name }) => name));
  return [...child.checks, ...parent.checks.filter(({ name, noInherit }) => !noInherit && !names.has(name))];
}

/** The schema with a partition made a table of its own: what was its parent's is now its own too. */
export function detached(schema: Schema, from: Table, child: Table): Schema {
  const parent = whole(schema, from);
  const { partitionOf: _, ...rest } = child;
  const key = parent.primaryKey;
  const table: Table = {
    ...rest,
    columns: child.columns.map(own),
    ...(key === undefined ? {} : {
      primaryKey: { ...key, name: primaryKeyName(child.name, { columns: key.columns }, "postgres") },
    }),
    uniques: [
      ...child.uniques,
      ...parent.uniques.map((unique) => ({
        ...unique,
        name: limitName([child.name, ...unique.columns, "key"].join("_")),
      })),
    ],
    foreignKeys: [...child.foreignKeys, ...parent.foreignKeys],
    checks: keptChecks(parent, child),
    indexes: child.indexes.map(({ partOf: _, ...index }) => index),
  };
  return { ...schema, tables: schema.tables.map((each) => sameName(each, child) ? table : each) };
}

/** A table that inherits from a parent no more: the columns and checks that came from there are its own. */
export function orphaned(schema: Schema, child: Table, parent: ObjectName): Table {
  const found = schema.tables.find((table) => sameName(table, parent));
  if (found === undefined) return child;
  const left = whole(schema, found);
  const others = (child.inherits ?? []).filter((name) => !sameName(name, parent))
    .flatMap((name) => schema.tables.find((table) => sameName(table, name))?.columns ?? []);
  const still = new Set(others.map(({ name }) => name));
  return {
    ...child,
    columns: child.columns.map((column) => still.has(column.name) ? column : own(column)),
    checks: keptChecks(left, child),
  };
}
