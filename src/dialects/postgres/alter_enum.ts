/**
 * `op.alterEnum` as PostgreSQL's SQL: a new type takes the place of the old one.
 *
 * PostgreSQL cannot take a value out of an enum, nor move one. So the old type is put aside, one of its name is made, and
 * every column that has the type is moved over by its text; what stands in the way (defaults, checks, generated columns,
 * and indexes with an expression or a predicate about such a column) is dropped and made again.
 *
 * @module
 */
import { checkDefinition, columnDefinition } from "../../ddl/definitions.ts";
import { type Statement, statement } from "../../ddl/statement.ts";
import type { AlterEnum } from "../../operations/alter_enum.ts";
import { createIndexSql } from "../../operations/create_index.ts";
import { dropColumn, withoutColumn } from "../../operations/drop_column.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { applyOperation, compileDefault } from "../../operations/registry.ts";
import { displayName, findNamed, nameOf, sameName } from "../../schema/edit.ts";
import type { Column, Index, ObjectName, Schema, Table } from "../../schema/model.ts";
import { rewrite } from "./hazards.ts";
import { nameOfToken, tokensOf } from "./tokens.ts";
import { typeName, typeParts } from "./types.ts";
import { writer } from "./writer.ts";

/** A table with columns of the type, and what of it depends on them. */
interface Affected {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly generated: readonly Column[];
  readonly checks: Table["checks"];
  readonly indexes: readonly Index[];
}

function isOf(column: Column, type: ObjectName): boolean {
  const name = typeName(column.type);
  return name !== undefined && sameName(name, type);
}

/** Whether an expression names one of the words: a column of the type, or the type. */
function mentions(expression: string, words: ReadonlySet<string>): boolean {
  return tokensOf(expression).some((token) => words.has(nameOfToken(token) ?? ""));
}

function affectedBy(schema: Schema, type: ObjectName): readonly Affected[] {
  return schema.tables.flatMap((table): readonly Affected[] => {
    const own = table.columns.filter((column) => isOf(column, type));
    const words = new Set([type.name, ...own.map(({ name }) => name)]);
    const generated = table.columns.filter((column) =>
      column.generated !== undefined && mentions(column.generated.expression, words)
    );
    // An index or unique on a generated column goes with the column and comes back with it.
    const kept = generated.reduce((rest, { name }) => withoutColumn(rest, name), table);
    const checks = table.checks.filter(({ expression }) => mentions(expression, words));
    const indexes = kept.indexes.filter(({ parts, where }) =>
      [where, ...parts.map(({ expression }) => expression)].some((text) => text !== undefined && mentions(text, words))
    );
    const columns = own.filter((column) => !generated.includes(column));
    const found = columns.length + generated.length + checks.length + indexes.length > 0;
    return found ? [{ table, columns, generated, checks, indexes }] : [];
  });
}

function dropsOf({ table, columns, generated, checks, indexes }: Affected): readonly string[] {
  const named = checks.flatMap(({ name }) => name ?? []);
  const clauses = [
    ...named.map((name) => `DROP CONSTRAINT ${writer.identifier(name)}`),
    ...generated.map(({ name }) => `DROP COLUMN ${writer.identifier(name)}`),
    ...columns.filter((column) => column.default !== undefined)
      .map(({ name }) => `ALTER COLUMN ${writer.identifier(name)} DROP DEFAULT`),
  ];
  return [
    ...indexes.map(({ name = "" }) => `DROP INDEX ${writer.name({ ...nameOf(table), name })}`),
    ...(clauses.length === 0 ? [] : [`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`]),
  ];
}

function moveOf({ table, columns }: Affected, type: ObjectName, lost: readonly string[]): readonly Statement[] {
  const clauses = columns.map((column) => {
    const [name, array] = [writer.identifier(column.name), typeParts(column.type).array ? "[]" : ""];
    return `ALTER COLUMN ${name} TYPE ${writer.name(type)}${array} USING ${name}::text${array}::${
      writer.name(type)
    }${array}`;
  });
  if (clauses.length === 0) return [];
  return [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`, [
    ...rewrite(`Columns of "${displayName(table)}" get the new type`),
    ...(lost.length === 0 ? [] : [{
      kind: "mayFail" as const,
      reason: `A row of "${displayName(table)}" may hold ${lost.map((value) => `"${value}"`).join(" or ")}`,
      advice: 'Update those rows first: op.execute("UPDATE … SET … WHERE …")',
    }]),
  ])];
}

function restoreOf(
  { table, columns, generated, checks, indexes }: Affected,
  context: CompileContext,
): readonly Statement[] {
  const clauses = [
    ...columns.flatMap((column) =>
      column.default === undefined
        ? []
        : [`ALTER COLUMN ${writer.identifier(column.name)} SET DEFAULT ${column.default}`]
    ),
    ...generated.map((column) => `ADD COLUMN ${columnDefinition(writer, column)}`),
    ...checks.filter(({ name }) => name !== undefined).map((check) => `ADD ${checkDefinition(writer, check)}`),
  ];
  return [
    ...(clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)]),
    ...lostWith(table, generated, context),
    ...indexes.map((index) => statement(createIndexSql(writer, table, index))),
  ];
}

/** The keys and indexes that went with generated columns. */
function lostWith(table: Table, generated: readonly Column[], context: CompileContext): readonly Statement[] {
  let schema = context.before;
  return generated.flatMap(({ name }) => {
    const drop = dropColumn.create(nameOf(table), name);
    const restore = (dropColumn.reverse(drop, schema) ?? []).slice(1);
    schema = applyOperation(schema, drop);
    return restore.flatMap((operation) => compileDefault(operation, context));
  });
}

/** A name for the old type while it is still used: 63 bytes are what PostgreSQL keeps of a name. */
function aside({ schema, name }: ObjectName): ObjectName {
  const old = { name: `limbeck_old_${name.slice(0, 24)}` };
  return schema === undefined ? old : { schema, ...old };
}

/**
 * Writes the change of an enum's values. A generated column that depends on it moves to the end of its table. A view,
 * function or domain that uses the type is not touched: PostgreSQL then refuses the change, and nothing is changed.
 *
 * @param context with the whole schema before, so that every use of the type is known
 */
export function compileAlterEnum({ type, values }: AlterEnum, context: CompileContext): readonly Statement[] {
  const affected = affectedBy(context.before, type);
  const old = findNamed(context.before.enums, type);
  const lost = (old?.values ?? []).filter((value) => !values.includes(value));
  const list = values.map((value) => writer.literal(value)).join(", ");
  return [
    ...affected.flatMap(dropsOf).map((sql) => statement(sql)),
    statement(`ALTER TYPE ${writer.name(type)} RENAME TO ${writer.identifier(aside(type).name)}`),
    statement(`CREATE TYPE ${writer.name(type)} AS ENUM (${list})`),
    ...affected.flatMap((each) => moveOf(each, type, lost)),
    statement(`DROP TYPE ${writer.name(aside(type))}`),
    ...affected.flatMap((each) => restoreOf(each, context)),
  ];
}
