import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_SCHEMA, OBJECT_KINDS, type Schema } from "../../src/schema/model.ts";
import { mergeParts } from "../../src/sources/part.ts";

const part = (schema: Partial<Schema>) => ({
  schema: { ...EMPTY_SCHEMA, ...schema },
  kinds: OBJECT_KINDS,
  unmodelled: [],
});

const fn = (name: string, body: string) =>
  ({ name, arguments: "integer", type: "function", definition: `create function ${name} ${body}` }) as const;

/** Two objects of one name that are not the same, and what they are called. */
const CLASHES: readonly (readonly [one: Partial<Schema>, other: Partial<Schema>, name: string])[] = [
  [{ views: [{ name: "v", query: "select 1" }] }, { views: [{ name: "v", query: "select 2" }] }, 'view "v"'],
  [
    { sequences: [{ name: "s", schema: "a" }] },
    { sequences: [{ name: "s", schema: "a", cache: 2 }] },
    'sequence "a.s"',
  ],
  [{ extensions: [{ name: "x" }] }, { extensions: [{ name: "x", schema: "a" }] }, 'extension "x"'],
  [{ routines: [fn("f", "1")] }, { routines: [fn("f", "2")] }, 'function "f(integer)"'],
  [
    { policies: [{ name: "p", table: "t", using: "a" }] },
    { policies: [{ name: "p", table: "t", using: "b" }] },
    'policy "t.p"',
  ],
  [
    { triggers: [{ name: "g", table: "t", definition: "a" }] },
    { triggers: [{ name: "g", table: "t", definition: "b" }] },
    'trigger "t.g"',
  ],
  [
    { domains: [{ name: "d", type: "text", checks: [] }] },
    { domains: [{ name: "d", type: "int", checks: [] }] },
    'domain "d"',
  ],
  [
    { objects: [{ type: "rule", name: "r", table: "t", definition: "a", drop: "x" }] },
    { objects: [{ type: "rule", name: "r", table: "t", definition: "b", drop: "x" }] },
    'object "rule t.r"',
  ],
];

for (const [one, other, name] of CLASHES) {
  test(`two parts of a target that disagree about the ${name}`, () => {
    assert.throws(() => mergeParts([part(one), part(other)]), {
      code: "TARGET_INVALID",
      message: `Cannot use the target: the ${name} is in it twice, and not the same`,
    });
    assert.deepEqual(mergeParts([part(one), part(one)]).schema, { ...EMPTY_SCHEMA, ...one });
  });
}

test("what has one name and belongs to two tables is no clash", () => {
  const policies = [{ name: "p", table: "t", using: "a" }, { name: "p", table: "u", using: "b" }];
  const routines = [fn("f", "1"), { ...fn("f", "1"), arguments: "text" }];
  const [first, second] = [0, 1].map((at) =>
    part({ policies: policies.slice(at, at + 1), routines: routines.slice(at, at + 1) })
  );
  const { schema } = mergeParts([first ?? part({}), second ?? part({})]);
  assert.deepEqual([schema.policies, schema.routines], [policies, routines]);
});
