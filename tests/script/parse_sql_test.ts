import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLimbeckError } from "../../src/errors.ts";
import { parseSqlRevision, sqlSections } from "../../src/script/parse_sql.ts";

const FILE = `-- add user bio
--
-- revision: 1975ea83b712
-- revises: ae1027a6acf0        (empty at the base; comma-separated for a merge)
-- create date: 2026-11-23T02:10:00Z
-- branch labels:
-- depends on:

-- upgrade
ALTER TABLE users ADD COLUMN bio text;

-- downgrade
ALTER TABLE users DROP COLUMN bio;
`;

describe("parseSqlRevision", () => {
  test("reads the header", () => {
    const { doc, ...revision } = parseSqlRevision("/v/1975.sql", FILE);
    assert.deepEqual(revision, {
      revision: "1975ea83b712",
      downRevisions: ["ae1027a6acf0"],
      branchLabels: [],
      dependsOn: [],
      message: "add user bio",
      createDate: "2026-11-23T02:10:00Z",
      path: "/v/1975.sql",
      format: "sql",
      transaction: true,
    });
    assert.match(doc, /^add user bio\n\nrevision: 1975ea83b712\n/);
  });

  test("reads lists, whatever the case of the keys", () => {
    const revision = parseSqlRevision(
      "/v/m.sql",
      "-- Revision: m\r\n-- REVISES: a, b\r\n-- Branch Labels: x,y\r\n-- depends_on: z\r\n-- Transaction: FALSE\r\n-- note: free text\r\n",
    );
    assert.deepEqual(revision.downRevisions, ["a", "b"]);
    assert.deepEqual(revision.branchLabels, ["x", "y"]);
    assert.deepEqual(revision.dependsOn, ["z"]);
    assert.equal(revision.transaction, false);
    assert.equal(revision.message, "");
  });

  test("a header ends at the first statement or section", () => {
    const text = "-- first\n-- revision: a\n-- revises:\n-- upgrade\n-- revision: b\n";
    assert.equal(parseSqlRevision("/v/a.sql", text).revision, "a");
    assert.deepEqual(parseSqlRevision("/v/a.sql", text).downRevisions, []);
  });

  for (
    const [text, message] of [
      ["-- revises:\n", /-- revision:/],
      ["-- revision: a\n", /-- revises:/],
      ["SELECT 1;\n-- revision: a\n-- revises:\n", /-- revision:/],
      ["-- revision: a\n-- revises:\n-- transaction: maybe\n", /"transaction" is "maybe"/],
    ] as const
  ) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseSqlRevision("/v/a.sql", text),
        (error) => isLimbeckError(error) && error.code === "REVISION_INVALID" && message.test(error.message),
      );
    });
  }
});

describe("sqlSections", () => {
  test("gives texts with their offsets", () => {
    const { upgrade, downgrade } = sqlSections(FILE);
    assert.equal(upgrade?.text.trim(), "ALTER TABLE users ADD COLUMN bio text;");
    assert.equal(downgrade?.text.trim(), "ALTER TABLE users DROP COLUMN bio;");
    for (const section of [upgrade!, downgrade!]) {
      assert.equal(FILE.slice(section.offset, section.offset + section.text.length), section.text);
    }
  });

  test("a missing section is null, an empty one is not", () => {
    assert.deepEqual(sqlSections("SELECT 1;"), { upgrade: null, downgrade: null });
    assert.deepEqual(sqlSections("-- upgrade"), { upgrade: { text: "", offset: 10 }, downgrade: null });
  });

  const quiet: readonly [name: string, sql: string][] = [
    ["a string", "INSERT INTO t VALUES ('\n-- downgrade\n');"],
    ["an escape string", "INSERT INTO t VALUES (E'it\\'s\n-- downgrade\n');"],
    ["a quoted name", 'CREATE TABLE "\n-- downgrade\n" (a int);'],
    ["a dollar quote", "DO $do$ BEGIN\n-- downgrade\nEND $do$;"],
    ["an unnamed dollar quote", "DO $$ BEGIN\n-- downgrade\nEND $$;"],
    ["a nested block comment", "/* one /* two */\n-- downgrade\n*/ SELECT 1;"],
    ["a comment with more words", "-- downgrade is below\nSELECT 1;"],
    ["the end of a line", "SELECT 1; -- downgrade\n"],
    ["after an apostrophe in a comment", "-- it's\nSELECT 1; -- downgrade\n"],
  ];
  for (const [name, sql] of quiet) {
    test(`${name} holds no marker`, () => {
      const { upgrade, downgrade } = sqlSections(`-- upgrade\n${sql}\n-- Downgrade  \r\nSELECT 2;`);
      assert.equal(upgrade?.text.trim(), sql.trim());
      assert.equal(downgrade?.text, "SELECT 2;");
    });
  }

  test("refuses a section that comes twice", () => {
    assert.throws(
      () => sqlSections("-- upgrade\n-- upgrade\n"),
      (error) => isLimbeckError(error) && error.code === "REVISION_INVALID",
    );
  });
});
