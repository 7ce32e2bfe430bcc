/**
 * Renames that SQL text declares: `-- renamed from: old` behind a column, or behind `CREATE TABLE`, or on a line of its
 * own above it.
 *
 * @module
 */
import type { SqlPart } from "../ddl/statement.ts";
import { compact } from "../schema/edit.ts";
import type { DeclaredRename } from "../schema/declared_rename.ts";
import type { ObjectName, Schema, Table } from "../schema/model.ts";
import { invalidTarget } from "./part.ts";

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const COMMENT = new RegExp(String.raw`--\s*renamed from:\s*(${NAME})\s*$`, "i");
const CREATE_TABLE = new RegExp(
  String
    .raw`^\s*create\s+(?:(?:unlogged|global|local|temp|temporary)\s+)*table\s+(?:if\s+not\s+exists\s+)?(?:(${NAME})\s*\.\s*)?(${NAME})`,
  "i",
);
const COLUMN = new RegExp(String.raw`^[\s,(]*(${NAME})\s`);

const unquoted = (name: string): string => name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;

/** A comment with the code that it speaks about. */
interface Remark {
  readonly table: { readonly schema: string | undefined; readonly name: string } | undefined;
  readonly column: string | undefined;
  readonly from: string;
  readonly offset: number;
}

function remarksOf({ sql, offset }: SqlPart): readonly Remark[] {
  if (!/renamed\s+from:/i.test(sql)) return [];
  const remarks: Remark[] = [];
  let table: Remark["table"];
  let waiting: { readonly from: string; readonly offset: number } | undefined;
  let at = offset;
  for (const line of sql.split("\n")) {
    const said = COMMENT.exec(line);
    const code = said === null ? line : line.slice(0, said.index);
    const created = CREATE_TABLE.exec(code);
    if (created !== null) {
      table = { schema: created[1] === undefined ? undefined : unquoted(created[1]), name: unquoted(created[2] ?? "") };
    }
    const isCode = code.trim() !== "" && !/^\s*--/.test(code);
    const found = said === null ? waiting : { from: unquoted(said[1] ?? ""), offset: at };
    waiting = isCode ? undefined : found;
    if (isCode && found !== undefined) {
      const name = created === null ? COLUMN.exec(`${code} `)?.[1] : undefined;
      remarks.push({ ...found, table, column: name === undefined ? undefined : unquoted(name) });
    }
    at += line.length + 1;
  }
  return waiting === undefined ? remarks : [...remarks, { ...waiting, table: undefined, column: undefined }];
}

/** Finds a name as SQL does: as it is written, else in whatever case. */
function called<T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined {
  return list.find((each) => each.name === name) ??
    list.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

function tableOf({ tables }: Schema, { table }: Remark): Table | undefined {
  if (table === undefined) return undefined;
  const within = tables.filter(({ schema }) => schema?.toLowerCase() === table.schema?.toLowerCase());
  return called(within, table.name) ?? called(tables.filter(({ schema }) => schema === undefined), table.name);
}

/**
 * The renames that the comments of a script declare.
 *
 * @param parts the statements of the script, with their comments
 * @param schema what the script has made
 * @param where tells in words where an offset of the script is
 * @throws `TARGET_INVALID` for such a comment at what is no column and no table
 */
export function renamesIn(
  parts: readonly SqlPart[],
  schema: Schema,
  where: (offset: number) => string,
): readonly DeclaredRename[] {
  return parts.flatMap(remarksOf).map((remark) => {
    const table = tableOf(schema, remark);
    const column = remark.column === undefined ? undefined : called(table?.columns ?? [], remark.column);
    if (table === undefined || (remark.column !== undefined && column === undefined)) {
      throw invalidTarget(
        `Cannot read ${where(remark.offset)}: "renamed from: ${remark.from}" stands at no column and no table`,
        "Write it behind the column, behind CREATE TABLE name (, or on a line of its own above it",
      );
    }
    const name = compact<ObjectName>({ name: table.name, schema: table.schema });
    return compact<DeclaredRename>({ table: name, column: column?.name, from: remark.from });
  });
}
