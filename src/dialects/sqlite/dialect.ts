/**
 * The SQLite dialect, also for libSQL and Turso.
 *
 * @module
 */
import type { Table } from "../../schema/model.ts";
import type { Dialect } from "../dialect.ts";
import { canonicalExpression, canonicalType } from "./canonical.ts";
import { compile, group } from "./compile.ts";
import { mayRebuild, needsSchema } from "./may_rebuild.ts";
import { copySchema } from "./copy_schema.ts";
import { connect } from "./driver.ts";
import { hasTable, inspect, rowidColumn } from "./inspect.ts";
import { normalize } from "./normalize.ts";
import { openScratch } from "./scratch.ts";
import { script } from "./script.ts";
import { splitScript } from "./split.ts";
import { writer } from "./writer.ts";

/** The rowid, by one of its names that no column has. A primary key may be missing, and may hold NULL. */
function rowKey({ columns, primaryKey, withoutRowid }: Table): readonly string[] | undefined {
  if (withoutRowid) return primaryKey?.columns.map((column) => writer.identifier(column));
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const name = ["rowid", "_rowid_", "oid"].find((each) => !taken.has(each));
  return name === undefined ? undefined : [name];
}

/** SQLite and libSQL. */
export const sqlite: Dialect = {
  name: "sqlite",
  capabilities: {
    schemas: false,
    enums: false,
    alterConstraints: false,
    uniqueIndexIsConstraint: true,
    replaceView: false,
    foldsCase: true,
    // https://sqlite.org/limits.html#max_variable_number
    parameters: 32_766,
  },
  writer,
  script,
  connect,
  // A transaction begins with the database's own write lock, and the others wait for that.
  lock: () => Promise.resolve(null),
  openScratch,
  copySchema,
  hasTable,
  inspect,
  normalize,
  isNeverNull: (table, column) => rowidColumn(table) === column,
  canonicalType,
  canonicalExpression,
  // A value keeps what its new type cannot hold: see `copyRows` in rebuild.ts.
  conversion: () => undefined,
  rowKey,
  split: (script) => Promise.resolve(splitScript(script)),
  mayRebuild,
  needsSchema,
  group,
  compile,
};
