/**
 * The law of operations: what `apply` makes of the model is what they make of the database, the model alone is enough
 * to write them (offline), taken back they leave both as they were, and the rows are there all the time.
 */
import assert from "node:assert/strict";
import { downgradeOperations } from "../../src/autogenerate/downgrade.ts";
import { differenceOf } from "../../src/commands/diff.ts";
import type { SideSchema } from "../../src/commands/diff_side.ts";
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import { applyOperation, flatten, type Operation } from "../../src/operations/registry.ts";
import { findColumn, findTable, sameName } from "../../src/schema/edit.ts";
import { type Column, EMPTY_SCHEMA, OBJECT_KINDS, type Schema, type Table } from "../../src/schema/model.ts";
import { randomFrom } from "./random.ts";
import { keeperOf, randomOperation } from "./random_operation.ts";
import { POSTGRES } from "./random_postgres.ts";
import { SQLITE } from "./random_sqlite.ts";

/** Operations that make a schema, and operations that change it. */
export interface Scenario {
  readonly making: readonly Operation[];
  readonly changing: readonly Operation[];
}

/** Random operations of a seed. */
export function scenario(seed: number, dialect: Dialect, size: number): Scenario {
  const random = randomFrom(seed);
  const postgres = dialect.name === "postgres";
  const quote = (name: string): string => dialect.writer.identifier(name);
  let schema: Schema = EMPTY_SCHEMA;
  let serial = 0;
  const operations = (count: number): readonly Operation[] => {
    const found: Operation[] = [];
    while (found.length < count) {
      serial += 1;
      const operation = randomOperation({ random, schema, postgres, quote, serial }, postgres ? POSTGRES : SQLITE);
      if (operation === undefined) continue;
      schema = applyOperation(schema, operation);
      found.push(operation);
    }
    return found;
  };
  return { making: operations(size), changing: operations(size) };
}

const side = (schema: Schema): SideSchema => ({
  written: schema,
  normal: schema,
  kinds: OBJECT_KINDS,
  convention: null,
  unmodelled: [],
});

/** How two schemas differ, in both directions, as JSON. */
async function differences(dialect: Dialect, one: Schema, other: Schema): Promise<readonly string[]> {
  const there = await differenceOf(side(one), side(other), dialect, { noRenames: true });
  const back = await differenceOf(side(other), side(one), dialect, { noRenames: true });
  return [...there.operations, ...back.operations].map((operation) => JSON.stringify(operation));
}

/** Views and triggers as the database writes them: what it makes of their text when a table or a column gets another name, too. */
function adopt(model: Schema, found: Schema): Schema {
  return {
    ...model,
    views: model.views.map((view) => found.views.find((each) => sameName(each, view)) ?? view),
    triggers: model.triggers.map((trigger) => found.triggers.find(({ name }) => name === trigger.name) ?? trigger),
  };
}

const isPlain = ({ generated, identity }: Column): boolean => generated === undefined && identity === undefined;

const filled = (table: Table): readonly string[] => table.columns.filter(isPlain).map(({ name }) => name);

/** Three rows of 1, 2 and 3. */
export function insertsInto({ writer }: Dialect, table: Table): readonly string[] {
  const columns = filled(table);
  return ["1", "2", "3"].map((value) => {
    const values = columns.map((name) => name === keeperOf(table) ? `'row ${value}'` : `'${value}'`).join(", ");
    return `INSERT INTO ${writer.name(table)} (${columns.map(writer.identifier).join(", ")}) VALUES (${values})`;
  });
}

/** Gives a new column, and a new table, the values that every other has. */
async function fill(dialect: Dialect, connection: Connection, operation: Operation, after: Schema): Promise<void> {
  const { writer } = dialect;
  if (operation.kind === "createTable") {
    for (const sql of insertsInto(dialect, operation.table)) await connection.query(sql);
  }
  const columns = flatten([operation]).flatMap((each) => each.kind === "addColumn" ? [each.column] : []);
  for (const column of columns.filter(isPlain)) {
    const renamed = flatten([operation]).find((each) => each.kind === "renameColumn" && each.column === column.name);
    const name = renamed?.kind === "renameColumn" ? renamed.newName : column.name;
    const table = after.tables.find((each) => findColumn(each, name) !== undefined);
    assert.ok(table);
    for (const value of ["1", "2", "3"]) {
      const set = `${writer.identifier(name)} = '${value}'`;
      await connection.query(`UPDATE ${writer.name(table)} SET ${set} WHERE id = ${value}`);
    }
  }
}

/** The tables' rows by the column that holds them together. */
async function keptRows(
  dialect: Dialect,
  connection: Connection,
  schema: Schema,
): Promise<ReadonlyMap<string, string>> {
  const { writer } = dialect;
  const found = new Map<string, string>();
  for (const table of schema.tables) {
    const keeper = writer.identifier(keeperOf(table));
    const { rows } = await connection.query(`SELECT ${keeper} AS keep FROM ${writer.name(table)} ORDER BY 1`);
    found.set(keeperOf(table), JSON.stringify(rows));
  }
  return found;
}

/** A database and the model of it. */
interface World {
  readonly connection: Connection;
  model: Schema;
}

async function runGroup(dialect: Dialect, world: World, operation: Operation): Promise<void> {
  const { connection, model } = world;
  const { writer } = dialect;
  const inspected = await dialect.inspect(connection, { schemas: "all" });
  const statements = dialect.compile([operation], { writer, before: inspected });
  const offline = dialect.compile([operation], { writer, before: model });
  const sql = statements.map((each) => each.sql);
  // SQLite's own text of a table, which a rebuild edits, is not in the model.
  if (dialect.name === "postgres") assert.deepEqual(offline.map((each) => each.sql), sql, "offline");
  const rebuild = dialect.mayRebuild(operation);
  await connection.begin({ rebuild });
  try {
    for (const { sql: text, params, transactional = true } of statements) {
      if (!transactional) await connection.commit();
      await connection.query(text, params);
      if (!transactional) await connection.begin({ rebuild });
    }
    world.model = applyOperation(model, operation);
    await fill(dialect, connection, operation, world.model);
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw new Error(`${sql.join(";\n")}\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const after = await dialect.inspect(connection, { schemas: "all" });
  world.model = adopt(world.model, after);
  assert.deepEqual(await differences(dialect, after, world.model), [], `the model after ${sql.join("; ")}`);
}

function keptOnly(rows: ReadonlyMap<string, string>, schema: Schema): ReadonlyMap<string, string> {
  const keepers = new Set(schema.tables.map(keeperOf));
  return new Map([...rows].filter(([keeper]) => keepers.has(keeper)));
}

/** Checks the law on an empty database. */
export async function checkOperations(
  dialect: Dialect,
  connection: Connection,
  { making, changing }: Scenario,
  look: (connection: Connection) => Promise<unknown>,
): Promise<void> {
  const world: World = { connection, model: await dialect.inspect(connection, { schemas: "all" }) };
  for (const operation of making) await runGroup(dialect, world, operation);
  const base = world.model;
  const rows = await keptRows(dialect, connection, base);
  const before = await look(connection);
  const back: (readonly Operation[])[] = [];
  const dropped = new Set<string>();
  for (const operation of changing) {
    const reverse = downgradeOperations([operation], world.model, dialect);
    assert.ok(reverse !== null, `${operation.kind} cannot be taken back`);
    back.unshift(reverse);
    if (operation.kind === "dropTable") {
      const table = findTable(world.model, operation.table);
      if (table !== undefined) dropped.add(keeperOf(table));
    }
    await runGroup(dialect, world, operation);
  }
  const held = (schema: Schema): ReadonlyMap<string, string> =>
    new Map([...keptOnly(rows, schema)].filter(([keeper]) => !dropped.has(keeper)));
  assert.deepEqual(new Map([...held(world.model)]), held(world.model));
  const after = await keptRows(dialect, connection, world.model);
  for (const [keeper, list] of held(world.model)) assert.equal(after.get(keeper), list, keeper);
  for (const operation of back.flat()) await runGroup(dialect, world, operation);
  assert.deepEqual(await differences(dialect, world.model, base), [], "taken back");
  assert.deepEqual(await look(connection), before);
  const restored = await keptRows(dialect, connection, base);
  for (const [keeper, list] of held(base)) assert.equal(restored.get(keeper), list, keeper);
}
