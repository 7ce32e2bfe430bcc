import type { Operation } from "../../src/operations/registry.ts";

/** What is there before each case: one of every kind of object that is no table. */
export const OBJECTS = `
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE shop.state AS ENUM ('new', 'done');
CREATE DOMAIN email AS text DEFAULT 'a@b' CONSTRAINT email_at CHECK (VALUE LIKE '%@%');
CREATE TYPE address AS (street text, zip varchar(10));
CREATE SEQUENCE numbers START WITH 10;
CREATE DOMAIN free_domain AS text NOT NULL;
COMMENT ON DOMAIN free_domain IS 'Free';
CREATE TYPE pair AS (a text, b text);
GRANT USAGE ON TYPE pair TO limbeck_web;
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE TABLE notes (
  id integer PRIMARY KEY,
  owner_name text NOT NULL,
  body text,
  mood mood DEFAULT 'ok',
  moods mood[],
  state shop.state,
  home address,
  mail email,
  CONSTRAINT notes_mood CHECK (mood <> 'sad'::mood)
);
COMMENT ON TYPE mood IS 'How one feels';
CREATE TABLE shop.items (id integer PRIMARY KEY, note_id integer REFERENCES notes (id), state shop.state DEFAULT 'new');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
COMMENT ON FUNCTION add(integer, integer) IS 'Adds';
CREATE PROCEDURE purge(days integer) LANGUAGE sql AS 'DELETE FROM notes WHERE id < days';
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
CREATE TRIGGER notes_touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY notes_own ON notes USING (owner_name = CURRENT_USER);
CREATE VIEW owners AS SELECT owner_name, count(*) AS notes FROM notes GROUP BY owner_name;
COMMENT ON VIEW owners IS 'Who writes';
GRANT SELECT ON owners TO limbeck_web;
CREATE VIEW short WITH (security_barrier = true) AS SELECT id, body FROM notes;
CREATE MATERIALIZED VIEW counts AS SELECT owner_name, count(*) AS notes FROM notes GROUP BY owner_name;
CREATE UNIQUE INDEX counts_key ON counts (owner_name);
CREATE RULE no_delete AS ON DELETE TO short DO INSTEAD NOTHING;
CREATE STATISTICS notes_stats ON owner_name, body FROM notes;
GRANT SELECT, UPDATE ON notes TO limbeck_web;
GRANT INSERT ON notes TO limbeck_web WITH GRANT OPTION;
`;

/** A case: what is done, and the SQL that it has to be. */
export interface ObjectCase {
  readonly operations: readonly Operation[];
  readonly sql: readonly string[];
  /** There is no way back. */
  readonly final?: boolean;
  /** The server's version that it needs. */
  readonly since?: number;
}
