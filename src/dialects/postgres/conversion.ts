/**
 * How the values of a column become those of another type.
 *
 * @module
 */
import { integerOfSerial, type TypeParts, typeParts } from "./types.ts";
import { writer } from "./writer.ts";

const TEXTS = new Set(["text", "varchar", "char", "citext", "name"]);
const NUMBERS = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];

/**
 * The types that PostgreSQL assigns to by itself (`pg_cast` of 14 to 18, implicit and assignment casts), beside the
 * texts, to which every type is assigned.
 */
const ASSIGNED: { readonly [from: string]: readonly string[] } = {
  ...Object.fromEntries(NUMBERS.map((type) => [type, NUMBERS])),
  integer: [...NUMBERS, "money"],
  bigint: [...NUMBERS, "money"],
  numeric: [...NUMBERS, "money"],
  money: ["numeric"],
  date: ["timestamp", "timestamptz"],
  timestamp: ["date", "time", "timestamptz"],
  timestamptz: ["date", "time", "timetz", "timestamp"],
  time: ["interval", "timetz"],
  timetz: ["time"],
  interval: ["time"],
  json: ["jsonb"],
  jsonb: ["json"],
  bit: ["varbit"],
  varbit: ["bit"],
  cidr: ["inet"],
  inet: ["cidr"],
  macaddr: ["macaddr8"],
  macaddr8: ["macaddr"],
  box: ["polygon"],
  path: ["polygon"],
  polygon: ["path"],
  point: ["box"],
};

const isText = ({ base }: TypeParts): boolean => TEXTS.has(base);

/** Whether `ALTER COLUMN … TYPE` converts by itself. */
function assigns(from: TypeParts, to: TypeParts): boolean {
  // An explicit cast to a text would cut off what is too long; the assignment refuses it.
  if (isText(to) && (!to.array || (from.array && isText(from)))) return true;
  if (from.array !== to.array) return false;
  return from.base === to.base || (ASSIGNED[from.base] ?? []).includes(to.base);
}

/** The expression for one value, where no assignment cast exists. */
function explicit(column: string, from: TypeParts, to: TypeParts, type: string): string {
  if (NUMBERS.includes(from.base) && to.base === "boolean") return `${column} <> 0`;
  if (from.base === "boolean" && NUMBERS.includes(to.base)) {
    return to.base === "integer" ? `${column}::integer` : `${column}::integer::${type}`;
  }
  if (isText(from)) return to.base === "bytea" ? `convert_to(${column}, 'UTF8')` : `${column}::${type}`;
  if (from.base === "date" && (to.base === "time" || to.base === "timetz")) return `${column}::timestamp::${type}`;
  return `${column}::text::${type}`;
}

/**
 * The `USING` expression for a change of type, as the dialect's `conversion` promises; undefined where the server
 * converts by itself, and where no conversion is right without a decision of the author (an array into one value).
 *
 * @param column the column's name
 * @param from the type before
 * @param to the type after
 */
export function conversion(column: string, from: string, to: string): string | undefined {
  const type = integerOfSerial(to) ?? to;
  const [source, target] = [typeParts(integerOfSerial(from) ?? from), typeParts(type)];
  if (assigns(source, target)) return undefined;
  const name = writer.identifier(column);
  if (source.array && !target.array) return undefined;
  if (!source.array && target.array) {
    const element = type.replace(/(\s*\[\d*\])+$|\s+array\s*(\[\d*\])?$/i, "");
    const value = conversion(column, from, element) ?? name;
    return `CASE WHEN ${name} IS NOT NULL THEN ARRAY[${value}]::${type} END`;
  }
  if (source.array) return isText(source) ? `${name}::${type}` : `${name}::text[]::${type}`;
  return explicit(name, source, target, type);
}
