/**
 * The spelling of expressions as PostgreSQL prints them, made shorter and stable.
 *
 * @module
 */
import { collapseSpace, withoutParentheses } from "./tokens.ts";
import { canonicalType, typeParts } from "./types.ts";

const LITERAL = "'(?:[^']|'')*'";
const VARCHAR_AS_TEXT = new RegExp(`(${LITERAL})::character varying::text(?![\\w(\\[])`, "g");
const ARRAY_AS_TEXT = new RegExp(`ARRAY\\[((?:${LITERAL}::character varying(?:, )?)+)\\]::text\\[\\]`, "g");
const CAST = new RegExp(`^(${LITERAL})::([^]+)$`);
const TYPE = /^(?:"(?:[^"]|"")*"|[\w\s[\](),.\u0080-\uffff])+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const NUMERIC = new Set(["smallint", "integer", "bigint", "numeric", "real", "double precision"]);

/**
 * PostgreSQL prints `status IN ('a', 'b')` over a varchar in one way, and what it has printed, read again, in another;
 * this is the form that it prints as it stands.
 */
function stable(expression: string): string {
  return expression
    .replace(ARRAY_AS_TEXT, (_, items: string) => `ARRAY[${items.replaceAll("::character varying", "::text")}]`)
    .replace(VARCHAR_AS_TEXT, "$1::text");
}

/** An expression as it is compared, and written: one space between words, no parentheses around the whole. */
export function canonicalExpression(expression: string): string {
  return stable(withoutParentheses(collapseSpace(expression)));
}

/**
 * A default as we write it: without the cast to the column's own type, that PostgreSQL adds to a literal.
 *
 * @param expression as printed: `'draft'::text`, `'-1'::integer`
 * @param type the column's type
 */
export function canonicalDefault(expression: string, type: string): string {
  const text = canonicalExpression(expression);
  const [, literal, cast] = CAST.exec(text) ?? [];
  if (literal === undefined || cast === undefined || !TYPE.test(cast)) return text;
  const [from, to] = [typeParts(cast), typeParts(type)];
  const value = literal.slice(1, -1);
  if (NUMERIC.has(from.base) && NUMERIC.has(to.base) && !from.array && !to.array && NUMBER.test(value)) return value;
  const same = from.base === to.base && from.array === to.array;
  const unmodified = !/\(/.test(cast) || canonicalType(cast) === canonicalType(type);
  return same && unmodified ? literal : text;
}
