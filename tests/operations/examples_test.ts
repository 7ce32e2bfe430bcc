import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { allOperations } from "../../scripts/build_operations_page.ts";
import { createRecorder, type Op } from "../../src/operations/recorder.ts";
import { OPERATIONS } from "../../src/operations/registry.ts";
import { renderOperations } from "../../src/operations/render.ts";

const folder = mkdtempSync(join(tmpdir(), "limbeck-examples-"));
after(() => rmSync(folder, { recursive: true }));

async function record(name: string, source: string): Promise<string> {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, source);
  const { upgrade } = await import(pathToFileURL(path).href) as { upgrade(op: Op): void | Promise<void> };
  const { op, take } = createRecorder({
    dialect: "postgres",
    placeholder: (number) => `$${number}`,
    query: () => Promise.resolve([]),
  });
  await upgrade(op);
  return renderOperations(take().map(({ operation }) => operation));
}

describe("the examples of docs/operations.md", () => {
  const entries = allOperations();
  it("there is one for each operation", () => {
    assert.deepEqual(entries.map(({ kind }) => kind), Object.keys(OPERATIONS).sort());
  });
  for (const { kind, text, example } of entries) {
    it(kind, async () => {
      assert.notEqual(text, "");
      const rendered = await record(kind, example);
      assert.match(rendered, new RegExp(`op\\.(?:${kind}|${kind === "createPartition" ? "createTable" : kind})\\(`));
      // What is rendered records the same again.
      const again = await record(`${kind}_again`, `export function upgrade(op) {\n${rendered}\n}\n`);
      assert.equal(again, rendered);
    });
  }
});
