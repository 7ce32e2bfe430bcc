/**
 * SQL text in pieces, as far as names have to be told from all else.
 *
 * @module
 */

/** Strings, comments, quoted names, words, spaces, and whatever else, one character each. */
const PIECES =
  /[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\s+|::|[^]/g;

/** The pieces of a text; put together they are the text. */
export function piecesOf(text: string): readonly string[] {
  return text.match(PIECES) ?? [];
}

/** The name that a piece stands for; undefined for what is no name. */
export function nameIn(piece: string | undefined): string | undefined {
  if (piece === undefined) return undefined;
  if (piece.startsWith('"')) return piece.slice(1, -1).replaceAll('""', '"');
  return /^[A-Za-z_\u0080-\uffff]/.test(piece) && !/^[eE]'/.test(piece) ? piece.toLowerCase() : undefined;
}

/** A name as it stands in SQL: in quotes where it has to. */
export function quotedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
