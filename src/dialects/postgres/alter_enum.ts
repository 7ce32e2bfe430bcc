/**
 * `op.alterEnum` as PostgreSQL's SQL: a new type takes the place of the old one.
 *
 * PostgreSQL cannot take a value out of an enum, nor move one. So the old type is put aside, one of its name is made, and
 * every column that has the type is moved over by its text; what stands in the way (views, triggers, policies, foreign
 * keys, defaults, checks, generated columns, and indexes with an expression or a predicate about such a column) is
 * dropped and made again, with what is said about it.
 *
 * @module
 */
import { checkDefinition, columnDefinition, excludeDefinition, foreignKeyDefinition } from "../../ddl/definitions.ts";
import { type Statement, statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import { type AlterEnum, mapped } from "../../operations/alter_enum.ts";
import { createIndexSql } from "../../operations/create_index.ts";
import { dropColumn } from "../../operations/drop_column.ts";
import { dropFunction } from "../../operations/drop_function.ts";
import { saidAgain } from "../../operations/object_refs.ts";
import type { AnyOperation, CompileContext } from "../../operations/operation.ts";
import { applyOperation, compileDefault, type Operation, reverseOperations } from "../../operations/registry.ts";
import { displayName, findNamed, nameOf } from "../../schema/edit.ts";
import type { Column, ObjectName, Schema, Table } from "../../schema/model.ts";
import type { Domain, Routine, View } from "../../schema/objects.ts";
import { refIn, refTo } from "../../schema/refs.ts";
import { type Affected, type EnumUses, isView, usesOf } from "./enum_uses.ts";
import { rewrite } from "./hazards.ts";
import { typeParts } from "./types.ts";
import { writer } from "./writer.ts";

function dropsOf(use: Affected): readonly string[] {
  const { table, defaults, generated, checks, exclusions, foreignKeys, indexes, triggers, policies } = use;
  const named = [...foreignKeys, ...checks, ...exclusions].flatMap(({ name }) => name ?? []);
  const clauses = [
    ...named.map((name) => `DROP CONSTRAINT ${writer.identifier(name)}`),
    ...generated.map(({ name }) => `DROP COLUMN ${writer.identifier(name)}`),
    ...defaults.map(({ name }) => `ALTER COLUMN ${writer.identifier(name)} DROP DEFAULT`),
  ];
  return [
    ...triggers.map(({ name }) => `DROP TRIGGER ${writer.identifier(name)} ON ${writer.name(table)}`),
    ...policies.map(({ name }) => `DROP POLICY ${writer.identifier(name)} ON ${writer.name(table)}`),
    ...indexes.map(({ name = "" }) => `DROP INDEX ${writer.name({ ...nameOf(table), name })}`),
    ...(clauses.length === 0 ? [] : [`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`]),
  ];
}

/** The expression that gives a column's value of the new type. */
function converted(column: Column, domains: readonly Domain[], map: AlterEnum["map"] = {}): string {
  const name = writer.identifier(column.name);
  const domain = domains.find((each) => displayName(each) === typeParts(column.type).base);
  const isArray = typeParts(column.type).array || (domain !== undefined && typeParts(domain.type).array);
  const pairs = Object.entries(map).map(([from, to]) => [writer.literal(from), writer.literal(to)] as const);
  if (pairs.length === 0) return `${name}::text${isArray ? "[]" : ""}::${column.type}`;
  if (isArray) {
    const replaced = pairs.reduce((text, [from, to]) => `array_replace(${text}, ${from}, ${to})`, `${name}::text[]`);
    return `${replaced}::${column.type}`;
  }
  const cases = pairs.map(([from, to]) => `WHEN ${from} THEN ${to}`).join(" ");
  return `(CASE ${name}::text ${cases} ELSE ${name}::text END)::${column.type}`;
}

function moveOf({ table, columns }: Affected, uses: EnumUses, map: AlterEnum["map"], lost: readonly string[]) {
  if (columns.length === 0) return [];
  const clauses = columns.map((column) =>
    `ALTER COLUMN ${writer.identifier(column.name)} TYPE ${column.type} USING ${converted(column, uses.domains, map)}`
  );
  return [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`, [
    ...rewrite(`Columns of "${displayName(table)}" get the new type`),
    ...(lost.length === 0 ? [] : [{
      kind: "mayFail" as const,
      reason: `A row of "${displayName(table)}" may hold ${lost.map((value) => `"${value}"`).join(" or ")}`,
      advice: 'Say what becomes of them, with { map: { old: "new" } }, or update those rows first',
    }]),
  ])];
}

function restoreOf(before: Affected, context: CompileContext, after: Schema): readonly Statement[] {
  const table = findNamed(after.tables, before.table) ?? before.table;
  const { generated, checks, exclusions, indexes } = before;
  const again = <T extends { readonly name?: string }>(old: readonly T[], all: readonly T[]): readonly T[] =>
    all.filter(({ name }) => name !== undefined && old.some((each) => each.name === name));
  const clauses = [
    ...again(before.defaults, table.columns).flatMap((column) =>
      column.default === undefined
        ? []
        : [`ALTER COLUMN ${writer.identifier(column.name)} SET DEFAULT ${column.default}`]
    ),
    ...again(generated, table.columns).map((column) => `ADD COLUMN ${columnDefinition(writer, column)}`),
    ...again(checks, table.checks).map((check) => `ADD ${checkDefinition(writer, check)}`),
    ...again(exclusions, table.exclusions ?? []).map((each) => `ADD ${excludeDefinition(writer, each)}`),
  ];
  return [
    ...(clauses.length === 0 ? [] : [statement(`ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`)]),
    ...lostWith(table, generated, { ...context, before: after }),
    ...again(indexes, table.indexes).map((index) => statement(createIndexSql(writer, table, index))),
    ...commentsOn(table, [...checks, ...exclusions], indexes, after, context),
  ];
}

/** The comments on constraints and indexes that were dropped. */
function commentsOn(
  table: Table,
  constraints: readonly { readonly name?: string }[],
  indexes: Affected["indexes"],
  after: Schema,
  context: CompileContext,
): readonly Statement[] {
  const refs = [
    ...constraints.flatMap(({ name }) => name === undefined ? [] : [refIn("constraint", table, name)]),
    ...indexes.flatMap(({ name }) => name === undefined ? [] : [refIn("index", table, name)]),
  ];
  return refs.flatMap((ref) => written(saidAgain(after, ref), context));
}

/** The foreign keys, when both sides have the new type. */
function foreignKeysOf({ table, foreignKeys }: Affected, context: CompileContext, after: Schema): readonly Statement[] {
  return [
    ...foreignKeys.map((key) =>
      statement(`ALTER TABLE ${writer.name(table)} ADD ${foreignKeyDefinition(writer, key)}`)
    ),
    ...commentsOn(table, foreignKeys, [], after, context),
  ];
}

/** The keys and indexes that went with generated columns. */
function lostWith(table: Table, generated: readonly Column[], context: CompileContext): readonly Statement[] {
  let schema = context.before;
  return generated.flatMap(({ name }) => {
    const drop = dropColumn.create(nameOf(table), name);
    const restore = (dropColumn.reverse(drop, schema) ?? []).slice(1);
    schema = applyOperation(schema, drop);
    return written(restore, context);
  });
}

const written = (operations: readonly AnyOperation[], context: CompileContext): readonly Statement[] =>
  operations.flatMap((operation) => compileDefault(operation, context));

/** What makes again what an operation drops. */
function reversed(drop: AnyOperation, before: Schema): readonly AnyOperation[] {
  return reverseOperations([drop as Operation], before) ?? [];
}

/** Triggers and policies, with what is said about them. */
function partsOf(
  { table, triggers, policies }: Affected,
  context: CompileContext,
  after: Schema,
): readonly Statement[] {
  const again = (kind: "trigger" | "policy", name: string): readonly Statement[] => {
    const drop = { kind: kind === "trigger" ? "dropTrigger" : "dropPolicy", name, table: nameOf(table) };
    return written(reversed(drop, after), context);
  };
  return [
    ...triggers.flatMap(({ name }) => again("trigger", name)),
    ...policies.flatMap(({ name }) => again("policy", name)),
  ];
}

/** A name for the old type while it is still used: 63 bytes are what PostgreSQL keeps of a name. */
function aside({ schema, name }: ObjectName): ObjectName {
  const old = { name: `limbeck_old_${name.slice(0, 24)}` };
  return schema === undefined ? old : { schema, ...old };
}

function dropCode(object: View | Routine): AnyOperation {
  if (!isView(object)) return dropFunction.create(nameOf(object), object.arguments, { type: object.type });
  const kind = object.materialized ? "dropMaterializedView" : "dropView";
  return { kind, view: nameOf(object) } as AnyOperation;
}

/** Throws `OPERATION_INVALID` where a removed value is a default: there would be none to put in its place. */
function refuseDefaults(uses: EnumUses, lost: readonly string[]): void {
  const isLost = (value: string | undefined): string | undefined => lost.find((each) => value === writer.literal(each));
  for (const { table, defaults } of uses.tables) {
    for (const column of defaults) {
      const value = isLost(column.default);
      if (value !== undefined) throw isDefault(value, `"${displayName(table)}"."${column.name}"`);
    }
  }
  for (const domain of uses.domains) {
    const value = isLost(domain.default);
    if (value !== undefined) throw isDefault(value, `the domain "${displayName(domain)}"`);
  }
}

function isDefault(value: string, of: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", `Cannot remove the value "${value}": it is the default of ${of}`, {
    hint: 'Give it another default before, or say what becomes of the value, with { map: { old: "new" } }',
  });
}

/** The new enum in the place of the old one, with the domains over it. */
function replaced(operation: AlterEnum, uses: EnumUses, context: CompileContext, after: Schema): readonly Statement[] {
  const { type, values } = operation;
  const rename = ({ name, schema }: ObjectName, word: string): Statement => {
    const own = nameOf({ name, ...(schema === undefined ? {} : { schema }) });
    return statement(`ALTER ${word} ${writer.name(own)} RENAME TO ${writer.identifier(aside(own).name)}`);
  };
  const list = values.map((value) => writer.literal(value)).join(", ");
  return [
    rename(type, "TYPE"),
    statement(`CREATE TYPE ${writer.name(type)} AS ENUM (${list})`),
    ...uses.domains.flatMap((domain) => {
      const created = { kind: "createDomain", domain: findNamed(after.domains, domain) ?? domain } as AnyOperation;
      return [rename(domain, "DOMAIN"), ...compileDefault(created, context)];
    }),
    ...uses.compositeTypes.map(({ attributes, ...name }) => {
      const own = attributes.filter((each) => [type, ...uses.domains].some((of) => isOfType(each.type, of)));
      const clauses = own.map((each) => `ALTER ATTRIBUTE ${writer.identifier(each.name)} TYPE ${each.type}`);
      return statement(`ALTER TYPE ${writer.name(name)} ${clauses.join(", ")}`);
    }),
  ];
}

const isOfType = (text: string, type: ObjectName): boolean => typeParts(text).base === writer.name(nameOf(type));

/**
 * Writes the change of an enum's values. A generated column that depends on it moves to the end of its table.
 *
 * @param context with the whole schema before, so that every use of the type is known
 * @throws `OPERATION_INVALID` for a removed value that is a default; `UNSUPPORTED` for a type that cannot be moved
 */
export function compileAlterEnum(operation: AlterEnum, context: CompileContext): readonly Statement[] {
  const { type, values, map = {} } = operation;
  const uses = usesOf(context.before, type);
  const after = mapped(context.before, operation);
  const old = findNamed(context.before.enums, type);
  const lost = (old?.values ?? []).filter((value) => !values.includes(value) && !Object.hasOwn(map, value));
  refuseDefaults(uses, lost);
  const code = uses.code.map(dropCode);
  return [
    ...written(code, context),
    ...uses.tables.flatMap(dropsOf).map((sql) => statement(sql)),
    ...replaced(operation, uses, context, after),
    ...uses.tables.flatMap((each) => moveOf(each, uses, operation.map, lost)),
    ...uses.domains.map((domain) => statement(`DROP DOMAIN ${writer.name(aside(nameOf(domain)))}`)),
    statement(`DROP TYPE ${writer.name(aside(type))}`),
    ...uses.tables.flatMap((each) => restoreOf(each, context, after)),
    ...uses.tables.flatMap((each) => foreignKeysOf(each, context, after)),
    ...code.toReversed().flatMap((drop) => written(reversed(drop, after), context)),
    ...uses.tables.flatMap((each) => partsOf(each, context, after)),
    ...[refTo("type", type), ...uses.domains.map((domain) => refTo("domain", domain))]
      .flatMap((ref) => written(saidAgain(after, ref), context)),
  ];
}
