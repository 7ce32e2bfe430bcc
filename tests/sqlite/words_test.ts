import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { canonicalExpression, canonicalType } from "../../src/dialects/sqlite/canonical.ts";
import { parseIndex } from "../../src/dialects/sqlite/parse_index.ts";
import { parseTable } from "../../src/dialects/sqlite/parse_table.ts";
import { splitScript } from "../../src/dialects/sqlite/split.ts";
import { scan, tokenize } from "../../src/dialects/sqlite/tokenizer.ts";
import { writer } from "../../src/dialects/sqlite/writer.ts";

describe("tokenizer", () => {
  const cases: readonly (readonly [sql: string, kinds: string])[] = [
    ["select 'it''s'", "word string"],
    ['"a""b" `c``d` [e f]', "quoted quoted quoted"],
    ["x'0aFF' 0x1F 1.5e-3 .5", "blob number number number"],
    ["?1 :a @b $c", "variable variable variable variable"],
    ["a->>'$.x'||b", "word operator string operator word"],
    ["a -- c '\n/* ; */ b", "word word"],
    ["'not closed", "string"],
    ["/* not closed", ""],
    ["größe", "word"],
  ];
  for (const [sql, kinds] of cases) {
    it(sql, () => {
      assert.equal(tokenize(sql).map(({ kind }) => kind).join(" "), kinds);
      assert.equal(scan(sql).map(({ text }) => text).join(""), sql);
    });
  }
});

describe("split", () => {
  const trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n" +
    "  UPDATE a SET x = CASE WHEN x THEN 1 ELSE 2 END;\n  DELETE FROM b;\nEND";
  const cases: readonly (readonly [script: string, statements: readonly string[]])[] = [
    ["", []],
    [" ; ;-- only a comment\n", []],
    ["select 1", ["select 1"]],
    ["select 1;\n\nselect 2;\n", ["select 1", "select 2"]],
    ["select ';', \"a;b\", `c;d`, [e;f]; select 2", ["select ';', \"a;b\", `c;d`, [e;f]", "select 2"]],
    ["-- first;\nselect 1; /* second; */ select 2", ["-- first;\nselect 1", "/* second; */ select 2"]],
    [`${trigger}; select 1`, [trigger, "select 1"]],
    [trigger.replace("CREATE", "create /* x */ temp") + ";select 1", [
      trigger.replace("CREATE", "create /* x */ temp"),
      "select 1",
    ]],
    ["begin; select case when 1 then 2 end; end; select 3", [
      "begin",
      "select case when 1 then 2 end",
      "end",
      "select 3",
    ]],
    ["create table trigger_log (a); select 1", ["create table trigger_log (a)", "select 1"]],
  ];
  for (const [script, statements] of cases) {
    it(script, () => {
      const parts = splitScript(script);
      assert.deepEqual(parts.map(({ sql }) => sql), statements);
      for (const { sql, offset } of parts) assert.equal(script.slice(offset, offset + sql.length), sql);
    });
  }
});

describe("canonicalExpression", () => {
  const equal: readonly (readonly string[])[] = [
    ['"price" > 0', "(price>0)", "PRICE > 0", "((price /* in cents */ > 0))", "[price]>0 -- x"],
    ['"plan" is not null and "key" > 0', "plan IS NOT NULL AND key > 0"],
    ["a <> 1", "a != 1"],
    ["a == b", "a=b"],
    ["status in ('a','b')", "STATUS IN ( 'a', 'b' )"],
    ["true", "TRUE", "1"],
  ];
  for (const texts of equal) {
    it(texts.join(" = "), () => assert.equal(new Set(texts.map(canonicalExpression)).size, 1));
  }
  const different: readonly (readonly [string, string])[] = [
    ["a = 'X'", "a = 'x'"],
    ["a = ' x'", "a = 'x'"],
    ["(a) > (b)", "a > b"],
    ['"null"', "null"],
    ['"current_timestamp"', "current_timestamp"],
    ["'a'", '"a"'],
    ["a is true", "a is 1"],
  ];
  for (const [a, b] of different) {
    it(`${a} is not ${b}`, () => assert.notEqual(canonicalExpression(a), canonicalExpression(b)));
  }
  it("types", () => {
    assert.equal(canonicalType(" VARCHAR ( 255 ) "), "varchar(255)");
    assert.equal(canonicalType("Unsigned  BIG\nint"), "unsigned big int");
  });
});

describe("parseTable", () => {
  it("reads every clause", () => {
    const facts = parseTable(`CREATE TABLE "main"."Order ""x""" (
      id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key, with a comma
      [first name] VARCHAR(10, 2) CONSTRAINT nn NOT NULL DEFAULT ('a' || ')') COLLATE nocase,
      total REAL GENERATED ALWAYS AS ((price) * 2 -- twice
      ) STORED,
      price DECIMAL(10,2) DEFAULT - 1.5 CHECK (price > 0) CONSTRAINT small CHECK ("Order ""x""".price < 9),
      kind DEFAULT x'00' COLLATE binary,
      parent INT REFERENCES t ON DELETE SET NULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED UNIQUE,
      v AS (price + 1),
      CONSTRAINT pair UNIQUE (price, kind) CHECK (price <> 1),
      FOREIGN KEY ("kind", parent) REFERENCES 'u'("a", [b]) ON UPDATE CASCADE NOT DEFERRABLE INITIALLY DEFERRED
    ) STRICT`);
    assert.deepEqual(facts, {
      columns: [
        { name: "id", type: "INTEGER", autoincrement: true },
        { name: "first name", type: "VARCHAR(10, 2)", default: "'a' || ')'", collation: "NOCASE" },
        { name: "total", type: "REAL", generated: { expression: "(price) * 2", stored: true } },
        { name: "price", type: "DECIMAL(10,2)", default: "- 1.5" },
        { name: "kind", type: "", default: "x'00'" },
        { name: "parent", type: "INT" },
        { name: "v", type: "", generated: { expression: "price + 1", stored: false } },
      ],
      primaryKey: { columns: ["id"] },
      uniques: [{ columns: ["parent"] }, { name: "pair", columns: ["price", "kind"] }],
      foreignKeys: [
        {
          columns: ["parent"],
          references: { table: "t", columns: [] },
          onDelete: "set null",
          deferrable: true,
          initially: "deferred",
        },
        { columns: ["kind", "parent"], references: { table: "u", columns: ["a", "b"] }, onUpdate: "cascade" },
      ],
      checks: [
        { expression: "price > 0" },
        { name: "small", expression: "price < 9" },
        { expression: "price <> 1" },
      ],
      unmodelled: [],
    });
  });

  const unmodelled: readonly (readonly [sql: string, clause: string])[] = [
    ["CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE)", "ON CONFLICT REPLACE"],
    ["CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE)", "ON CONFLICT IGNORE"],
    ["CREATE TABLE t (a, PRIMARY KEY (a) ON CONFLICT FAIL)", "ON CONFLICT FAIL"],
    ["CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", "PRIMARY KEY DESC"],
    ["CREATE TABLE t (a, b, UNIQUE (a COLLATE NOCASE, b))", "a COLLATE NOCASE"],
    ["CREATE TABLE t (a REFERENCES p (x) MATCH FULL)", "MATCH FULL"],
  ];
  for (const [sql, clause] of unmodelled) {
    it(`names what the model cannot say: ${sql}`, () => assert.deepEqual(parseTable(sql).unmodelled, [clause]));
  }
});

describe("parseIndex", () => {
  it("reads parts and predicate", () => {
    assert.deepEqual(
      parseIndex(
        "i",
        `CREATE UNIQUE INDEX i ON "users" ("email" COLLATE nocase DESC, lower(users.name), (a+b) ASC) WHERE (users.a > 0)`,
      ),
      {
        name: "i",
        unique: true,
        parts: [
          { column: "email", collation: "NOCASE", order: "desc" },
          { expression: "lower(name)" },
          { expression: "a+b" },
        ],
        where: "a > 0",
      },
    );
  });
});

describe("writer", () => {
  const literals: readonly (readonly [value: Parameters<typeof writer.literal>[0], sql: string])[] = [
    [null, "NULL"],
    ["it's", "'it''s'"],
    [true, "1"],
    [1.5, "1.5"],
    [9007199254740993n, "9007199254740993"],
    [new Uint8Array([0, 255]), "x'00ff'"],
    [new Date(5), "5"],
  ];
  for (const [value, sql] of literals) it(sql, () => assert.equal(writer.literal(value), sql));
  it("refuses what cannot be written", () => {
    for (const value of ["a\0b", NaN, Infinity]) {
      assert.throws(() => writer.literal(value), { code: "OPERATION_INVALID" });
    }
  });
  it("quotes names", () => {
    assert.equal(writer.identifier("users"), "users");
    assert.equal(writer.identifier("order"), '"order"');
    assert.equal(writer.identifier('a"b'), '"a""b"');
    assert.equal(writer.placeholder(3), "?");
  });
});
