/**
 * A place in a list of tokens, moved on as they are read.
 *
 * @module
 */
import { closing, isWord, nameOfToken, type Token } from "./tokenizer.ts";

/** A place in a list of tokens. */
export interface Cursor {
  /** The token here, or further on; undefined at the end. */
  peek(ahead?: number): Token | undefined;
  /** Takes the token here. */
  next(): Token | undefined;
  /** Takes these words if they stand here, and says whether they did. */
  take(...words: readonly string[]): boolean;
  /** Takes a name; an empty one where none stands here. */
  name(): string;
  /** Takes `( … )` and gives what is inside; nothing where no parenthesis opens here. */
  parenthesised(): readonly Token[];
  /** All tokens that are left, taken. */
  rest(): readonly Token[];
  /** How many tokens are left. */
  readonly left: number;
  readonly atEnd: boolean;
}

/** A cursor at the first of some tokens. */
export function createCursor(tokens: readonly Token[]): Cursor {
  let at = 0;
  return {
    peek: (ahead = 0) => tokens[at + ahead],
    next: () => tokens[at++],
    take(...words) {
      const here = words.every((word, index) => isWord(tokens[at + index], word));
      if (here) at += words.length;
      return here;
    },
    name: () => nameOfToken(tokens[at++]) ?? "",
    parenthesised() {
      if (!isWord(tokens[at], "(")) return [];
      const open = at;
      const close = closing(tokens, open);
      at = close + 1;
      return tokens.slice(open + 1, close);
    },
    rest() {
      const left = tokens.slice(at);
      at = tokens.length;
      return left;
    },
    get left() {
      return Math.max(tokens.length - at, 0);
    },
    get atEnd() {
      return at >= tokens.length;
    },
  };
}
