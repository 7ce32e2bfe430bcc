/**
 * Types and expressions in one spelling, so that equal things compare equal.
 *
 * @module
 */
import { isWord, nameOfToken, type Token, tokenize, withoutParentheses } from "./tokenizer.ts";
import { KEYWORDS, writer } from "./writer.ts";

const SAME_OPERATORS: { readonly [operator: string]: string } = { "==": "=", "<>": "!=" };

/** A type, as it is compared: `VARCHAR ( 255 )` is `varchar(255)`. */
export function canonicalType(type: string): string {
  return type.trim().toLowerCase().replace(/\s+/g, " ").replace(/ ?([(),]) ?/g, "$1");
}

/** Keywords that SQLite takes for a name where one has to stand (`%fallback ID` in its grammar): quoted or not is the same. */
const KEYWORDS_AND_NAMES: ReadonlySet<string> = new Set(
  `abort action after always analyze asc attach before begin by cascade cast column conflict current database deferred
  desc detach do each end except exclude exclusive explain fail first following for generated glob groups if ignore
  immediate initially instead intersect key last like match materialized no nulls of offset others partition plan pragma
  preceding query raise range recursive regexp reindex release rename replace restrict rollback row rows savepoint temp
  temporary ties trigger unbounded union vacuum view virtual with without`.split(/\s+/),
);

function nameText(name: string): string {
  return KEYWORDS_AND_NAMES.has(name) ? name : writer.identifier(name);
}

function canonicalToken(token: Token): string {
  if (token.kind === "string") return token.text;
  if (token.kind === "quoted") return nameText((nameOfToken(token) ?? "").toLowerCase());
  const text = token.text.toLowerCase();
  // A bare name is written as a quoted one would be; a keyword stays a keyword.
  if (token.kind === "word" && !KEYWORDS.has(text)) return nameText(text);
  return SAME_OPERATORS[text] ?? text;
}

/**
 * An expression, as it is compared: names and keywords in lower case, names quoted only where they must be, no comments,
 * no parentheses around the whole, one space between tokens. Literals stay as they are.
 */
export function canonicalExpression(expression: string): string {
  const tokens = withoutParentheses(tokenize(expression));
  // SQLite's TRUE and FALSE are names of 1 and 0; inside an expression `IS TRUE` means more than `IS 1`.
  if (tokens.length === 1 && isWord(tokens[0], "TRUE")) return "1";
  if (tokens.length === 1 && isWord(tokens[0], "FALSE")) return "0";
  return tokens.map(canonicalToken).join(" ");
}
