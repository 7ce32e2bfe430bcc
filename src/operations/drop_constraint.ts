import { statement } from "../ddl/statement.ts";
import { compact, displayName, editTable, findTable, nameOf, sameName } from "../schema/edit.ts";
import { referenced } from "../schema/order.ts";
import type { Index, ObjectName, Schema, Table } from "../schema/model.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, tableOf, toName } from "./arguments.ts";
import type { CreateCheckConstraint } from "./create_check_constraint.ts";
import type { CreateExcludeConstraint } from "./create_exclude_constraint.ts";
import type { CreateForeignKey } from "./create_foreign_key.ts";
import type { CreatePrimaryKey } from "./create_primary_key.ts";
import type { CreateUniqueConstraint } from "./create_unique_constraint.ts";
import { chosenAgain, unchosen } from "./chosen_index.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { type AnyOperation, data, type OperationType } from "./operation.ts";

/** The kinds of constraint. */
export type ConstraintType = "primaryKey" | "unique" | "foreignKey" | "check" | "exclude";

/** What `op.dropConstraint` takes beside name and table. */
export interface DropConstraintOptions {
  readonly type?: ConstraintType;
  /** Which constraint is meant where it has no name: its columns. */
  readonly columns?: readonly string[];
  /** Which check is meant where it has no name: its expression. */
  readonly expression?: string;
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
}

/** The data of `op.dropConstraint`. */
export interface DropConstraint extends DropConstraintOptions {
  readonly kind: "dropConstraint";
  /** Null for a constraint that has no name (SQLite), which `type`, `columns` and `expression` then find. */
  readonly name: string | null;
  readonly table: ObjectName;
}

interface Candidate {
  readonly type: ConstraintType;
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly expression?: string;
  readonly create: AnyOperation;
  without(table: Table): Table;
}

/** Every constraint of a table with the operation that makes it and the table without it. */
function candidates(table: Table, name: ObjectName): readonly Candidate[] {
  const { primaryKey: key } = table;
  const primary: readonly Candidate[] = key === undefined ? [] : [{
    type: "primaryKey",
    name: key.name,
    columns: key.columns,
    create: data<CreatePrimaryKey>({ kind: "createPrimaryKey", table: name, key }),
    without: ({ primaryKey: _, ...rest }) => rest,
  }];
  const uniques = table.uniques.map((unique): Candidate => ({
    type: "unique",
    name: unique.name,
    columns: unique.columns,
    create: data<CreateUniqueConstraint>({ kind: "createUniqueConstraint", table: name, unique }),
    without: (found) => ({ ...found, uniques: found.uniques.filter((each) => each !== unique) }),
  }));
  const foreignKeys = table.foreignKeys.map((key): Candidate => ({
    type: "foreignKey",
    name: key.name,
    columns: key.columns,
    create: data<CreateForeignKey>({ kind: "createForeignKey", table: name, key }),
    without: (found) => ({ ...found, foreignKeys: found.foreignKeys.filter((each) => each !== key) }),
  }));
  const checks = table.checks.map((check): Candidate => ({
    type: "check",
    name: check.name,
    columns: [],
    expression: check.expression,
    create: data<CreateCheckConstraint>({ kind: "createCheckConstraint", table: name, check }),
    without: (found) => ({ ...found, checks: found.checks.filter((each) => each !== check) }),
  }));
  const exclusions = (table.exclusions ?? []).map((exclusion): Candidate => ({
    type: "exclude",
    name: exclusion.name,
    columns: exclusion.parts.flatMap(({ column }) => column ?? []),
    create: data<CreateExcludeConstraint>({ kind: "createExcludeConstraint", table: name, exclusion }),
    without: ({ exclusions = [], ...rest }) => {
      const left = exclusions.filter((each) => each !== exclusion);
      return left.length === 0 ? rest : { ...rest, exclusions: left };
    },
  }));
  return [...primary, ...uniques, ...foreignKeys, ...checks, ...exclusions];
}

function matches(candidate: Candidate, { name, type, columns, expression }: DropConstraint): boolean {
  if (name !== null && candidate.name !== undefined) return candidate.name === name;
  // PostgreSQL names every primary key; a model that was not read from it may not know the name.
  if (name !== null) return type === "primaryKey" && candidate.type === "primaryKey";
  return candidate.type === type &&
    (columns === undefined || columns.join("\0") === candidate.columns.join("\0")) &&
    (expression === undefined || expression === candidate.expression);
}

function find(schema: Schema, operation: DropConstraint): Candidate | undefined {
  const table = tableOf(schema, operation.table, "dropConstraint");
  return candidates(table, operation.table).find((candidate) => matches(candidate, operation));
}

/**
 * The foreign keys that need a key: those that refer to its columns, unless another key on the same columns may be the
 * one that they stand on.
 */
export function dependentKeys(schema: Schema, operation: DropConstraint): readonly CreateForeignKey[] {
  const table = findTable(schema, operation.table);
  const found = table === undefined
    ? undefined
    : candidates(table, operation.table).find((candidate) => matches(candidate, operation));
  if (table === undefined || found === undefined || (found.type !== "primaryKey" && found.type !== "unique")) return [];
  const set = (columns: readonly string[]): string => [...columns].sort().join("\0");
  const wanted = set(found.columns);
  const plain = (index: Index): boolean => index.parts.every(({ column }) => column !== undefined);
  const others = [
    ...candidates(table, operation.table).filter((each) => each.create !== found.create && isKey(each))
      .filter(({ name, type }) => name !== found.name || type !== found.type)
      .map(({ columns }) => columns),
    ...table.indexes.filter((index) => index.unique && index.where === undefined && plain(index))
      .map(({ parts }) => parts.map(({ column = "" }) => column)),
  ];
  if (others.some((columns) => set(columns) === wanted)) return [];
  return schema.tables.flatMap((each) =>
    each.foreignKeys.filter((key) =>
      sameName(referenced(key), operation.table) && set(key.references.columns) === wanted
    ).map((key) => data<CreateForeignKey>({ kind: "createForeignKey", table: nameOf(each), key }))
  );
}

const isKey = ({ type }: Candidate): boolean => type === "primaryKey" || type === "unique";

function withoutKeys(schema: Schema, dropped: readonly CreateForeignKey[]): Schema {
  return dropped.reduce(
    (current: Schema, { table, key }) =>
      editTable(current, table, (found) => ({
        ...found,
        foreignKeys: found.foreignKeys.filter((each) => each !== key),
      })),
    schema,
  );
}

/**
 * Drops a constraint by its name. One without a name (SQLite) is found by `{ type, columns }`, a check by
 * `{ type: "check", expression }`.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropConstraint("posts_author_id_fkey", "posts", { type: "foreignKey" });
 * }
 * ```
 */
export const dropConstraint: OperationType<
  DropConstraint,
  [name: string | null, table: Name, options?: DropConstraintOptions]
> = {
  kind: "dropConstraint",
  create(name, table, options = {}) {
    if (name === "" || (name === null && options.type === undefined)) {
      throw invalid("dropConstraint", "a constraint is dropped by its name, or by its type and columns");
    }
    return {
      ...compact<DropConstraintOptions>({ ...options }),
      kind: "dropConstraint",
      name,
      table: toName("dropConstraint", table),
    };
  },
  args({ kind: _, name, table, ...options }) {
    return Object.keys(options).length === 0 ? [name, fromName(table)] : [name, fromName(table), options];
  },
  reverse(operation, before) {
    const found = find(before, operation);
    if (found === undefined) return null;
    const { table, cascade } = operation;
    return [
      found.create,
      ...(cascade ? dependentKeys(before, operation) : []),
      ...(found.name === undefined ? [] : [
        ...chosenAgain(before, table, found.name),
        ...saidAgain(before, refIn("constraint", table, found.name)),
      ]),
    ];
  },
  apply(schema, operation) {
    const found = find(schema, operation);
    if (found === undefined) {
      if (operation.ifExists) return schema;
      const what = operation.name === null ? `such ${operation.type} constraint` : `constraint "${operation.name}"`;
      throw invalid("dropConstraint", `"${displayName(operation.table)}" has no ${what}`);
    }
    const left = operation.cascade ? withoutKeys(schema, dependentKeys(schema, operation)) : schema;
    const { name } = found;
    const rest = editTable(left, operation.table, (table) => found.without(table));
    return name === undefined
      ? rest
      : forgotten(unchosen(rest, operation.table, name), refIn("constraint", operation.table, name));
  },
  compile({ name, table, ifExists, cascade }, { writer }) {
    if (name === null) throw invalid("dropConstraint", "this database drops a constraint by its name only");
    const sql = `ALTER TABLE ${writer.name(table)} DROP CONSTRAINT ${ifExists ? "IF EXISTS " : ""}` +
      writer.identifier(name) + (cascade ? " CASCADE" : "");
    return [statement(sql)];
  },
};
