import { statement } from "../ddl/statement.ts";
import { compact, displayName, findTable } from "../schema/edit.ts";
import type { ObjectName } from "../schema/model.ts";
import { refIn } from "../schema/refs.ts";
import { fromName, invalid, type Name, requireName, tableOf, toName } from "./arguments.ts";
import type { CreateIndex } from "./create_index.ts";
import { withoutIndexes } from "./inheritance.ts";
import { chosenAgain, unchosen } from "./chosen_index.ts";
import { forgotten, saidAgain } from "./object_refs.ts";
import { materializedViewOf, withoutViewIndex } from "./view_indexes.ts";
import type { OperationType } from "./operation.ts";

/** What `op.dropIndex` takes beside name and table. */
export interface DropIndexOptions {
  readonly ifExists?: boolean;
  /** Drop without blocking; runs outside a transaction (PostgreSQL). */
  readonly concurrently?: boolean;
}

/** The data of `op.dropIndex`. */
export interface DropIndex extends DropIndexOptions {
  readonly kind: "dropIndex";
  readonly name: string;
  /** The table that the index is on: its schema is the index's. */
  readonly table: ObjectName;
}

/**
 * Drops an index.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.dropIndex("posts_slug_idx", "posts");
 * }
 * ```
 */
export const dropIndex: OperationType<DropIndex, [name: string, table: Name, options?: DropIndexOptions]> = {
  kind: "dropIndex",
  create(name, table, options = {}) {
    requireName("dropIndex", name);
    return {
      ...compact<DropIndexOptions>({ ifExists: options.ifExists, concurrently: options.concurrently }),
      kind: "dropIndex",
      name,
      table: toName("dropIndex", table),
    };
  },
  args({ name, table, ifExists, concurrently }) {
    const options = compact<DropIndexOptions>({ ifExists, concurrently });
    return Object.keys(options).length === 0 ? [name, fromName(table)] : [name, fromName(table), options];
  },
  reverse({ name, table, concurrently }, before) {
    const relation = materializedViewOf(before, table) ?? findTable(before, table);
    const found = relation?.indexes?.find((each) => each.name === name);
    if (found === undefined) return null;
    const { invalid, ...index } = found;
    const only = invalid && findTable(before, table)?.partitionBy !== undefined ? true : undefined;
    return [
      compact<CreateIndex>({ kind: "createIndex", table, index, concurrently, only }),
      ...chosenAgain(before, table, name),
      ...saidAgain(before, refIn("index", table, name)),
    ];
  },
  apply(schema, { name, table, ifExists }) {
    if (materializedViewOf(schema, table) !== undefined) {
      return withoutViewIndex(forgotten(schema, refIn("index", table, name)), table, name, ifExists ?? false);
    }
    if (!tableOf(schema, table, "dropIndex").indexes.some((index) => index.name === name) && !ifExists) {
      throw invalid("dropIndex", `"${displayName(table)}" has no index "${name}"`);
    }
    return unchosen(withoutIndexes(forgotten(schema, refIn("index", table, name)), table, name), table, name);
  },
  compile({ name, table, ifExists, concurrently }, { writer }) {
    const sql = `DROP INDEX ${concurrently ? "CONCURRENTLY " : ""}${ifExists ? "IF EXISTS " : ""}` +
      writer.name(table.schema === undefined ? { name } : { name, schema: table.schema });
    return [concurrently ? { sql, transactional: false } : statement(sql)];
  },
};
