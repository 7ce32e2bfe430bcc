/**
 * What a real Alembic answered about random graphs, beside what limbeck answers.
 *
 * `alembic_corpus.json` was written by running Alembic 1.8.1 on each case with three hash seeds: `alembic` holds the
 * distinct answers. Where limbeck answers otherwise on purpose, the case says with `differs` for which of the reasons below.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { isLimbeckError } from "../../src/errors.ts";
import { type Plan, planDowngrade, planStamp, planUpgrade } from "../../src/migration/plan.ts";
import { resolveRevisions } from "../../src/script/resolve.ts";
import { createRevisionMap, type RevisionMap } from "../../src/script/revision_map.ts";
import { historyRevisions } from "../../src/script/traverse.ts";
import { closure, naiveRows, revision } from "./graphs.ts";

interface Answer {
  readonly error?: string;
  readonly steps?: readonly (readonly [string | null, readonly string[]])[];
  readonly rows?: readonly string[];
  readonly revisions?: readonly string[];
  readonly labels?: { readonly [id: string]: readonly string[] };
}

interface Case {
  readonly name: string;
  readonly graph: number;
  readonly rows: readonly string[];
  readonly command: "upgrade" | "downgrade" | "stamp" | "history" | "show" | "load";
  readonly target: string | readonly string[];
  readonly purge?: boolean;
  readonly alembic: readonly Answer[];
  readonly differs?: keyof typeof DIFFERENCES;
}

type GraphRow = readonly [id: string, down: readonly string[], labels: readonly string[], deps: readonly string[]];

const corpus = JSON.parse(readFileSync(new URL("./alembic_corpus.json", import.meta.url), "utf8")) as {
  readonly graphs: readonly (readonly GraphRow[])[];
  readonly cases: readonly Case[];
};

/** Why limbeck answers otherwise, and what it then has to answer. */
const DIFFERENCES = {
  // Such a dependency says nothing, and is a slip; Alembic takes it.
  "dependency on an ancestor": (example: Case) => {
    assert.throws(() => answer(example), (error) => isLimbeckError(error) && error.code === "REVISION_INVALID");
  },
  // Alembic walks a set where a revision has several dependencies, so its order changes with the hash seed.
  "order of several dependencies": (example: Case) => {
    const ours = answer(example);
    const theirs = example.alembic[0]!;
    assert.ok(corpus.graphs[example.graph]!.some(([, , , deps]) => deps.length > 1));
    assert.deepEqual(idsOf(ours).sort(), idsOf(theirs).sort());
    if (ours.rows === undefined) return;
    assert.deepEqual(ours.rows, theirs.rows);
    assertSound(example);
  },
  // Alembic 1.8.1 (1.19 still where two dependencies lie on one line) brings back rows that other rows imply.
  "redundant rows": (example: Case) => {
    const map = mapOf(example);
    const theirs = example.alembic[0]!;
    assert.deepEqual(idsOf(answer(example)), idsOf(theirs));
    assert.ok(theirs.steps!.some(([, rows]) => naiveRows(map, closure(map, rows)).length < rows.length));
    assertSound(example);
  },
  // Alembic dies with KeyError or AssertionError, half way or before it begins.
  "Alembic crashes": (example: Case) => {
    assert.match(example.alembic[0]!.error!, /^(?:KeyError|AssertionError)/);
    assertSound(example);
  },
  // Alembic leaves rows of which one lies under another, and refuses to go on from such rows afterwards.
  "overlapping rows": (example: Case) => assertSound(example),
  // Given several targets, Alembic forgets one that has its row already, when the rows are folded into another target.
  "stamp loses a target": (example: Case) => {
    const theirs = example.alembic[0]!.rows!;
    const ours = answer(example).rows!;
    const asked = resolveRevisions(mapOf(example), example.target).map(({ revision }) => revision);
    assert.ok(asked.some((id) => example.rows.includes(id) && !theirs.includes(id)));
    assert.ok(asked.every((id) => closure(mapOf(example), ours).has(id)));
    assertSound(example);
  },
  // `stamp +1` counts from the rows, as everywhere.
  "stamp takes relative targets": (example: Case) => {
    assert.match(example.alembic[0]!.error!, /^ResolutionError/);
    assertSound(example);
  },
  // `-3:X` that reaches the base stops there; Alembic stops at a revision that does not exist, and refuses.
  "lower bound at the base": (example: Case) => {
    assert.match(example.alembic[0]!.error!, /^RangeNotAncestorError/);
    assert.deepEqual(
      answer(example).revisions,
      answer({ ...example, target: `:${String(example.target).split(":")[1]}` }).revisions,
    );
  },
} as const;

function idsOf({ steps, revisions }: Answer): (string | null)[] {
  return revisions === undefined ? steps!.map(([id]) => id) : [...revisions];
}

function mapOf({ graph }: Case): RevisionMap {
  return createRevisionMap(
    corpus.graphs[graph]!.map(([id, down, labels, deps], place) =>
      revision({ id, down, labels, deps }, `/versions/${place}.ts`)
    ),
  );
}

function planOf(map: RevisionMap, { command, rows, target, purge }: Case): Plan {
  switch (command) {
    case "upgrade":
      return planUpgrade(map, rows, target);
    case "downgrade":
      return planDowngrade(map, rows, target as string);
    default:
      return planStamp(map, rows, target, purge === undefined ? {} : { purge });
  }
}

function answer(example: Case): Answer {
  const { command, target, rows } = example;
  const map = mapOf(example);
  switch (command) {
    case "load":
      return {
        heads: [...map.heads].sort(),
        bases: [...map.bases].sort(),
        effectiveHeads: [...map.effectiveHeads].sort(),
        labels: Object.fromEntries(map.revisions.map(({ revision }) => [revision, map.labels(revision)])),
      } as Answer;
    case "history":
      return { revisions: historyRevisions(map, target as string, []).map(({ revision }) => revision) };
    case "show":
      return { revisions: resolveRevisions(map, target).map(({ revision }) => revision) };
    case "stamp":
      // How many steps a stamp takes is a matter of taste: the rows it leaves are not.
      return { rows: planOf(map, example).steps.at(-1)?.rowsAfter ?? [...rows].sort() };
    default: {
      const { steps } = planOf(map, example);
      return {
        steps: steps.map(({ revision, rowsAfter }) => [revision!.revision, rowsAfter]),
        rows: steps.at(-1)?.rowsAfter ?? [...rows].sort(),
      };
    }
  }
}

/** Whether a plan keeps its promises: each step finds its neighbours as it needs them, and leaves the right rows. */
function assertSound(example: Case): void {
  const map = mapOf(example);
  const applied = closure(map, example.rows);
  for (const { direction, revision, rowsAfter, to } of planOf(map, example).steps) {
    if (direction === "upgrade") {
      assert.ok(
        [...map.get(revision!.revision).downRevisions, ...map.dependencies(revision!.revision)].every((id) =>
          applied.has(id)
        ),
      );
      applied.add(revision!.revision);
    } else if (direction === "downgrade") {
      assert.ok(applied.delete(revision!.revision));
    }
    const expected = direction === "stamp" ? closure(map, rowsAfter) : applied;
    assert.deepEqual(rowsAfter, naiveRows(map, expected));
    if (direction === "stamp") assert.ok(to.every((id) => rowsAfter.includes(id)));
  }
}

function withoutSteps(found: Answer, command: Case["command"]): Answer {
  return command === "stamp" && found.error === undefined ? { rows: found.rows! } : found;
}

describe("beside Alembic", () => {
  for (const example of corpus.cases) {
    const { name, command, target, rows, alembic, differs } = example;
    test(`${name}: ${command} ${JSON.stringify(target)} from ${JSON.stringify(rows)}`, () => {
      if (differs !== undefined) return DIFFERENCES[differs](example);
      if (alembic[0]!.error !== undefined) {
        assert.throws(() => answer(example), (error) => isLimbeckError(error) && error.code !== "INTERNAL");
        return;
      }
      const ours = answer(example);
      const theirs = alembic.map((one) => withoutSteps(one, command));
      assert.deepEqual(ours, theirs.find((one) => JSON.stringify(one) === JSON.stringify(ours)) ?? theirs[0]);
    });
  }
});
