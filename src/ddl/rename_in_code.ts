/**
 * The name of a function, a sequence, a table or a view inside of SQL text, changed: what the model makes of a text when
 * one of them is renamed. The database does it by the text's own tree; this is the same for all but the strangest text.
 *
 * @module
 */
import type { ObjectName } from "../schema/model.ts";
import { nameIn, piecesOf, quotedName } from "./pieces.ts";

/** The pieces without the blank ones between them, with their places. */
interface Solid {
  readonly pieces: readonly string[];
  /** The places of what is no space and no comment. */
  readonly places: readonly number[];
}

function solidOf(text: string): Solid {
  const pieces = piecesOf(text);
  return { pieces, places: pieces.flatMap((piece, index) => /^(\s|--|\/\*)/.test(piece) ? [] : [index]) };
}

/** Whether a piece is a name: as it is written, or as the database folds it. */
const isCalled = (piece: string | undefined, name: string): boolean => piece === name || nameIn(piece) === name;

/** What stands around a name. */
interface Around {
  readonly before: string;
  readonly after: string;
  /** What stands before it and before that, the nearest first. */
  readonly leading: () => Iterable<string>;
}

/** The text with a name changed, qualified as `from` is, where `isPlace` says that it is meant. */
function renameWhere(text: string, from: ObjectName, to: string, isPlace: (around: Around) => boolean): string {
  const { pieces, places } = solidOf(text);
  const result = [...pieces];
  const at = (place: number): string => pieces[places[place] ?? -1] ?? "";
  for (const [place, index] of places.entries()) {
    if (!isCalled(pieces[index], from.name)) continue;
    const isQualified = at(place - 1) === ".";
    if (from.schema === undefined ? isQualified : !isQualified || !isCalled(at(place - 2), from.schema)) continue;
    const first = isQualified ? place - 2 : place;
    const around: Around = {
      before: at(first - 1),
      after: at(place + 1),
      *leading() {
        for (let each = first - 1; each >= 0; each--) yield at(each);
      },
    };
    if (isPlace(around)) result[index] = quotedName(to);
  }
  return result.join("");
}

/** The text with a function's name changed wherever it is called. */
export function renameCallInSql(text: string, from: ObjectName, to: string): string {
  return renameWhere(text, from, to, ({ before, after }) => after === "(" && before.toLowerCase() !== "as");
}

const BEFORE_RELATION: ReadonlySet<string> = new Set([
  "from",
  "join",
  "into",
  "update",
  "only",
  "on",
  "to",
  "table",
  "::",
]);

const CLAUSES: ReadonlySet<string> = new Set([
  "select",
  "where",
  "by",
  "set",
  "values",
  "having",
  "returning",
  "using",
]);

/** Whether a comma separates tables: behind `FROM`, with no other clause between. */
function isAmongTables(leading: Iterable<string>): boolean {
  for (const piece of leading) {
    const word = piece.toLowerCase();
    if (word === "from") return true;
    if (CLAUSES.has(word) || word === "(" || word === ")") return false;
  }
  return false;
}

/** The text with the name of a table or a view changed wherever rows are taken from it, or put into it. */
export function renameRelationInSql(text: string, from: ObjectName, to: string): string {
  const renamed = renameWhere(
    text,
    from,
    to,
    ({ before, after, leading }) =>
      after === "." || BEFORE_RELATION.has(before.toLowerCase()) || (before === "," && isAmongTables(leading())),
  );
  // Its columns are qualified without its schema.
  if (from.schema === undefined || renamed === text) return renamed;
  return renameWhere(renamed, { name: from.name }, to, ({ after }) => after === ".");
}

/** The text with a sequence's name changed: `nextval('old'::regclass)`. */
export function renameSequenceInSql(text: string, from: ObjectName, to: string): string {
  const pieces = piecesOf(text);
  return pieces.map((piece, index) => {
    if (!piece.startsWith("'") || pieces[index + 1] !== "::" || nameIn(pieces[index + 2]) !== "regclass") return piece;
    const inner = renameWhere(piece.slice(1, -1).replaceAll("''", "'"), from, to, () => true);
    return `'${inner.replaceAll("'", "''")}'`;
  }).join("");
}

/** The text of a function's definition with the name of a type changed, in its arguments, its result and casts. */
export function renameTypeInRoutine(definition: string, from: ObjectName, to: string): string {
  return renameWhere(definition, from, to, ({ before, after }) => {
    if (after === "(" || after === ".") return false;
    return before === "::" || nameIn(before) !== undefined ||
      ((before === "(" || before === ",") && nameIn(after) === undefined);
  });
}
