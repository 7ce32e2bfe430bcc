import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { isLimbeckError } from "../../src/errors.ts";
import { formatCreateDate } from "../../src/script/create_date.ts";
import { parseSqlRevision, sqlSections } from "../../src/script/parse_sql.ts";
import { parseTypeScriptRevision } from "../../src/script/parse_ts.ts";
import {
  fileName,
  newRevisionId,
  renderSqlRevision,
  renderTypeScriptRevision,
  type RevisionValues,
  slugOf,
} from "../../src/script/template.ts";

const TEMPLATE = readFileSync(new URL("../../migrations_template/generic/script.ts.tmpl", import.meta.url), "utf8");

const VALUES: RevisionValues = {
  message: "add user bio",
  upRevision: "1975ea83b712",
  downRevision: ["ae1027a6acf0"],
  branchLabels: [],
  dependsOn: [],
  createDate: "2026-11-23T02:10:00Z",
};

describe("renderTypeScriptRevision", () => {
  test("writes the generic revision", () => {
    const upgrades = 'op.addColumn("users", { name: "bio", type: "text" });\nop.execute(`\nSELECT 1\n`);';
    assert.equal(
      renderTypeScriptRevision(TEMPLATE, { ...VALUES, upgrades, imports: 'import { x } from "./x.ts";' }),
      `/**
 * add user bio
 *
 * Revision ID: 1975ea83b712
 * Revises: ae1027a6acf0
 * Create Date: 2026-11-23T02:10:00Z
 */
import type { Op } from "limbeck";
import { x } from "./x.ts";

export const revision = "1975ea83b712";
export const downRevision = "ae1027a6acf0";
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.addColumn("users", { name: "bio", type: "text" });
  op.execute(\`
SELECT 1
\`);
}

export function downgrade(_op: Op): void {}
`,
    );
  });

  const messages = [
    "ends */ the comment",
    "a\nb\r\nc",
    "${upRevision} $${x} `${y}`",
    "quotes \" ' \\ \u2028 end",
    "Create Date: never",
    "export const revision = 'no';",
    "",
  ];
  for (const message of messages) {
    test(`survives the message ${JSON.stringify(message)}`, () => {
      const merge = { ...VALUES, message, downRevision: ["a", "b"], branchLabels: ["x"], dependsOn: ["y", "z"] };
      const text = renderTypeScriptRevision(TEMPLATE, merge);
      const revision = parseTypeScriptRevision("/v/m.ts", text);
      assert.equal(revision.revision, VALUES.upRevision);
      assert.deepEqual([revision.downRevisions, revision.branchLabels, revision.dependsOn], [["a", "b"], ["x"], [
        "y",
        "z",
      ]]);
      assert.equal(revision.createDate, VALUES.createDate);
      assert.equal(text.split("*/").length, 2);
      const first = message.split(/[\r\n\u2028]/, 1)[0]!.trimEnd();
      if (first !== "" && !first.includes("*/")) assert.equal(revision.message, first);
    });
  }

  test("takes a user's template", () => {
    const template = "$${kept} ${message|json} ${tag} ${upgrades|op}\n${imports}\n";
    const text = renderTypeScriptRevision(template, { ...VALUES, templateArgs: { tag: "v1" } });
    assert.equal(text, '${kept} "add user bio" v1 _op\n');
  });

  for (
    const [template, message] of [["${nothing}", /no variable "nothing"/], [
      "${message|loud}",
      /no such filter/,
    ]] as const
  ) {
    test(`refuses ${template}`, () => {
      assert.throws(
        () => renderTypeScriptRevision(template, VALUES),
        (error) => isLimbeckError(error) && error.code === "CONFIG_INVALID" && message.test(error.message),
      );
    });
  }
});

describe("renderSqlRevision", () => {
  test("writes what is read", () => {
    const text = renderSqlRevision({ ...VALUES, upgrades: "SELECT 1;\n", downgrades: "SELECT 2;" });
    const { upgrade, downgrade } = sqlSections(text);
    assert.deepEqual([upgrade?.text, downgrade?.text], ["SELECT 1;\n\n", "SELECT 2;\n"]);
    assert.equal(
      text,
      `-- add user bio
--
-- revision: 1975ea83b712
-- revises: ae1027a6acf0
-- create date: 2026-11-23T02:10:00Z
-- branch labels:
-- depends on:

-- upgrade
SELECT 1;

-- downgrade
SELECT 2;
`,
    );
  });

  for (
    const message of ["upgrade", "revision: other", "a\nrevises: x\nb", "transaction: false", "downgrade\nupgrade"]
  ) {
    test(`survives the message ${JSON.stringify(message)}`, () => {
      const revision = parseSqlRevision("/v/a.sql", renderSqlRevision({ ...VALUES, message, branchLabels: ["x"] }));
      assert.equal(revision.message, message.split("\n")[0]);
      assert.deepEqual([revision.revision, revision.downRevisions], [VALUES.upRevision, VALUES.downRevision]);
      assert.deepEqual([revision.branchLabels, revision.transaction], [["x"], true]);
      const sections = sqlSections(renderSqlRevision({ ...VALUES, message }));
      assert.deepEqual([sections.upgrade?.text.trim(), sections.downgrade?.text.trim()], ["", ""]);
    });
  }
});

describe("names", () => {
  const date = new Date("2026-01-02T03:04:05.678Z");
  const names: readonly [template: string, message: string, name: string][] = [
    ["%(rev)s_%(slug)s", "Add user's bio!", "abc_add_user_s_bio"],
    ["%(rev)s_%(slug)s", "", "abc"],
    ["%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s", "x", "2026_01_02_0304-abc"],
    ["%(year)d/%(month)d/%(second)02d_%(slug)s", "x", "2026/1/05_x"],
    ["%(epoch)s_%%_%(slug)s", "größe ändern 表", "1767323045_%_größe_ändern_表"],
  ];
  for (const [template, message, name] of names) {
    test(`${template} of ${JSON.stringify(message)}`, () =>
      assert.equal(fileName(template, { rev: "abc", message, date }), name));
  }
  test("an unknown variable is an error", () => {
    assert.throws(
      () => fileName("%(nothing)s", { rev: "a", message: "", date }),
      (error) => isLimbeckError(error) && error.code === "CONFIG_INVALID",
    );
  });
  test("slugs are cut at a word's end", () => {
    assert.equal(slugOf("one two three", 9), "one_two_");
    assert.equal(slugOf("one two three", 13), "one_two_three");
    assert.equal(slugOf("abcdefghij", 4), "abcd_");
  });
  test("ids are 12 hex digits", () => {
    assert.equal(newRevisionId((bytes) => new Uint8Array(bytes).fill(10)), "0a0a0a0a0a0a");
    assert.match(newRevisionId(), /^[0-9a-f]{12}$/);
  });
  for (
    const [timezone, text] of [
      [undefined, "2026-01-02T03:04:05Z"],
      ["UTC", "2026-01-02T03:04:05Z"],
      ["Europe/Berlin", "2026-01-02T04:04:05+01:00"],
      ["America/St_Johns", "2026-01-01T23:34:05-03:30"],
    ] as const
  ) {
    test(`date in ${timezone}`, () => assert.equal(formatCreateDate(date, timezone), text));
  }
  test("an unknown timezone is an error", () => {
    assert.throws(
      () => formatCreateDate(date, "Mars/Base"),
      (error) => isLimbeckError(error) && error.code === "CONFIG_INVALID",
    );
  });
});
