/**
 * Columns that become NOT NULL, and rows that may have no value for them.
 *
 * Which value such a row gets only its owner knows: none is invented. The file says what would fail, and how to fill
 * the column before.
 *
 * @module
 */
import type { SqlWriter } from "../ddl/writer.ts";
import { renderOperations } from "../operations/render.ts";
import { displayName } from "../schema/edit.ts";
import type { Column, ObjectName } from "../schema/model.ts";

/** What is said of an operation: before it in the revision, and as a warning. */
export interface MissingValues {
  readonly note: string;
  readonly warning: string;
}

/** Stands where a person has to write a value. No database takes it for one. */
const BLANK = "…";

function fill(table: ObjectName, { name, default: value }: Column, writer: SqlWriter): string {
  const column = writer.identifier(name);
  const sql = `UPDATE ${writer.name(table)} SET ${column} = ${value ?? BLANK} WHERE ${column} IS NULL`;
  return renderOperations([{ kind: "execute", sql }], { indent: "  ", width: 10_000 });
}

/** What is said of a column that is added NOT NULL, and has no default for the rows that are there. */
export function missingInAdded(table: ObjectName, column: Column, writer: SqlWriter): MissingValues {
  const { nullable: _, ...loose } = column;
  const subject = `"${displayName(table)}"."${column.name}"`;
  const steps = [
    renderOperations([{ kind: "addColumn", table, column: loose }], { indent: "  ", width: 10_000 }),
    fill(table, column, writer),
    renderOperations([{ kind: "alterColumn", table, column: column.name, changes: { nullable: false } }], {
      indent: "  ",
      width: 10_000,
    }),
  ];
  return {
    note: [
      `${subject} is NOT NULL without a default: this fails if the table has rows`,
      "Give it a default, or write instead:",
      ...steps,
    ].join("\n"),
    warning: `${subject} is NOT NULL without a default: the upgrade fails if the table has rows. ` +
      "Add a default, or add it nullable, fill it, and set NOT NULL then",
  };
}

/** What is said of a column that was nullable and shall be NOT NULL. */
export function missingInAltered(table: ObjectName, column: Column, writer: SqlWriter): MissingValues {
  const subject = `"${displayName(table)}"."${column.name}"`;
  return {
    note: [
      `${subject} becomes NOT NULL: this fails if a row has NULL there`,
      "Fill such rows before it:",
      fill(table, column, writer),
    ].join("\n"),
    warning: `${subject} becomes NOT NULL: the upgrade fails if a row has NULL there. ` +
      "Fill such rows before it, in the revision or in one of its own",
  };
}
