import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostgresConnection } from "../../src/dialects/postgres/connection.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { type Operation, OPERATIONS as op, reverseOperations } from "../../src/operations/registry.ts";
import type { Schema } from "../../src/schema/model.ts";
import { applied, look, run, withConnection } from "./session.ts";

/** Every way in which an enum is used that a change of its values has to get past. */
const USES = `
CREATE TYPE state AS ENUM ('new', 'open', 'done', 'old');
CREATE DOMAIN live AS state DEFAULT 'open' CONSTRAINT live_check CHECK (VALUE <> 'done'::state);
CREATE TYPE pair AS (first state, second text);
CREATE TABLE states (state state PRIMARY KEY, label text);
CREATE TABLE jobs (
  id integer PRIMARY KEY,
  state state NOT NULL DEFAULT 'new',
  past state[] DEFAULT '{}',
  alive live,
  is_old boolean GENERATED ALWAYS AS (state = 'old'::state) STORED,
  CONSTRAINT jobs_state_fkey FOREIGN KEY (state) REFERENCES states (state) ON UPDATE CASCADE,
  CONSTRAINT jobs_check CHECK (state <> 'done'::state OR id > 0),
  CONSTRAINT jobs_past_key UNIQUE (state, id)
);
COMMENT ON CONSTRAINT jobs_check ON jobs IS 'Why';
COMMENT ON CONSTRAINT jobs_state_fkey ON jobs IS 'Whose';
CREATE INDEX jobs_open ON jobs (id) WHERE state = 'open'::state;
CREATE INDEX jobs_state ON jobs (state);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION is_open(s state) RETURNS boolean LANGUAGE sql AS 'SELECT s::text = ''open''';
CREATE TRIGGER jobs_trigger BEFORE UPDATE OF state ON jobs FOR EACH ROW WHEN (OLD.state <> NEW.state)
  EXECUTE FUNCTION noop();
ALTER TABLE jobs DISABLE TRIGGER jobs_trigger;
CREATE POLICY jobs_policy ON jobs USING (state <> 'old'::state);
CREATE VIEW open_jobs AS SELECT id, state FROM jobs WHERE is_open(state);
COMMENT ON VIEW open_jobs IS 'Open';
GRANT SELECT ON open_jobs TO PUBLIC;
CREATE VIEW open_ids AS SELECT id FROM open_jobs;
CREATE MATERIALIZED VIEW by_state AS SELECT state, count(*) AS n FROM jobs GROUP BY state;
CREATE UNIQUE INDEX by_state_key ON by_state (state);
CREATE VIEW ids AS SELECT id FROM jobs;
CREATE TABLE events (id integer, state state DEFAULT 'open', CHECK (state <> 'old'::state)) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
CREATE INDEX events_old ON events (id) WHERE state = 'done'::state;
INSERT INTO states VALUES ('new', 'n'), ('open', 'o'), ('old', 'x');
INSERT INTO jobs VALUES (1, 'new', '{old,new}', 'open'), (2, 'old', NULL, NULL);
INSERT INTO events VALUES (1, 'open'), (2, 'done');
REFRESH MATERIALIZED VIEW by_state;
`;

const ROWS = `
SELECT json_build_object(
  'jobs', (SELECT json_agg(to_jsonb(j) ORDER BY id) FROM jobs j),
  'states', (SELECT json_agg(s ORDER BY label) FROM states s),
  'events', (SELECT json_agg(e ORDER BY id) FROM events e),
  'by_state', (SELECT json_agg(b ORDER BY n, state::text) FROM by_state b),
  'grants', (SELECT relacl::text FROM pg_class WHERE relname = 'open_jobs')
) AS rows`;

async function held(connection: PostgresConnection): Promise<unknown> {
  return (await connection.query(ROWS)).rows[0]?.["rows"];
}

/** A generated column moves to the end of its table; what the server prints of a query is the server's. */
function comparable({ dependencies: _, ...schema }: Schema): unknown {
  const tables = schema.tables.map((table) => ({
    ...table,
    columns: table.columns.toSorted((a, b) => a.name < b.name ? -1 : 1),
  }));
  return { ...schema, tables };
}

test("the values of an enum change under everything that uses it", async () => {
  await withConnection(async (connection) => {
    await connection.batch(USES);
    const before = await look(connection);
    const rows = await held(connection);
    const operations = [op.alterEnum.create("state", ["old", "new", "open", "done", "more"])];
    await run(connection, operations);
    assert.deepEqual(comparable(await look(connection)), comparable(applied(before, operations)));
    assert.deepEqual(await held(connection), rows);
    await run(connection, reverseOperations(operations, before) ?? []);
    assert.deepEqual(comparable(await look(connection)), comparable(before));
    assert.deepEqual(await held(connection), rows);
  });
});

test("without the database's word on what needs what, the texts tell it", async () => {
  await withConnection(async (connection) => {
    await connection.batch(USES);
    const before = await look(connection);
    const rows = await held(connection);
    const operation = op.alterEnum.create("state", ["old", "new", "open", "done", "more"]);
    const offline = { ...before, dependencies: [] };
    for (const { sql } of postgres.compile([operation], { writer: postgres.writer, before: offline })) {
      await connection.query(sql);
    }
    assert.deepEqual(comparable(await look(connection)), comparable(applied(before, [operation])));
    assert.deepEqual(await held(connection), rows);
  });
});

test("a removed value becomes what it is mapped to: in rows, arrays, defaults and conditions", async () => {
  await withConnection(async (connection) => {
    await connection.batch(USES);
    // Two rows of the key must not become one.
    await connection.query("DELETE FROM jobs WHERE state = 'new'");
    await connection.query("UPDATE jobs SET past = '{old,new}'");
    await connection.query("DELETE FROM states WHERE state = 'new'");
    const before = await look(connection);
    const operations: readonly Operation[] = [
      op.alterEnum.create("state", ["open", "done", "next"], { map: { new: "next", old: "next" } }),
    ];
    await run(connection, operations);
    assert.deepEqual(comparable(await look(connection)), comparable(applied(before, operations)));
    const { rows } = await connection.query("SELECT id, state::text, past::text, alive::text, is_old FROM jobs");
    assert.deepEqual(rows, [{ id: 2, state: "next", past: "{next,next}", alive: null, is_old: true }]);
    const [row] = (await connection.query("INSERT INTO jobs (id) VALUES (3) RETURNING state::text")).rows;
    assert.deepEqual(row, { state: "next" });
  });
});

function refusal(before: Schema, values: readonly string[]): () => unknown {
  const operation = op.alterEnum.create("state", values);
  return () => postgres.compile([operation], { writer: postgres.writer, before });
}

test("what cannot be done is refused before any statement", async () => {
  await withConnection(async (connection) => {
    await connection.batch(USES);
    assert.throws(refusal(await look(connection), ["open", "done", "old"]), {
      code: "OPERATION_INVALID",
      message: /the value "new": it is the default of "jobs"\."state"/,
    });
    assert.throws(refusal(await look(connection), ["new", "done", "old"]), { message: /is the default of/ });
    await connection.query("CREATE TABLE pairs (p pair)");
    assert.throws(refusal(await look(connection), ["done", "old", "open", "new"]), {
      code: "UNSUPPORTED",
      message: /"pairs"\."p" holds it inside of "pair"/,
    });
    await connection.query("DROP TABLE pairs");
    await connection.query("CREATE TABLE parted (s state) PARTITION BY LIST (s)");
    assert.throws(refusal(await look(connection), ["done", "old", "open", "new"]), {
      code: "UNSUPPORTED",
      message: /"parted" is partitioned by a column of it/,
    });
  });
  assert.throws(() => op.alterEnum.create("e", ["a"], { map: { b: "c" } }), { message: /which is no value/ });
  assert.throws(() => op.alterEnum.create("e", ["a"], { map: { a: "a" } }), { message: /is not removed/ });
  assert.throws(() => op.alterEnum.create("e", ["a"], { map: { b: "c" } }), { code: "OPERATION_INVALID" });
});
