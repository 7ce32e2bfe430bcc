/**
 * One table of Drizzle's as a table of the model. Names that the user did not give stay undefined.
 *
 * @module
 */
import { compact } from "../schema/edit.ts";
import type {
  CheckConstraint,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  ReferentialAction,
  Table,
  UniqueConstraint,
} from "../schema/model.ts";
import { readColumn } from "./drizzle_column.ts";
import {
  type DrizzleCheck,
  type DrizzleForeignKey,
  type DrizzleIndex,
  type DrizzleIndexedColumn,
  type DrizzleKey,
  type DrizzleTable,
  type DrizzleTableConfig,
  entityKinds,
  tableConfig,
  tableName,
} from "./drizzle_metadata.ts";
import { type DrizzleWriting, isSql, sqlText } from "./drizzle_sql.ts";
import { invalidTarget } from "./part.ts";

function readPrimaryKey({ columns, primaryKeys }: DrizzleTableConfig, writing: DrizzleWriting): PrimaryKey | undefined {
  const [key] = primaryKeys;
  if (key !== undefined) return compact<PrimaryKey>({ name: key.name, columns: key.columns.map(writing.columnName) });
  const inline = columns.filter(({ primary }) => primary).map(writing.columnName);
  return inline.length === 0 ? undefined : { columns: inline };
}

/** In 0.x a unique constraint has always a name, which may be the one that Drizzle derives. */
function explicitName(table: string, { name, isNameExplicit, columns }: DrizzleKey): string | undefined {
  const derived = `${table}_${columns.map((column) => column.name).join("_")}_unique`;
  return isNameExplicit ?? name !== derived ? name : undefined;
}

function readUniques({ name, columns, uniques }: DrizzleTableConfig, writing: DrizzleWriting): UniqueConstraint[] {
  const inline = columns.filter(({ isUnique }) => isUnique).map((column): DrizzleKey => ({
    name: column.uniqueName,
    columns: [column],
    nullsNotDistinct: column.uniqueType === "not distinct",
  }));
  return [...inline, ...uniques].map((key) =>
    compact<UniqueConstraint>({
      name: explicitName(name, key),
      columns: key.columns.map(writing.columnName),
      nullsNotDistinct: key.nullsNotDistinct ? true : undefined,
    })
  );
}

function action(name: string | undefined): ReferentialAction | undefined {
  return name === undefined || name === "no action" ? undefined : name as ReferentialAction;
}

function readForeignKey(key: DrizzleForeignKey, table: string, writing: DrizzleWriting): ForeignKey {
  const { name, columns, foreignColumns } = key.reference();
  const [first] = foreignColumns;
  if (first === undefined) throw invalidTarget(`Cannot read a foreign key of "${table}": it refers to no column`);
  const target = tableName(first.table);
  return compact<ForeignKey>({
    name,
    columns: columns.map(writing.columnName),
    references: compact<ForeignKey["references"]>({
      table: target.name,
      schema: target.schema,
      columns: foreignColumns.map(writing.columnName),
    }),
    onDelete: action(key.onDelete),
    onUpdate: action(key.onUpdate),
  });
}

/** The expression inside parentheses that enclose all of it. */
function withoutParentheses(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    // A quoted parenthesis makes the count wrong: then leave the text as it is.
    if (text[at] === "'" || text[at] === '"') return text;
    depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
    if (depth === 0) return text;
  }
  return text.slice(1, -1).trim();
}

/** What may stand behind an index's expression. */
const SORT = /^(.+?)(?:\s+(\w+_ops))?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/is;

/** A part that the user wrote as SQL: an expression, or a column with more than Drizzle's builder can say. */
function readSqlPart(text: string, columns: readonly string[], { writer }: DrizzleWriting): IndexPart {
  const [, expression = text, opclass, order, nulls] = SORT.exec(text) ?? [];
  const column = columns.find((each) => expression === each || expression === writer.identifier(each));
  const sort = {
    order: order?.toLowerCase() === "desc" ? "desc" as const : undefined,
    nulls: nulls?.toLowerCase() as IndexPart["nulls"],
    opclass,
  };
  return column === undefined
    ? compact<IndexPart & { expression: string }>({ expression: withoutParentheses(expression), ...sort })
    : compact<IndexPart & { column: string }>({ column, ...sort });
}

function readIndexPart(
  part: DrizzleIndexedColumn | object,
  { name, columns }: DrizzleTableConfig,
  writing: DrizzleWriting,
): IndexPart {
  // A column of SQLite's is SQL too; only an expression has no name.
  if (isSql(part) && !("name" in part)) {
    return readSqlPart(sqlText(part, `an index of "${name}"`, writing), columns.map(writing.columnName), writing);
  }
  const column = part as DrizzleIndexedColumn;
  const { order, nulls, opClass } = column.indexConfig ?? {};
  // Drizzle fills in "asc nulls last", which is the default, and "last" also after "desc", where it is not.
  return compact<IndexPart & { column: string }>({
    column: writing.columnName(column),
    order: order === "desc" ? order : undefined,
    nulls: nulls === (order === "desc" ? "first" : "last") ? undefined : nulls,
    opclass: opClass,
  });
}

function readIndex({ config }: DrizzleIndex, table: DrizzleTableConfig, writing: DrizzleWriting): Index {
  const parameters = Object.entries(config.with ?? {}).map(([key, value]) => [key, String(value)] as const);
  return compact<Index>({
    name: config.name,
    parts: config.columns.map((part) => readIndexPart(part, table, writing)),
    unique: config.unique ? true : undefined,
    where: isSql(config.where) ? sqlText(config.where, `an index of "${table.name}"`, writing) : undefined,
    using: config.method === undefined || config.method === "btree" ? undefined : config.method,
    with: parameters.length === 0 ? undefined : Object.fromEntries(parameters),
  });
}

function readCheck({ name, value }: DrizzleCheck, table: string, writing: DrizzleWriting): CheckConstraint {
  if (!isSql(value)) {
    throw invalidTarget(`Cannot read a check of "${table}": it is no SQL`, "Write check(name, sql`…`)");
  }
  return compact<CheckConstraint>({
    name,
    expression: sqlText(value, `the check "${name}" of "${table}"`, writing),
  });
}

/** What belongs to a table and is not compared. Throws `TARGET_INVALID` for a builder that is not finished. */
function unmodelledOf({ name, others }: DrizzleTableConfig): readonly string[] {
  const found: string[] = [];
  for (const other of others) {
    const [kind = "unknown object"] = entityKinds(other);
    if (kind.endsWith("BuilderOn") || kind.endsWith("OnConstraintBuilder")) {
      throw invalidTarget(`Cannot read "${name}": an index or unique constraint of it has no columns`, "Add .on(…)");
    }
    const own: unknown = Reflect.get(other, "name");
    found.push(typeof own === "string" ? `${kind} "${own}" of "${name}"` : `${kind} of "${name}"`);
  }
  return found;
}

/** A table, and what of it is not compared. */
export interface ReadTable {
  readonly table: Table;
  readonly unmodelled: readonly string[];
}

/**
 * A table of the model.
 *
 * @param secured whether it has policies
 * @throws `TARGET_INVALID` for what can be no table
 */
export function readTable(source: DrizzleTable, secured: boolean, writing: DrizzleWriting): ReadTable {
  const config = tableConfig(source);
  const { name, schema } = config;
  const table = compact<Table>({
    name,
    schema,
    columns: config.columns.map((column) => readColumn(column, name, writing)),
    primaryKey: readPrimaryKey(config, writing),
    uniques: readUniques(config, writing),
    foreignKeys: config.foreignKeys.map((key) => readForeignKey(key, name, writing)),
    checks: config.checks.map((check) => readCheck(check, name, writing)),
    indexes: config.indexes.map((index) => readIndex(index, config, writing)),
    // As in Drizzle, a policy turns it on.
    rowSecurity: config.rowLevelSecurity || secured ? "enabled" : undefined,
  });
  return { table, unmodelled: unmodelledOf(config) };
}
