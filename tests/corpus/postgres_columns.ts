/** PostgreSQL: what a column has. */
import type { LawCase } from "../commands/diff_law.ts";
import { pair, table } from "./pairs.ts";

/** The column `v` of another type. */
const retyped = (from: string, to: string, value?: string, more = {}): LawCase =>
  table(
    `a column of type ${from} becomes ${to}`,
    `id int PRIMARY KEY, v ${from}`,
    `id int PRIMARY KEY, v ${to}`,
    value && `(1, ${value}), (2, NULL)`,
    more,
  );

/** The column `v` of a table with rows, otherwise. */
const column = (name: string, from: string, to: string, value = "7", more = {}): LawCase =>
  table(name, `id int PRIMARY KEY, v ${from}`, `id int PRIMARY KEY, v ${to}`, `(1, ${value})`, more);

const v = (value: unknown): { readonly kept: LawCase["kept"] } => ({
  kept: [["SELECT v FROM t WHERE id = 1", [{ v: value }]]],
});

const TYPES: readonly LawCase[] = [
  retyped("smallint", "bigint", "7", v(7)),
  retyped("integer", "numeric(10,2)", "7", v("7.00")),
  retyped("integer", "text", "7", v("7")),
  retyped("integer", "double precision", "7", v(7)),
  retyped("real", "double precision", "1.5", v(1.5)),
  retyped("numeric(6,2)", "numeric(12,4)", "1.25", v("1.2500")),
  retyped("numeric", "numeric(8)", "12", v("12")),
  retyped("varchar(10)", "varchar(200)", "'a'", v("a")),
  retyped("varchar(10)", "text", "'a'", v("a")),
  retyped("varchar", "varchar(5)", "'a'", v("a")),
  retyped("char(3)", "varchar(3)", "'abc'", v("abc")),
  retyped("text", "integer", "'12'", v(12)),
  retyped("text", "boolean", "'true'", v(true)),
  retyped("boolean", "integer", "true", v(1)),
  retyped("text", "uuid", "'00000000-0000-0000-0000-000000000001'", v("00000000-0000-0000-0000-000000000001")),
  retyped("text", "date", "'2025-01-02'"),
  retyped("date", "timestamp", "'2025-01-02'"),
  retyped("timestamp", "timestamp(3)", "'2025-01-02 03:04:05'"),
  retyped("timestamp", "timestamptz", "'2025-01-02 03:04:05'"),
  retyped("timestamptz(0)", "timestamptz(6)", "'2025-01-02 03:04:05Z'"),
  retyped("time", "timetz(2)", "'03:04:05'"),
  retyped("interval", "interval day to second(3)", "'1 day'"),
  retyped("json", "jsonb", `'{"a": 1}'`, v({ a: 1 })),
  retyped("text", "jsonb", `'{"a": 1}'`, v({ a: 1 })),
  retyped("bit(4)", "bit varying(8)", "B'1010'", v("1010")),
  retyped("integer[]", "bigint[]", "'{1,2}'", v(["1", "2"])),
  retyped("text", "text[]"),
  retyped("varchar(5)[]", "text[]", "'{a,b}'", v(["a", "b"])),
  retyped("integer[][]", "numeric(4,1)[]", "'{{1,2}}'"),
  retyped("inet", "cidr", "'10.0.0.0/8'", v("10.0.0.0/8")),
  retyped("text", "bytea", "'abc'"),
  retyped("int4range", "text", "'[1,3)'", v("[1,3)")),
  retyped("int4range", "int8range", "'[1,3)'"),
  retyped("point", "text", "'(1,2)'"),
  retyped("text", "xml", "'<a/>'", v("<a/>")),
  retyped("text", "tsvector", "'a b'"),
];

const DEFAULTS: readonly LawCase[] = [
  column("a default comes", "integer", "integer DEFAULT 5", "7", v(7)),
  column("a default is another", "text DEFAULT 'a'", "text DEFAULT 'it''s; -- b'", "'x'", v("x")),
  column("a default is NULL", "integer DEFAULT 5", "integer DEFAULT NULL"),
  column("a default that is computed", "timestamptz", "timestamptz DEFAULT now()", "NULL"),
  column("a default of an array", "text[] DEFAULT '{}'", "text[] DEFAULT ARRAY['a', 'b']", "'{z}'", v(["z"])),
  column("a default of jsonb", "jsonb DEFAULT '{}'", `jsonb DEFAULT '{"a": [1, 2]}'::jsonb`, "'[]'"),
  column("a default beside a type", "integer DEFAULT 5", "bigint DEFAULT 6", "7", v(7)),
  column("a default of a type without a cast", "text DEFAULT '1'", "integer DEFAULT 1", "'3'", v(3)),
  column("a default beneath another type", "boolean DEFAULT false", "integer DEFAULT 0", "true", v(1)),
  column("a default of the time", "date DEFAULT CURRENT_DATE", "date DEFAULT (CURRENT_DATE + 1)", "'2025-01-01'"),
  column("NOT NULL comes", "integer", "integer NOT NULL"),
  column("NOT NULL and a default come", "integer", "integer NOT NULL DEFAULT 0"),
  column("NOT NULL goes, and the type", "integer NOT NULL", "bigint"),
];

const COLLATIONS: readonly LawCase[] = [
  column("a collation comes", "text", 'text COLLATE "C"', "'a'", v("a")),
  column("a collation is another", 'text COLLATE "C"', 'varchar(9) COLLATE "POSIX"', "'a'", v("a")),
  pair(
    "a collation of one's own",
    "CREATE TABLE t (v text)",
    `CREATE COLLATION german (provider = icu, locale = 'de-DE'); CREATE TABLE t (v text COLLATE german)`,
    { rows: "INSERT INTO t VALUES ('a')" },
  ),
  pair(
    "a collation of one's own becomes another",
    `CREATE COLLATION c (provider = icu, locale = 'de-DE'); CREATE TABLE t (v text COLLATE c, w text)`,
    `CREATE COLLATION c (provider = icu, locale = 'fr', deterministic = false);
      CREATE TABLE t (v text COLLATE c, w text COLLATE c)`,
    { rows: "INSERT INTO t VALUES ('a', 'b')", kept: [["SELECT v, w FROM t", [{ v: "a", w: "b" }]]] },
  ),
];

const COMPUTED: readonly LawCase[] = [
  column("an identity comes", "integer NOT NULL", "integer GENERATED ALWAYS AS IDENTITY"),
  column(
    "an identity takes given values",
    "int GENERATED ALWAYS AS IDENTITY",
    "int GENERATED BY DEFAULT AS IDENTITY",
    "DEFAULT",
  ),
  pair(
    "an identity with every option of its sequence",
    "CREATE TABLE t (v bigint GENERATED BY DEFAULT AS IDENTITY)",
    `CREATE TABLE t (v bigint GENERATED BY DEFAULT AS IDENTITY
      (START 10 INCREMENT 5 MINVALUE 1 MAXVALUE 1000 CACHE 7 CYCLE))`,
    { rows: "INSERT INTO t VALUES (DEFAULT)" },
  ),
  column("an identity for a serial", "serial", "integer GENERATED BY DEFAULT AS IDENTITY", "DEFAULT", v(1)),
  column(
    "an identity of a larger type",
    "int GENERATED ALWAYS AS IDENTITY",
    "bigint GENERATED ALWAYS AS IDENTITY",
    "DEFAULT",
    v(1),
  ),
  column("a serial comes", "integer NOT NULL", "serial", "7", v(7)),
  column("a serial of a larger type", "serial", "bigserial", "DEFAULT", v(1)),
  column("a serial beside a default", "integer NOT NULL DEFAULT 3", "smallserial"),
  pair(
    "a serial column in a new table",
    "CREATE TABLE x (a int)",
    "CREATE TABLE x (a int); CREATE TABLE t (id smallserial, b bigserial)",
  ),
  table("a generated column comes", "a int", "a int, g int GENERATED ALWAYS AS (a * 2) STORED", "(4)", {
    kept: [["SELECT a, g FROM t", [{ a: 4, g: 8 }]]],
  }),
  table(
    "a generated column is computed otherwise",
    "a int, g int GENERATED ALWAYS AS (a * 2) STORED",
    "a int, g int GENERATED ALWAYS AS (a * 3) STORED",
    "(4)",
    {
      kept: [["SELECT a, g FROM t", [{ a: 4, g: 12 }]]],
    },
  ),
  table(
    "a generated column becomes a plain one",
    "a int, g int GENERATED ALWAYS AS (a * 2) STORED",
    "a int, g int",
    "(4)",
    {
      kept: [["SELECT a, g FROM t", [{ a: 4, g: 8 }]]],
    },
  ),
  table(
    "a generated column over two that go",
    "a int, b int, g int GENERATED ALWAYS AS (a + b) STORED",
    "g int",
    "(4, 5)",
    {
      kept: [["SELECT g FROM t", [{ g: 9 }]]],
      forwardOnly: true,
    },
  ),
  table(
    "a generated column of another type",
    "a int, g int GENERATED ALWAYS AS (a) STORED",
    "a int, g bigint GENERATED ALWAYS AS (a) STORED",
    "(4)",
    {
      kept: [["SELECT g FROM t", [{ g: 4 }]]],
    },
  ),
  table(
    "generated columns with an index, a check and a key on them",
    "a int, g int GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY, h text GENERATED ALWAYS AS (a::text) STORED CHECK (h <> '')",
    "a bigint, g bigint GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY, h text GENERATED ALWAYS AS (a::text) STORED CHECK (h <> '')",
    "(4)",
    { kept: [["SELECT g, h FROM t", [{ g: 5, h: "4" }]]] },
  ),
];

const SETTINGS: readonly LawCase[] = [
  pair("storage", "CREATE TABLE t (v text)", "CREATE TABLE t (v text); ALTER TABLE t ALTER v SET STORAGE EXTERNAL", {
    rows: "INSERT INTO t VALUES ('a')",
  }),
  pair("compression", "CREATE TABLE t (v text COMPRESSION pglz)", "CREATE TABLE t (v text, w text COMPRESSION pglz)"),
  pair(
    "statistics targets",
    "CREATE TABLE t (a int, b int); ALTER TABLE t ALTER a SET STATISTICS 50",
    "CREATE TABLE t (a int, b int); ALTER TABLE t ALTER a SET STATISTICS 500; ALTER TABLE t ALTER b SET STATISTICS 0",
  ),
  pair(
    "all settings of a column whose type changes",
    "CREATE TABLE t (v varchar(10) COLLATE \"C\" DEFAULT 'a' NOT NULL)",
    `CREATE TABLE t (v text COLLATE "POSIX" DEFAULT 'b'); ALTER TABLE t ALTER v SET STORAGE MAIN;
      ALTER TABLE t ALTER v SET STATISTICS 10; COMMENT ON COLUMN t.v IS 'it''s'`,
    { rows: "INSERT INTO t VALUES ('x')", kept: [["SELECT v FROM t", [{ v: "x" }]]] },
  ),
  pair(
    "a column with all settings comes",
    "CREATE TABLE t (id int)",
    `CREATE TABLE t (id int, v varchar(9)[] COLLATE "C" NOT NULL DEFAULT '{}' CHECK (cardinality(v) < 9) UNIQUE);
      ALTER TABLE t ALTER v SET STORAGE EXTERNAL; COMMENT ON COLUMN t.v IS 'c'; GRANT SELECT (v) ON t TO pg_monitor`,
    { rows: "INSERT INTO t VALUES (1)" },
  ),
];

const PLACES: readonly LawCase[] = [
  table("columns in another order", "a int, b text", "b text, c int, a int", "(1, 'x')", { forwardOnly: true }),
  pair("every column goes", "CREATE TABLE t (a int, b int)", "CREATE TABLE t ()"),
  table(
    "names that have to be quoted",
    `"Select" int, "a ""b"" é" text`,
    `"Select" bigint NOT NULL, "a ""b"" é" text DEFAULT 'ß', "from" int`,
    "(1, 'x')",
  ),
  table(
    "a column that is called otherwise",
    "id int, name text NOT NULL",
    "id int, full_name text NOT NULL",
    "(1, 'ann')",
    {
      kept: [["SELECT full_name FROM t", [{ full_name: "ann" }]]],
    },
  ),
  table(
    "several columns come and go",
    "a int, b int, c int",
    "a int, d text DEFAULT 'd', e boolean NOT NULL DEFAULT false",
    "(1, 2, 3)",
  ),
];

export const POSTGRES_COLUMNS: readonly LawCase[] = [
  ...TYPES,
  ...DEFAULTS,
  ...COLLATIONS,
  ...COMPUTED,
  ...SETTINGS,
  ...PLACES,
];
