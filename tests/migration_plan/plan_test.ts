import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLimbeckError, type LimbeckError } from "../../src/errors.ts";
import {
  type Plan,
  planDowngrade,
  planDowngradeRange,
  planStamp,
  planUpgrade,
  planUpgradeRange,
} from "../../src/migration/plan.ts";
import { maximal, rowChanges } from "../../src/migration/version_rows.ts";
import { graph } from "./graphs.ts";

const TREE = `
  a
  b < a
  c1 < b [users]
  c2 < b [billing]
  d1 < c1
  d2 < c2
  m < d1, d2
`;
const TWO_ROOTS = `
  lib1 [lib]
  lib2 < lib1
  app1 ^ lib1 [app]
  app2 < app1 ^ lib
  app3 < app2 ^ lib2
`;

/** A plan as text: `+a{a} -b{a}`, each step with the rows after it. */
function shown({ steps }: Plan): string {
  const sign = { upgrade: "+", downgrade: "-", stamp: "=" };
  return steps.map(({ direction, revision, rowsAfter }) =>
    `${sign[direction]}${revision?.revision ?? ""}{${rowsAfter.join(",")}}`
  ).join(" ");
}

function failure(run: () => unknown): LimbeckError {
  try {
    run();
  } catch (error) {
    if (isLimbeckError(error)) return error;
    throw error;
  }
  assert.fail("nothing was thrown");
}

describe("planUpgrade", () => {
  const cases: readonly [graph: string, rows: string, target: string | readonly string[], plan: string][] = [
    [TREE, "", "head", "+a{a} +b{b} +c2{c2} +d2{d2} +c1{c1,d2} +d1{d1,d2} +m{m}"],
    [TREE, "b", "users", "+c1{c1}"],
    [TREE, "b", "+1", "RELATIVE_INVALID"],
    [TREE, "a", "+1", "+b{b}"],
    [TREE, "b", "users@+2", "+c1{c1} +d1{d1}"],
    [TREE, "d2", "users@+1", "+c1{c1,d2}"],
    [TREE, "", "base+2", "+a{a} +b{b}"],
    [TREE, "c1 c2", "+1", "RELATIVE_INVALID"],
    [TREE, "c1 c2", "billing@+1", "+d2{c1,d2}"],
    [TREE, "c1", ["d1", "d2"], "+c2{c1,c2} +d2{c1,d2} +d1{d1,d2}"],
    [TREE, "c1", ["d1", "c1"], "OVERLAPPING_REVISIONS"],
    [TREE, "m", "c1", ""],
    [TREE, "m", "heads", ""],
    [TREE, "m", "+1", "RELATIVE_INVALID"],
    [TREE, "m", "-1", "RELATIVE_INVALID"],
    [TREE, "m", "base", ""],
    [TREE, "d1", "head-1", "RELATIVE_INVALID"],
    [TREE, "gone", "head", "VERSION_UNKNOWN"],
    [TREE, "", "nothing", "REVISION_NOT_FOUND"],
    [TREE, "", "nothing@head", "BRANCH_NOT_FOUND"],
    [TREE, "", "users@c2", "BRANCH_NOT_FOUND"],
    [TWO_ROOTS, "", "head", "MULTIPLE_HEADS"],
    [TWO_ROOTS, "", "heads", "+lib1{lib1} +lib2{lib2} +app1{app1,lib2} +app2{app2,lib2} +app3{app3}"],
    [TWO_ROOTS, "", "app@head", "+lib1{lib1} +lib2{lib2} +app1{app1,lib2} +app2{app2,lib2} +app3{app3}"],
    [TWO_ROOTS, "", "lib@head", "+lib1{lib1} +lib2{lib2}"],
    ["", "", "head", "NO_REVISIONS"],
    ["", "", "heads", ""],
    // Alembic dies here with KeyError: r1's parents overlap through a dependency.
    ["r0; r2 [users]; r3 ^ users; r1 < r3, r2 ^ r0", "", "heads", "+r0{r0} +r2{r0,r2} +r3{r0,r3} +r1{r1}"],
    // Rows that others imply (Alembic leaves such) go with the first step.
    ["a; b < a; c < b", "a b", "head", "+c{c}"],
  ];
  for (const [text, rows, target, expected] of cases) {
    test(`${String(target)} from {${rows}} in ${text.trim().split(/\s*\n\s*/).join("; ")}`, () => {
      const plan = () => planUpgrade(graph(text), rows.split(" ").filter(Boolean), target);
      if (/^[A-Z_]+$/.test(expected)) assert.equal(failure(plan).code, expected);
      else assert.equal(shown(plan()), expected);
    });
  }

  test("says where nothing is to be done, and resolves the target", () => {
    const plan = planUpgrade(graph(TREE), ["m"], "users");
    assert.deepEqual(plan.notes, ["c1 is already applied"]);
    assert.deepEqual(plan.targets, ["c1"]);
    assert.deepEqual(planUpgrade(graph(TREE), ["a"], "+1").targets, ["b"]);
  });

  test("names both sides of a step and the smallest change", () => {
    const steps = planUpgrade(graph(TREE), ["d1", "d2"], "head").steps;
    assert.equal(steps.length, 1);
    const { revision, ...step } = steps[0]!;
    assert.equal(revision?.revision, "m");
    assert.deepEqual(step, {
      direction: "upgrade",
      from: ["d1", "d2"],
      to: ["m"],
      rowsBefore: ["d1", "d2"],
      rowsAfter: ["m"],
      changes: [{ kind: "delete", version: "d1" }, { kind: "update", from: "d2", to: "m" }],
    });
  });

  test("the error about several heads lists them with their labels", () => {
    const error = failure(() => planUpgrade(graph("a; b < a [users]; c < a"), [], "head"));
    assert.equal(error.message, 'Cannot upgrade to "head": 2 heads are present: "b" (users), "c"');
    assert.equal(error.hint, 'Use "heads", or one branch: users@head');
    assert.deepEqual(error.facts["heads"], ["b", "c"]);
  });

  test("the error about an unknown row names it", () => {
    const error = failure(() => planUpgrade(graph(TREE), ["gone"], "head"));
    assert.match(error.message, /"gone"/);
    assert.match(error.hint!, /stamp --purge/);
  });
});

describe("planDowngrade", () => {
  const cases: readonly [graph: string, rows: string, target: string, plan: string][] = [
    [TREE, "m", "base", "-m{d1,d2} -d1{c1,d2} -c1{d2} -d2{c2} -c2{b} -b{a} -a{}"],
    [TREE, "m", "d1", "-m{d1,d2}"],
    [TREE, "m", "-1", "RELATIVE_INVALID"],
    [TREE, "m", "c1", "-m{d1,d2} -d1{c1,d2}"],
    [TREE, "d1 d2", "users@-1", "-d1{c1,d2}"],
    [TREE, "d1 d2", "-1", "-d1{c1,d2}"],
    [TREE, "d1 d2", "billing@base", "-d1{c1,d2} -c1{d2} -d2{c2} -c2{b} -b{a} -a{}"],
    [TREE, "d1 d2", "billing@b", "-d2{c2,d1} -c2{d1}"],
    [TREE, "d1 d2", "b", "-d1{c1,d2} -c1{d2} -d2{c2} -c2{b}"],
    [TREE, "d1", "d1", ""],
    [TREE, "d1", "d2", "RANGE_INVALID"],
    [TREE, "d1", "-9", "RELATIVE_INVALID"],
    [TREE, "d1", "-4", "-d1{c1} -c1{b} -b{a} -a{}"],
    [TREE, "d1", "d1-2", "-d1{c1} -c1{b}"],
    [TREE, "d1", "base+1", "-d1{c1} -c1{b} -b{a}"],
    [TREE, "d1", "+1", "RELATIVE_INVALID"],
    [TREE, "", "-1", "RELATIVE_INVALID"],
    [TREE, "", "base", ""],
    [TREE, "c1", "billing@-1", "RELATIVE_INVALID"],
    [TREE, "d1", "heads", "RANGE_INVALID"],
    ["a; b < a; c < a", "b", "heads", "MULTIPLE_HEADS"],
    [TWO_ROOTS, "app3", "lib@lib1", "-app3{app2,lib2} -lib2{app2}"],
    [TWO_ROOTS, "app3", "lib@-1", "-app3{app2,lib2} -lib2{app2}"],
    [TWO_ROOTS, "app3", "lib@base", "-app3{app2,lib2} -app2{app1,lib2} -app1{lib2} -lib2{lib1} -lib1{}"],
    [TWO_ROOTS, "app3", "app2", "-app3{app2,lib2}"],
    [TWO_ROOTS, "app1", "lib1", "RANGE_INVALID"],
    // Alembic brings back both dependencies, though one implies the other.
    ["r0; r1 < r0; x ^ r0, r1", "x", "base", "-x{r1} -r1{r0} -r0{}"],
    ["a; b < a; c < b", "a c", "b", "-c{b}"],
    ["a; b < a; c < b", "b c", "b", "-c{b}"],
  ];
  for (const [text, rows, target, expected] of cases) {
    test(`${target} from {${rows}} in ${text.trim().split(/\s*\n\s*/).join("; ")}`, () => {
      const plan = () => planDowngrade(graph(text), rows.split(" ").filter(Boolean), target);
      if (/^[A-Z_]+$/.test(expected)) assert.equal(failure(plan).code, expected);
      else assert.equal(shown(plan()), expected);
    });
  }

  test("-1 from several rows says from which it counts", () => {
    const { notes } = planDowngrade(graph(TREE), ["d1", "d2"], "-1");
    assert.equal(notes.length, 1);
    assert.match(notes[0]!, /2 revisions.*counts from d1/);
  });

  test("a merge taken back brings both rows", () => {
    const [step] = planDowngrade(graph(TREE), ["m"], "d1").steps;
    assert.deepEqual(step?.changes, [{ kind: "update", from: "m", to: "d2" }, { kind: "insert", version: "d1" }]);
  });
});

describe("planStamp", () => {
  const cases: readonly [
    graph: string,
    rows: string,
    targets: string | readonly string[],
    purge: boolean,
    plan: string,
  ][] = [
    [TREE, "", "head", false, "=m{m}"],
    [TREE, "d1 d2", "head", false, "=m{m}"],
    [TREE, "m", ["d1", "d2"], false, "=d1{d1} =d2{d1,d2}"],
    [TREE, "d1", "d2", false, "=d2{d1,d2}"],
    [TREE, "d1", "b", false, "=b{b}"],
    [TREE, "d1 d2", "base", false, "={d2} ={}"],
    [TREE, "d1", "d1", false, ""],
    [TREE, "d1", ["a", "d1"], false, ""],
    [TREE, "gone", "head", false, "VERSION_UNKNOWN"],
    [TREE, "gone", "head", true, "=m{m}"],
    [TREE, "gone m", "head", true, "=m{m}"],
    [TREE, "gone", "nothing", true, "REVISION_NOT_FOUND"],
    [TREE, "b", "+1", false, "RELATIVE_INVALID"],
    [TREE, "a", "+1", false, "=b{b}"],
    [TWO_ROOTS, "app3", "lib@base", false, "={}"],
    [TWO_ROOTS, "lib2", "app@head", false, "=app3{app3}"],
    ["a; x; b < a; c < a", "a x", "heads", false, "=b{b,x} =c{b,c,x}"],
  ];
  for (const [text, rows, targets, purge, expected] of cases) {
    test(`${String(targets)}${purge ? " --purge" : ""} from {${rows}}`, () => {
      const plan = () => planStamp(graph(text), rows.split(" ").filter(Boolean), targets, { purge });
      if (/^[A-Z_]+$/.test(expected)) assert.equal(failure(plan).code, expected);
      else assert.equal(shown(plan()), expected);
    });
  }
});

describe("ranges without a database", () => {
  const cases: readonly [direction: "up" | "down", range: string, plan: string][] = [
    ["up", "b:d1", "+c1{c1} +d1{d1}"],
    ["up", ":b", "+a{a} +b{b}"],
    ["up", "base:b", "+a{a} +b{b}"],
    ["up", "b", "+a{a} +b{b}"],
    ["up", "b:users@+1", "+c1{c1}"],
    ["up", "c1:", "+c2{c1,c2} +d2{c1,d2} +d1{d1,d2} +m{m}"],
    ["up", ":", "RANGE_INVALID"],
    ["up", "a:b:c1", "RANGE_INVALID"],
    ["up", "nothing:b", "REVISION_NOT_FOUND"],
    ["down", "d1:b", "-d1{c1} -c1{b}"],
    ["down", "b:base", "-b{a} -a{}"],
    ["down", "b:-1", "-b{a}"],
    ["down", "b", "RANGE_INVALID"],
    ["down", "b:", "RANGE_INVALID"],
    ["down", ":base", "RANGE_INVALID"],
    ["down", "b:d1", "RANGE_INVALID"],
  ];
  for (const [direction, range, expected] of cases) {
    test(`${direction} ${range}`, () => {
      const plan = () =>
        direction === "up" ? planUpgradeRange(graph(TREE), range) : planDowngradeRange(graph(TREE), range);
      if (/^[A-Z_]+$/.test(expected)) assert.equal(failure(plan).code, expected);
      else assert.equal(shown(plan()), expected);
    });
  }
});

test("a range may begin at several heads", () => {
  const map = graph("a; b < a; c < a");
  assert.equal(shown(planDowngradeRange(map, "heads:base")), "-b{c} -c{a} -a{}");
  assert.equal(failure(() => planDowngradeRange(map, "head:base")).code, "MULTIPLE_HEADS");
});

describe("version rows", () => {
  test("are the maximal elements", () => {
    const map = graph(TWO_ROOTS);
    assert.deepEqual(maximal(map, ["app1", "lib1"]), ["app1"]);
    assert.deepEqual(maximal(map, ["app2", "lib2", "app1"]), ["app2", "lib2"]);
    assert.deepEqual(maximal(map, []), []);
  });
  test("change as little as possible", () => {
    assert.deepEqual(rowChanges(["a", "b"], ["b", "a"]), []);
    assert.deepEqual(rowChanges(["a", "b"], ["b", "c"]), [{ kind: "update", from: "a", to: "c" }]);
    assert.deepEqual(rowChanges([], ["a"]), [{ kind: "insert", version: "a" }]);
    assert.deepEqual(rowChanges(["a"], []), [{ kind: "delete", version: "a" }]);
  });
});
