/**
 * A target in SQLite's own spelling.
 *
 * @module
 */
import { LimbeckError, messageOf } from "../../errors.ts";
import { displayName } from "../../schema/edit.ts";
import type { ObjectName, Schema } from "../../schema/model.ts";
import type { Connection } from "../dialect.ts";
import { createTableStatements } from "./create_table.ts";
import { connect } from "./driver.ts";
import { inspect } from "./inspect.ts";
import { createViewSql } from "./view.ts";

/** What a target may ask for, and SQLite does not have. */
const MISSING = {
  enums: "enums",
  schemas: "schemas",
  extensions: "extensions",
  domains: "domains",
  compositeTypes: "composite types",
  sequences: "sequences",
  routines: "functions",
  policies: "policies",
} as const;

function refused(what: string, name: ObjectName, error: unknown): LimbeckError {
  return new LimbeckError(
    "TARGET_INVALID",
    `Cannot use the target: SQLite refuses the ${what} "${displayName(name)}": ${
      messageOf(error).replace(/^SQLite says: /, "")
    }`,
    { facts: { [what]: displayName(name) }, cause: error },
  );
}

/**
 * A target as SQLite itself reads it: made in a database in memory, read back, and thrown away.
 *
 * @throws `TARGET_INVALID` where SQLite refuses it, naming the object
 */
export async function normalize(_: Connection, target: Schema): Promise<Schema> {
  for (const [kind, what] of Object.entries(MISSING) as [keyof typeof MISSING, string][]) {
    const [foreign] = target[kind];
    if (foreign === undefined) continue;
    const name = typeof foreign === "string" ? foreign : foreign.name;
    throw new LimbeckError("TARGET_INVALID", `Cannot use the target: SQLite has no ${what} ("${name}")`);
  }
  const scratch = await connect({ url: ":memory:" });
  const make = async (what: string, name: ObjectName, statements: () => readonly string[]): Promise<void> => {
    try {
      for (const sql of statements()) await scratch.query(sql);
    } catch (error) {
      throw refused(what, name, error);
    }
  };
  try {
    for (const table of target.tables) {
      await make("table", table, () => createTableStatements(table).map(({ sql }) => sql));
    }
    for (const view of target.views) await make("view", view, () => [createViewSql(view)]);
    for (const trigger of target.triggers) await make("trigger", trigger, () => [trigger.definition]);
    return { ...await inspect(scratch), unmodelled: target.unmodelled };
  } finally {
    await scratch.close();
  }
}
