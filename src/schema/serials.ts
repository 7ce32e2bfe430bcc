/**
 * What a `serial` column (PostgreSQL) stands for: a sequence that is called after its table and column.
 *
 * @module
 */
import { cutName } from "./cut_names.ts";
import { compact, displayName } from "./edit.ts";
import type { Column, Table } from "./model.ts";
import type { Sequence } from "./objects.ts";

/** How many bytes of a name PostgreSQL keeps. */
const NAME_BYTES = 63;

const INTEGERS: { readonly [serial: string]: string } = {
  serial: "integer",
  bigserial: "bigint",
  smallserial: "smallint",
};

/**
 * The name that PostgreSQL gives to the sequence of a serial column: the longer of both names is cut until all fits.
 *
 * @see `makeObjectName` in PostgreSQL's `indexcmds.c`
 */
export function serialSequenceName(table: string, column: string): string {
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  const room = NAME_BYTES - "__seq".length;
  let [first, second] = [bytes(table), bytes(column)];
  while (first + second > room) {
    if (first > second) first--;
    else second--;
  }
  return `${cutName(table, first)}_${cutName(column, second)}_seq`;
}

/**
 * A table that is renamed, and the sequences of its serial columns: they keep their names, so that the columns are no
 * longer what `serial` would make.
 *
 * @param before the table under its old name
 * @param table the table under its new one
 */
export function keepSequences(before: Table, table: Table): { readonly table: Table; readonly sequences: Sequence[] } {
  const sequences: Sequence[] = [];
  const columns = table.columns.map((column): Column => {
    const type = INTEGERS[column.type];
    if (type === undefined) return column;
    const name = serialSequenceName(before.name, column.name);
    const { schema, unlogged } = table;
    const ownedBy = compact<NonNullable<Sequence["ownedBy"]>>({ table: table.name, schema, column: column.name });
    sequences.push(compact<Sequence>({ name, schema, type: type === "bigint" ? undefined : type, unlogged, ownedBy }));
    const sequence = displayName(
      compact({ name: quoted(name), schema: schema === undefined ? schema : quoted(schema) }),
    );
    return { ...column, type, default: `nextval('${sequence.replaceAll("'", "''")}'::regclass)` };
  });
  return { table: { ...table, columns }, sequences };
}

/** A name as PostgreSQL prints it in a `regclass`. Keywords are no concern: the name ends in `_seq`. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
