/**
 * The tokens of a SQL text: enough to tell names from strings and comments, so that a text can be changed safely.
 *
 * @module
 */

/** A token; joined, the texts of all tokens are the text. */
export interface Token {
  readonly kind: "word" | "quoted" | "string" | "space" | "other";
  readonly text: string;
}

/** The groups have no names, since an object of names would be made for every match. */
const PATTERN = new RegExp(
  [
    /([eE]'(?:[^'\\]|\\[^]|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\2\$)/,
    /("(?:[^"]|"")*")/,
    /([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
    /((?:\s|--[^\n]*|\/\*[^]*?\*\/)+)/,
    /\d[\w.]*|::|[^]/,
  ].map(({ source }) => source).join("|"),
  "g",
);

/** Splits a text into tokens. */
export function tokensOf(text: string): readonly Token[] {
  return Array.from(text.matchAll(PATTERN), ([whole, string, , quoted, word, space]): Token => ({
    kind: word !== undefined
      ? "word"
      : space !== undefined
      ? "space"
      : string !== undefined
      ? "string"
      : quoted !== undefined
      ? "quoted"
      : "other",
    text: whole,
  }));
}

/** The name that a token stands for: folded to lower case unless quoted; undefined for what is no name. */
export function nameOfToken(token: Token | undefined): string | undefined {
  if (token?.kind === "word") return token.text.toLowerCase();
  return token?.kind === "quoted" ? token.text.slice(1, -1).replaceAll('""', '"') : undefined;
}

/** The text with every stretch of white space and comments outside of strings made one space. */
export function collapseSpace(text: string): string {
  if (!/\s|--|\/\*/.test(text)) return text;
  return tokensOf(text).map(({ kind, text }) => kind === "space" ? " " : text).join("").trim();
}

/** The text without the parentheses that stand around the whole of it. */
export function withoutParentheses(text: string): string {
  if (!/^\s*\(/.test(text)) return text.trim();
  const tokens = tokensOf(text.trim());
  if (tokens[0]?.text !== "(" || tokens.at(-1)?.text !== ")") return text.trim();
  let depth = 0;
  for (const [index, { text }] of tokens.entries()) {
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    if (depth === 0 && index < tokens.length - 1) return tokens.map((token) => token.text).join("");
  }
  return withoutParentheses(tokens.slice(1, -1).map((token) => token.text).join(""));
}

/**
 * The text with names replaced: `find` is asked for each name, qualified (`schema.name`) or not, and gives the text to
 * put in its place, or undefined to leave it. A name after a dot is not asked for alone.
 */
export function replaceNames(text: string, find: (name: string, schema?: string) => string | undefined): string {
  const tokens = tokensOf(text);
  const result: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const [first, dot, second] = [tokens[index] as Token, tokens[index + 1], tokens[index + 2]];
    const [schema, name] = [nameOfToken(first), dot?.text === "." ? nameOfToken(second) : undefined];
    const found = schema === undefined || tokens[index - 1]?.text === "."
      ? undefined
      : name === undefined
      ? find(schema)
      : find(name, schema);
    result.push(found ?? first.text);
    if (found !== undefined && name !== undefined) index += 2;
  }
  return result.join("");
}
