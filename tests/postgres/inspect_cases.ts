import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import type { Schema } from "../../src/schema/model.ts";
import { withConnection } from "./session.ts";

/** A database, and what of it `inspect` must tell: of each list that is named, all of it. */
export interface InspectCase {
  readonly ddl: string;
  /** The oldest major version of PostgreSQL that takes the DDL. */
  readonly since?: number;
  readonly expected: Partial<Schema>;
}

/** One test for each case. On an older server than the case needs, the server must refuse the DDL. */
export function inspectCases(cases: { readonly [name: string]: InspectCase }): void {
  for (const [name, { ddl, since = 14, expected }] of Object.entries(cases)) {
    test(name, async () => {
      await withConnection(async (connection) => {
        const { rows } = await connection.query<{ version: string }>(
          "SELECT current_setting('server_version') AS version",
        );
        if (Number.parseInt(rows[0]?.version ?? "") < since) {
          await assert.rejects(connection.batch(ddl));
          return;
        }
        await connection.batch(ddl);
        const schema = await postgres.inspect(connection, { schemas: "all" });
        const keys = Object.keys(expected) as (keyof Schema)[];
        assert.deepEqual(Object.fromEntries(keys.map((key) => [key, schema[key]])), expected);
      });
    });
  }
}

/** A table without keys and indexes. */
export const PLAIN = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
