import assert from "node:assert/strict";
import { test } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import type { Operation } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";
import { CODE_CASES } from "../postgres/code_cases.ts";
import { TYPE_CASES } from "../postgres/type_cases.ts";

/** What SQLite can do too, at least in part. */
const SHARED: ReadonlySet<Operation["kind"]> = new Set([
  "createView",
  "replaceView",
  "dropView",
  "createTrigger",
  "dropTrigger",
  "createIndex",
  "dropIndex",
]);

test("what only PostgreSQL can do is refused on SQLite, with what to do instead", () => {
  const operations = Object.values({ ...TYPE_CASES, ...CODE_CASES }).flatMap((each) => each.operations);
  const refused = new Map(operations.filter(({ kind }) => !SHARED.has(kind)).map((each) => [each.kind, each]));
  assert.ok(refused.size > 30, String(refused.size));
  for (const [kind, operation] of refused) {
    assert.throws(
      () => sqlite.compile([operation], { writer: sqlite.writer, before: EMPTY_SCHEMA }),
      (error: { code?: string; message?: string; hint?: string }) => {
        assert.equal(error.code, "UNSUPPORTED", kind);
        assert.match(error.message ?? "", new RegExp(`op\\.${kind}\\b.*SQLite|SQLite.*op\\.${kind}\\b`));
        assert.doesNotMatch(error.hint ?? "", /Only PostgreSQL has that/, kind);
        return true;
      },
    );
  }
});
