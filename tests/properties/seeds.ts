/** Runs a law over seeds, and makes a failing list short. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";
import { applyOperation, type Operation } from "../../src/operations/registry.ts";
import { minimise } from "./minimise.ts";
import type { Scenario } from "./operations_law.ts";

/** Which seeds, and how a list is made and checked. */
export interface Seeds {
  readonly size: number;
  readonly seeds: number;
  readonly make: (seed: number, size: number) => Scenario;
  readonly check: (scenario: Scenario) => Promise<void>;
}

/** Whether the operations make sense one after another. */
function makesSense({ making, changing }: Scenario): boolean {
  try {
    [...making, ...changing].reduce(applyOperation, EMPTY_SCHEMA);
    return true;
  } catch {
    return false;
  }
}

type Step = readonly [part: "making" | "changing", operation: Operation];

const split = (steps: readonly Step[]): Scenario => ({
  making: steps.filter(([part]) => part === "making").map(([, operation]) => operation),
  changing: steps.filter(([part]) => part === "changing").map(([, operation]) => operation),
});

const join = ({ making, changing }: Scenario): readonly Step[] => [
  ...making.map((operation): Step => ["making", operation]),
  ...changing.map((operation): Step => ["changing", operation]),
];

async function failureOf(check: Seeds["check"], scenario: Scenario): Promise<string | undefined> {
  try {
    await check(scenario);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What kind of failure it is, without the names: a shorter list that fails otherwise is another defect, or none. */
const kindOf = (message: string): string =>
  (/says: ([^"]*)/.exec(message)?.[1] ?? message.slice(0, 15)).replaceAll(/\w*\d\w*/g, "");

/** How many seeds are tried, and from which on: `LIMBECK_TEST_SEEDS=1000+500` tries 500 from 1000 on. */
function wanted(usual: number): { readonly first: number; readonly count: number } {
  const [, first, count] = /^(\d+)\+(\d+)$/.exec(process.env["LIMBECK_TEST_SEEDS"] ?? "") ?? [];
  return first === undefined ? { first: 1, count: usual } : { first: Number(first), count: Number(count) };
}

/** A test for each seed. One that fails shows the shortest list that fails. */
export function checkSeeds(title: string, { size, seeds, make, check }: Seeds): void {
  const { first, count } = wanted(seeds);
  describe(`random operations on ${title}`, () => {
    for (let seed = first; seed < first + count; seed++) {
      it(`seed ${seed}`, async () => {
        const found = make(seed, size);
        const first = await failureOf(check, found);
        if (first === undefined) return;
        const failsSo = async (steps: readonly Step[]): Promise<boolean> => {
          const message = makesSense(split(steps)) ? await failureOf(check, split(steps)) : undefined;
          return message !== undefined && kindOf(message) === kindOf(first);
        };
        const shortest = split(await minimise(join(found), failsSo));
        const text = (operations: readonly Operation[]): string =>
          operations.map((each) => JSON.stringify(each)).join("\n");
        assert.fail(`${text(shortest.making)}\n--\n${text(shortest.changing)}\n${await failureOf(check, shortest)}`);
      });
    }
  });
}
