/** Laws on random graphs, from fixed seeds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Plan, planDowngrade, planUpgrade } from "../../src/migration/plan.ts";
import type { RowChange } from "../../src/migration/version_rows.ts";
import type { RevisionMap } from "../../src/script/revision_map.ts";
import { historyRevisions } from "../../src/script/traverse.ts";
import { closure, createRandom, naiveRows, randomGraph } from "./graphs.ts";

function changed(rows: readonly string[], changes: readonly RowChange[]): readonly string[] {
  const table = new Set(rows);
  const take = (row: string) => assert.ok(table.delete(row), `${row} must be there`);
  for (const change of changes) {
    if (change.kind === "insert") table.add(change.version);
    else if (change.kind === "delete") take(change.version);
    else {
      take(change.from);
      table.add(change.to);
    }
  }
  return [...table].sort();
}

/** Runs a plan on a set of applied revisions, checking each step; gives the set afterwards. */
function follow(map: RevisionMap, applied: ReadonlySet<string>, { steps }: Plan): ReadonlySet<string> {
  const now = new Set(applied);
  let rows = naiveRows(map, now);
  for (const { direction, revision, rowsBefore, rowsAfter, changes } of steps) {
    const id = revision!.revision;
    const needs = [...map.get(id).downRevisions, ...map.dependencies(id)];
    assert.deepEqual(rowsBefore, rows);
    if (direction === "upgrade") {
      assert.ok(!now.has(id) && needs.every((need) => now.has(need)), `${id} comes too early`);
      now.add(id);
    } else {
      assert.ok(now.delete(id));
      assert.ok([...now].every((other) => !closure(map, [other]).has(id)), `${id} goes too early`);
    }
    rows = naiveRows(map, now);
    assert.deepEqual(rowsAfter, rows);
    assert.deepEqual(changed(rowsBefore, changes), rows);
    assert.equal(
      changes.length,
      Math.max(
        ...[rowsBefore, rowsAfter].map((some, at) =>
          some.filter((row) => ![rowsAfter, rowsBefore][at]!.includes(row)).length
        ),
      ),
    );
  }
  return now;
}

for (let seed = 1; seed <= 60; seed++) {
  test(`random graph ${seed}`, () => {
    const random = createRandom(seed * 7919);
    const map = randomGraph(random, 3 + seed % 20);
    const pick = () => map.revisions[Math.floor(random() * map.revisions.length)]!.revision;

    const target = pick();
    const some = follow(map, new Set(), planUpgrade(map, [], target));
    assert.deepEqual([...some].sort(), [...closure(map, [target])].sort());
    const all = follow(map, some, planUpgrade(map, naiveRows(map, some), "heads"));
    assert.equal(all.size, map.revisions.length);
    assert.deepEqual(naiveRows(map, all), [...map.effectiveHeads].sort());

    const forks = map.revisions.map(({ revision }) => revision).filter((id) => map.children(id).length > 0);
    const back = forks[Math.floor(random() * forks.length)] ?? "base";
    const after = follow(map, all, planDowngrade(map, naiveRows(map, all), back));
    const expected = back === "base" ? map.bases : map.children(back);
    const gone = map.revisions.map(({ revision }) => revision).filter((id) =>
      expected.some((root) => closure(map, [id]).has(root))
    );
    assert.deepEqual([...all].filter((id) => !after.has(id)).sort(), gone.sort());
    const again = follow(map, after, planUpgrade(map, naiveRows(map, after), "heads"));
    assert.equal(again.size, all.size);
    assert.equal(follow(map, again, planDowngrade(map, naiveRows(map, again), "base")).size, 0);

    const history = historyRevisions(map, undefined, []).map(({ revision }) => revision);
    assert.deepEqual(history, planUpgrade(map, [], "heads").steps.map(({ revision }) => revision!.revision).reverse());
  });
}
