/**
 * A look at SQL text before it is put into a statement: an expression or a type whose quotes or parentheses do not match
 * would change what stands behind it.
 *
 * @module
 */
/** Strings, quoted names and comments as a whole, words, and whatever else, one character each. */
const PIECES =
  /[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[^]*?\*\/|[\w\u0080-\uffff][\w$\u0080-\uffff]*|[^]/g;

const CLOSES: { readonly [open: string]: string } = { "(": ")", "[": "]" };

/**
 * What is wrong with a text that shall stand inside of a statement: quotes and parentheses have to match, and it is one
 * expression and no more. Undefined where nothing is.
 */
export function faultOfSql(text: string): string | undefined {
  if (text.trim() === "") return "it is empty";
  const open: string[] = [];
  const pieces = text.match(PIECES) ?? [];
  for (const piece of pieces) {
    const close = CLOSES[piece];
    if (close !== undefined) open.push(close);
    else if (piece === ")" || piece === "]") {
      if (open.pop() !== piece) return `there is a "${piece}" too many`;
    } else if (piece === "'" || piece === '"') return `a ${piece} is not closed`;
    else if (piece === ";") return "it holds a semicolon";
  }
  if (open.length > 0) return `a "${open.at(-1)}" is missing`;
  return pieces.at(-1)?.startsWith("--") ? "it ends in a comment, which would swallow what comes behind it" : undefined;
}
