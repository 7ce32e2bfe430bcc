import { statement } from "../ddl/statement.ts";
import type { SqlWriter } from "../ddl/writer.ts";
import { compact, nameOf } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";
import type { Sequence } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import type { DropSequence } from "./drop_sequence.ts";
import { type Listed, put, withOptions } from "./listed.ts";
import { data, type OperationType } from "./operation.ts";

/** What `op.createSequence` takes beside the name. */
export type SequenceInput = Omit<Sequence, "name" | "schema">;

/** The data of `op.createSequence`. */
export interface CreateSequence {
  readonly kind: "createSequence";
  readonly sequence: Sequence;
}

/** The sequences of a schema. */
export const sequencesOf = ({ sequences }: Schema): Listed<Sequence> => ({
  list: sequences,
  ref: (sequence) => refTo("sequence", sequence),
});

/** A whole number as SQL. Throws `OPERATION_INVALID` for anything else. */
function integer(kind: string, value: number | string): string {
  try {
    return String(BigInt(value));
  } catch {
    throw invalid(kind, `${JSON.stringify(value)} is no whole number`);
  }
}

/** Where the server begins by itself, as far as the options say. */
export function usualStart({ increment, minValue, maxValue }: SequenceOptions): number | string {
  return Number(increment ?? 1) < 0 ? maxValue ?? -1 : minValue ?? 1;
}

/** What a sequence's options may be when they are changed: null goes back to the database's own choice. */
export type SequenceOptions = { readonly [K in keyof SequenceInput]?: SequenceInput[K] | null };

/** The options of `CREATE SEQUENCE` and `ALTER SEQUENCE`, a clause each. */
export function sequenceClauses(kind: string, writer: SqlWriter, options: SequenceOptions): readonly string[] {
  const { type, increment, minValue, maxValue, start, cache, cycle, ownedBy } = options;
  const bound = (word: string, value: number | string | null | undefined): readonly string[] =>
    value === undefined ? [] : [value === null ? `NO ${word}` : `${word} ${integer(kind, value)}`];
  const number = (words: string, value: number | string | null | undefined): readonly string[] =>
    value === undefined ? [] : [`${words} ${integer(kind, value ?? 1)}`];
  return [
    ...(type === undefined ? [] : [`AS ${type ?? "bigint"}`]),
    ...number("INCREMENT BY", increment),
    ...bound("MINVALUE", minValue),
    ...bound("MAXVALUE", maxValue),
    ...(start === null ? [`START WITH ${integer(kind, usualStart(options))}`] : number("START WITH", start)),
    ...number("CACHE", cache),
    ...(cycle === undefined ? [] : [cycle ? "CYCLE" : "NO CYCLE"]),
    ...(ownedBy === undefined ? [] : [
      ownedBy === null
        ? "OWNED BY NONE"
        : `OWNED BY ${writer.name(compact({ name: ownedBy.table, schema: ownedBy.schema }))}.${
          writer.identifier(ownedBy.column)
        }`,
    ]),
  ];
}

const NUMBERS = ["start", "increment", "minValue", "maxValue", "cache", "restart"] as const;

/** Throws `OPERATION_INVALID` for an option that is no whole number, or no type that a sequence can have. */
export function requireSequence(kind: string, options: { readonly [option: string]: unknown }): void {
  for (const option of NUMBERS) {
    const value = options[option];
    const isWhole = typeof value === "number" ? Number.isInteger(value) : /^-?\d+$/.test(String(value));
    if (value !== undefined && value !== null && value !== true && !isWhole) {
      throw invalid(kind, `${option} is no whole number (${value})`);
    }
  }
  const type = options["type"];
  if (type !== undefined && type !== null && !/^(smallint|integer|bigint|int[248]?)$/i.test(String(type))) {
    throw invalid(kind, `a sequence is a smallint, an integer or a bigint (got "${type}")`);
  }
  const owner = options["ownedBy"] as Sequence["ownedBy"] | null;
  if (owner === undefined || owner === null) return;
  requireName(kind, owner.table);
  requireName(kind, owner.column);
}

/**
 * Makes a sequence (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.createSequence("invoice_numbers", { start: 1000 });
 * }
 * ```
 */
export const createSequence: OperationType<CreateSequence, [name: Name, options?: SequenceInput]> = {
  kind: "createSequence",
  create(name, options = {}) {
    requireSequence("createSequence", { ...options });
    const sequence = compact<Sequence>({ ...options, ...toName("createSequence", name) });
    return { kind: "createSequence", sequence };
  },
  args: ({ sequence: { name, schema, ...options } }) =>
    withOptions([fromName(compact({ name, schema }))] as const, options),
  reverse: ({ sequence }) => [data<DropSequence>({ kind: "dropSequence", sequence: nameOf(sequence) })],
  apply: (schema, { sequence }) => ({ ...schema, sequences: put("createSequence", sequencesOf(schema), sequence) }),
  compile: ({ sequence }, { writer }) => [
    statement(
      [
        `CREATE ${sequence.unlogged ? "UNLOGGED " : ""}SEQUENCE ${writer.name(nameOf(sequence))}`,
        ...sequenceClauses("createSequence", writer, sequence),
      ].join(" "),
    ),
  ],
};
