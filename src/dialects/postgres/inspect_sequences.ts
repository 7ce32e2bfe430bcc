/**
 * Reads sequences: those of their own, and those that identity and serial columns stand for.
 *
 * @module
 */
import { compact, compareNames } from "../../schema/edit.ts";
import type { Identity } from "../../schema/model.ts";
import type { Sequence } from "../../schema/objects.ts";
import { serialSequenceName } from "../../schema/serials.ts";
import type { ColumnRow } from "./catalog_tables.ts";
import type { SequenceRow } from "./catalog_types.ts";
import { type Home, named } from "./inspect_names.ts";
import { canonicalType, serialOfInteger } from "./types.ts";

/** The greatest value of each integer type. */
const GREATEST: { readonly [type: string]: bigint } = {
  smallint: 32767n,
  integer: 2147483647n,
  bigint: 9223372036854775807n,
};

function exact(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** What a sequence is given, where it is not what the server would choose. */
function numbersOf({ type, start, increment, min, max, cache, cycle }: SequenceRow): Omit<Identity, "generation"> {
  const greatest = GREATEST[type] ?? 0n;
  const up = BigInt(increment) > 0n;
  const [least, most] = up ? [1n, greatest] : [-greatest - 1n, -1n];
  const unless = (value: string, usual: bigint): number | string | undefined =>
    BigInt(value) === usual ? undefined : exact(value);
  return compact<Omit<Identity, "generation">>({
    start: unless(start, up ? BigInt(min) : BigInt(max)),
    increment: unless(increment, 1n),
    minValue: unless(min, least),
    maxValue: unless(max, most),
    cache: unless(cache, 1n),
    cycle: cycle || undefined,
  });
}

/** An identity, with the options of its sequence. */
export function identityOf(letter: "a" | "d", sequence: SequenceRow | undefined): Identity {
  const generation = letter === "a" ? "always" : "byDefault";
  return sequence === undefined ? { generation } : { generation, ...numbersOf(sequence) };
}

const DRAWS = /^nextval\('(?:[^']|'')*'::regclass\)$/;

/** The `serial` type that a column was made with; undefined where its sequence or default is anything but usual. */
export function serialOf(
  { name, type, required, expression }: ColumnRow,
  table: { readonly schema: string; readonly name: string; readonly unlogged: boolean },
  sequence: SequenceRow | undefined,
): string | undefined {
  if (sequence === undefined || !sequence.draws || !required || !DRAWS.test(expression ?? "")) return undefined;
  const integer = canonicalType(type);
  const usual = sequence.type === integer && sequence.schema === table.schema &&
    (table.unlogged || !sequence.unlogged) &&
    sequence.name === serialSequenceName(table.name, name) && Object.keys(numbersOf(sequence)).length === 0;
  return usual ? serialOfInteger(integer) : undefined;
}

/**
 * The sequences of their own.
 *
 * @param hidden those that are part of a column
 */
export function sequencesOf(
  rows: readonly SequenceRow[],
  hidden: ReadonlySet<SequenceRow>,
  home: Home,
): readonly Sequence[] {
  return rows.filter((row) => !row.internal && !hidden.has(row)).map((row) => {
    const { owner } = row;
    return compact<Sequence>({
      ...named(row, home),
      type: row.type === "bigint" ? undefined : row.type,
      ...numbersOf(row),
      unlogged: row.unlogged || undefined,
      ownedBy: owner === null ? undefined : compact<NonNullable<Sequence["ownedBy"]>>({
        table: owner.table,
        schema: owner.schema === home ? undefined : owner.schema,
        column: owner.column,
      }),
    });
  }).sort(compareNames);
}
