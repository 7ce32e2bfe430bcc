/**
 * The table rebuild: what ALTER TABLE cannot do is done by making the table anew and copying its rows.
 * https://sqlite.org/lang_altertable.html#otheralter, with what the manual's list leaves out: the rowids, the
 * AUTOINCREMENT counter, and the views and triggers of other tables that name this one.
 *
 * @module
 */
import { type Hazard, type Statement, statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import { findColumn } from "../../schema/edit.ts";
import type { Schema, Table } from "../../schema/model.ts";
import type { Trigger, View } from "../../schema/objects.ts";
import { checkTable, createIndexStatement, createTableStatement } from "./create_table.ts";
import { editDefinition, type EditedDefinition } from "./edit_definition.ts";
import { rowidColumn } from "./inspect.ts";
import { parseDefinition, parseTable, withoutOwnName } from "./parse_table.ts";
import { rebuildName } from "./rebuild_name.ts";
import { unsupported } from "./refusals.ts";
import { mentionedNames } from "./tokenizer.ts";
import { createViewSql } from "./view.ts";
import { writer } from "./writer.ts";

/** A table's change as a rebuild sees it. */
export interface Rebuild {
  /** The table as it is. */
  readonly from: Table;
  /** The table as it will be, under the same name. */
  readonly to: Table;
  /** For each column of `to` that takes its values from the old table: the SQL expression of the value. */
  readonly values: ReadonlyMap<string, string>;
  /** Everything else: the views and triggers that name the table have to be made again. */
  readonly schema: Schema;
  readonly hazards: readonly Hazard[];
}

interface Dependents {
  readonly views: readonly View[];
  readonly triggers: readonly Trigger[];
}

/**
 * Writes a rebuild. Foreign keys must not be enforced while it runs.
 *
 * @throws `UNSUPPORTED` where the table, a view or a trigger has something that the rebuild would lose or break
 */
export function rebuildTable(rebuild: Rebuild): readonly Statement[] {
  const { from, to, schema } = rebuild;
  const { views, triggers } = dependents(schema, from.name);
  refuseLoss(rebuild, { views, triggers });
  const name = writer.identifier(from.name);
  const copy = rebuildName(from.name);
  const dropped = new Set([from.name, ...views.map((view) => view.name)]);
  return [
    // The rename at the end reads every view and trigger, and fails on one that names a table that is not there.
    ...triggers.filter(({ table }) => !dropped.has(table)).map((each) =>
      statement(`DROP TRIGGER ${writer.identifier(each.name)}`)
    ),
    ...views.map((view) => statement(`DROP VIEW ${writer.identifier(view.name)}`)),
    createCopy(rebuild, copy),
    statement(copyRows(rebuild, copy), rebuild.hazards),
    ...keepCounter(rebuild, copy),
    statement(`DROP TABLE ${name}`),
    statement(`ALTER TABLE ${writer.identifier(copy)} RENAME TO ${name}`),
    ...to.indexes.map((index) => createIndexStatement(to, index)),
    ...views.map((view) => statement(createViewSql(view))),
    ...triggers.map(({ definition }) => statement(definition)),
  ];
}

/** The table's text with what `to` says in it. */
function edited({ from, schema }: Rebuild, to: Table): EditedDefinition {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const referenced = (name: string): readonly string[] | undefined => {
    const table = same(name, to.name) ? to : schema.tables.find((each) => same(each.name, name));
    return table && (table.primaryKey?.columns ?? []);
  };
  const written = withoutOwnName(parseDefinition(from.definition ?? ""));
  return editDefinition(written, to, { namesMayMiss: false, referenced });
}

/** The new table's statement: the old one's text with the changes in it, where it is known. */
function createCopy(rebuild: Rebuild, copy: string): Statement {
  const { from, to } = rebuild;
  if (from.definition === undefined) return createTableStatement({ ...to, name: copy });
  checkTable(to);
  return statement(`CREATE TABLE ${writer.identifier(copy)} ${edited(rebuild, to).body}`);
}

/** What the table says beyond the model, and would not say any more though nothing took it away. */
function lostClauses(rebuild: Rebuild): readonly string[] {
  const { from } = rebuild;
  if (from.definition === undefined) return from.unmodelled ?? [];
  const read = parseTable(from.definition).unmodelled;
  // A key that names no columns of a table that is not there stands in the text as it is.
  const unread = (from.unmodelled ?? []).filter((clause) =>
    !read.includes(clause) && !clause.startsWith("REFERENCES ")
  );
  return [...unread, ...edited(rebuild, from).lost];
}

/** The views and triggers that name a table, or a view that does, and the table's own triggers. */
function dependents(schema: Schema, table: string): Dependents {
  const names = new Set([table.toLowerCase()]);
  const mentions = (sql: string): boolean => [...mentionedNames(sql, true)].some((name) => names.has(name));
  for (let size = 0; size < names.size;) {
    size = names.size;
    for (const view of schema.views) if (mentions(view.query)) names.add(view.name.toLowerCase());
  }
  return {
    views: schema.views.filter(({ query }) => mentions(query)),
    triggers: schema.triggers.filter(({ definition }) => mentions(definition)),
  };
}

function refuseLoss(rebuild: Rebuild, { views, triggers }: Dependents): void {
  const { from, to, values } = rebuild;
  const clauses = lostClauses(rebuild);
  if (clauses.length > 0) {
    throw unsupported(
      `rebuild "${from.name}", whose definition says "${clauses.join('", "')}"`,
      "limbeck has no word for that and would lose it: write the rebuild yourself with op.execute",
      { table: from.name },
    );
  }
  const lost = from.columns.filter(({ name }) => !values.has(name) && findColumn(to, name) === undefined);
  for (const { name } of lost) {
    refuseMention(to, name);
    const users = [
      ...views.map((view) => ({ kind: "view", name: view.name, sql: view.query })),
      ...triggers.map((trigger) => ({ kind: "trigger", name: trigger.name, sql: trigger.definition })),
    ];
    const user = users.find(({ sql }) => mentionedNames(sql).has(name.toLowerCase()));
    if (user === undefined) continue;
    const { kind } = user;
    throw unsupported(
      `drop the column "${name}" of "${from.name}", which the ${kind} "${user.name}" names,`,
      `Drop the ${kind} first, and make it again afterwards: op.execute("DROP ${kind.toUpperCase()} …")`,
      { table: from.name, column: name, [kind]: user.name },
    );
  }
}

/**
 * Throws `UNSUPPORTED` where what is left of a table still names a column that is gone.
 *
 * @param table the table without the column
 */
export function refuseMention(table: Table, column: string): void {
  const users = [
    ...table.checks.map(({ name, expression }) => ({
      what: `check ${name ?? `(${expression})`}`,
      text: expression,
      hint: name === undefined
        ? `op.dropConstraint(null, "${table.name}", { type: "check", expression: ${JSON.stringify(expression)} })`
        : `op.dropConstraint("${name}", "${table.name}")`,
    })),
    ...table.columns.map(({ name, generated }) => ({
      what: `generated column "${name}"`,
      text: generated?.expression ?? "",
      hint: `op.dropColumn("${table.name}", "${name}")`,
    })),
    ...table.indexes.map(({ name, parts, where }) => ({
      what: `index "${name}"`,
      text: [...parts.map(({ expression }) => expression ?? ""), where ?? ""].join(" "),
      hint: `op.dropIndex("${name}", "${table.name}")`,
    })),
  ];
  const user = users.find(({ text }) => mentionedNames(text).has(column.toLowerCase()));
  if (user === undefined) return;
  throw new LimbeckError(
    "UNSUPPORTED",
    `Cannot drop the column "${column}" of "${table.name}": the ${user.what} names it`,
    { hint: `Drop that before: ${user.hint}`, facts: { table: table.name, column } },
  );
}

/** No cast: a column's affinity converts each value that it can without loss, and the others stay as they are. */
function copyRows({ from, to, values }: Rebuild, copy: string): string {
  const copied = to.columns.filter(({ name, generated }) => generated === undefined && values.has(name));
  const pairs = copied.map(({ name }) => [writer.identifier(name), values.get(name) as string] as const);
  const rowid = keptRowid(from, to, copied.map(({ name }) => name));
  const all = rowid === undefined ? pairs : [[rowid, rowid] as const, ...pairs];
  const columns = all.map(([column]) => column).join(", ");
  // A clause of the table (ON CONFLICT REPLACE) would leave rows out without a word.
  const insert = from.unmodelled === undefined ? "INSERT INTO" : "INSERT OR ABORT INTO";
  return `${insert} ${writer.identifier(copy)} (${columns})\n` +
    `SELECT ${all.map(([, value]) => value).join(", ")} FROM ${writer.identifier(from.name)}`;
}

/** The word for the rowid, where it has to be copied: something outside (a full-text index) may refer to it. */
function keptRowid(from: Table, to: Table, copied: readonly string[]): string | undefined {
  const alias = rowidColumn(to);
  if (from.withoutRowid || to.withoutRowid || (alias !== undefined && copied.includes(alias))) return undefined;
  const names = new Set([...from.columns, ...to.columns].map(({ name }) => name.toLowerCase()));
  return ["rowid", "_rowid_", "oid"].find((word) => !names.has(word));
}

/** AUTOINCREMENT never gives a number twice, also not the number of a row that was deleted. */
function keepCounter({ from, to }: Rebuild, copy: string): readonly Statement[] {
  const counts = (table: Table): boolean => table.columns.some(({ autoincrement }) => autoincrement);
  if (!counts(from) || !counts(to)) return [];
  const [oldName, newName] = [writer.literal(from.name), writer.literal(copy)];
  return [
    statement(`DELETE FROM sqlite_sequence WHERE name = ${newName}`),
    statement(
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${newName}, seq FROM sqlite_sequence WHERE name = ${oldName}`,
    ),
  ];
}
