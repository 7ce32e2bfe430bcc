/**
 * Reads a stored CREATE TABLE: the PRAGMAs report no CHECK, no AUTOINCREMENT, no generating expression, no collation, and
 * no constraint's name. Grammar: https://sqlite.org/lang_createtable.html
 *
 * @module
 */
import { compact } from "../../schema/edit.ts";
import type {
  CheckConstraint,
  ForeignKey,
  Generated,
  PrimaryKey,
  ReferentialAction,
  UniqueConstraint,
} from "../../schema/model.ts";
import { createCursor, type Cursor } from "./cursor.ts";
import {
  isWord,
  nameOfToken,
  splitByComma,
  textOf,
  type Token,
  tokenize,
  withoutParentheses,
  withoutQualifier,
} from "./tokenizer.ts";

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

/** The facts while they are gathered. */
interface Found {
  readonly table: string;
  primaryKey: PrimaryKey | undefined;
  readonly uniques: UniqueConstraint[];
  readonly foreignKeys: ForeignKey[];
  readonly checks: CheckConstraint[];
  readonly unmodelled: string[];
  /** The column that a constraint of its own says AUTOINCREMENT of. */
  counting: string | undefined;
}

type FoundColumn = { -readonly [K in keyof ColumnFacts]: ColumnFacts[K] };

const COLUMN_CONSTRAINTS = new Set(
  "CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS".split(" "),
);
const TABLE_CONSTRAINTS = new Set("CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN".split(" "));

const startsWith = (words: ReadonlySet<string>, token: Token | undefined): boolean =>
  token?.kind === "word" && words.has(token.text.toUpperCase());

/**
 * Reads a CREATE TABLE statement that SQLite has taken.
 *
 * @param sql the statement, as `sqlite_schema` keeps it
 */
export function parseTable(sql: string): TableFacts {
  const cursor = createCursor(tokenize(sql));
  let table = "";
  // The name is the last one before the parenthesis: `CREATE TABLE IF NOT EXISTS main.users (`.
  while (!cursor.atEnd && !isWord(cursor.peek(), "(")) table = nameOfToken(cursor.next()) ?? table;
  const found: Found = {
    table,
    primaryKey: undefined,
    uniques: [],
    foreignKeys: [],
    checks: [],
    unmodelled: [],
    counting: undefined,
  };
  const columns: ColumnFacts[] = [];
  for (const element of splitByComma(cursor.parenthesised())) {
    if (startsWith(TABLE_CONSTRAINTS, element[0])) tableConstraints(createCursor(element), found);
    else columns.push(columnFacts(createCursor(element), found));
  }
  const { table: _, counting, ...facts } = found;
  const counts = ({ name }: ColumnFacts): boolean => name.toLowerCase() === counting?.toLowerCase();
  return compact<TableFacts>({
    ...facts,
    columns: columns.map((column) => counts(column) ? { ...column, autoincrement: true } : column),
  });
}

function columnFacts(cursor: Cursor, found: Found): ColumnFacts {
  const column: FoundColumn = { name: cursor.name(), type: "" };
  column.type = columnType(cursor);
  while (!cursor.atEnd) {
    const name = cursor.take("CONSTRAINT") ? cursor.name() : undefined;
    if (!columnConstraint(cursor, column, name, found)) found.unmodelled.push(textOf(cursor.rest()));
  }
  return column;
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

/** Reads one constraint of a column; false where none that is known stands here. */
function columnConstraint(cursor: Cursor, column: FoundColumn, name: string | undefined, found: Found): boolean {
  const columns = [column.name];
  if (cursor.take("PRIMARY", "KEY")) {
    found.primaryKey = compact<PrimaryKey>({ name, columns });
    if (cursor.take("DESC")) found.unmodelled.push("PRIMARY KEY DESC");
    else cursor.take("ASC");
    onConflict(cursor, found);
    if (cursor.take("AUTOINCREMENT")) column.autoincrement = true;
  } else if (cursor.take("NOT", "NULL") || cursor.take("NULL")) {
    onConflict(cursor, found);
  } else if (cursor.take("UNIQUE")) {
    found.uniques.push(compact<UniqueConstraint>({ name, columns }));
    onConflict(cursor, found);
  } else if (cursor.take("CHECK")) {
    found.checks.push(checkFacts(cursor, name, found));
  } else if (cursor.take("DEFAULT")) {
    column.default = defaultFacts(cursor);
  } else if (cursor.take("COLLATE")) {
    const collation = cursor.name().toUpperCase();
    if (collation !== "BINARY") column.collation = collation;
  } else if (isWord(cursor.peek(), "REFERENCES")) {
    found.foreignKeys.push(foreignKeyFacts(cursor, name, columns, found));
  } else if (cursor.take("GENERATED", "ALWAYS", "AS") || cursor.take("AS")) {
    const expression = expressionOf(cursor.parenthesised(), found);
    column.generated = { expression, stored: cursor.take("STORED") };
    cursor.take("VIRTUAL");
  } else {
    return false;
  }
  return true;
}

function tableConstraints(cursor: Cursor, found: Found): void {
  // SQLite takes table constraints without a comma between them.
  while (!cursor.atEnd) {
    const name = cursor.take("CONSTRAINT") ? cursor.name() : undefined;
    if (cursor.take("PRIMARY", "KEY")) {
      found.primaryKey = compact<PrimaryKey>({ name, columns: keyColumns(cursor, found) });
    } else if (cursor.take("UNIQUE")) {
      found.uniques.push(compact<UniqueConstraint>({ name, columns: keyColumns(cursor, found) }));
    } else if (cursor.take("CHECK")) {
      found.checks.push(checkFacts(cursor, name, found));
    } else if (cursor.take("FOREIGN", "KEY")) {
      const columns = splitByComma(cursor.parenthesised()).map(([column]) => nameOfToken(column) ?? "");
      found.foreignKeys.push(foreignKeyFacts(cursor, name, columns, found));
    } else {
      found.unmodelled.push(textOf(cursor.rest()));
    }
    onConflict(cursor, found);
  }
}

/** The columns of `PRIMARY KEY (…)` or `UNIQUE (…)`; an order or a collation in there is one of the unmodelled. */
function keyColumns(cursor: Cursor, found: Found): readonly string[] {
  return splitByComma(cursor.parenthesised()).map((part) => {
    const extra = part.slice(1).filter((token) => !isWord(token, "ASC"));
    const name = nameOfToken(part[0]) ?? "";
    if (extra.length === 1 && isWord(extra[0], "AUTOINCREMENT")) found.counting = name;
    else if (extra.length > 0) found.unmodelled.push(textOf(part));
    return name;
  });
}

function onConflict(cursor: Cursor, found: Found): void {
  if (cursor.take("ON", "CONFLICT")) found.unmodelled.push(`ON CONFLICT ${cursor.name().toUpperCase()}`);
}

function expressionOf(tokens: readonly Token[], { table }: Found): string {
  return textOf(withoutQualifier(withoutParentheses(tokens), table));
}

function checkFacts(cursor: Cursor, name: string | undefined, found: Found): CheckConstraint {
  return compact<CheckConstraint>({ name, expression: expressionOf(cursor.parenthesised(), found) });
}

/** `DEFAULT 1`, `DEFAULT -1`, `DEFAULT 'a'`, `DEFAULT CURRENT_TIMESTAMP`, `DEFAULT (lower('A'))`. */
function defaultFacts(cursor: Cursor): string {
  if (isWord(cursor.peek(), "(")) return textOf(withoutParentheses(cursor.parenthesised()));
  const sign = isWord(cursor.peek(), "-") || isWord(cursor.peek(), "+") ? cursor.next()?.text ?? "" : "";
  return sign + (cursor.next()?.text ?? "");
}

function foreignKeyFacts(
  cursor: Cursor,
  name: string | undefined,
  columns: readonly string[],
  found: Found,
): ForeignKey {
  cursor.take("REFERENCES");
  const table = cursor.name();
  const referenced = splitByComma(cursor.parenthesised()).flatMap(([column]) => nameOfToken(column) ?? []);
  const key: { -readonly [K in keyof ForeignKey]: ForeignKey[K] } = {
    ...(name === undefined ? {} : { name }),
    columns,
    references: { table, columns: referenced },
  };
  for (;;) {
    if (cursor.take("ON", "DELETE")) setAction(key, "onDelete", cursor);
    else if (cursor.take("ON", "UPDATE")) setAction(key, "onUpdate", cursor);
    else if (cursor.take("MATCH")) found.unmodelled.push(`MATCH ${cursor.name()}`);
    else if (cursor.take("NOT", "DEFERRABLE")) cursor.take("INITIALLY", cursor.peek(1)?.text.toUpperCase() ?? "");
    else if (cursor.take("DEFERRABLE")) deferrability(key, cursor);
    else return key;
  }
}

function deferrability(key: { -readonly [K in keyof ForeignKey]: ForeignKey[K] }, cursor: Cursor): void {
  key.deferrable = true;
  if (cursor.take("INITIALLY", "DEFERRED")) key.initially = "deferred";
  else cursor.take("INITIALLY", "IMMEDIATE");
}

function setAction(
  key: { -readonly [K in keyof ForeignKey]: ForeignKey[K] },
  event: "onDelete" | "onUpdate",
  cursor: Cursor,
): void {
  const first = cursor.name().toLowerCase();
  const action = first === "set" || first === "no" ? `${first} ${cursor.name().toLowerCase()}` : first;
  // `NO ACTION` is what is meant without a word.
  if (action === "no action") delete key[event];
  else key[event] = action as ReferentialAction;
}
