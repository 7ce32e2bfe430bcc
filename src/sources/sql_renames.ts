/**
 * Renames that SQL text declares: `-- renamed from: old` behind a column, a value of an enum or the `CREATE` of a table,
 * a type, a sequence, a function or a view, or on a line of its own above it.
 *
 * @module
 */
import type { SqlPart } from "../ddl/statement.ts";
import { compact, findCalled } from "../schema/edit.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import { invalidTarget } from "./part.ts";

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const TEXT = String.raw`'(?:[^']|'')*'`;
const COMMENT = new RegExp(String.raw`--\s*renamed from:\s*(${NAME}|${TEXT})\s*$`, "i");
const CREATE = new RegExp(
  String
    .raw`^\s*create\s+(?:or\s+replace\s+)?(?:(?:unlogged|global|local|temp|temporary|materialized|recursive)\s+)*(table|type|domain|sequence|view|function|procedure|aggregate)\s+(?:if\s+not\s+exists\s+)?(?:(${NAME})\s*\.\s*)?(${NAME})`,
  "i",
);
const LAST_TEXT = new RegExp(String.raw`()(${TEXT})\s*,?\s*$`);
const PART = new RegExp(String.raw`^[\s,(]*(?:(${NAME})\s|(${TEXT}))`);

/** The lists in which what a `CREATE` makes is found. */
const LISTS: Readonly<Record<string, (schema: Schema) => readonly ObjectName[]>> = {
  table: ({ tables }) => tables,
  type: ({ enums, compositeTypes }) => [...enums, ...compositeTypes],
  domain: ({ domains }) => domains,
  sequence: ({ sequences }) => sequences,
  view: ({ views }) => views,
  function: ({ routines }) => routines,
  procedure: ({ routines }) => routines,
  aggregate: ({ routines }) => routines,
};

function unquoted(name: string): string {
  const quote = name.charAt(0);
  return quote === '"' || quote === "'" ? name.slice(1, -1).replaceAll(quote + quote, quote) : name;
}

/** What a `CREATE` makes. */
interface Made extends ObjectName {
  readonly kind: string;
}

/** A comment with the code that it speaks about. */
interface Remark {
  readonly made: Made | undefined;
  /** The column, or the value of an enum; left out for what is made itself. */
  readonly part: string | undefined;
  readonly from: string;
  readonly offset: number;
}

function madeBy(code: string): Made | undefined {
  const found = CREATE.exec(code);
  if (found === null) return undefined;
  const [, kind = "", schema, name = ""] = found;
  return compact<Made>({
    kind: kind.toLowerCase(),
    schema: schema === undefined ? undefined : unquoted(schema),
    name: unquoted(name),
  });
}

/** The statements with the comments that stand behind their semicolons, on the same line. */
function withRemarks(text: string, parts: readonly SqlPart[]): readonly SqlPart[] {
  let done = 0;
  return parts.map(({ sql, offset }) => {
    const start = Math.max(offset, done);
    const end = offset + sql.length;
    done = end + (/^[ \t]*;[ \t]*--[^\n]*/.exec(text.slice(end))?.[0].length ?? 0);
    return { sql: text.slice(start, done), offset: start };
  });
}

/** The column or the value that a line is about; behind `CREATE` a value that the line ends with. */
function partOf(code: string, isMade: boolean): string | undefined {
  const [, name, text] = (isMade ? LAST_TEXT : PART).exec(`${code} `) ?? [];
  const part = name || text;
  return part === undefined ? undefined : unquoted(part);
}

function remarksOf({ sql, offset }: SqlPart): readonly Remark[] {
  if (!/renamed\s+from:/i.test(sql)) return [];
  const remarks: Remark[] = [];
  let made: Made | undefined;
  let waiting: { readonly from: string; readonly offset: number } | undefined;
  let at = offset;
  for (const line of sql.split("\n")) {
    const said = COMMENT.exec(line);
    const code = said === null ? line : line.slice(0, said.index);
    const isMade = madeBy(code);
    made = isMade ?? made;
    const isCode = code.trim() !== "" && !/^\s*--/.test(code);
    const found = said === null ? undefined : { from: unquoted(said[1] ?? ""), offset: at };
    if (!isCode) {
      waiting = found ?? waiting;
    } else {
      const part = partOf(code, isMade !== undefined);
      const above = isMade === undefined ? part : undefined;
      if (waiting !== undefined) remarks.push({ ...waiting, made, part: above });
      // Both can only be right where the one above speaks about the whole.
      const isSecond = waiting !== undefined && above === part;
      if (found !== undefined) remarks.push({ ...found, made: isSecond ? undefined : made, part });
      waiting = undefined;
    }
    at += line.length + 1;
  }
  return waiting === undefined ? remarks : [...remarks, { ...waiting, made: undefined, part: undefined }];
}

function madeIn(schema: Schema, { made }: Remark): ObjectName | undefined {
  if (made === undefined) return undefined;
  const list = LISTS[made.kind]?.(schema) ?? [];
  const within = list.filter((each) => each.schema?.toLowerCase() === made.schema?.toLowerCase());
  return findCalled(within, made.name) ?? findCalled(list.filter((each) => each.schema === undefined), made.name);
}

/** What a comment declares; undefined where it stands at nothing that can have another name. */
function declaredBy(remark: Remark, schema: Schema): DeclaredRename | undefined {
  const { part, from } = remark;
  const found = madeIn(schema, remark);
  if (found === undefined) return undefined;
  const name = compact<ObjectName>({ name: found.name, schema: found.schema });
  const table = schema.tables.find((each) => each === found);
  if (table !== undefined) {
    const column = part === undefined ? undefined : findCalled(table.columns, part);
    if (part !== undefined && column === undefined) return undefined;
    return compact<DeclaredRename>({ table: name, column: column?.name, from });
  }
  if (part === undefined) return { object: name, from };
  const type = schema.enums.find((each) => each === found);
  return type?.values.includes(part) === true ? { object: name, value: part, from } : undefined;
}

/**
 * The renames that the comments of a script declare.
 *
 * @param text the script
 * @param parts its statements, with their comments
 * @param schema what the script has made
 * @param where tells in words where an offset of the script is
 * @throws `TARGET_INVALID` for such a comment at what has no other name
 */
export function renamesIn(
  text: string,
  parts: readonly SqlPart[],
  schema: Schema,
  where: (offset: number) => string,
): readonly DeclaredRename[] {
  return withRemarks(text, parts).flatMap(remarksOf).map((remark) => {
    const declared = declaredBy(remark, schema);
    if (declared === undefined) {
      throw invalidTarget(
        `Cannot read ${where(remark.offset)}: "renamed from: ${remark.from}" stands at nothing that is renamed`,
        "Write it behind a column, a value of an enum or CREATE TABLE, TYPE, DOMAIN, SEQUENCE, FUNCTION or VIEW with the name, " +
          "or on a line of its own above it",
      );
    }
    return declared;
  });
}
