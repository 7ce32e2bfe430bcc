/**
 * Operations as the TypeScript of a revision: `op.addColumn("users", { name: "bio", type: "text" });`.
 *
 * @module
 */
import type { AnyOperation, Block } from "./operation.ts";
import type { Operation } from "./registry.ts";
import { typeOf } from "./registry.ts";

/** How operations are rendered. */
export interface RenderOptions {
  /** What stands before every line. Left out means two spaces, the body of a function. */
  readonly indent?: string;
  /** The longest line that is not broken. Left out means 100. */
  readonly width?: number;
}

const STEP = "  ";
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** What JSON leaves as it is and some tools take for the end of a line. */
const escaped = (text: string): string =>
  text.replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const UNFIT_FOR_TEMPLATE = /[^\n\P{C}]|[\u2028\u2029]/u;

/** In the quotes that need fewer backslashes, double ones where it makes no difference. */
function quoted(text: string): string {
  const literal = escaped(JSON.stringify(text));
  if (text.split('"').length <= text.split("'").length) return literal;
  const inner = literal.slice(1, -1).replace(/\\.|'/gs, (each) => each === '\\"' ? '"' : each === "'" ? "\\'" : each);
  return `'${inner}'`;
}

/** A text as a literal; one of several lines keeps them. */
function textLiteral(text: string): string {
  if (!text.includes("\n") || UNFIT_FOR_TEMPLATE.test(text)) return quoted(text);
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}

function keyLiteral(key: string): string {
  // As a plain key it would set the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  return IDENTIFIER.test(key) ? key : escaped(JSON.stringify(key));
}

/** A value that has no parts. */
function plainLiteral(value: unknown): string | undefined {
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value === null || typeof value === "boolean" || value === undefined) return String(value);
  if (value instanceof Date) {
    return `new Date(${Number.isNaN(value.getTime()) ? "NaN" : `"${value.toISOString()}"`})`;
  }
  if (value instanceof Uint8Array) {
    return value.length === 0 ? "new Uint8Array()" : `new Uint8Array([${value.join(", ")}])`;
  }
  return undefined;
}

/** The parts of a list or an object: what stands before each, and its value. */
interface Parts {
  readonly open: string;
  readonly close: string;
  /** The space inside the brackets on one line. */
  readonly space: string;
  readonly items: readonly (readonly [before: string, value: unknown])[];
}

function partsOf(value: object): Parts {
  if (Array.isArray(value)) return { open: "[", close: "]", space: "", items: value.map((each) => ["", each]) };
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return {
    open: "{",
    close: "}",
    space: entries.length === 0 ? "" : " ",
    items: entries.map(([key, field]) => [`${keyLiteral(key)}: `, field]),
  };
}

function onOneLine(value: unknown): string {
  const plain = plainLiteral(value);
  if (plain !== undefined) return plain;
  const { open, close, space, items } = partsOf(value as object);
  return open + space + items.map(([before, each]) => before + onOneLine(each)).join(", ") + space + close;
}

/**
 * A value as an expression: on one line if that fits, else an element a line.
 *
 * @param room how many characters the first line may have, what comes behind it counted
 */
function expression(value: unknown, indent: string, room: number, width: number): string {
  const line = onOneLine(value);
  if (line.length <= room || plainLiteral(value) !== undefined) return line;
  const { open, close, items } = partsOf(value as object);
  if (items.length === 0) return line;
  const inner = indent + STEP;
  const lines = items.map(([before, each]) => {
    const text = expression(each, inner, width - inner.length - before.length - 1, width);
    const [first = ""] = text.split("\n");
    // A text that is too long behind its key goes below it.
    const isLong = typeof each === "string" && inner.length + before.length + first.length + 1 > width;
    return `${inner}${isLong && before !== "" ? `${before.trimEnd()}\n${inner}${STEP}` : before}${text},\n`;
  });
  return `${open}\n${lines.join("")}${indent}${close}`;
}

const isBreakable = (value: unknown): boolean =>
  typeof value === "object" && value !== null && plainLiteral(value) === undefined;

/** A call that is given a function, in whose body are the operations that it holds. */
function holdingCall(name: string, block: Block, indent: string, width: number): string {
  const { before, parameter, operations, argsOf, after } = block;
  const first = before.map((each) => `${onOneLine(each)}, `).join("");
  const last = after.map((each) => `, ${onOneLine(each)}`).join("");
  const head = `${indent}${name}(${first}(${parameter}) => {`;
  if (operations.length === 0) return `${head}}${last});`;
  const inner = { receiver: parameter, argsOf, indent: indent + STEP, width };
  return `${head}\n${operations.map((each) => rendered(each, inner)).join("\n")}\n${indent}}${last});`;
}

interface Place {
  readonly receiver: string;
  readonly argsOf: Block["argsOf"];
  readonly indent: string;
  readonly width: number;
}

/** An operation with its note. */
function rendered(operation: AnyOperation, { receiver, argsOf, indent, width }: Place): string {
  const type = typeOf(operation);
  const name = `${receiver}.${operation.kind}`;
  const written = type.block === undefined
    ? call(name, argsOf(operation, type.args(operation)), indent, width)
    : holdingCall(name, type.block(operation), indent, width);
  return note(operation, indent) + written;
}

function call(name: string, args: readonly unknown[], indent: string, width: number): string {
  const head = `${indent}${name}(`;
  const line = args.map(onOneLine).join(", ");
  if (head.length + line.length + 2 <= width) return `${head}${line});`;
  const last = args.at(-1);
  const first = args.slice(0, -1).map((each) => `${onOneLine(each)}, `).join("");
  // The last argument is opened on the first line when it can be, as formatters do.
  if (isBreakable(last) && head.length + first.length + 1 <= width && !args.slice(0, -1).some(isBreakable)) {
    return `${head}${first}${expression(last, indent, 0, width)});`;
  }
  // A text of several lines stays where it begins, if that line is not too long by itself.
  if (args.length === 1 && line.includes("\n") && head.length + line.indexOf("\n") <= width) return `${head}${line});`;
  const inner = indent + STEP;
  const lines = args.map((each) => `${inner}${expression(each, inner, width - inner.length - 1, width)},\n`);
  return `${head}\n${lines.join("")}${indent});`;
}

/** What a person should know of an operation, as a comment before it. */
function note(operation: AnyOperation, indent: string): string {
  const text = "note" in operation ? operation.note : undefined;
  return typeof text !== "string"
    ? ""
    : text.split(/[\n\r\u2028\u2029]/).map((line) => `${indent}// ${line}\n`).join("");
}

/**
 * Renders operations as the body of `upgrade(op)` or `downgrade(op)`: a statement each, in lines of at most `width`
 * where they can be broken, as `deno fmt` leaves them.
 *
 * @returns lines without a newline at the end; empty for no operations
 * @example
 * ```ts
 * import { renderOperations } from "./render.ts";
 *
 * const body = renderOperations([
 *   { kind: "addColumn", table: { name: "users" }, column: { name: "bio", type: "text" } },
 * ]);
 * console.assert(body === '  op.addColumn("users", { name: "bio", type: "text" });');
 * ```
 */
export function renderOperations(operations: readonly Operation[], options: RenderOptions = {}): string {
  const { indent = STEP, width = 100 } = options;
  const place: Place = { receiver: "op", argsOf: (_, args) => args, indent, width };
  return operations.map((operation) => rendered(operation, place)).join("\n");
}
