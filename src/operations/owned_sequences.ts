/**
 * Sequences that belong to a column (PostgreSQL's `OWNED BY`): they go with it, and come back with it.
 *
 * @module
 */
import type { ObjectName, Schema } from "../schema/model.ts";
import { nameOf } from "../schema/edit.ts";
import type { Sequence } from "../schema/objects.ts";
import type { AlterSequence } from "./alter_sequence.ts";
import type { CreateSequence } from "./create_sequence.ts";
import { type AnyOperation, data } from "./operation.ts";

/** The sequences that a table's column owns; those of all its columns where none is named. */
export function ownedSequences(schema: Schema, table: ObjectName, column?: string): readonly Sequence[] {
  return schema.sequences.filter(({ ownedBy }) =>
    ownedBy !== undefined && ownedBy.table === table.name && ownedBy.schema === table.schema &&
    (column === undefined || ownedBy.column === column)
  );
}

/** The schema without these sequences. */
export function withoutSequences(schema: Schema, sequences: readonly Sequence[]): Schema {
  if (sequences.length === 0) return schema;
  return { ...schema, sequences: schema.sequences.filter((each) => !sequences.includes(each)) };
}

/** What makes the sequences again, around what makes their columns again: a default draws from them. */
export function bringBack(
  sequences: readonly Sequence[],
  columns: readonly AnyOperation[],
): readonly AnyOperation[] {
  return [
    ...sequences.map(({ ownedBy: _, ...sequence }) => data<CreateSequence>({ kind: "createSequence", sequence })),
    ...columns,
    ...sequences.map(({ ownedBy, ...sequence }) =>
      data<AlterSequence>({ kind: "alterSequence", sequence: nameOf(sequence), changes: { ownedBy: ownedBy ?? null } })
    ),
  ];
}
