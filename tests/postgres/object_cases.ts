import { type Operation, OPERATIONS as op } from "../../src/operations/registry.ts";

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

const TOUCH = "CREATE FUNCTION touch2() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
const STATS = {
  type: "statistics",
  name: "notes_stats2",
  definition: "CREATE STATISTICS notes_stats2 ON id, body FROM notes",
  drop: "DROP STATISTICS notes_stats2",
};
const WEB = "limbeck_web";

/** Each operation, in the forms that differ. */
export const CASES: { readonly [title: string]: ObjectCase } = {
  "createDomain: all there is": {
    operations: [op.createDomain.create({ schema: "shop", name: "Price" }, {
      type: "numeric(10,2)",
      nullable: false,
      default: "0",
      checks: [{ name: "positive", expression: "VALUE >= 0::numeric" }],
    })],
    sql: [
      'CREATE DOMAIN shop."Price" AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0::numeric)',
    ],
  },
  "createDomain: a check that is not valid": {
    operations: [
      op.createDomain.create("tag", {
        type: "text",
        collation: "C",
        checks: [{ name: "tag_short", expression: "length(VALUE) < 9", notValid: true }],
      }),
    ],
    sql: [
      'CREATE DOMAIN tag AS text COLLATE "C"',
      "ALTER DOMAIN tag ADD CONSTRAINT tag_short CHECK (length(VALUE) < 9) NOT VALID",
    ],
  },
  "alterDomain: default, null and checks": {
    operations: [
      op.alterDomain.create("email", {
        default: null,
        nullable: false,
        dropChecks: ["email_at"],
        addChecks: [{ name: "email_long", expression: "length(VALUE) > 3", notValid: true }],
      }),
      op.alterDomain.create("email", { validateChecks: ["email_long"] }),
    ],
    sql: [
      "ALTER DOMAIN email DROP CONSTRAINT email_at",
      "ALTER DOMAIN email DROP DEFAULT",
      "ALTER DOMAIN email SET NOT NULL",
      "ALTER DOMAIN email ADD CONSTRAINT email_long CHECK (length(VALUE) > 3) NOT VALID",
      "ALTER DOMAIN email VALIDATE CONSTRAINT email_long",
    ],
  },
  "dropDomain": {
    operations: [op.dropDomain.create("free_domain")],
    sql: ["DROP DOMAIN free_domain"],
  },
  "createCompositeType": {
    operations: [
      op.createCompositeType.create("point2", [{ name: "x", type: "integer" }, {
        name: "Label",
        type: "text",
        collation: "C",
      }]),
    ],
    sql: ['CREATE TYPE point2 AS (x integer, "Label" text COLLATE "C")'],
  },
  "alterCompositeType: everything": {
    operations: [
      op.createCompositeType.create("free", [{ name: "a", type: "text" }, { name: "b", type: "text" }]),
      op.alterCompositeType.create("free", {
        addAttributes: [{ name: "c", type: "integer" }],
        alterAttributes: [{ name: "a", type: "varchar(5)" }],
        renameAttributes: { a: "first" },
      }),
      op.alterCompositeType.create("free", { dropAttributes: ["c"] }),
    ],
    sql: [
      "CREATE TYPE free AS (a text, b text)",
      "ALTER TYPE free ALTER ATTRIBUTE a TYPE varchar(5), ADD ATTRIBUTE c integer",
      "ALTER TYPE free RENAME ATTRIBUTE a TO first",
      "ALTER TYPE free DROP ATTRIBUTE c",
    ],
  },
  "alterCompositeType: of a table's column": {
    operations: [op.alterCompositeType.create("address", { addAttributes: [{ name: "city", type: "text" }] })],
    sql: ["ALTER TYPE address ADD ATTRIBUTE city text"],
  },
  "dropType: composite": {
    operations: [op.dropType.create("pair")],
    sql: ["DROP TYPE pair"],
  },
  "dropType: an enum": {
    operations: [op.createEnum.create("e", ["a"]), op.dropType.create("e", { ifExists: true })],
    sql: ["CREATE TYPE e AS ENUM ('a')", "DROP TYPE IF EXISTS e"],
  },
  "renameType: an enum, with columns, defaults and checks": {
    operations: [op.renameType.create("mood", "Feeling")],
    sql: ['ALTER TYPE mood RENAME TO "Feeling"'],
  },
  "renameType: an enum of another schema": {
    operations: [op.renameType.create({ schema: "shop", name: "state" }, "status")],
    sql: ["ALTER TYPE shop.state RENAME TO status"],
  },
  "renameType: a domain": {
    operations: [op.renameType.create("email", "mail_address")],
    sql: ["ALTER TYPE email RENAME TO mail_address"],
  },
  "renameType: a composite type": {
    operations: [op.renameType.create("address", "place")],
    sql: ["ALTER TYPE address RENAME TO place"],
  },
  "renameEnumValue": {
    operations: [op.renameEnumValue.create("mood", "ok", "it's ok"), op.renameEnumValue.create("mood", "sad", "low")],
    sql: ["ALTER TYPE mood RENAME VALUE 'ok' TO 'it''s ok'", "ALTER TYPE mood RENAME VALUE 'sad' TO 'low'"],
  },
  "createSequence: all there is": {
    operations: [
      op.createSequence.create({ schema: "shop", name: "no" }, {
        type: "integer",
        increment: 5,
        minValue: 5,
        maxValue: 1000,
        start: 10,
        cache: 3,
        cycle: true,
        ownedBy: { schema: "shop", table: "items", column: "id" },
      }),
    ],
    sql: [
      "CREATE SEQUENCE shop.no AS integer INCREMENT BY 5 MINVALUE 5 MAXVALUE 1000 START WITH 10 CACHE 3 CYCLE " +
      "OWNED BY shop.items.id",
    ],
  },
  "createSequence: unlogged": {
    operations: [op.createSequence.create("fast", { unlogged: true })],
    sql: ["CREATE UNLOGGED SEQUENCE fast"],
    since: 15,
  },
  "alterSequence: options, name": {
    operations: [
      op.alterSequence.create("numbers", { increment: 2, start: 20, cache: 4, cycle: true, maxValue: 99 }),
      op.alterSequence.create("numbers", { maxValue: null, cycle: null, restart: 30, newName: "No" }),
    ],
    sql: [
      "ALTER SEQUENCE numbers INCREMENT BY 2 MAXVALUE 99 START WITH 20 CACHE 4 CYCLE",
      "ALTER SEQUENCE numbers NO MAXVALUE NO CYCLE RESTART WITH 30",
      'ALTER SEQUENCE numbers RENAME TO "No"',
    ],
  },
  "dropSequence": { operations: [op.dropSequence.create("numbers")], sql: ["DROP SEQUENCE numbers"] },
  "createExtension and dropExtension": {
    operations: [op.createExtension.create("pg_trgm", { schema: "shop", ifNotExists: true })],
    sql: ["CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA shop"],
  },
  "alterExtension": {
    operations: [
      op.createExtension.create("pg_trgm", { schema: "public" }),
      op.alterExtension.create("pg_trgm", { schema: "shop" }),
    ],
    sql: ["CREATE EXTENSION pg_trgm SCHEMA public", "ALTER EXTENSION pg_trgm SET SCHEMA shop"],
  },
  "createCollation": {
    operations: [
      op.createCollation.create("any_case", { provider: "icu", locale: "und-u-ks-level2", deterministic: false }),
    ],
    sql: ["CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"],
  },
  "dropCollation": { operations: [op.dropCollation.create("plain")], sql: ["DROP COLLATION plain"] },
  "renameSchema": {
    operations: [op.renameSchema.create("shop", "Store")],
    sql: ['ALTER SCHEMA shop RENAME TO "Store"'],
  },
  "createView: columns and options": {
    operations: [
      op.createView.create("v", "select id, body from notes;", {
        columns: ["a", "B"],
        with: { security_barrier: "true", check_option: "local" },
      }),
    ],
    sql: ['CREATE VIEW v (a, "B") WITH (security_barrier = true, check_option = local) AS\nselect id, body from notes'],
  },
  "replaceView: another column, options gone": {
    operations: [op.replaceView.create("short", "select id, body, owner_name from notes")],
    sql: ["CREATE OR REPLACE VIEW short AS\nselect id, body, owner_name from notes"],
  },
  "dropView: with its comment and rights": {
    operations: [op.dropView.create("owners")],
    sql: ["DROP VIEW owners"],
  },
  "dropView: with its rule": { operations: [op.dropView.create("short")], sql: ["DROP VIEW short"] },
  "renameView": {
    operations: [
      op.renameView.create("owners", "Authors"),
      op.renameView.create("counts", "c", { materialized: true }),
    ],
    sql: ['ALTER VIEW owners RENAME TO "Authors"', "ALTER MATERIALIZED VIEW counts RENAME TO c"],
  },
  "createMaterializedView": {
    operations: [
      op.createMaterializedView.create("m", "select id, body from notes", {
        with: { fillfactor: "70" },
        indexes: [{ name: "m_id", columns: ["id"], unique: true }],
        withNoData: true,
      }),
      op.refreshMaterializedView.create("m"),
    ],
    sql: [
      "CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS\nselect id, body from notes\nWITH NO DATA",
      "CREATE UNIQUE INDEX m_id ON m (id)",
      "REFRESH MATERIALIZED VIEW m",
    ],
  },
  "a materialized view's parameters, indexes and rows": {
    operations: [
      op.alterMaterializedView.create("counts", { with: { fillfactor: "70" } }),
      op.refreshMaterializedView.create("counts", { concurrently: true }),
      op.createIndex.create("counts_notes", "counts", ["notes"]),
      op.dropIndex.create("counts_key", "counts"),
    ],
    sql: [
      "ALTER MATERIALIZED VIEW counts SET (fillfactor = 70)",
      "REFRESH MATERIALIZED VIEW CONCURRENTLY counts",
      "CREATE INDEX counts_notes ON counts (notes)",
      "DROP INDEX counts_key",
    ],
  },
  "dropMaterializedView": {
    operations: [op.dropMaterializedView.create("counts")],
    sql: ["DROP MATERIALIZED VIEW counts"],
  },
  "createFunction": { operations: [op.createFunction.create("touch2", "", TOUCH)], sql: [TOUCH] },
  "createFunction: replaces": {
    operations: [
      op.createFunction.create(
        "add",
        "integer, integer",
        "create or replace function add(a integer, b integer) returns integer language sql as 'select b + a'",
      ),
    ],
    sql: ["create or replace function add(a integer, b integer) returns integer language sql as 'select b + a'"],
  },
  "createFunction: an overload and a procedure": {
    operations: [
      op.createFunction.create(
        "add",
        "text, text",
        "CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b'",
      ),
      op.createFunction.create("p", "", "CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM notes'", {
        type: "procedure",
      }),
    ],
    sql: [
      "CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b'",
      "CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM notes'",
    ],
  },
  "dropFunction: of each type": {
    operations: [
      op.dropFunction.create("add", "integer, integer"),
      op.dropFunction.create("purge", "integer", { type: "procedure" }),
      op.dropFunction.create("total", "integer", { type: "aggregate" }),
    ],
    sql: ["DROP FUNCTION add(integer, integer)", "DROP PROCEDURE purge(integer)", "DROP AGGREGATE total(integer)"],
  },
  "createTrigger: in parts": {
    operations: [
      op.createTrigger.create("t1", "notes", {
        timing: "before",
        events: ["insert", { update: ["body", "mood"] }],
        when: "new.body is not null",
        execute: "touch()",
      }),
      op.createTrigger.create("t2", { schema: "shop", name: "items" }, {
        timing: "after",
        events: ["update"],
        forEach: "statement",
        referencing: { oldTable: "old_rows", newTable: "new_rows" },
        execute: "touch()",
      }),
      op.createTrigger.create("t3", "notes", {
        timing: "after",
        events: ["delete"],
        constraint: true,
        deferrable: true,
        initially: "deferred",
        execute: "touch()",
      }),
    ],
    sql: [
      'CREATE TRIGGER "t1" BEFORE INSERT OR UPDATE OF "body", "mood" ON "notes" FOR EACH ROW ' +
      "WHEN (new.body is not null) EXECUTE FUNCTION touch()",
      'CREATE TRIGGER "t2" AFTER UPDATE ON "shop"."items" REFERENCING OLD TABLE AS "old_rows" ' +
      'NEW TABLE AS "new_rows" FOR EACH STATEMENT EXECUTE FUNCTION touch()',
      'CREATE CONSTRAINT TRIGGER "t3" AFTER DELETE ON "notes" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW ' +
      "EXECUTE FUNCTION touch()",
    ],
  },
  "dropTrigger": {
    operations: [op.dropTrigger.create("notes_touch", "notes")],
    sql: ["DROP TRIGGER notes_touch ON notes"],
  },
  "enableTrigger and disableTrigger": {
    operations: [
      op.disableTrigger.create("notes_touch", "notes"),
      op.enableTrigger.create("notes_touch", "notes", { mode: "always" }),
      op.enableTrigger.create("notes_touch", "notes", { mode: "replica" }),
    ],
    sql: [
      "ALTER TABLE notes DISABLE TRIGGER notes_touch",
      "ALTER TABLE notes ENABLE ALWAYS TRIGGER notes_touch",
      "ALTER TABLE notes ENABLE REPLICA TRIGGER notes_touch",
    ],
  },
  "createPolicy: all there is": {
    operations: [
      op.createPolicy.create("p", "notes", {
        permissive: false,
        command: "update",
        roles: [WEB],
        using: "id > 0",
        withCheck: "id < 9",
      }),
    ],
    sql: [`CREATE POLICY p ON notes AS RESTRICTIVE FOR UPDATE TO ${WEB} USING (id > 0) WITH CHECK (id < 9)`],
  },
  "alterPolicy: condition and role": {
    operations: [op.alterPolicy.create("notes_own", "notes", { roles: [WEB], using: "id > 0" })],
    sql: [`ALTER POLICY notes_own ON notes TO ${WEB} USING (id > 0)`],
  },
  "alterPolicy: a condition more, and a name": {
    operations: [op.alterPolicy.create("notes_own", "notes", { withCheck: "id < 9", newName: "Own" })],
    sql: ["ALTER POLICY notes_own ON notes WITH CHECK (id < 9)", 'ALTER POLICY notes_own ON notes RENAME TO "Own"'],
  },
  "dropPolicy": {
    operations: [op.dropPolicy.create("notes_own", "notes", { ifExists: true })],
    sql: ["DROP POLICY IF EXISTS notes_own ON notes"],
  },
  "row-level security": {
    operations: [
      op.forceRowLevelSecurity.create("notes"),
      op.enableRowLevelSecurity.create("notes"),
      op.noForceRowLevelSecurity.create("notes"),
    ],
    sql: [
      "ALTER TABLE notes FORCE ROW LEVEL SECURITY",
      "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
      "ALTER TABLE notes NO FORCE ROW LEVEL SECURITY",
    ],
  },
  "grant: on each kind": {
    operations: [
      op.grant.create("notes", { to: WEB, privileges: ["delete"] }),
      op.grant.create("notes", { to: WEB, privileges: ["references"], columns: ["id", "body"] }),
      op.grant.create({ kind: "view", name: "short" }, { to: "public", privileges: ["select"] }),
      op.grant.create({ kind: "sequence", name: "numbers" }, { to: WEB, privileges: ["usage"], withGrantOption: true }),
      op.grant.create({ kind: "schema", name: "shop" }, { to: WEB, privileges: ["usage", "create"] }),
      op.grant.create({ kind: "routine", name: "purge", arguments: "integer" }, { to: WEB, privileges: ["execute"] }),
      op.grant.create({ kind: "type", name: "mood" }, { to: WEB, privileges: ["usage"] }),
      op.grant.create({ kind: "domain", name: "email" }, { to: WEB, privileges: ["usage"] }),
    ],
    sql: [
      `GRANT DELETE ON TABLE notes TO ${WEB}`,
      `GRANT REFERENCES (body, id) ON TABLE notes TO ${WEB}`,
      "GRANT SELECT ON TABLE short TO PUBLIC",
      `GRANT USAGE ON SEQUENCE numbers TO ${WEB} WITH GRANT OPTION`,
      `GRANT CREATE, USAGE ON SCHEMA shop TO ${WEB}`,
      `GRANT EXECUTE ON ROUTINE purge(integer) TO ${WEB}`,
      `GRANT USAGE ON TYPE mood TO ${WEB}`,
      `GRANT USAGE ON DOMAIN email TO ${WEB}`,
    ],
  },
  "grant: what is there already": {
    operations: [op.grant.create("notes", { to: WEB, privileges: ["select"] })],
    sql: [`GRANT SELECT ON TABLE notes TO ${WEB}`],
  },
  "revoke": {
    operations: [
      op.revoke.create("notes", { to: WEB, privileges: ["update"] }),
      op.revoke.create("notes", { to: WEB, privileges: ["insert"], grantOptionOnly: true }),
      op.revoke.create({ kind: "routine", name: "add", arguments: "integer, integer" }, {
        to: "PUBLIC",
        privileges: ["execute"],
      }),
    ],
    sql: [
      `REVOKE UPDATE ON TABLE notes FROM ${WEB}`,
      `REVOKE GRANT OPTION FOR INSERT ON TABLE notes FROM ${WEB}`,
      "REVOKE EXECUTE ON ROUTINE add(integer, integer) FROM PUBLIC",
    ],
  },
  "alterDefaultPrivileges": {
    operations: [
      op.alterDefaultPrivileges.create({
        for: WEB,
        schema: "shop",
        objects: "tables",
        to: "PUBLIC",
        privileges: ["select"],
      }),
      op.alterDefaultPrivileges.create({ for: WEB, objects: "functions", to: "PUBLIC", privileges: ["execute"] }, {
        revoke: true,
      }),
    ],
    sql: [
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${WEB} IN SCHEMA shop GRANT SELECT ON TABLES TO PUBLIC`,
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${WEB} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
    ],
  },
  "comment: on each kind": {
    operations: [
      op.comment.create("notes", "It's a table"),
      op.comment.create({ kind: "column", table: "notes", name: "body" }, "c"),
      op.comment.create({ kind: "column", table: "short", name: "body" }, "c"),
      op.comment.create({ kind: "constraint", table: "notes", name: "notes_mood" }, "c"),
      op.comment.create({ kind: "trigger", table: "notes", name: "notes_touch" }, "c"),
      op.comment.create({ kind: "policy", table: "notes", name: "notes_own" }, "c"),
      op.comment.create({ kind: "view", name: "owners" }, null),
      op.comment.create({ kind: "materializedView", name: "counts" }, "c"),
      op.comment.create({ kind: "schema", name: "shop" }, "c"),
      op.comment.create({ kind: "sequence", name: "numbers" }, "c"),
      op.comment.create({ kind: "type", name: "address" }, "c"),
      op.comment.create({ kind: "domain", name: "email" }, "c"),
      op.comment.create({ kind: "collation", name: "plain" }, "c"),
      op.comment.create({ kind: "routine", name: "purge", arguments: "integer" }, "c"),
      op.comment.create({ kind: "routine", name: "total", arguments: "integer" }, "c"),
      op.comment.create({ kind: "object", type: "rule", table: "short", name: "no_delete" }, "c"),
      op.comment.create({ kind: "object", type: "statistics", name: "notes_stats" }, "c"),
    ],
    sql: [
      "COMMENT ON TABLE notes IS 'It''s a table'",
      "COMMENT ON COLUMN notes.body IS 'c'",
      "COMMENT ON COLUMN short.body IS 'c'",
      "COMMENT ON CONSTRAINT notes_mood ON notes IS 'c'",
      "COMMENT ON TRIGGER notes_touch ON notes IS 'c'",
      "COMMENT ON POLICY notes_own ON notes IS 'c'",
      "COMMENT ON VIEW owners IS NULL",
      "COMMENT ON MATERIALIZED VIEW counts IS 'c'",
      "COMMENT ON SCHEMA shop IS 'c'",
      "COMMENT ON SEQUENCE numbers IS 'c'",
      "COMMENT ON TYPE address IS 'c'",
      "COMMENT ON DOMAIN email IS 'c'",
      "COMMENT ON COLLATION plain IS 'c'",
      "COMMENT ON ROUTINE purge(integer) IS 'c'",
      "COMMENT ON ROUTINE total(integer) IS 'c'",
      "COMMENT ON RULE no_delete ON short IS 'c'",
      "COMMENT ON STATISTICS notes_stats IS 'c'",
    ],
  },
  "createObject": { operations: [op.createObject.create(STATS)], sql: [STATS.definition] },
  "dropObject": {
    operations: [op.createObject.create(STATS), op.dropObject.create(STATS)],
    sql: [STATS.definition, STATS.drop],
  },
  "dropSchema: with all that is in it": {
    operations: [op.dropSchema.create("shop", { cascade: true })],
    sql: ["DROP SCHEMA shop CASCADE"],
    final: true,
  },
};
