/**
 * A target's tables as temporary ones, and back. Constraints and indexes are given marks for names, by which the answer
 * finds its way back.
 *
 * @module
 */
import { compact } from "../../schema/edit.ts";
import type { CheckConstraint, Column, ForeignKey, Index, PrimaryKey, Table } from "../../schema/model.ts";
import type { Disguise } from "./disguise.ts";
import { canonicalType, integerOfSerial } from "./types.ts";
import { writer } from "./writer.ts";

/** A statement that makes a part of the target, and what it is called when it fails. */
export interface Part {
  readonly sql: string;
  readonly what: string;
  /** The elements between the parentheses, in their order, and what each is called. */
  readonly elements?: readonly { readonly sql: string; readonly what: string }[];
}

/** The name by which a part of the target is known again. */
export const mark = (kind: string, table: number, place: number): string => `limbeck_${kind}_${table}_${place}`;

/** A table of the target as it is made: temporary names, marks for the names of constraints, no foreign keys. */
export function disguised(table: Table, number: number, { nameIn, textIn }: Disguise): Table {
  const { primaryKey } = table;
  return compact<Table>({
    name: nameIn(table),
    columns: table.columns.map((column) =>
      compact<Column>({
        ...column,
        // A serial column's sequence would hide another of that name.
        type: integerOfSerial(column.type) ?? textIn(column.type),
        default: column.default === undefined ? undefined : textIn(column.default),
        generated: column.generated === undefined
          ? undefined
          : { ...column.generated, expression: textIn(column.generated.expression) },
      })
    ),
    primaryKey: primaryKey === undefined ? undefined : { ...primaryKey, name: mark("p", number, 0) },
    uniques: table.uniques.map((unique, place) => ({ ...unique, name: mark("u", number, place) })),
    foreignKeys: [],
    checks: table.checks.map(({ notValid: _, ...check }, place) => ({
      ...check,
      name: mark("c", number, place),
      expression: textIn(check.expression),
    })),
    indexes: table.indexes.map((index, place) =>
      compact<Index>({
        ...index,
        name: mark("i", number, place),
        parts: index.parts.map((part) =>
          part.expression === undefined ? part : { ...part, expression: textIn(part.expression) }
        ),
        where: index.where === undefined ? undefined : textIn(index.where),
      })
    ),
  });
}

/** What the elements of a table are called, in the order of `tableElements`. */
export function labelsOf({ columns, primaryKey, uniques, checks }: Table): readonly string[] {
  const label = (kind: string) => ({ name }: { readonly name?: string }, place: number): string =>
    `${kind} ${name === undefined ? place + 1 : `"${name}"`}`;
  return [
    ...columns.map(label("column")),
    ...(primaryKey === undefined ? [] : ["primary key"]),
    ...uniques.map(label("unique constraint")),
    ...checks.map(label("check")),
  ];
}

/** Takes the answer for one element of a list, keeping the target's own name for it. */
export function answers<T extends { readonly name?: string }>(
  asked: readonly T[],
  given: readonly T[],
  kind: string,
  number: number,
  out: (element: T) => T,
): readonly T[] {
  return asked.map((element, place) => {
    const found = given.find(({ name }) => name === mark(kind, number, place));
    const { name: _, ...rest } = out(found ?? element);
    return compact<T>({ name: element.name, ...rest } as unknown as T);
  });
}

/** A foreign key as `inspect` would give it; nothing in it is an expression. */
function plainKey(key: ForeignKey, home: string): ForeignKey {
  const { table, schema, columns } = key.references;
  return compact<ForeignKey>({
    ...key,
    references: compact<ForeignKey["references"]>({ table, schema: schema === home ? undefined : schema, columns }),
    onDelete: key.onDelete === "no action" ? undefined : key.onDelete,
    onUpdate: key.onUpdate === "no action" ? undefined : key.onUpdate,
    deferrable: key.deferrable || key.initially === "deferred" || undefined,
    initially: key.initially === "deferred" ? "deferred" : undefined,
  });
}

/** A default without the schema of a sequence that only a temporary one has hidden. */
function visibleSequence(text: string, home: string): string {
  return text.replaceAll(`nextval('${writer.identifier(home).replaceAll("'", "''")}.`, "nextval('");
}

function columnOut(column: Column, asked: Column | undefined, { textOut }: Disguise, home: string): Column {
  const { generated } = column;
  const serial = asked !== undefined && integerOfSerial(asked.type) !== undefined ? asked.type : undefined;
  return compact<Column>({
    ...column,
    type: canonicalType(serial ?? textOut(column.type)),
    storage: asked?.storage,
    compression: asked?.compression,
    statistics: asked?.statistics,
    nullable: serial === undefined ? column.nullable : false,
    default: column.default === undefined ? undefined : visibleSequence(textOut(column.default), home),
    generated: generated === undefined ? undefined : { ...generated, expression: textOut(generated.expression) },
    comment: asked?.comment || undefined,
  });
}

/** A table as the server spelled it. */
export function tableOut(asked: Table, given: Table, number: number, cover: Disguise, home: string): Table {
  const { textOut } = cover;
  const same = <T>(element: T): T => element;
  const { name: _, ...key } = given.primaryKey ?? { columns: [] };
  return compact<Table>({
    ...asked,
    columns: given.columns.map((column, place) => columnOut(column, asked.columns[place], cover, home)),
    primaryKey: given.primaryKey === undefined
      ? undefined
      : compact<PrimaryKey>({ name: asked.primaryKey?.name, ...key }),
    uniques: answers(asked.uniques, given.uniques, "u", number, same),
    foreignKeys: asked.foreignKeys.map((key) => plainKey(key, home)),
    checks: answers(asked.checks, given.checks, "c", number, (check) => ({
      ...check,
      expression: textOut(check.expression),
    })).map((check, place) => compact<CheckConstraint>({ ...check, notValid: asked.checks[place]?.notValid })),
    indexes: answers(asked.indexes, given.indexes, "i", number, (index) =>
      compact<Index>({
        ...index,
        parts: index.parts.map((part) =>
          part.expression === undefined ? part : { ...part, expression: textOut(part.expression) }
        ),
        where: index.where === undefined ? undefined : textOut(index.where),
      })),
    comment: asked.comment || undefined,
  });
}
