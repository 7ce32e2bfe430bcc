/** Random operations on what PostgreSQL alone has: enums, domains, sequences, identities, schemas, remarks. */
import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";
import { nameOf } from "../../src/schema/edit.ts";
import type { Table } from "../../src/schema/model.ts";
import { type Generator, keeperOf, newName, type Place, tableOf } from "./random_operation.ts";

const added = (place: Place, type: string, value: string): Operation | undefined => {
  const table = tableOf(place);
  const options = place.random.chance(0.5) ? { default: value, nullable: false } : {};
  return table && op.addColumn.create(nameOf(table), { name: newName(place), type, ...options });
};

function createEnum(place: Place): Operation {
  return op.createEnum.create(newName(place), ["1", "2", "3", `it's ${place.serial}`]);
}

function addEnumValue({ random, schema, serial }: Place): Operation | undefined {
  const type = random.pick(schema.enums);
  const beside = type && random.pick(type.values);
  if (type === undefined || beside === undefined) return undefined;
  return op.addEnumValue.create(nameOf(type), `v ${serial}`, random.one({}, { before: beside }, { after: beside }));
}

/** Another order, one value more, and one less that no row holds. */
function alterEnum({ random, schema, serial }: Place): Operation | undefined {
  const type = random.pick(schema.enums);
  if (type === undefined) return undefined;
  const kept = type.values.filter((value) => /^[123]$/.test(value) || random.chance(0.5));
  return op.alterEnum.create(nameOf(type), [`w ${serial}`, ...kept.toReversed()]);
}

function renameEnumValue({ random, schema, serial }: Place): Operation | undefined {
  const type = random.pick(schema.enums);
  const value = type && random.pick(type.values.filter((each) => !/^[123]$/.test(each)));
  return type && value !== undefined ? op.renameEnumValue.create(nameOf(type), value, `x ${serial}`) : undefined;
}

function enumColumn(place: Place): Operation | undefined {
  const type = place.random.pick(place.schema.enums);
  return type && added(place, place.quote(type.name), "'2'");
}

const usesType = ({ schema, quote }: Place, name: string): boolean =>
  schema.tables.some(({ columns }) => columns.some(({ type }) => type === quote(name)));

function dropEnum(place: Place): Operation | undefined {
  const type = place.random.pick(place.schema.enums.filter(({ name }) => !usesType(place, name)));
  return type && op.dropEnum.create(nameOf(type));
}

function createSequence(place: Place): Operation {
  const { random } = place;
  return op.createSequence.create(newName(place), {
    ...(random.chance(0.5) ? { increment: 5 } : {}),
    ...(random.chance(0.5) ? { start: 100 } : {}),
    ...(random.chance(0.3) ? { type: "integer" } : {}),
  });
}

function alterSequence({ random, schema }: Place): Operation | undefined {
  const sequence = random.pick(schema.sequences);
  const changes = random.one({ increment: 7 }, { cache: 20 }, { cycle: true }, { maxValue: 5000 });
  return sequence && op.alterSequence.create(nameOf(sequence), changes);
}

function createDomain(place: Place): Operation {
  const checks = place.random.chance(0.5) ? [{ name: `d_${place.serial}`, expression: "VALUE > 0" }] : [];
  return op.createDomain.create(newName(place), { type: "integer", checks });
}

function domainColumn(place: Place): Operation | undefined {
  const domain = place.random.pick(place.schema.domains);
  return domain && added(place, place.quote(domain.name), "2");
}

function addIdentity(place: Place): Operation | undefined {
  const { random } = place;
  const table = tableOf(place);
  const generation = random.one<"always" | "byDefault">("always", "byDefault");
  const identity = { generation, ...(random.chance(0.3) ? { cache: 5 } : {}) };
  return table &&
    op.addColumn.create(nameOf(table), { name: newName(place), type: "integer", nullable: false, identity });
}

function dropIdentity({ random, schema }: Place): Operation | undefined {
  const table = random.pick(schema.tables);
  const column = table && random.pick(table.columns.filter(({ identity }) => identity !== undefined));
  return table && column && op.alterColumn.create(nameOf(table), column.name, { identity: null });
}

function comment({ random, schema, serial }: Place): Operation | undefined {
  const table = random.pick(schema.tables);
  return table && op.alterTable.create(nameOf(table), { comment: random.one(`it's ${serial}`, "a\nb", null) });
}

function storage({ random, schema }: Place): Operation | undefined {
  const isAlone = (table: Table): boolean =>
    table.foreignKeys.length === 0 &&
    !schema.tables.some(({ foreignKeys }) => foreignKeys.some(({ references }) => references.table === table.name));
  const table = random.pick(schema.tables.filter(isAlone));
  return table && op.alterTable.create(
    nameOf(table),
    random.one({ unlogged: table.unlogged !== true }, { with: { fillfactor: "70" } }, { replicaIdentity: "full" }),
  );
}

function createMaterializedView({ random, schema, quote, serial }: Place): Operation | undefined {
  const table = random.pick(schema.tables);
  return table &&
    op.createMaterializedView.create(`m_${serial}`, `SELECT ${quote(keeperOf(table))} FROM ${quote(table.name)}`);
}

/** What PostgreSQL alone can do, and how often it is tried. */
export const POSTGRES: readonly Generator[] = [
  [2, createEnum],
  [2, addEnumValue],
  [3, alterEnum],
  [2, renameEnumValue],
  [4, enumColumn],
  [1, dropEnum],
  [2, createSequence],
  [2, alterSequence],
  [1, createDomain],
  [2, domainColumn],
  [2, addIdentity],
  [1, dropIdentity],
  [1, comment],
  [1, storage],
  [1, createMaterializedView],
];
