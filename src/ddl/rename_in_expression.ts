/**
 * A name inside of SQL text, changed: what the model makes of an expression when a column is renamed. The database does
 * it by the expression's own tree; this is the same for all but the strangest text.
 *
 * @module
 */
import { nameIn, piecesOf, quotedName } from "./pieces.ts";

const isSpace = (piece: string): boolean => /^(\s|--|\/\*)/.test(piece);

/**
 * The text with a column's name changed where it names the column of a table: alone, or behind the table's name.
 *
 * @param text an expression
 * @param table the table's name
 */
export function renameInExpression(text: string, table: string, from: string, to: string): string {
  const pieces = piecesOf(text);
  const solid = pieces.flatMap((piece, index) => isSpace(piece) ? [] : [index]);
  const result = [...pieces];
  for (const [place, index] of solid.entries()) {
    const piece = pieces[index] ?? "";
    // SQLite keeps the case of a name that is not quoted.
    if (nameIn(piece) !== from && piece !== from) continue;
    const at = (step: number): string => pieces[solid[place + step] ?? -1] ?? "";
    const [before, after] = [at(-1), at(1)];
    // What a call, a type or a qualifier is called is not the column.
    if (after === "(" || after === "." || before === "::") continue;
    if (before === "." && nameIn(at(-2)) !== table) continue;
    result[index] = quotedName(to);
  }
  return result.join("");
}
