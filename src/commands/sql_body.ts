/**
 * Operations as the SQL of a revision file.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import type { Schema } from "../schema/model.ts";

/** The SQL of one direction. */
export interface SqlBody {
  readonly text: string;
  /** False where a statement must run outside a transaction. */
  readonly transactional: boolean;
}

/**
 * Writes operations as a script, each statement ended by a semicolon.
 *
 * @param before the schema before the first of them
 */
export function sqlBody(operations: readonly Operation[], before: Schema, dialect: Dialect): SqlBody {
  const statements: Statement[] = [];
  let schema = before;
  for (const group of dialect.group(operations)) {
    statements.push(...dialect.compile(group, { writer: dialect.writer, before: schema }));
    schema = group.reduce(applyOperation, schema);
  }
  const bound = statements.find(({ params }) => params !== undefined && params.length > 0);
  if (bound !== undefined) {
    throw new LimbeckError("UNSUPPORTED", "Cannot write a statement with bound values into a SQL revision", {
      hint: "Use --format ts",
      facts: { sql: bound.sql },
    });
  }
  return {
    text: statements.map(({ sql }) => `${sql};\n`).join("\n"),
    transactional: statements.every(({ transactional }) => transactional !== false),
  };
}
