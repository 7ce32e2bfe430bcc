/** Random operations on what SQLite alone has, and on several things of one table at once. */
import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import { nameOf } from "../../src/schema/edit.ts";
import { type Generator, keeperOf, newColumn, newName, type Place, tableOf } from "./random_operation.ts";

function createTrigger(place: Place): Operation | undefined {
  const table = tableOf(place);
  if (table === undefined) return undefined;
  const { quote, serial } = place;
  const keeper = quote(keeperOf(table));
  const definition = `CREATE TRIGGER r_${serial} AFTER UPDATE OF ${keeper} ON ${quote(table.name)} WHEN new.id > 5 BEGIN
    UPDATE ${quote(table.name)} SET ${keeper} = 'no' WHERE id = new.id; END`;
  return op.createTrigger.create(`r_${serial}`, nameOf(table), definition);
}

function dropTrigger({ random, schema }: Place): Operation | undefined {
  const trigger = random.pick(schema.triggers);
  return trigger && op.dropTrigger.create(trigger.name, trigger.table);
}

/** Several changes of one table in one rebuild, that need not be one. */
function batch(place: Place): Operation | undefined {
  const { random, quote, serial } = place;
  const table = tableOf(place);
  if (table === undefined) return undefined;
  const name = nameOf(table);
  const first = newColumn({ ...place, serial: `${serial}_0` });
  const changed = first.default === undefined ? { default: "'2'" } : { nullable: first.nullable === false };
  return op.batchAlterTable.create(name, [
    op.addColumn.create(name, first),
    op.alterColumn.create(name, first.name, changed),
    op.createCheckConstraint.create(`k_${serial}`, name, `${quote("id")} > 0`),
    op.renameColumn.create(name, first.name, newName({ ...place, serial: `${serial}_1` })),
  ], { recreate: random.one("auto", "always") });
}

function strictness(place: Place): Operation | undefined {
  const table = tableOf(place);
  return table && op.alterTable.create(nameOf(table), { strict: table.strict !== true });
}

/** What is tried on SQLite alone, and how often. */
export const SQLITE: readonly Generator[] = [[3, createTrigger], [1, dropTrigger], [3, batch], [1, strictness]];
