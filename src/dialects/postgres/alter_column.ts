/**
 * `op.alterColumn` as PostgreSQL's SQL.
 *
 * The default SQL does not know what the column was. Here, where the schema before is known: a default that the new type
 * would refuse is dropped and set again, a collation is kept, an identity that is there is changed and not added, and
 * `serial`, which is no type but a sequence and a default, is made and taken apart.
 *
 * @module
 */
import { collationName } from "../../ddl/writer.ts";
import { columnDefinition, identityOptions } from "../../ddl/definitions.ts";
import { type Hazard, type Statement, statement } from "../../ddl/statement.ts";
import { LimbeckError } from "../../errors.ts";
import { type AlterColumn, changedColumn, type ColumnChanges } from "../../operations/alter_column.ts";
import { dropColumn } from "../../operations/drop_column.ts";
import type { CompileContext } from "../../operations/operation.ts";
import { applyOperation, compileDefault } from "../../operations/registry.ts";
import { displayName, findColumn, findTable } from "../../schema/edit.ts";
import type { Column, Identity, ObjectName, Table } from "../../schema/model.ts";
import { columnComment, columnExtras, settingClauses } from "./column_settings.ts";
import { alwaysFits, firstWith, keepsRows, provesNotNull, rewrite, scan } from "./hazards.ts";
import { integerOfSerial } from "./types.ts";
import { writer } from "./writer.ts";

/** The column, what it was where that is known, and how its clauses begin. */
interface Target {
  readonly table: ObjectName;
  readonly column: string;
  readonly before: Column | undefined;
  /** The table before, where it is known. */
  readonly owner: Table | undefined;
}

const alterTable = ({ table }: Target, clauses: readonly string[]): string =>
  `ALTER TABLE ${writer.name(table)} ${clauses.join(", ")}`;

const alter = ({ column }: Target, clause: string): string => `ALTER COLUMN ${writer.identifier(column)} ${clause}`;

/** The expression that finds the sequence of a column, whatever its name. */
const sequenceOf = ({ table, column }: Target): string =>
  `pg_get_serial_sequence(${writer.literal(writer.name(table))}, ${writer.literal(column)})`;

/** Lets a sequence go on behind the greatest value that is there. */
function catchUp(target: Target): Statement {
  const [name, column] = [writer.name(target.table), writer.identifier(target.column)];
  return statement(`SELECT setval(${sequenceOf(target)}, max(${column})) FROM ${name} HAVING max(${column}) > 0`);
}

/** Runs DDL on the sequence of a column, whose name only the server knows. */
function onSequence(target: Target, format: string): Statement {
  const call = `EXECUTE format(${writer.literal(format)}, ${sequenceOf(target)})`;
  return statement(`DO $limbeck$ BEGIN ${call}; END $limbeck$`);
}

/** The name that `serial` gives its sequence, cut to 63 bytes where it is longer. */
function sequenceName({ table, column }: Target): ObjectName {
  const name = `${table.name}_${column}_seq`;
  return table.schema === undefined ? { name } : { schema: table.schema, name };
}

/** Makes an integer column a serial one. */
function makeSerial(target: Target, type: string): readonly Statement[] {
  const sequence = writer.name(sequenceName(target));
  const column = `${writer.name(target.table)}.${writer.identifier(target.column)}`;
  return [
    statement(`CREATE SEQUENCE ${sequence} AS ${type} OWNED BY ${column}`),
    statement(alterTable(target, [alter(target, `SET DEFAULT nextval(${writer.literal(sequence)}::regclass)`)])),
    catchUp(target),
  ];
}

const isDown = ({ increment }: Identity): boolean => increment !== undefined && BigInt(increment) < 0n;

/** `SET …` of every option of an identity, those that are left out as the server would choose them. */
function identityChanges(identity: Identity, before: Identity): string {
  const { generation, start, increment, minValue, maxValue, cache, cycle } = identity;
  const down = isDown(identity);
  const usualStart = down ? maxValue ?? -1 : minValue ?? 1;
  return [
    `SET GENERATED ${generation === "always" ? "ALWAYS" : "BY DEFAULT"}`,
    `SET INCREMENT BY ${BigInt(increment ?? 1)}`,
    minValue === undefined ? "SET NO MINVALUE" : `SET MINVALUE ${BigInt(minValue)}`,
    maxValue === undefined ? "SET NO MAXVALUE" : `SET MAXVALUE ${BigInt(maxValue)}`,
    `SET START WITH ${BigInt(start ?? usualStart)}`,
    `SET CACHE ${BigInt(cache ?? 1)}`,
    cycle ? "SET CYCLE" : "SET NO CYCLE",
    // Where it has got to is on the other side of its bounds.
    ...(down === isDown(before) ? [] : ["RESTART"]),
  ].join(" ");
}

function identityClause(identity: Identity | null | undefined, before: Column | undefined): string | undefined {
  if (identity === undefined) return undefined;
  if (identity === null) return "DROP IDENTITY";
  if (before?.identity !== undefined) return identityChanges(identity, before.identity);
  const options = identityOptions(identity);
  const generation = identity.generation === "always" ? "ALWAYS" : "BY DEFAULT";
  return `ADD GENERATED ${generation} AS IDENTITY${options === "" ? "" : ` (${options})`}`;
}

function typeClause({ type, using, collation }: ColumnChanges, before: Column | undefined): string | undefined {
  const plain = type === undefined ? undefined : integerOfSerial(type) ?? type;
  const old = before === undefined ? undefined : integerOfSerial(before.type) ?? before.type;
  if (collation === undefined && (plain === undefined || plain === old) && using === undefined) return undefined;
  if (plain === undefined && old === undefined) {
    throw new LimbeckError("UNSUPPORTED", "Cannot change the collation of a column without its type", {
      hint: "Say the type too: op.alterColumn(table, column, { type, collation })",
    });
  }
  // A type without a collation would take away the one that is there.
  const kept = collation === undefined ? before?.collation : collation ?? undefined;
  return `TYPE ${plain ?? old}${kept === undefined ? "" : ` COLLATE ${collationName(writer, kept)}`}` +
    (using === undefined ? "" : ` USING ${using}`);
}

/** The clauses of one `ALTER TABLE`; the server runs what drops first, then types, then the rest. */
function clauses(changes: ColumnChanges, before: Column | undefined): readonly string[] {
  const { type, nullable, default: value, identity, generated } = changes;
  const typed = typeClause(changes, before);
  const retyped = typed !== undefined && type !== undefined;
  const old = before?.default;
  const wasSerial = before !== undefined && integerOfSerial(before.type) !== undefined;
  const leavesSerial = wasSerial && type !== undefined && integerOfSerial(type) === undefined;
  const drops = value === null || leavesSerial ||
    (retyped && (before === undefined ? value !== undefined : old !== undefined));
  const set = value === undefined ? (retyped && !leavesSerial ? old : undefined) : value ?? undefined;
  const all = [
    drops ? "DROP DEFAULT" : undefined,
    generated === null ? "DROP EXPRESSION" : undefined,
    identity === null ? identityClause(null, before) : undefined,
    typed,
    set === undefined ? undefined : `SET DEFAULT ${set}`,
    nullable === undefined ? undefined : nullable ? "DROP NOT NULL" : "SET NOT NULL",
    identity === null ? undefined : identityClause(identity, before),
    ...settingClauses(changes, type ?? before?.type ?? "text"),
  ];
  return all.filter((clause) => clause !== undefined);
}

const plainType = (type: string): string => integerOfSerial(type) ?? type;

function hazards({ table, column, before, owner }: Target, changes: ColumnChanges): readonly Hazard[] {
  const { type, using, nullable, collation } = changes;
  const name = `"${displayName(table)}"."${column}"`;
  const retyped: readonly Hazard[] = type === undefined || (before !== undefined && using === undefined &&
      keepsRows(plainType(before.type), plainType(type)))
    ? []
    : [
      ...rewrite(`The values of ${name} are converted`, "Add a new column, fill it in batches, and rename it"),
      ...(before !== undefined && using === undefined && alwaysFits(plainType(before.type), plainType(type))
        ? []
        : [{ kind: "mayFail" as const, reason: `A value of ${name} may not fit ${type}` }]),
    ];
  const indexed = owner?.indexes.some(({ parts }) => parts.some((part) => part.column === column)) ||
    [owner?.primaryKey, ...owner?.uniques ?? []].some((key) => key?.columns.includes(column));
  if (collation !== undefined && retyped.length === 0 && indexed) {
    return [scan(`The indexes on ${name} are built anew`, "Build a new index with the collation first")];
  }
  if (nullable !== false || before?.nullable === false) return retyped;
  if (owner !== undefined && provesNotNull(owner, column)) return retyped;
  const advice = "Add a check (column IS NOT NULL) as NOT VALID and validate it before: then no row is read here";
  return [
    ...retyped,
    { kind: "mayFail", reason: `${name} may hold NULL in some row` },
    scan(`${name} is looked through for NULL`, advice),
  ];
}

/** Drops and adds a generated column: the one way to another rule on every version. It moves to the end of its table. */
function regenerate(
  { table, column, changes }: AlterColumn,
  context: CompileContext,
  before: Column,
): readonly Statement[] {
  const { newName: _, ...rest } = changes;
  const changed = changedColumn(before, rest);
  const drop = dropColumn.create(table, column);
  const restore = (dropColumn.reverse(drop, context.before) ?? []).slice(1);
  const without = applyOperation(context.before, drop);
  return [
    statement(
      alterTable({ table, column, before, owner: undefined }, [
        `DROP COLUMN ${writer.identifier(column)}`,
        `ADD COLUMN ${columnDefinition(writer, changed)}`,
      ]),
      rewrite(`"${displayName(table)}"."${column}" is computed anew`),
    ),
    ...columnExtras(table, [changed]),
    ...restore.flatMap((operation) => compileDefault(operation, { ...context, before: without })),
  ];
}

function serialSteps(target: Target, type: string | undefined, after: boolean): readonly Statement[] {
  if (type === undefined || target.before === undefined) return [];
  const [was, is] = [integerOfSerial(target.before.type), integerOfSerial(type)];
  if (!after) return was !== undefined && is === undefined ? [onSequence(target, "DROP SEQUENCE %s CASCADE")] : [];
  if (was === undefined && is !== undefined) return makeSerial(target, is);
  return was !== undefined && is !== undefined && was !== is ? [onSequence(target, `ALTER SEQUENCE %s AS ${is}`)] : [];
}

/**
 * Writes a change of a column.
 *
 * @throws `UNSUPPORTED` for a plain column that shall be generated, for `autoincrement`, and for a collation without the
 *   type where the schema before is not known
 */
export function compileAlterColumn(operation: AlterColumn, context: CompileContext): readonly Statement[] {
  const { table, column, changes } = operation;
  const found = findTable(context.before, table);
  const before = found === undefined ? undefined : findColumn(found, column);
  const target: Target = { table, column, before, owner: found };
  if (changes.autoincrement) throw unsupported(target, "AUTOINCREMENT is SQLite's", "Give it an identity");
  const rename = changes.newName === undefined ? [] : [statement(
    `ALTER TABLE ${writer.name(table)} RENAME COLUMN ${writer.identifier(column)} TO ${
      writer.identifier(changes.newName)
    }`,
  )];
  if (changes.generated) {
    if (before?.generated === undefined) {
      throw unsupported(target, "a column with values of its own cannot become generated", "Drop it and add it again");
    }
    return [...regenerate(operation, context, before), ...rename];
  }
  const parts = clauses(changes, before).map((clause) => alter(target, clause));
  const { type, identity } = changes;
  const numbers = identity && before !== undefined && before.identity === undefined && identity.start === undefined;
  return [
    ...serialSteps(target, type, false),
    ...(parts.length === 0 ? [] : firstWith([statement(alterTable(target, parts))], hazards(target, changes))),
    ...serialSteps(target, type, true),
    ...(numbers ? [catchUp(target)] : []),
    ...(changes.comment === undefined ? [] : [columnComment(table, column, changes.comment)]),
    ...rename,
  ];
}

function unsupported({ table, column }: Target, reason: string, hint: string): LimbeckError {
  return new LimbeckError("UNSUPPORTED", `Cannot change "${displayName(table)}"."${column}" on PostgreSQL: ${reason}`, {
    hint,
  });
}
