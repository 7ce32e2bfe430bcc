/**
 * Views: what stands in SQLite's stored statement, and the statement itself.
 *
 * @module
 */
import { columnList } from "../../ddl/writer.ts";
import { compact } from "../../schema/edit.ts";
import type { View } from "../../schema/objects.ts";
import { isWord, nameOfToken, tokenize } from "./tokenizer.ts";
import { writer } from "./writer.ts";

/**
 * Reads a view's stored statement: `CREATE VIEW name (columns) AS query`.
 *
 * @param definition the statement as `sqlite_schema` has it
 */
export function parseView(name: string, definition: string): View {
  const tokens = tokenize(definition);
  const as = tokens.findIndex((token) => isWord(token, "AS"));
  const open = tokens.slice(0, as).findIndex((token) => isWord(token, "("));
  const columns = (open === -1 ? [] : tokens.slice(open, as)).flatMap((token) => nameOfToken(token) ?? []);
  return compact<View>({
    name,
    query: definition.slice(tokens[as + 1]?.offset ?? definition.length),
    columns: columns.length === 0 ? undefined : columns,
    definition,
  });
}

/** The statement that makes a view: the stored one, where there is one. */
export function createViewSql({ name, columns, query, definition }: View): string {
  if (definition !== undefined) return definition;
  const head = `CREATE VIEW ${writer.identifier(name)}`;
  return `${head}${columns === undefined ? "" : ` ${columnList(writer, columns)}`} AS\n${query}`;
}
