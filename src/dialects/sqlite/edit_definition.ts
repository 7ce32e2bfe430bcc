/**
 * A stored CREATE TABLE with changes made in its text: what does not change stays as its author wrote it, comments and
 * clauses that the model has no word for included.
 *
 * @module
 */
import {
  checkDefinition,
  foreignKeyDefinition,
  primaryKeyDefinition,
  uniqueDefinition,
} from "../../ddl/definitions.ts";
import type { Column, Table } from "../../schema/model.ts";
import { columnClauses, columnSql, keyClause, tableSuffix } from "./column_sql.ts";
import { isOfColumn, type Matching, type Open, openOf, takeConstraint } from "./match_clause.ts";
import type { WrittenClause, WrittenElement, WrittenTable } from "./parse_table.ts";
import { isWord, tokenize } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/** A text between two commas, with what stands before and after it. */
interface Piece {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** A definition with its changes. */
export interface EditedDefinition {
  /** From the parenthesis on. */
  readonly body: string;
  /** Whether the text is another one. */
  readonly changed: boolean;
  /** What the clauses that are left out say beyond the model. */
  readonly lost: readonly string[];
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The clauses that say something of the table; those that say the same again are left out. */
function keptClauses(written: WrittenTable, table: Table, open: Open, matching: Matching): ReadonlySet<WrittenClause> {
  const kept = new Set<WrittenClause>();
  for (const { column, clauses } of written.elements) {
    const model = column && columnOf(table, column.name);
    if (column !== undefined && model === undefined) continue;
    for (const each of clauses) {
      const { clause } = each;
      const stays = clause.kind === "unknown" || (model !== undefined && isOfColumn(clause, model)) ||
        takeConstraint(clause, table, open, matching);
      if (stays) kept.add(each);
    }
  }
  return kept;
}

const columnOf = ({ columns }: Table, name: string): Column | undefined =>
  columns.find((column) => sameWord(column.name, name));

/** The column without what its table says already: there is no NULL in the key of a table without rowid. */
function spoken(column: Column, { withoutRowid, primaryKey }: Table): Column {
  if (!withoutRowid || !primaryKey?.columns.includes(column.name)) return column;
  const { nullable: _, ...rest } = column;
  return rest;
}

function columnText(
  { column, clauses }: WrittenElement,
  model: Column,
  kept: ReadonlySet<WrittenClause>,
  key: string,
): string {
  const { typeText = "", type } = column ?? {};
  // A name may differ in its case, where the model has renamed it since the text was read.
  const nameText = column?.name === model.name ? column.nameText : writer.identifier(model.name);
  const typed = type === model.type ? typeText : model.type === "" ? "" : ` ${model.type}`;
  const stay = clauses.filter((clause) => kept.has(clause));
  const missing = columnClauses(model, stay.map(({ clause }) => clause.kind));
  return nameText + typed + textOf(stay) + missing.map((clause) => ` ${clause}`).join("") + key;
}

const textOf = (clauses: readonly WrittenClause[]): string =>
  clauses.map(({ space, text }) => `${space === "" ? " " : space}${text}`).join("");

/** What the text does not say yet, as constraints of the table. */
function missingConstraints({ primaryKey, uniques, foreignKeys, checks }: Open): readonly string[] {
  return [
    ...(primaryKey === undefined ? [] : [primaryKeyDefinition(writer, primaryKey)]),
    ...[...uniques].map((unique) => uniqueDefinition(writer, unique)),
    ...[...foreignKeys].map((key) => foreignKeyDefinition(writer, key)),
    ...[...checks].map((check) => checkDefinition(writer, check)),
  ];
}

/** Puts pieces behind others; the space at the end of the last one stays at the end. */
function append(pieces: readonly Piece[], texts: readonly string[]): readonly Piece[] {
  const last = pieces.at(-1);
  if (last === undefined) {
    return texts.map((text, at) => ({ before: "\n  ", text, after: at === texts.length - 1 ? "\n" : "" }));
  }
  if (texts.length === 0) return pieces;
  const after = last.after.trim() === "" ? last.after : "";
  const fresh = texts.map((text, index): Piece => ({
    before: last.before.includes("\n") ? `\n${/[^\n]*$/.exec(last.before)?.[0].replace(/\S.*/, "")}` : " ",
    text,
    after: index === texts.length - 1 ? after : "",
  }));
  return [...pieces.slice(0, -1), after === "" ? last : { ...last, after: "" }, ...fresh];
}

/**
 * The text of a table that has changed.
 *
 * @param written the statement that made it
 * @param table what it shall be, under the names that its columns have in the text
 */
export function editDefinition(written: WrittenTable, table: Table, matching: Matching): EditedDefinition {
  const open = openOf(table);
  const kept = keptClauses(written, table, open, matching);
  const { key, counting, primaryKey } = keyClause(table, open);
  open.primaryKey = primaryKey;
  const columns: Piece[] = [];
  const constraints: Piece[] = [];
  const found = new Set<Column>();
  for (const element of written.elements) {
    const { before, after, clauses, column } = element;
    const model = column && columnOf(table, column.name);
    if (model !== undefined) {
      found.add(model);
      columns.push({
        before,
        after,
        text: columnText(element, spoken(model, table), kept, model === counting ? key : ""),
      });
    } else if (column === undefined) {
      const text = textOf(clauses.filter((clause) => kept.has(clause))).trimStart();
      if (text !== "") constraints.push({ before, after, text });
    }
  }
  const added = table.columns.filter((column) => !found.has(column))
    .map((column) => columnSql(column) + (column === counting ? key : ""));
  const pieces = append([...append(columns, added), ...constraints], missingConstraints(open));
  const body = `(${pieces.map(({ before, text, after }) => before + text + after).join(",")})`;
  const suffix = tableSuffix(table);
  const same = tokens(suffix) === tokens(written.suffix);
  const edited = body + (same ? written.suffix : suffix);
  const lost = written.elements.flatMap((element) => element.clauses)
    .filter((each) => !kept.has(each)).flatMap(({ clause }) => clause.unmodelled);
  return { body: edited, changed: edited !== written.body, lost };
}

/** What a suffix says, whatever its order. */
function tokens(suffix: string): string {
  return tokenize(suffix).filter((token) => !isWord(token, ",")).map(({ text }) => text.toUpperCase()).sort().join(" ");
}
