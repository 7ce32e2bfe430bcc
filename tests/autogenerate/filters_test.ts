/** What filters leave alone: every kind of object, what belongs to it, and what is said about it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Comparison } from "../../src/autogenerate/comparison.ts";
import { compareSchemas } from "../../src/autogenerate/compare_schemas.ts";
import { withExcluded } from "../../src/autogenerate/excluded.ts";
import type { FilteredType, Filters } from "../../src/autogenerate/filters.ts";
import { findRenames } from "../../src/autogenerate/renames.ts";
import type { SchemaDefinition } from "../../src/schema/builder.ts";
import type { CompareColumn } from "../../src/schema/compare_column.ts";
import { OBJECT_KINDS } from "../../src/schema/model.ts";
import type { ObjectRef } from "../../src/schema/objects.ts";
import { comparisonOf, tableOf } from "./stub.ts";

const t = (rest: Parameters<typeof tableOf>[2] = {}, ...columns: readonly string[]): SchemaDefinition => ({
  tables: [tableOf("t", ["id", ...columns], rest)],
});
const on: ObjectRef = { kind: "table", name: "t" };

/** An object of each kind, called `x`, which only one side has; `t` is a table on both. */
const KINDS: { readonly [type in FilteredType]: SchemaDefinition } = {
  schema: { schemas: ["x"], ...t() },
  enum: { ...t(), enums: [{ name: "x", values: ["a"] }] },
  table: { tables: [...t().tables ?? [], tableOf("x", ["id"])] },
  column: t({}, "x"),
  index: t({ indexes: [{ name: "x", columns: ["id"] }] }),
  uniqueConstraint: t({ uniques: [{ name: "x", columns: ["id"] }] }),
  foreignKeyConstraint: t({
    foreignKeys: [{ name: "x", columns: ["id"], references: { table: "t", columns: ["id"] } }],
  }),
  checkConstraint: t({ checks: [{ name: "x", expression: "id > 0" }] }),
  excludeConstraint: t({ exclusions: [{ name: "x", using: "gist", parts: [{ column: "id", operator: "=" }] }] }),
  extension: { ...t(), extensions: [{ name: "x" }] },
  collation: { ...t(), collations: [{ name: "x", provider: "libc", locale: "C" }] },
  domain: { ...t(), domains: [{ name: "x", type: "text" }] },
  type: { ...t(), compositeTypes: [{ name: "x", attributes: [{ name: "a", type: "text" }] }] },
  sequence: { ...t(), sequences: [{ name: "x" }] },
  view: { ...t(), views: [{ name: "x", query: "SELECT 1" }] },
  routine: {
    ...t(),
    routines: [{ name: "x", arguments: "", type: "function", definition: "CREATE FUNCTION x() RETURNS int" }],
  },
  trigger: { ...t(), triggers: [{ name: "x", table: "t", definition: "CREATE TRIGGER x BEFORE INSERT ON t" }] },
  policy: { ...t(), policies: [{ name: "x", table: "t", using: "true" }] },
  object: {
    ...t(),
    objects: [{
      name: "x",
      type: "statistics",
      definition: "CREATE STATISTICS x ON id FROM t",
      drop: "DROP STATISTICS x",
    }],
  },
};

async function found(
  current: SchemaDefinition,
  target: SchemaDefinition,
  filters: Filters,
): Promise<readonly string[]> {
  const sides = comparisonOf(current, target, { kinds: OBJECT_KINDS, filters, includeSchemas: true });
  const comparison = withExcluded(sides);
  const { operations, current: after } = await findRenames(comparison);
  return [...operations, ...compareSchemas({ ...comparison, current: after }).operations].map(({ kind }) => kind);
}

/** Leaves out what is called so. */
function without(name: string, by: "includeName" | "includeObject", asked: string[][]): Filters {
  return by === "includeName"
    ? {
      includeName: (each, type) => {
        asked.push([type, String(each)]);
        return each !== name;
      },
    }
    : {
      includeObject: (_, each, type) => {
        asked.push([type, String(each)]);
        return each !== name;
      },
    };
}

for (const [type, more] of Object.entries(KINDS)) {
  for (const by of ["includeName", "includeObject"] as const) {
    test(`${by} leaves a ${type} alone that is in the database`, async () => {
      assert.notDeepEqual(await found(more, t(), {}), []);
      const asked: string[][] = [];
      assert.deepEqual(await found(more, t(), without("x", by, asked)), []);
      assert.ok(asked.some(([kind, name]) => kind === type && name === "x"), `it is asked for: ${asked.join(" ")}`);
    });
  }

  test(`includeObject leaves a ${type} alone that is in the target`, async () => {
    assert.notDeepEqual(await found(t(), more, {}), []);
    assert.deepEqual(await found(t(), more, without("x", "includeObject", [])), []);
  });
}

test("what is left alone has no other name", async () => {
  const names = ["id", "name text", "born date", "died date"];
  const [current, target] = [{ tables: [tableOf("legacy", names)] }, { tables: [tableOf("people", names)] }];
  assert.deepEqual(await found(current, target, {}), ["renameTable"]);
  for (const by of ["includeName", "includeObject"] as const) {
    assert.deepEqual(await found(current, target, without("legacy", by, [])), ["createTable"]);
  }
  assert.deepEqual(await found(current, target, without("people", "includeObject", [])), ["dropTable"]);
});

test("the columns of a table that is left alone have no other name", async () => {
  const [current, target] = [t({}, "name text"), t({}, "full_name text")];
  assert.deepEqual(await found(current, target, {}), ["renameColumn"]);
  assert.deepEqual(await found(current, target, without("t", "includeName", [])), []);
});

test("what belongs to a table that is left alone, and what is said about it, is left alone", async () => {
  const said: SchemaDefinition = {
    ...t(),
    triggers: [{ name: "g", table: "t", definition: "CREATE TRIGGER g BEFORE INSERT ON t" }],
    policies: [{ name: "p", table: "t", using: "true" }],
    objects: [{
      name: "r",
      type: "rule",
      table: "t",
      definition: "CREATE RULE r AS ON DELETE TO t",
      drop: "DROP RULE r",
    }],
    comments: [{ on: { kind: "trigger", name: "g", table: "t" }, text: "Fires" }],
    grants: [{ on, to: "web", privileges: ["SELECT"] }],
  };
  for (const [current, target] of [[said, t()], [t(), said]] as const) {
    assert.equal((await found(current, target, {})).length, current === said ? 4 : 5);
    assert.deepEqual(await found(current, target, without("t", "includeName", [])), []);
  }
});

test("a filter is asked once for an object, with its table and both sides", async () => {
  const asked: unknown[][] = [];
  await found(KINDS.trigger, KINDS.trigger, {
    includeName: (name, type, parents) => asked.push(["name", name, type, parents.tableName ?? null]) > 0,
    includeObject: (object, name, type, reflected, other) => {
      if (type !== "table" && type !== "trigger") return true;
      return asked.push(["object", name, type, reflected, other !== null, Object.keys(object as object).length > 0]) >
        0;
    },
  });
  assert.deepEqual(asked.filter(([, , type]) => type === "table" || type === "trigger"), [
    ["name", "t", "table", null],
    ["object", "t", "table", false, true, true],
    ["name", "x", "trigger", "t"],
    ["object", "x", "trigger", false, true, true],
  ]);
});

test("a function decides about types and defaults, or leaves it to limbeck", () => {
  const [current, target] = [t({}, "a text", "b text", "c text"), {
    tables: [tableOf("t", ["id", "a varchar", "b varchar", "c text"])],
  }];
  const seen: unknown[] = [];
  const compare = (decide: (name: string) => boolean | null): CompareColumn => (old, now, table) => {
    seen.push([table.name, old.name, old.type, now.type]);
    return decide(now.name);
  };
  const altered = (options: Partial<Comparison>): readonly string[] => {
    const { operations } = compareSchemas(comparisonOf(current, target, { kinds: OBJECT_KINDS, ...options }));
    return operations.flatMap((each) =>
      each.kind === "alterColumn" ? [`${each.column} ${Object.keys(each.changes).join()}`] : []
    );
  };
  assert.deepEqual(altered({}), ["a type", "b type"]);
  assert.deepEqual(altered({ compareType: false }), []);
  assert.deepEqual(
    altered({ compareType: compare((name) => name === "a" ? false : name === "c" ? true : null) }),
    ["b type", "c type"],
  );
  assert.deepEqual(seen.at(1), ["t", "a", "text", "varchar"]);
  assert.deepEqual(
    altered({ compareType: false, compareServerDefault: compare((name) => name === "b" ? true : null) }),
    ["b default"],
  );
});
