import { connect, type PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { applyOperation, type Operation } from "../../src/operations/registry.ts";
import type { Schema } from "../../src/schema/model.ts";
import { withDatabase } from "../support/postgres_server.ts";

/** Runs a function with a connection to a fresh database. */
export async function withConnection(
  fn: (connection: PostgresConnection, url: string) => Promise<void>,
): Promise<void> {
  await withDatabase(async (url) => {
    const connection = await connect({ url });
    try {
      await fn(connection, url);
    } finally {
      await connection.close();
    }
  });
}

/** What the whole database looks like, without the dependencies: they are not compared. */
export async function look(connection: PostgresConnection): Promise<Schema> {
  return { ...await postgres.inspect(connection, { schemas: "all" }), dependencies: [] };
}

/** Compiles and runs operations, each with the schema as it is before it, as a migration does. */
export async function run(connection: PostgresConnection, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) {
    const before = await postgres.inspect(connection, { schemas: "all" });
    for (const { sql, params } of postgres.compile([operation], { writer: postgres.writer, before })) {
      await connection.query(sql, params);
    }
  }
}

/** The model after operations. */
export function applied(schema: Schema, operations: readonly Operation[]): Schema {
  return operations.reduce((before: Schema, operation) => applyOperation(before, operation), schema);
}
