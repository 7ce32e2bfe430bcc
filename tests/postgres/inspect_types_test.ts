import { inspectCases, PLAIN } from "./inspect_cases.ts";

inspectCases({
  "enums, domains, composite types, collations, extensions": {
    ddl: `CREATE SCHEMA s; CREATE EXTENSION citext SCHEMA s; CREATE EXTENSION pg_trgm;
      CREATE TYPE s.mood AS ENUM ('sad', 'ok'); CREATE COLLATION s.de (provider = icu, locale = 'de', deterministic = false);
      CREATE COLLATION plain (provider = libc, locale = 'C');
      CREATE DOMAIN email AS varchar(255) COLLATE "C" DEFAULT 'x' NOT NULL CONSTRAINT at CHECK (VALUE ~ '@');
      ALTER DOMAIN email ADD CONSTRAINT late CHECK (length(VALUE) > 3) NOT VALID;
      CREATE DOMAIN s.two AS email;
      CREATE TYPE pair AS (x int, y text COLLATE "C", m s.mood[], z numeric(5,2));
      CREATE TABLE t (a email, b s.two[], c pair, d s.mood);`,
    expected: {
      schemas: ["s"],
      extensions: [{ name: "citext", schema: "s" }, { name: "pg_trgm" }],
      enums: [{ schema: "s", name: "mood", values: ["sad", "ok"] }],
      domains: [
        {
          name: "email",
          type: "varchar(255)",
          collation: "C",
          nullable: false,
          default: "'x'",
          checks: [
            { name: "at", expression: "VALUE::text ~ '@'::text" },
            { name: "late", expression: "length(VALUE::text) > 3", notValid: true },
          ],
        },
        { schema: "s", name: "two", type: "email", default: "'x'::character varying", checks: [] },
      ],
      compositeTypes: [{
        name: "pair",
        attributes: [
          { name: "x", type: "integer" },
          { name: "y", type: "text", collation: "C" },
          { name: "m", type: "s.mood[]" },
          { name: "z", type: "numeric(5,2)" },
        ],
      }],
      collations: [
        { name: "plain", provider: "libc", locale: "C" },
        { schema: "s", name: "de", provider: "icu", locale: "de", deterministic: false },
      ],
      tables: [{
        ...PLAIN,
        name: "t",
        columns: [
          { name: "a", type: "email" },
          { name: "b", type: "s.two[]" },
          { name: "c", type: "pair" },
          { name: "d", type: "s.mood" },
        ],
      }],
      unmodelled: [],
    },
  },
  "an enum without values, a composite type without attributes": {
    ddl: "CREATE TYPE e AS ENUM (); CREATE TYPE c AS ();",
    expected: { enums: [{ name: "e", values: [] }], compositeTypes: [{ name: "c", attributes: [] }] },
  },
});
