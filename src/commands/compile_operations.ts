/**
 * Operations as SQL, without a database to ask in between.
 *
 * @module
 */
import type { Statement } from "../ddl/statement.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { segments } from "../operations/autocommit_block.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import type { Schema } from "../schema/model.ts";

/**
 * The statements of a list of operations.
 *
 * @param before the schema before the first of them; what each operation does to it is worked out, not looked up
 * @throws `OPERATION_INVALID`, `UNSUPPORTED`
 */
export function compileOperations(
  operations: readonly Operation[],
  before: Schema,
  dialect: Dialect,
): readonly Statement[] {
  const statements: Statement[] = [];
  let schema = before;
  for (const { autocommit, operations: some } of segments(operations)) {
    for (const group of dialect.group(some)) {
      const compiled = dialect.compile(group, { writer: dialect.writer, before: schema });
      statements.push(...autocommit ? compiled.map((each) => ({ ...each, transactional: false })) : compiled);
      schema = group.reduce(applyOperation, schema);
    }
  }
  return statements;
}
