/**
 * The name of a type or a schema inside of SQL text, changed: what the model makes of a text when the type is renamed.
 * The database does it by the text's own tree; this is the same for all but the strangest text.
 *
 * @module
 */
import type { ObjectName } from "../schema/model.ts";
import { nameIn, piecesOf, quotedName } from "./pieces.ts";

/** Whether a text names a type, in the place where it must be one: behind `::`, or anywhere in a list of types. */
export interface TypeText {
  /** The text is a type, or a list of types, and nothing else. */
  readonly isType: boolean;
}

/** A name as it stands in SQL. */
function written({ name, schema }: ObjectName): string {
  return schema === undefined ? quotedName(name) : `${quotedName(schema)}.${quotedName(name)}`;
}

/** The text with a type's name changed. */
export function renameTypeInSql(text: string, from: ObjectName, to: ObjectName, { isType }: TypeText): string {
  const pieces = piecesOf(text);
  const result: string[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] ?? "";
    const before = pieces[index - 1];
    const qualified = pieces[index + 1] === "." && nameIn(piece) === from.schema;
    const found = from.schema === undefined
      ? nameIn(piece) === from.name && pieces[index + 1] !== "."
      : qualified && nameIn(pieces[index + 2]) === from.name;
    const isPlace = before !== "." && (isType || before === "::");
    result.push(found && isPlace ? written(to) : piece);
    if (found && isPlace && from.schema !== undefined) index += 2;
  }
  return result.join("");
}

/** The text with the schema's name changed wherever it qualifies a name. */
export function renameSchemaInSql(text: string, from: string, to: string): string {
  const pieces = piecesOf(text);
  return pieces.map((piece, index) =>
    nameIn(piece) === from && pieces[index + 1] === "." && pieces[index - 1] !== "." ? quotedName(to) : piece
  ).join("");
}

/** The text with a literal of a type changed: `'old'::mood`. */
export function renameLiteralInSql(text: string, type: ObjectName, from: string, to: string): string {
  const literal = `'${from.replaceAll("'", "''")}'`;
  const pieces = piecesOf(text);
  return pieces.map((piece, index) => {
    if (piece !== literal || pieces[index + 1] !== "::") return piece;
    const cast = pieces.slice(index + 2, index + 5);
    const isIt = type.schema === undefined
      ? nameIn(cast[0]) === type.name && cast[1] !== "."
      : nameIn(cast[0]) === type.schema && cast[1] === "." && nameIn(cast[2]) === type.name;
    return isIt ? `'${to.replaceAll("'", "''")}'` : piece;
  }).join("");
}

/** Whether a type, or a list of types, names one. */
export function namesType(text: string, type: ObjectName): boolean {
  return renameTypeInSql(text, type, { name: "\0" }, { isType: true }) !== text;
}
