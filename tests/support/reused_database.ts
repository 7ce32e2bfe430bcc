/**
 * Scratch databases of PostgreSQL that are emptied and used again: making one takes longer than a test in it.
 *
 * @module
 */
import type { Scratch } from "../../src/dialects/dialect.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { postgresUrl } from "./postgres_server.ts";

const EMPTY = `
  DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
      EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', one.extname);
    END LOOP;
    FOR one IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
      EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', one.nspname);
    END LOOP;
  END $$`;

const PUBLIC = [
  "CREATE SCHEMA public AUTHORIZATION pg_database_owner",
  "GRANT USAGE ON SCHEMA public TO PUBLIC",
  "COMMENT ON SCHEMA public IS 'standard public schema'",
];

/** What no schema holds. */
const LEFT = `SELECT 1 FROM pg_default_acl UNION ALL SELECT 1 FROM pg_event_trigger UNION ALL
  SELECT 1 FROM pg_publication UNION ALL SELECT 1 FROM pg_foreign_data_wrapper`;

/** Databases that are free. */
export class ReusedDatabases {
  #free: Scratch[] = [];

  /** An empty database; closing it gives it back. */
  readonly open = async (): Promise<Scratch> => {
    const scratch = this.#free.pop() ?? await postgres.openScratch({ url: await postgresUrl() });
    return { ...scratch, close: () => this.#takeBack(scratch) };
  };

  async #takeBack(scratch: Scratch): Promise<void> {
    await scratch.rollback();
    await scratch.reset();
    await scratch.query(EMPTY);
    for (const sql of PUBLIC) await scratch.query(sql);
    const { rows } = await scratch.query(LEFT);
    if (rows.length === 0) this.#free.push(scratch);
    else await scratch.close();
  }

  /** Drops them. */
  async close(): Promise<void> {
    for (const scratch of this.#free.splice(0)) await scratch.close();
  }
}
