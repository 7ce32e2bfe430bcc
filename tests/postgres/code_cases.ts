import { OPERATIONS as op } from "../../src/operations/registry.ts";
import type { ObjectCase } from "./object_world.ts";

const TOUCH = "CREATE FUNCTION touch2() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
const STATS = {
  type: "statistics",
  name: "notes_stats2",
  definition: "CREATE STATISTICS notes_stats2 ON id, body FROM notes",
  drop: "DROP STATISTICS notes_stats2",
};
const WEB = "limbeck_web";

/** Each operation on code, rights and comments, in the forms that differ. */
export const CODE_CASES: { readonly [title: string]: ObjectCase } = {
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
  "renameFunction: of each type": {
    operations: [
      op.renameFunction.create("add", "integer, integer", "Plus"),
      op.renameFunction.create("purge", "integer", "clean", { type: "procedure" }),
      op.renameFunction.create("total", "integer", "sum_up", { type: "aggregate" }),
    ],
    sql: [
      'ALTER FUNCTION add(integer, integer) RENAME TO "Plus"',
      "ALTER PROCEDURE purge(integer) RENAME TO clean",
      "ALTER AGGREGATE total(integer) RENAME TO sum_up",
    ],
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
