import assert from "node:assert/strict";
import { test } from "node:test";
import { drawGraph, type GraphNode } from "../../src/cli/graph.ts";

/** `m:a,b` is m with the parents a and b. */
function nodesOf(text: string): readonly GraphNode[] {
  return text.split(" ").filter((each) => each !== "").map((each) => {
    const [id = "", parents = ""] = each.split(":");
    return { id, parents: parents === "" ? [] : parents.split(","), lines: [id] };
  });
}

const DRAWINGS: readonly (readonly [name: string, nodes: string, drawing: readonly string[]])[] = [
  ["one revision", "a", ["* a"]],
  ["a line", "c:b b:a a", ["* c", "* b", "* a"]],
  ["a branch point", "b:a c:a a", ["* b", "| * c", "|/", "* a"]],
  ["a branch point of three", "b:a c:a d:a a", ["* b", "| * c", "| | * d", "|/ /", "|/", "* a"]],
  ["a merge", "m:b,c b:a c:a a", ["* m", "|\\", "* | b", "| * c", "|/", "* a"]],
  ["a merge of three", "m:a,b,c a:r b:r c:r r", [
    "* m",
    "|\\",
    "|\\ \\",
    "* | | a",
    "| * | b",
    "| | * c",
    "|/ /",
    "|/",
    "* r",
  ]],
  ["a line over another", "x:r y:q z:r r q", ["* x", "| * y", "| | * z", "| |/", "|/|", "* | r", " /", "* q"]],
  ["several bases", "b:a a d:c c", ["* b", "* a", "* d", "* c"]],
  ["parents that are not drawn", "m:a,zz a:yy b:zz", ["* m", "* a", "* b"]],
  ["nothing", "", []],
];

for (const [name, nodes, drawing] of DRAWINGS) {
  test(`the graph of ${name}`, () => {
    assert.deepEqual(drawGraph(nodesOf(nodes)), drawing);
  });
}

test("further lines stand beside the lanes, in line with the first", () => {
  const nodes: readonly GraphNode[] = [
    { id: "m", parents: ["a", "b"], lines: ["m1", "m2", "m3"] },
    { id: "a", parents: ["r"], lines: ["a1", "", "a2"] },
    { id: "b", parents: ["r"], lines: ["b1"] },
    { id: "r", parents: [], lines: ["r1", "r2"] },
  ];
  assert.deepEqual(drawGraph(nodes), [
    "*   m1",
    "|\\  m2",
    "| | m3",
    "* | a1",
    "| |",
    "| | a2",
    "| * b1",
    "|/",
    "* r1",
    "  r2",
  ]);
});

test("marks are painted by their column, the revisions are not", () => {
  const drawn = drawGraph(nodesOf("b:a c:a a"), (mark, column) => `${column}${mark}`);
  assert.deepEqual(drawn, ["* b", "0| * c", "0|0/", "* a"]);
});

/** Follows the lines of a drawing downwards: which revisions hang under which. */
function readGraph(lines: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const at = (row: number, column: number): string => lines[row]?.[column] ?? " ";
  const nameOf = (row: number): string => lines[row]!.split(" ").at(-1)!;
  const follow = (row: number, column: number): readonly string[] => {
    if (row >= lines.length) return [];
    if (at(row, column) === "*") return [nameOf(row)];
    if (at(row, column) === "|") return follow(row + 1, column);
    if (at(row, column - 1) === "/") return slide(row, column - 1);
    if (at(row, column + 1) === "\\") return follow(row + 1, column + 2);
    return [];
  };
  const slide = (row: number, column: number): readonly string[] =>
    at(row + 1, column - 1) === "|" && at(row + 1, column - 2) === "/"
      ? slide(row + 1, column - 2)
      : follow(row + 1, column - 1);
  const found = new Map<string, ReadonlySet<string>>();
  lines.forEach((line, row) => {
    const column = line.indexOf("*");
    if (column < 0) return;
    const reached = [...follow(row + 1, column)];
    for (let next = row + 1; at(next, column) === "|" && at(next, column + 1) === "\\"; next++) {
      reached.push(...follow(next + 1, column + 2));
    }
    found.set(nameOf(row), new Set(reached));
  });
  return found;
}

/** A sequence of numbers below a limit, the same for the same seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
}

/** A history in which every base has a child directly above it or stands last, so that no two lines touch. */
function randomHistory(seed: number): readonly GraphNode[] {
  const below = numbers(seed);
  const count = 2 + below(12);
  return Array.from({ length: count }, (_, place) => {
    const older = count - place - 1;
    const wanted = older === 0 ? 0 : 1 + (below(4) === 0 ? 1 : 0) + (below(8) === 0 ? 1 : 0);
    const parents = new Set(Array.from({ length: wanted }, () => `n${place + 1 + below(Math.min(older, 5))}`));
    return { id: `n${place}`, parents: [...parents], lines: [`n${place}`] };
  });
}

test("whoever follows the lines of a drawing finds the parents of each revision", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const nodes = randomHistory(seed);
    const drawing = drawGraph(nodes);
    const read = readGraph(drawing);
    for (const { id, parents } of nodes) {
      assert.deepEqual(
        [...read.get(id) ?? []].sort(),
        [...parents].sort(),
        `seed ${seed}, ${id}\n${drawing.join("\n")}`,
      );
    }
  }
});
