import { inspectCases } from "./inspect_cases.ts";

inspectCases({
  "rules and statistics": {
    ddl: `CREATE SCHEMA s; CREATE TABLE t (a int, b int); CREATE TABLE s.u (a int);
      CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM s.u; ALTER TABLE t DISABLE RULE r;
      CREATE STATISTICS st (ndistinct) ON a, b FROM t; ALTER STATISTICS st SET STATISTICS 50;
      CREATE STATISTICS s.expr ON (a + b), a FROM t;`,
    expected: {
      objects: [
        {
          name: "r",
          type: "rule",
          table: "t",
          definition: "CREATE RULE r AS\n    ON DELETE TO t DO INSTEAD  DELETE FROM s.u;\nALTER TABLE t DISABLE RULE r",
          drop: "DROP RULE r ON t",
        },
        {
          name: "st",
          type: "statistics",
          definition: "CREATE STATISTICS st (ndistinct) ON a, b FROM t;\nALTER STATISTICS st SET STATISTICS 50",
          drop: "DROP STATISTICS st",
        },
        {
          schema: "s",
          name: "expr",
          type: "statistics",
          definition: "CREATE STATISTICS s.expr ON a, (a + b) FROM t",
          drop: "DROP STATISTICS s.expr",
        },
      ],
    },
  },
  "range types, casts, operators, event triggers": {
    ddl: `CREATE TYPE fr AS RANGE (subtype = float8, subtype_diff = float8mi); CREATE TYPE en AS ENUM ('a');
      CREATE FUNCTION toint(en) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 1';
      CREATE CAST (en AS int) WITH FUNCTION toint(en) AS ASSIGNMENT; CREATE CAST (int AS en) WITH INOUT;
      CREATE FUNCTION same(en, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select true';
      CREATE OPERATOR ## (function = same, leftarg = en, rightarg = int, restrict = eqsel);
      CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
      CREATE EVENT TRIGGER et ON ddl_command_end WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION ev();`,
    expected: {
      objects: [
        {
          name: "##(en, integer)",
          type: "operator",
          definition:
            "CREATE OPERATOR ## (\n  FUNCTION = same,\n  LEFTARG = en,\n  RIGHTARG = integer,\n  RESTRICT = eqsel\n)",
          drop: "DROP OPERATOR ## (en, integer)",
        },
        {
          name: "en AS integer",
          type: "cast",
          definition: "CREATE CAST (en AS integer) WITH FUNCTION toint(en) AS ASSIGNMENT",
          drop: "DROP CAST (en AS integer)",
        },
        {
          name: "et",
          type: "event trigger",
          definition:
            "CREATE EVENT TRIGGER et ON ddl_command_end\n  WHEN TAG IN ('DROP TABLE')\n  EXECUTE FUNCTION ev()",
          drop: "DROP EVENT TRIGGER et",
        },
        {
          name: "fr",
          type: "range type",
          definition: "CREATE TYPE fr AS RANGE (\n  SUBTYPE = double precision,\n  SUBTYPE_DIFF = float8mi,\n" +
            "  MULTIRANGE_TYPE_NAME = fr_multirange\n)",
          drop: "DROP TYPE fr",
        },
        {
          name: "integer AS en",
          type: "cast",
          definition: "CREATE CAST (integer AS en) WITH INOUT",
          drop: "DROP CAST (integer AS en)",
        },
      ],
    },
  },
  "foreign tables, servers and wrappers; a password is nowhere": {
    ddl: `CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'true');
      CREATE SERVER srv TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'h');
      CREATE USER MAPPING FOR PUBLIC SERVER srv OPTIONS (password 'secret');
      CREATE FOREIGN TABLE ft (a int OPTIONS (col 'x') NOT NULL DEFAULT 4, b text COLLATE "C", CHECK (a > 0)) SERVER srv
        OPTIONS (tab 'y');`,
    expected: {
      objects: [
        {
          name: "ft",
          type: "foreign table",
          definition: "CREATE FOREIGN TABLE ft (\n  a integer OPTIONS (col 'x') DEFAULT 4 NOT NULL,\n" +
            "  b text COLLATE \"C\",\n  CONSTRAINT ft_a_check CHECK ((a > 0))\n) SERVER srv OPTIONS (tab 'y')",
          drop: "DROP FOREIGN TABLE ft",
        },
        {
          name: "srv",
          type: "foreign server",
          definition: "CREATE SERVER srv TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'h')",
          drop: "DROP SERVER srv",
        },
        {
          name: "w",
          type: "foreign data wrapper",
          definition: "CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'true')",
          drop: "DROP FOREIGN DATA WRAPPER w",
        },
      ],
      unmodelled: ['user mapping "srv for public"'],
    },
  },
  "publications": {
    ddl: `CREATE SCHEMA s; CREATE TABLE t (a int, b int); CREATE TABLE s.u (a int);
      CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
      CREATE PUBLICATION nothing; CREATE PUBLICATION selected FOR TABLE s.u, t WITH (publish_via_partition_root);`,
    expected: {
      objects: [
        {
          name: "everything",
          type: "publication",
          definition: "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert')",
          drop: "DROP PUBLICATION everything",
        },
        {
          name: "nothing",
          type: "publication",
          definition: "CREATE PUBLICATION nothing WITH (publish = 'insert, update, delete, truncate')",
          drop: "DROP PUBLICATION nothing",
        },
        {
          name: "selected",
          type: "publication",
          definition: "CREATE PUBLICATION selected FOR TABLE s.u, TABLE t WITH (publish = " +
            "'insert, update, delete, truncate', publish_via_partition_root = true)",
          drop: "DROP PUBLICATION selected",
        },
      ],
    },
  },
  "publications of columns, rows and schemas": {
    since: 15,
    ddl: `CREATE SCHEMA s; CREATE TABLE t (a int, b int);
      CREATE PUBLICATION one FOR TABLE t (a, b) WHERE (a > 5); CREATE PUBLICATION two FOR TABLE t, TABLES IN SCHEMA s;`,
    expected: {
      objects: [
        {
          name: "one",
          type: "publication",
          definition: "CREATE PUBLICATION one FOR TABLE t (a, b) WHERE (a > 5) WITH (publish = " +
            "'insert, update, delete, truncate')",
          drop: "DROP PUBLICATION one",
        },
        {
          name: "two",
          type: "publication",
          definition: "CREATE PUBLICATION two FOR TABLE t, TABLES IN SCHEMA s WITH (publish = " +
            "'insert, update, delete, truncate')",
          drop: "DROP PUBLICATION two",
        },
      ],
    },
  },
  "text search": {
    ddl: `CREATE TEXT SEARCH DICTIONARY d (template = simple, stopwords = english);
      CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
      ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, "int" WITH d, english_stem;`,
    expected: {
      objects: [
        {
          name: "c",
          type: "text search configuration",
          definition: 'CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");\n' +
            "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d, english_stem;\n" +
            'ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR "int" WITH d, english_stem',
          drop: "DROP TEXT SEARCH CONFIGURATION c",
        },
        {
          name: "d",
          type: "text search dictionary",
          definition: "CREATE TEXT SEARCH DICTIONARY d (\n  TEMPLATE = simple,\n  stopwords = 'english'\n)",
          drop: "DROP TEXT SEARCH DICTIONARY d",
        },
      ],
    },
  },
  "what the model has no place for is named": {
    ddl: `CREATE TABLE t (a int, b text PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t; CREATE TYPE c AS (x int);
      CREATE COLLATION odd (lc_collate = 'C', lc_ctype = 'POSIX'); ALTER TABLE t ALTER a SET (n_distinct = 5);
      ALTER VIEW v ALTER a SET DEFAULT 4; CREATE TABLE typed OF c; CREATE OPERATOR FAMILY f USING btree; CREATE TYPE shell;
      CREATE INDEX i ON t ((a + 1)); ALTER INDEX i ALTER 1 SET STATISTICS 7;`,
    expected: {
      unmodelled: [
        'base type "shell"',
        'collation "odd"',
        'default of view column "v.a"',
        'operator family "f"',
        'options of column "t.a"',
        'statistics target of index "i.expr"',
        'typed table "typed"',
      ],
    },
  },
});
