/**
 * Reads a stored CREATE INDEX: the PRAGMAs report neither its expressions nor its predicate.
 *
 * @module
 */
import { compact } from "../../schema/edit.ts";
import type { Index, IndexPart } from "../../schema/model.ts";
import { createCursor } from "./cursor.ts";
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

/**
 * Reads a CREATE INDEX statement that SQLite has taken.
 *
 * @param name the index's name
 * @param sql the statement, as `sqlite_schema` keeps it
 */
export function parseIndex(name: string, sql: string): Index {
  const cursor = createCursor(tokenize(sql));
  let unique = false;
  let table = "";
  while (!cursor.atEnd && !isWord(cursor.peek(), "(")) {
    if (cursor.take("UNIQUE")) unique = true;
    else table = nameOfToken(cursor.next()) ?? table;
  }
  const parts = splitByComma(cursor.parenthesised()).map((part) => indexPart(withoutQualifier(part, table)));
  const where = cursor.take("WHERE") ? textOf(withoutQualifier(withoutParentheses(cursor.rest()), table)) : undefined;
  return compact<Index>({ name, parts, unique: unique || undefined, where });
}

/** What an index is called, and its table, as the statement has them. */
export function indexNames(sql: string): { readonly name: string; readonly table: string } {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((token) => isWord(token, "("));
  const [name, , table] = tokens.slice(open - 3, open);
  return { name: nameOfToken(name) ?? "", table: nameOfToken(table) ?? "" };
}

function indexPart(tokens: readonly Token[]): IndexPart {
  let words = tokens;
  const descending = isWord(words.at(-1), "DESC");
  if (descending || isWord(words.at(-1), "ASC")) words = words.slice(0, -1);
  const collated = isWord(words.at(-2), "COLLATE");
  const collation = collated ? nameOfToken(words.at(-1))?.toUpperCase() : undefined;
  if (collated) words = words.slice(0, -2);
  const sort = { collation, order: descending ? "desc" as const : undefined };
  const column = words.length === 1 ? nameOfToken(words[0]) : undefined;
  return column === undefined
    ? compact<IndexPart>({ expression: textOf(withoutParentheses(words)), ...sort } as IndexPart)
    : compact<IndexPart>({ column, ...sort } as IndexPart);
}
