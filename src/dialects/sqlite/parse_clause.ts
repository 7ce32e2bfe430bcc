/**
 * Reads the clauses of a stored CREATE TABLE, one at a time. Grammar: https://sqlite.org/lang_createtable.html
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
import type { Cursor } from "./cursor.ts";
import {
  isWord,
  nameOfToken,
  splitByComma,
  textOf,
  type Token,
  withoutParentheses,
  withoutQualifier,
} from "./tokenizer.ts";

/** What a clause says. */
export type Meaning =
  | { readonly kind: "primaryKey"; readonly key: PrimaryKey; readonly autoincrement: boolean }
  | { readonly kind: "unique"; readonly unique: UniqueConstraint }
  | { readonly kind: "foreignKey"; readonly key: ForeignKey }
  | { readonly kind: "check"; readonly check: CheckConstraint }
  | { readonly kind: "nullable"; readonly nullable: boolean }
  /** Without the parentheses around it. */
  | { readonly kind: "default"; readonly value: string }
  /** Upper case. */
  | { readonly kind: "collation"; readonly collation: string }
  | { readonly kind: "generated"; readonly generated: Generated }
  | { readonly kind: "unknown" };

/** A clause: what it says, and what of it the model has no word for, as it is written (`ON CONFLICT REPLACE`). */
export type Clause = Meaning & { readonly unmodelled: readonly string[] };

/** Whose clause it is. */
export interface Owner {
  readonly table: string;
  /** Left out for a constraint of the table. */
  readonly column?: string;
}

type Found = string[];

/** Reads one clause; at least one token is taken. */
export function parseClause(cursor: Cursor, owner: Owner): Clause {
  const name = cursor.take("CONSTRAINT") ? cursor.name() : undefined;
  const unmodelled: Found = [];
  const meaning = keyClause(cursor, owner, name, unmodelled) ?? columnClause(cursor, owner, unmodelled);
  if (meaning !== undefined) return { ...meaning, unmodelled };
  return { kind: "unknown", unmodelled: [textOf(cursor.rest())] };
}

function keyClause(cursor: Cursor, owner: Owner, name: string | undefined, found: Found): Meaning | undefined {
  if (cursor.take("PRIMARY", "KEY")) {
    // `PRIMARY KEY (id AUTOINCREMENT)` is taken too.
    const counting = owner.column === undefined && isWord(lastInside(cursor), "AUTOINCREMENT");
    const key = compact<PrimaryKey>({ name, columns: keyColumns(cursor, owner, found) });
    if (owner.column !== undefined) {
      if (cursor.take("DESC")) found.push("PRIMARY KEY DESC");
      else cursor.take("ASC");
    }
    onConflict(cursor, found);
    return { kind: "primaryKey", key, autoincrement: cursor.take("AUTOINCREMENT") || counting };
  }
  if (cursor.take("UNIQUE")) {
    const unique = compact<UniqueConstraint>({ name, columns: keyColumns(cursor, owner, found) });
    onConflict(cursor, found);
    return { kind: "unique", unique };
  }
  if (cursor.take("CHECK")) {
    const check = compact<CheckConstraint>({ name, expression: expressionOf(cursor, owner) });
    // https://sqlite.org/lang_conflict.html: taken for a CHECK, and without any effect.
    onConflict(cursor, []);
    return { kind: "check", check };
  }
  if (cursor.take("FOREIGN", "KEY")) {
    return { kind: "foreignKey", key: foreignKey(cursor, name, names(cursor.parenthesised()), found) };
  }
  if (owner.column === undefined || !isWord(cursor.peek(), "REFERENCES")) return undefined;
  return { kind: "foreignKey", key: foreignKey(cursor, name, [owner.column], found) };
}

function columnClause(cursor: Cursor, owner: Owner, found: Found): Meaning | undefined {
  if (owner.column === undefined) return undefined;
  if (isWord(cursor.peek(), "NOT") || isWord(cursor.peek(), "NULL")) {
    const nullable = !cursor.take("NOT");
    cursor.take("NULL");
    onConflict(cursor, found);
    return { kind: "nullable", nullable };
  }
  if (cursor.take("DEFAULT")) return { kind: "default", value: defaultValue(cursor) };
  if (cursor.take("COLLATE")) return { kind: "collation", collation: cursor.name().toUpperCase() };
  if (cursor.take("GENERATED", "ALWAYS", "AS") || cursor.take("AS")) {
    const expression = expressionOf(cursor, owner);
    const stored = cursor.take("STORED");
    if (!stored) cursor.take("VIRTUAL");
    return { kind: "generated", generated: { expression, stored } };
  }
  return undefined;
}

const names = (tokens: readonly Token[]): readonly string[] =>
  splitByComma(tokens).flatMap(([token]) => nameOfToken(token) ?? []);

/** The last token in the parentheses that open here. */
function lastInside(cursor: Cursor): Token | undefined {
  let ahead = 0;
  while (cursor.peek(ahead) !== undefined && !isWord(cursor.peek(ahead), ")")) ahead++;
  return cursor.peek(ahead - 1);
}

/** The columns of `PRIMARY KEY (…)` or `UNIQUE (…)`; an order or a collation in there is one of the unmodelled. */
function keyColumns(cursor: Cursor, { column }: Owner, found: Found): readonly string[] {
  if (column !== undefined) return [column];
  const parts = splitByComma(cursor.parenthesised());
  return parts.map((part) => {
    const extra = part.slice(1).filter((token) => !isWord(token, "ASC") && !isWord(token, "AUTOINCREMENT"));
    if (extra.length > 0) found.push(textOf(part));
    return nameOfToken(part[0]) ?? "";
  });
}

function onConflict(cursor: Cursor, found: Found): void {
  if (!cursor.take("ON", "CONFLICT")) return;
  const resolution = cursor.name().toUpperCase();
  // What happens anyway.
  if (resolution !== "ABORT") found.push(`ON CONFLICT ${resolution}`);
}

function expressionOf(cursor: Cursor, { table }: Owner): string {
  return textOf(withoutQualifier(withoutParentheses(cursor.parenthesised()), table));
}

/** `DEFAULT 1`, `DEFAULT -1`, `DEFAULT 'a'`, `DEFAULT CURRENT_TIMESTAMP`, `DEFAULT (lower('A'))`. */
function defaultValue(cursor: Cursor): string {
  if (isWord(cursor.peek(), "(")) return textOf(withoutParentheses(cursor.parenthesised()));
  const signed = isWord(cursor.peek(), "-") || isWord(cursor.peek(), "+");
  const tokens = [cursor.next(), signed ? cursor.next() : undefined];
  return textOf(tokens.filter((token) => token !== undefined));
}

type Writable = { -readonly [K in keyof ForeignKey]: ForeignKey[K] };

/** `references.columns` is empty where the definition leaves them to the other table's primary key. */
function foreignKey(cursor: Cursor, name: string | undefined, columns: readonly string[], found: Found): ForeignKey {
  cursor.take("REFERENCES");
  const table = cursor.name();
  const key: Writable = {
    ...(name === undefined ? {} : { name }),
    columns,
    references: { table, columns: names(cursor.parenthesised()) },
  };
  for (;;) {
    if (cursor.take("ON", "DELETE")) setAction(key, "onDelete", cursor);
    else if (cursor.take("ON", "UPDATE")) setAction(key, "onUpdate", cursor);
    else if (cursor.take("MATCH")) match(cursor, found);
    else if (cursor.take("NOT", "DEFERRABLE")) initially(cursor);
    else if (cursor.take("DEFERRABLE")) {
      key.deferrable = true;
      if (initially(cursor) === "DEFERRED") key.initially = "deferred";
    } else return key;
  }
}

/** SQLite reads `MATCH` and acts as for `SIMPLE`, whatever it says. */
function match(cursor: Cursor, found: Found): void {
  const name = cursor.name().toUpperCase();
  if (name !== "SIMPLE") found.push(`MATCH ${name}`);
}

function initially(cursor: Cursor): string {
  return cursor.take("INITIALLY") ? cursor.name().toUpperCase() : "";
}

function setAction(key: Writable, event: "onDelete" | "onUpdate", cursor: Cursor): void {
  const first = cursor.name().toLowerCase();
  const action = first === "set" || first === "no" ? `${first} ${cursor.name().toLowerCase()}` : first;
  // `NO ACTION` is what is meant without a word.
  if (action === "no action") delete key[event];
  else key[event] = action as ReferentialAction;
}
