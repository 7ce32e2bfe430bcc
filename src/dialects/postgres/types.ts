/**
 * The spelling of types: PostgreSQL's many names of one type, and the short one that limbeck writes.
 *
 * @module
 */
import type { ObjectName } from "../../schema/model.ts";
import { collapseSpace, nameOfToken, type Token, tokensOf } from "./tokens.ts";

/** A type taken apart: `timestamptz(3)[]` is base `timestamptz`, modifier `3`, one dimension or more. */
export interface TypeParts {
  readonly base: string;
  readonly modifier: string | undefined;
  readonly array: boolean;
}

/** Each spelling of a built-in type's name, and ours. */
const ALIASES: { readonly [spelling: string]: string } = {
  int: "integer",
  int4: "integer",
  int2: "smallint",
  int8: "bigint",
  serial4: "serial",
  serial2: "smallserial",
  serial8: "bigserial",
  float4: "real",
  float8: "double precision",
  float: "double precision",
  bool: "boolean",
  decimal: "numeric",
  dec: "numeric",
  "character varying": "varchar",
  "char varying": "varchar",
  character: "char",
  bpchar: "char",
  "bit varying": "varbit",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  "time without time zone": "time",
  "time with time zone": "timetz",
};

/** What `serial` and its like really are. */
const SERIALS: { readonly [type: string]: string } = {
  serial: "integer",
  bigserial: "bigint",
  smallserial: "smallint",
};

/** The integer type under a `serial` type; undefined for any other type. */
export function integerOfSerial(type: string): string | undefined {
  return SERIALS[canonicalType(type)];
}

/** The `serial` type over an integer type; undefined for any other type. */
export function serialOfInteger(type: string): string | undefined {
  return Object.keys(SERIALS).find((serial) => SERIALS[serial] === type);
}

const text = ({ kind, text }: Token): string => kind === "word" ? text.toLowerCase() : kind === "space" ? " " : text;

/** A precision of `float(p)` as the type that it makes. */
function floatOf(modifier: string): string {
  return Number(modifier) <= 24 ? "real" : "double precision";
}

/** Takes a type apart, with the name that we write. */
export function typeParts(type: string): TypeParts {
  const tokens = tokensOf(collapseSpace(type));
  const words: string[] = [];
  let modifier: string | undefined;
  let [depth, array] = [0, false];
  for (const token of tokens) {
    if (token.text === ")" || token.text === "]") depth--;
    else if (token.text === "(" || token.text === "[") {
      depth++;
      if (token.text === "[") array = true;
      else modifier ??= "";
    } else if (depth > 0) {
      if (!array && token.kind !== "space") modifier += text(token);
    } else if (text(token) === "array") array = true;
    else words.push(text(token));
  }
  const name = words.join("").replace(/\s+/g, " ").trim().replace(/^pg_catalog\./, "");
  if (name === "float" && modifier) return { base: floatOf(modifier), modifier: undefined, array };
  const base = ALIASES[name] ?? name;
  // A bare char is a char(1), a numeric without a scale has none.
  if (name === "char" || name === "character") return { base, modifier: modifier ?? "1", array };
  if (base === "numeric" && modifier !== undefined && !modifier.includes(",")) modifier += ",0";
  return { base, modifier, array };
}

/** What has been spelled before: a database has many columns, and few types. */
const spelled = new Map<string, string>();

/**
 * A type as we write it, and as it is compared: `character varying(255)` is `varchar(255)`, `timestamp(3) with time
 * zone` is `timestamptz(3)`, `int4[]` is `integer[]`.
 */
export function canonicalType(type: string): string {
  const known = spelled.get(type);
  if (known !== undefined) return known;
  const { base, modifier, array } = typeParts(type);
  const spelling = base + (modifier === undefined ? "" : `(${modifier})`) + (array ? "[]" : "");
  spelled.set(type, spelling);
  return spelling;
}

/** The name of a type that is not built in, without modifier and brackets; undefined where it is no name. */
export function typeName(type: string): ObjectName | undefined {
  const [first, dot, second, ...rest] = tokensOf(typeParts(type).base);
  const [name, qualified] = [nameOfToken(first), nameOfToken(second)];
  if (name === undefined || rest.length > 0) return undefined;
  if (dot === undefined) return { name };
  return dot.text === "." && qualified !== undefined ? { schema: name, name: qualified } : undefined;
}
