import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isLimbeckError, type LimbeckError } from "../../src/errors.ts";
import { decideRevision, type NewRevisionOptions } from "../../src/script/new_revision.ts";
import { createRevisionMap } from "../../src/script/revision_map.ts";
import { graph, revision, shorts } from "../migration_plan/graphs.ts";

const FORK = "aaaa; bbbb < aaaa [users]; cccc < aaaa";

function decide(text: string, options: Partial<NewRevisionOptions>) {
  return decideRevision(graph(text), { revId: "new1", versionLocations: ["/versions"], ...options });
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

describe("decideRevision", () => {
  test("follows the head", () => {
    assert.deepEqual(decide("aaaa; bbbb < aaaa", { branchLabels: ["x"] }), {
      revision: "new1",
      downRevisions: ["bbbb"],
      branchLabels: ["x"],
      dependsOn: [],
      directory: "/versions",
    });
  });

  const parents: readonly [text: string, options: Partial<NewRevisionOptions>, parents: string][] = [
    ["", {}, ""],
    ["aaaa", { head: "base" }, ""],
    [FORK, { head: "users@head" }, "bbbb"],
    [FORK, { head: "cccc" }, "cccc"],
    [FORK, { head: "heads" }, "bbbb cccc"],
    [FORK, { head: ["bbbb", "cccc"] }, "bbbb cccc"],
    [FORK, { head: "aaaa", splice: true }, "aaaa"],
  ];
  for (const [text, options, expected] of parents) {
    test(`parents for ${JSON.stringify(options)} in ${text}`, () => {
      assert.equal(decide(text, options).downRevisions.join(" "), expected);
    });
  }

  test("dependencies are full ids, labels stay labels", () => {
    assert.deepEqual(decide(FORK, { head: "cccc", dependsOn: ["users", "bbbb", "bbb"] }).dependsOn, ["users", "bbbb"]);
  });

  const wrong: readonly [text: string, options: Partial<NewRevisionOptions>, code: string, message: RegExp][] = [
    [FORK, {}, "MULTIPLE_HEADS", /2 heads are present/],
    [FORK, { head: "aaaa" }, "NOT_A_HEAD", /"aaaa": it is no head/],
    [FORK, { head: ["bbbb", "aaaa"], splice: true }, "OVERLAPPING_REVISIONS", /"aaaa" lies under/],
    [FORK, { head: "bbbb", dependsOn: ["aaaa"] }, "REVISION_INVALID", /own ancestor "aaaa"/],
    [FORK, { head: "bbbb", dependsOn: ["base"] }, "REVISION_NOT_FOUND", /no revision/],
    ["aaaa", { revId: "a-b" }, "REVISION_ID_INVALID", /"-"/],
    ["aaaa", { revId: "" }, "REVISION_ID_INVALID", /empty/],
    ["aaaa", { revId: "x".repeat(33) }, "REVISION_ID_INVALID", /32/],
    ["aaaa", { revId: "aaaa" }, "DUPLICATE_REVISION", /\/versions\/aaaa\.ts/],
    // Alembic writes this file before it finds out.
    ["aaaa", { revId: "c1", head: "c1" }, "CYCLE", /stand on itself/],
    ["aaaa", { revId: "c1", dependsOn: ["c1"] }, "CYCLE", /stand on itself/],
    [FORK, { head: "cccc", branchLabels: ["users"] }, "DUPLICATE_LABEL", /bbbb\.ts/],
    [FORK, { head: "cccc", branchLabels: ["aaaa"] }, "DUPLICATE_LABEL", /aaaa\.ts/],
    ["aaaa", { branchLabels: ["new1"] }, "DUPLICATE_LABEL", /new revision's id/],
    ["aaaa", { branchLabels: ["a@b"] }, "REVISION_ID_INVALID", /"a@b"/],
    ["aaaa", { head: "nothing" }, "REVISION_NOT_FOUND", /"nothing"/],
    ["aaaa", { versionPath: "/elsewhere" }, "VERSION_LOCATION", /"\/elsewhere"/],
    ["", { versionLocations: ["/one", "/two"] }, "VERSION_LOCATION", /several/],
  ];
  for (const [text, options, code, message] of wrong) {
    test(`refuses ${JSON.stringify(options)} in ${text}`, () => {
      const error = failure(() => decide(text, options));
      assert.equal(error.code, code);
      assert.match(error.message, message);
    });
  }

  test("a non-head says --splice, several heads say --head", () => {
    assert.match(failure(() => decide(FORK, { head: "aaaa" })).hint!, /--splice/);
    assert.match(failure(() => decide(FORK, {})).hint!, /--head/);
  });

  test("with several locations, the file goes beside its parent", () => {
    const map = createRevisionMap(shorts("aaaa; bbbb").map((short) => revision(short, `/${short.id}/${short.id}.ts`)));
    const versionLocations = ["/aaaa", "/bbbb"];
    const directory = (options: Partial<NewRevisionOptions>) =>
      decideRevision(map, { revId: "new1", versionLocations, ...options }).directory;
    assert.equal(directory({ head: "bbbb" }), "/bbbb");
    assert.equal(directory({ head: "bbbb", versionPath: "/aaaa" }), "/aaaa");
    assert.equal(directory({ head: "bbbb", versionPath: "/aaaa/sub", recursive: true }), "/aaaa/sub");
  });
});
