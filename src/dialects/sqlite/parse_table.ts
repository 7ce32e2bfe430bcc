/**
 * Reads a stored CREATE TABLE: the PRAGMAs report no CHECK, no AUTOINCREMENT, no generating expression, no collation, and
 * no constraint's name. Every piece of the text is kept beside what it says, for a rebuild to write it as it was.
 *
 * @module
 */
import { compact } from "../../schema/edit.ts";
import type { CheckConstraint, ForeignKey, Generated, PrimaryKey, UniqueConstraint } from "../../schema/model.ts";
import { createCursor, type Cursor } from "./cursor.ts";
import { type Clause, parseClause } from "./parse_clause.ts";
import {
  closing,
  isWord,
  nameOfToken,
  splitByComma,
  textOf,
  type Token,
  tokenize,
  withoutQualifier,
} from "./tokenizer.ts";

/** A clause with its text, and what stands before it. */
export interface WrittenClause {
  readonly clause: Clause;
  readonly space: string;
  readonly text: string;
}

/** What stands between two commas: a column with its clauses, or constraints of the table. Put together it is the text. */
export interface WrittenElement {
  readonly column?: {
    readonly name: string;
    readonly nameText: string;
    readonly type: string;
    readonly typeText: string;
  };
  /** What stands before and after the words: white space and comments. */
  readonly before: string;
  readonly after: string;
  readonly clauses: readonly WrittenClause[];
}

/** A CREATE TABLE statement in pieces. */
export interface WrittenTable {
  readonly name: string;
  readonly elements: readonly WrittenElement[];
  /** What stands behind the parenthesis. */
  readonly suffix: string;
  /** Everything from the parenthesis on. */
  readonly body: string;
}

/** What a column's definition says. */
export interface ColumnFacts {
  readonly name: string;
  /** As declared; empty for none. */
  readonly type: string;
  /** Upper case; left out for `BINARY`, which is every column's. */
  readonly collation?: string;
  /** Without the parentheses around it. */
  readonly default?: string;
  readonly generated?: Generated;
  readonly autoincrement?: boolean;
}

/** What a CREATE TABLE says. */
export interface TableFacts {
  readonly columns: readonly ColumnFacts[];
  readonly primaryKey?: PrimaryKey;
  readonly uniques: readonly UniqueConstraint[];
  /** `references.columns` is empty where the definition leaves them to the other table's primary key. */
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly CheckConstraint[];
  /** Clauses that the model has no word for, as they are written: `ON CONFLICT REPLACE`. */
  readonly unmodelled: readonly string[];
}

const COLUMN_CONSTRAINTS = new Set(
  "CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS".split(" "),
);
const TABLE_CONSTRAINTS = new Set("CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN".split(" "));

const startsWith = (words: ReadonlySet<string>, token: Token | undefined): boolean =>
  token?.kind === "word" && words.has(token.text.toUpperCase());

const endOf = ({ offset, text }: Token): number => offset + text.length;

/**
 * Reads a CREATE TABLE statement that SQLite has taken.
 *
 * @param sql the statement, as `sqlite_schema` keeps it
 */
export function parseDefinition(sql: string): WrittenTable {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((token) => isWord(token, "("));
  const close = closing(tokens, open);
  // The name is the last one before the parenthesis: `CREATE TABLE IF NOT EXISTS main.users (`.
  const name = nameOfToken(tokens[open - 1]) ?? "";
  const first = tokens[open];
  if (first === undefined) return { name, elements: [], suffix: "", body: "" };
  const end = tokens[close]?.offset ?? sql.length;
  let from = endOf(first);
  const elements = splitByComma(tokens.slice(open + 1, close)).map((words, index, all) => {
    const next = all.slice(index + 1).find((each) => each.length > 0);
    const last = words.at(-1);
    const comma = next === undefined || last === undefined ? end : commaAfter(tokens, last);
    const element = parseElement(sql, words, { table: name, from, to: comma });
    from = comma + 1;
    return element;
  });
  return { name, elements, suffix: sql.slice(end + 1), body: sql.slice(first.offset) };
}

function commaAfter(tokens: readonly Token[], last: Token): number {
  return tokens[tokens.indexOf(last) + 1]?.offset ?? endOf(last);
}

interface Range {
  readonly table: string;
  readonly from: number;
  readonly to: number;
}

function parseElement(sql: string, words: readonly Token[], { table, from, to }: Range): WrittenElement {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return { before: sql.slice(from, to), after: "", clauses: [] };
  const around = { before: sql.slice(from, first.offset), after: sql.slice(endOf(last), to) };
  const cursor = createCursor(words);
  if (startsWith(TABLE_CONSTRAINTS, first)) {
    return { ...around, clauses: parseClauses(sql, words, first.offset, { table }) };
  }
  const name = cursor.name();
  const type = columnType(cursor);
  // Between name and type there may be a comment, which stays with the type.
  const typeEnd = words[words.length - cursor.left - 1] ?? first;
  const column = { name, nameText: first.text, type, typeText: sql.slice(endOf(first), endOf(typeEnd)) };
  return { column, ...around, clauses: parseClauses(sql, cursor.rest(), endOf(typeEnd), { table, column: name }) };
}

function columnType(cursor: Cursor): string {
  const tokens: Token[] = [];
  while (!cursor.atEnd && !startsWith(COLUMN_CONSTRAINTS, cursor.peek())) {
    if (isWord(cursor.peek(), "(")) {
      const open = cursor.peek() as Token;
      const inside = cursor.parenthesised();
      tokens.push({ ...open, text: `(${textOf(inside)})` });
    } else {
      tokens.push(cursor.next() as Token);
    }
  }
  return textOf(tokens);
}

function parseClauses(
  sql: string,
  words: readonly Token[],
  start: number,
  owner: { readonly table: string; readonly column?: string },
): readonly WrittenClause[] {
  const cursor = createCursor(words);
  const clauses: WrittenClause[] = [];
  let from = start;
  // SQLite takes table constraints without a comma between them.
  while (!cursor.atEnd) {
    const at = words.length - cursor.left;
    const clause = parseClause(cursor, owner);
    const [first, last] = [words[at], words[words.length - cursor.left - 1]];
    if (first === undefined || last === undefined) break;
    clauses.push({ clause, space: sql.slice(from, first.offset), text: sql.slice(first.offset, endOf(last)) });
    from = endOf(last);
  }
  return clauses;
}

/** What a CREATE TABLE statement says, without its text. */
export function parseTable(sql: string): TableFacts {
  return factsOf(parseDefinition(sql));
}

/** What a definition says. */
export function factsOf({ elements }: WrittenTable): TableFacts {
  const clauses = elements.flatMap((element) => element.clauses.map(({ clause }) => clause));
  const keys = clauses.flatMap((clause) => clause.kind === "primaryKey" ? [clause] : []);
  const counting = keys.find(({ autoincrement }) => autoincrement)?.key.columns[0]?.toLowerCase();
  return compact<TableFacts>({
    columns: elements.flatMap((element) => element.column === undefined ? [] : [columnFacts(element, counting)]),
    primaryKey: keys[0]?.key,
    uniques: clauses.flatMap((clause) => clause.kind === "unique" ? [clause.unique] : []),
    foreignKeys: clauses.flatMap((clause) => clause.kind === "foreignKey" ? [clause.key] : []),
    checks: clauses.flatMap((clause) => clause.kind === "check" ? [clause.check] : []),
    unmodelled: clauses.flatMap(({ unmodelled }) => unmodelled),
  });
}

function columnFacts({ column, clauses }: WrittenElement, counting: string | undefined): ColumnFacts {
  const facts: { -readonly [K in keyof ColumnFacts]: ColumnFacts[K] } = {
    name: column?.name ?? "",
    type: column?.type ?? "",
  };
  for (const { clause } of clauses) {
    if (clause.kind === "default") facts.default = clause.value;
    if (clause.kind === "generated") facts.generated = clause.generated;
    if (clause.kind === "collation" && clause.collation !== "BINARY") facts.collation = clause.collation;
  }
  if (counting === facts.name.toLowerCase()) facts.autoincrement = true;
  return facts;
}

/** The definition without the table's own name before its columns, for a table of another name to be made by it. */
export function withoutOwnName(written: WrittenTable): WrittenTable {
  const bare = (each: WrittenClause): WrittenClause => {
    const tokens = tokenize(each.text);
    const kept = withoutQualifier(tokens, written.name);
    return kept.length === tokens.length ? each : { ...each, text: textOf(kept) };
  };
  return {
    ...written,
    elements: written.elements.map((element) => ({ ...element, clauses: element.clauses.map(bare) })),
  };
}
