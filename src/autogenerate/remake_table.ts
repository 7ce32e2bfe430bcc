/**
 * Tables that cannot become what the target asks for in place: another way of partitioning. Their rows are put aside, the
 * table is dropped and made again, and the rows come back.
 *
 * @module
 */
import type { SqlWriter } from "../ddl/writer.ts";
import type { Operation } from "../operations/registry.ts";
import { displayName, findColumn, nameOf, sameName } from "../schema/edit.ts";
import type { Column, ForeignKey, Table } from "../schema/model.ts";
import { referenced } from "../schema/order.ts";
import { limitName } from "../schema/naming.ts";
import { dropForeignKey } from "./compare_constraints.ts";
import type { Change, Findings } from "./comparison.ts";

/** Whether a table has to be made again. */
export function isRemade(current: Table, target: Table): boolean {
  return current.partitionBy !== target.partitionBy;
}

const counts = ({ type, identity }: Column): boolean =>
  identity !== undefined || /^(?:small|big)?serial\d?$/.test(type);

/** Lets the sequence of a column go on behind the greatest value that came back. */
function catchUp(writer: SqlWriter, table: Table, { name }: Column): Operation {
  const [full, column] = [writer.name(nameOf(table)), writer.identifier(name)];
  const sequence = `pg_get_serial_sequence(${writer.literal(full)}, ${writer.literal(name)})`;
  return {
    kind: "execute",
    sql: `SELECT setval(${sequence}, max(${column})) FROM ${full} HAVING max(${column}) > 0`,
  };
}

/**
 * The changes that make a table again.
 *
 * @param writer quotes the names in the statements that move the rows
 */
export function remakeTable(writer: SqlWriter, current: Table, made: Table): Findings {
  const aside = writer.identifier(limitName(`limbeck_rows_of_${current.name}`));
  const name = writer.name(nameOf(made));
  const kept = made.columns.filter((column) => column.generated === undefined && findColumn(current, column.name));
  const columns = kept.map((column) => writer.identifier(column.name)).join(", ");
  const overriding = made.columns.some(({ identity }) => identity?.generation === "always")
    ? " OVERRIDING SYSTEM VALUE"
    : "";
  const execute = (sql: string): Operation => ({ kind: "execute", sql });
  const drop: Change = {
    phase: "dropTable",
    operations: [
      execute(`CREATE TEMPORARY TABLE ${aside} AS SELECT * FROM ${writer.name(nameOf(current))}`),
      { kind: "dropTable", table: nameOf(current) },
    ],
  };
  const back: Change = {
    phase: "moveRows",
    operations: [
      ...(kept.length === 0
        ? []
        : [execute(`INSERT INTO ${name} (${columns})${overriding} SELECT ${columns} FROM ${aside}`)]),
      execute(`DROP TABLE ${aside}`),
      ...kept.filter(counts).map((column) => catchUp(writer, made, column)),
    ],
  };
  const isOwn = (table: Table) => (key: ForeignKey): boolean => sameName(referenced(key), table);
  const others = made.foreignKeys.filter((key) => !isOwn(made)(key));
  const own = { ...made, foreignKeys: made.foreignKeys.filter(isOwn(made)) };
  return {
    changes: [
      // Keys to other tables are none of the table's while it is made: those may be made again too, in a circle.
      ...current.foreignKeys.filter((key) => !isOwn(current)(key)).map((key) => dropForeignKey(nameOf(current), key)),
      drop,
      { phase: "createTable", operations: [{ kind: "createTable", table: own }] },
      back,
      ...others.map((key): Change => ({
        phase: "createForeignKey",
        table: nameOf(made),
        operations: [{ kind: "createForeignKey", table: nameOf(made), key }],
      })),
    ],
    warnings: [
      `"${
        displayName(current)
      }" is partitioned otherwise: it is dropped and made again, and every row is copied twice. ` +
      "Nobody can use the table meanwhile, and what it costs grows with it",
    ],
  };
}
