/**
 * The words of SQLite's SQL: what reads stored definitions, compares expressions and splits scripts.
 *
 * @module
 */

/** What a token is. `word` is a keyword or a bare name, `quoted` a name in `"…"`, `` `…` `` or `[…]`. */
export type TokenKind = "word" | "quoted" | "string" | "number" | "blob" | "variable" | "operator";

/** A token. */
export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** The white space before it; a comment counts as one space. */
  readonly space: string;
  /** Where it begins, in UTF-16 code units. */
  readonly offset: number;
}

/** A {@linkcode Token}, or what stands between tokens. */
export interface Lexeme {
  readonly kind: TokenKind | "space" | "comment";
  readonly text: string;
  readonly offset: number;
}

// In order: the first that matches wins. What is not closed runs to the end, as in SQLite's own tokenizer.
const RULES: readonly (readonly [Lexeme["kind"], RegExp])[] = [
  ["space", /\s+/y],
  ["comment", /--[^\n]*|\/\*[^]*?(?:\*\/|$)/y],
  ["string", /'(?:[^']|'')*(?:'|$)/y],
  ["quoted", /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)/y],
  ["blob", /[xX]'[0-9a-fA-F]*'/y],
  ["number", /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["word", /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ["variable", /\?\d*|[:@$#][\w$\u0080-\uffff]+/y],
  ["operator", /->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[^]/y],
];

/** Every piece of a text, in order; put together they are the text. */
export function scan(sql: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let offset = 0; offset < sql.length;) {
    for (const [kind, rule] of RULES) {
      rule.lastIndex = offset;
      const text = rule.exec(sql)?.[0];
      if (text === undefined) continue;
      lexemes.push({ kind, text, offset });
      offset += text.length;
      break;
    }
  }
  return lexemes;
}

/** The tokens of a text, without comments and white space. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let space = "";
  for (const { kind, text, offset } of scan(sql)) {
    if (kind === "space" || kind === "comment") {
      space += kind === "space" ? text : " ";
    } else {
      tokens.push({ kind, text, space, offset });
      space = "";
    }
  }
  return tokens;
}

/** The text of some tokens, as it was written but without comments. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ space, text }) => space + text).join("").trim();
}

/** Whether a token is that keyword (or operator), in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === "word" || token.kind === "operator") &&
    token.text.toUpperCase() === word;
}

/** The name that a token stands for, without its quotes; undefined for what cannot be a name. SQLite takes `'t'` too. */
export function nameOfToken(token: Token | undefined): string | undefined {
  if (token === undefined) return undefined;
  if (token.kind === "word") return token.text;
  if (token.kind !== "quoted" && token.kind !== "string") return undefined;
  const quote = token.text[0] as string;
  const inner = token.text.slice(1, -1);
  return quote === "[" ? inner : inner.replaceAll(quote + quote, quote);
}

/** Where the parenthesis that opens at an index is closed: the index of the `)`, or the number of tokens. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isWord(tokens[index], "(")) depth++;
    if (isWord(tokens[index], ")") && --depth === 0) return index;
  }
  return tokens.length;
}

/** The tokens between commas, those inside parentheses not counted. */
export function splitByComma(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isWord(token, "(")) depth++;
    if (isWord(token, ")")) depth--;
    if (depth === 0 && isWord(token, ",")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The tokens without the parentheses that enclose all of them. */
export function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const enclosed = tokens.length > 1 && isWord(tokens[0], "(") && closing(tokens, 0) === tokens.length - 1;
  return enclosed ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

/**
 * The tokens with `users.age` written `age`: a table's own name before a column. The copy that a rebuild makes has
 * another name while it is filled, and SQLite takes the bare column in every place where a table's own may stand.
 */
export function withoutQualifier(tokens: readonly Token[], table: string): readonly Token[] {
  const own = table.toLowerCase();
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const column = tokens[index + 2];
    const isOwn = token.kind !== "string" && nameOfToken(token)?.toLowerCase() === own;
    if (isOwn && isWord(tokens[index + 1], ".") && column !== undefined && nameOfToken(column) !== undefined) {
      kept.push({ ...column, space: token.space });
      index += 2;
    } else {
      kept.push(token);
    }
  }
  return kept;
}

/** The keywords that are a name only in quotes. https://sqlite.org/lang_keywords.html has them with those that may be one. */
const RESERVED: ReadonlySet<string> = new Set(
  ("add all alter and as autoincrement between case check collate commit constraint create default deferrable delete " +
    "distinct drop else escape exists foreign from group having in index insert into is isnull join limit not nothing " +
    "notnull null on or order primary references returning select set table then to transaction unique update using " +
    "values when where").split(" "),
);

const isReserved = ({ kind, text }: Token): boolean => kind === "word" && RESERVED.has(text.toLowerCase());

/**
 * Every name that a text mentions, in lower case: too many rather than too few.
 *
 * @param strings also what stands in `'…'`, which SQLite takes for a name in some places
 */
export function mentionedNames(sql: string, strings = false): ReadonlySet<string> {
  const tokens = tokenize(sql).filter((token) => (strings || token.kind !== "string") && !isReserved(token));
  const names = tokens.map(nameOfToken);
  return new Set(names.filter((name) => name !== undefined).map((name) => name.toLowerCase()));
}
