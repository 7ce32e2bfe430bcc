import { renameSequenceInSql } from "../ddl/rename_in_code.ts";
import { statement } from "../ddl/statement.ts";
import { compact, compareNames, displayName, nameOf } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import type { Sequence } from "../schema/objects.ts";
import { refTo } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, toName } from "./arguments.ts";
import { requireSequence, sequenceClauses, type SequenceOptions, sequencesOf, usualStart } from "./create_sequence.ts";
import { edited, lookUp } from "./listed.ts";
import { mapSql } from "./map_sql.ts";
import { followed } from "./object_refs.ts";
import { data, type OperationType } from "./operation.ts";

/** What of a sequence `op.alterSequence` changes; null goes back to the database's own choice. */
export interface SequenceChanges extends SequenceOptions {
  /** The number that it goes on with; true means its start. */
  readonly restart?: number | string | true;
  readonly newName?: string;
}

/** The data of `op.alterSequence`. */
export interface AlterSequence {
  readonly kind: "alterSequence";
  readonly sequence: ObjectName;
  readonly changes: SequenceChanges;
  /** What a reader of the revision should know: a comment before it. */
  readonly note?: string;
}

/**
 * Changes a sequence (PostgreSQL).
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.alterSequence("invoice_numbers", { increment: 10, restart: 5000 });
 * }
 * ```
 */
export const alterSequence: OperationType<AlterSequence, [name: Name, changes: SequenceChanges]> = {
  kind: "alterSequence",
  create(name, changes) {
    const all = compact<SequenceChanges>({ ...changes });
    if (Object.keys(all).length === 0) throw invalid("alterSequence", "nothing is changed");
    requireSequence("alterSequence", { ...all });
    if (all.newName !== undefined) requireName("alterSequence", all.newName);
    return { kind: "alterSequence", sequence: toName("alterSequence", name), changes: all };
  },
  args: ({ sequence, changes }) => [fromName(sequence), changes],
  reverse({ sequence, changes: { restart: _, newName, ...options } }, before) {
    const old = lookUp(sequencesOf(before), refTo("sequence", sequence));
    if (old === undefined) return null;
    const back = Object.fromEntries(
      // What a sequence begins with by itself depends on options that may not be among these.
      Object.keys(options).map((
        key,
      ) => [key, old[key as keyof Sequence] ?? (key === "start" ? usualStart(old) : null)]),
    ) as SequenceOptions;
    const changes = compact<SequenceChanges>({ ...back, newName: newName === undefined ? undefined : sequence.name });
    if (Object.keys(changes).length === 0) return [];
    return [
      data<AlterSequence>({
        kind: "alterSequence",
        sequence: { ...sequence, name: newName ?? sequence.name },
        changes,
      }),
    ];
  },
  apply(schema, { sequence, changes: { restart: _, newName = sequence.name, ...options } }) {
    const [ref, to] = [refTo("sequence", sequence), nameOf({ ...sequence, name: newName })];
    if (newName !== sequence.name && lookUp(sequencesOf(schema), refTo("sequence", to)) !== undefined) {
      throw invalid("alterSequence", `there is a sequence "${displayName(to)}" already`);
    }
    const sequences = edited("alterSequence", sequencesOf(schema), ref, (old) => {
      const merged = Object.entries({ ...old, ...options }).filter(([, value]) => value !== null && value !== false);
      return { ...Object.fromEntries(merged), name: newName } as unknown as Sequence;
    });
    const after = followed({ ...schema, sequences: sequences.toSorted(compareNames) }, ref, to);
    if (newName === sequence.name) return after;
    return mapSql(after, (text, role) => role === "type" ? text : renameSequenceInSql(text, sequence, newName));
  },
  compile({ sequence, changes }, { writer }) {
    const { restart, newName, unlogged } = changes;
    const clauses = [
      ...sequenceClauses("alterSequence", writer, changes),
      ...(restart === undefined ? [] : [restart === true ? "RESTART" : `RESTART WITH ${BigInt(restart)}`]),
    ];
    const alter = `ALTER SEQUENCE ${writer.name(nameOf(sequence))}`;
    return [
      ...(clauses.length === 0 ? [] : [statement(`${alter} ${clauses.join(" ")}`)]),
      ...(unlogged === undefined ? [] : [statement(`${alter} SET ${unlogged ? "UNLOGGED" : "LOGGED"}`)]),
      ...(newName === undefined ? [] : [statement(`${alter} RENAME TO ${writer.identifier(newName)}`)]),
    ];
  },
};
