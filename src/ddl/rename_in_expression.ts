/**
 * A name inside of SQL text, changed: what the model makes of an expression when a column is renamed. The database does
 * it by the expression's own tree; this is the same for all but the strangest text.
 *
 * @module
 */

/** Strings, quoted names, comments, words, and whatever else, one character each. */
const PIECES =
  /'(?:[^']|'')*'|\$(\w*)\$[^]*?\$\1\$|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\s+|::|[^]/g;

const isSpace = (piece: string): boolean => /^(\s|--|\/\*)/.test(piece);

/** The name that a piece stands for; undefined for what is no name. */
function nameOf(piece: string): string | undefined {
  if (piece.startsWith('"')) return piece.slice(1, -1).replaceAll('""', '"');
  return /^[A-Za-z_\u0080-\uffff]/.test(piece) ? piece.toLowerCase() : undefined;
}

const quoted = (name: string): string => /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/**
 * The text with a column's name changed where it names the column of a table: alone, or behind the table's name.
 *
 * @param text an expression
 * @param table the table's name
 */
export function renameInExpression(text: string, table: string, from: string, to: string): string {
  const pieces = text.match(PIECES) ?? [];
  const solid = pieces.flatMap((piece, index) => isSpace(piece) ? [] : [index]);
  const result = [...pieces];
  for (const [place, index] of solid.entries()) {
    const piece = pieces[index] ?? "";
    // SQLite keeps the case of a name that is not quoted.
    if (nameOf(piece) !== from && piece !== from) continue;
    const at = (step: number): string => pieces[solid[place + step] ?? -1] ?? "";
    const [before, after] = [at(-1), at(1)];
    // What a call, a type or a qualifier is called is not the column.
    if (after === "(" || after === "." || before === "::") continue;
    if (before === "." && nameOf(at(-2)) !== table) continue;
    result[index] = quoted(to);
  }
  return result.join("");
}
