import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLimbeckError, type LimbeckError } from "../../src/errors.ts";
import { resolveRevision, resolveRevisions } from "../../src/script/resolve.ts";
import { createRevisionMap } from "../../src/script/revision_map.ts";
import { historyRevisions } from "../../src/script/traverse.ts";
import { graph, revision, shorts } from "../migration_plan/graphs.ts";

function failure(run: () => unknown): LimbeckError {
  try {
    run();
  } catch (error) {
    if (isLimbeckError(error)) return error;
    throw error;
  }
  assert.fail("nothing was thrown");
}

const TREE = `
  aaaa01
  bbbb02 < aaaa01
  cccc03 < bbbb02 [users]
  cccc04 < bbbb02 [billing]
  dddd05 < cccc03
  eeee06 < dddd05, cccc04
  ffff07 ^ users [lib]
`;

describe("createRevisionMap", () => {
  test("knows heads, bases and neighbours", () => {
    const map = graph(TREE);
    assert.deepEqual(map.heads, ["eeee06", "ffff07"]);
    assert.deepEqual(map.effectiveHeads, ["eeee06", "ffff07"]);
    assert.deepEqual(map.bases, ["aaaa01", "ffff07"]);
    assert.deepEqual(map.children("bbbb02"), ["cccc03", "cccc04"]);
    assert.deepEqual(map.dependencies("ffff07"), ["cccc03"]);
    assert.deepEqual(map.normalizedDownRevisions("ffff07"), ["cccc03"]);
    assert.ok(
      map.isBranchPoint("bbbb02") && map.isMergePoint("eeee06") && map.isBase("ffff07") && !map.isHead("dddd05"),
    );
    assert.deepEqual(map.labels("eeee06"), ["billing", "users"]);
    assert.deepEqual(map.labels("bbbb02"), []);
    assert.equal(map.find("nothing"), undefined);
    assert.equal(failure(() => map.get("eeee07")).hint, 'Did you mean "eeee06"?');
  });

  test("a head that others depend on is no effective head", () => {
    const map = graph("a [lib]; b ^ lib");
    assert.deepEqual([map.heads, map.effectiveHeads], [["a", "b"], ["b"]]);
    assert.ok(map.isHead("a") && !map.isEffectiveHead("a"));
  });

  test("a dependency that an ancestor declares is left out of the normalised down revisions", () => {
    const map = graph("x; y; a ^ x; b < a ^ x, y; m < b ^ x");
    assert.deepEqual(map.normalizedDownRevisions("b"), ["a", "y"]);
    assert.deepEqual(map.normalizedDownRevisions("m"), ["b"]);
    assert.deepEqual(map.dependencies("m"), ["x"]);
  });

  const wrong: readonly [text: string, code: string, facts: RegExp][] = [
    ["a; a", "DUPLICATE_REVISION", /\/v\/0.ts.*\/v\/1.ts/],
    ["a < nothing", "MISSING_PARENT", /\/v\/0.ts" *: it revises "nothing"|\/v\/0.ts.*revises "nothing"/],
    ["a ^ nothing", "MISSING_PARENT", /depends on "nothing"/],
    ["a < a", "CYCLE", /"a" revises itself/],
    ["a ^ a", "CYCLE", /"a" depends on itself/],
    [
      "a < c; b < a; c < b; d < c",
      "CYCLE",
      /"a" revises "c", "c" revises "b", "b" revises "a" \(\/v\/0.ts, \/v\/2.ts, \/v\/1.ts\)/,
    ],
    ["a ^ b; b ^ a", "CYCLE", /"a" depends on "b", "b" depends on "a"/],
    ["r; a < r ^ b; b < a", "CYCLE", /"a" depends on "b", "b" revises "a"/],
    ["a; b < a; c < b ^ a", "REVISION_INVALID", /\/v\/2.ts.*ancestor "a" \(\/v\/0.ts\)/],
    ["a [x]; b < a [x]", "DUPLICATE_LABEL", /\/v\/1.ts.*"x".*\/v\/0.ts/],
    ["a; b < a [a]", "DUPLICATE_LABEL", /is the id of/],
    ["a-b", "REVISION_ID_INVALID", /"-" cannot be in an id/],
    ["head", "REVISION_ID_INVALID", /meaning of its own/],
    ["a23456789012345678901234567890123", "REVISION_ID_INVALID", /33 characters.*32/],
    ["aa11; aa12; b ^ aa1", "AMBIGUOUS_REVISION", /"aa11", "aa12"/],
  ];
  for (const [text, code, message] of wrong) {
    test(`refuses ${text}`, () => {
      const revisions = shorts(text).map((short, place) => revision(short, `/v/${place}.ts`));
      const error = failure(() => createRevisionMap(revisions));
      assert.equal(error.code, code);
      assert.match(error.message, message);
    });
  }

  test("reports everything at once", () => {
    const revisions = shorts("a; a; b < nothing [x]; c < a [x]; d < d").map((short, at) =>
      revision(short, `/v/${at}.ts`)
    );
    const error = failure(() => createRevisionMap(revisions));
    const problems = error.facts["problems"] as readonly { readonly code: string }[];
    assert.deepEqual(problems.map(({ code }) => code), [
      "DUPLICATE_REVISION",
      "DUPLICATE_LABEL",
      "MISSING_PARENT",
      "CYCLE",
    ]);
    assert.match(error.hint!, /Also: .*nothing/);
  });

  test("a dependency may be a unique beginning of an id", () => {
    assert.deepEqual(graph("abcd12; x ^ abc").dependencies("x"), ["abcd12"]);
  });
});

describe("resolveRevisions", () => {
  const cases: readonly [symbol: string, expected: string][] = [
    ["aaaa01", "aaaa01"],
    ["aaa", "aaaa01"],
    ["a", "aaaa01"],
    ["users", "cccc03"],
    ["use", "cccc03"],
    ["heads", "eeee06 ffff07"],
    ["base", ""],
    ["users@head", "eeee06"],
    ["users@heads", "eeee06"],
    ["lib@head", "ffff07"],
    ["cccc04@head", "eeee06"],
    ["users@base", ""],
    ["users@cccc", "cccc03"],
    ["users@bbbb", "bbbb02"],
    ["aaaa+1", "bbbb02"],
    ["dddd-2", "bbbb02"],
    ["users@base+2", "bbbb02"],
    ["users@bbbb02+1", "cccc03"],
    ["lib@head-1", ""],
    ["cccc", "AMBIGUOUS_REVISION"],
    ["head", "MULTIPLE_HEADS"],
    ["zzz", "REVISION_NOT_FOUND"],
    ["", "REVISION_NOT_FOUND"],
    ["nothing@head", "BRANCH_NOT_FOUND"],
    ["lib@aaaa", "BRANCH_NOT_FOUND"],
    ["bbbb+1", "RELATIVE_INVALID"],
    ["eeee-1", "RELATIVE_INVALID"],
    ["ffff+1", "RELATIVE_INVALID"],
    ["aaaa-2", "RELATIVE_INVALID"],
    ["current", "REVISION_NOT_FOUND"],
  ];
  for (const [symbol, expected] of cases) {
    test(`${symbol} is ${expected}`, () => {
      const resolve = () => resolveRevisions(graph(TREE), symbol);
      if (/^[A-Z_]+$/.test(expected)) assert.equal(failure(resolve).code, expected);
      else assert.equal(resolve().map(({ revision }) => revision).join(" "), expected);
    });
  }

  test("takes several, and the database's rows", () => {
    const ids = (symbols: readonly string[], rows?: readonly string[]) =>
      resolveRevisions(graph(TREE), symbols, rows === undefined ? {} : { rows }).map(({ revision }) => revision);
    assert.deepEqual(ids(["users", "aaaa", "cccc03"]), ["cccc03", "aaaa01"]);
    assert.deepEqual(ids(["current"], ["dddd05", "cccc04"]), ["dddd05", "cccc04"]);
    assert.deepEqual(ids(["-1"], ["dddd05"]), ["cccc03"]);
    assert.deepEqual(ids(["+1"], ["aaaa01"]), ["bbbb02"]);
    assert.equal(resolveRevision(graph(TREE), "base"), null);
  });

  test("errors list candidates and offer the nearest name", () => {
    const ambiguous = failure(() => resolveRevisions(graph(TREE), "cccc"));
    assert.equal(
      ambiguous.message,
      'Cannot find "cccc": 2 revisions begin with "cccc": "cccc03" (users), "cccc04" (billing)',
    );
    assert.equal(failure(() => resolveRevisions(graph(TREE), "billin9")).hint, 'Did you mean "billing"?');
    assert.equal(failure(() => resolveRevisions(graph(TREE), "usrs@head")).hint, 'Did you mean "users"?');
    assert.equal(failure(() => resolveRevisions(graph(""), "head")).code, "NO_REVISIONS");
  });
});

describe("historyRevisions", () => {
  const cases: readonly [range: string | undefined, rows: string, expected: string][] = [
    [undefined, "", "eeee06 dddd05 ffff07 cccc03 cccc04 bbbb02 aaaa01"],
    [":", "", "eeee06 dddd05 ffff07 cccc03 cccc04 bbbb02 aaaa01"],
    ["bbbb:dddd", "", "dddd05 cccc03 bbbb02"],
    [":cccc04", "", "cccc04 bbbb02 aaaa01"],
    ["cccc03:", "", "eeee06 dddd05 cccc03"],
    ["cccc03:eeee", "", "eeee06 dddd05 cccc03"],
    ["aaaa:+1", "", "bbbb02 aaaa01"],
    ["-1:current", "dddd05", "dddd05 cccc03"],
    ["-2:current", "dddd05", "dddd05 cccc03 bbbb02"],
    ["-9:current", "dddd05", "dddd05 cccc03 bbbb02 aaaa01"],
    ["current:eeee06", "cccc03", "eeee06 dddd05 cccc03"],
    ["lib@base:", "", "ffff07 cccc03 bbbb02 aaaa01"],
    ["dddd:bbbb", "", "RANGE_INVALID"],
    ["dddd", "", "RANGE_INVALID"],
    ["a:b:c", "", "RANGE_INVALID"],
    ["aaaa:-1", "", "RELATIVE_INVALID"],
    ["nothing:", "", "REVISION_NOT_FOUND"],
  ];
  for (const [range, rows, expected] of cases) {
    test(`${range} with {${rows}}`, () => {
      const list = () => historyRevisions(graph(TREE), range, rows.split(" ").filter(Boolean));
      if (/^[A-Z]+_[A-Z_]+$/.test(expected)) assert.equal(failure(list).code, expected);
      else assert.equal(list().map(({ revision }) => revision).join(" "), expected);
    });
  }
});
