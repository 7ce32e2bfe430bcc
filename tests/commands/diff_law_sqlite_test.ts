import { describe, it } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { DIFF_CASES } from "./diff_cases_sqlite.ts";
import { checkLaw } from "./diff_law.ts";

describe("a diff of SQLite schemas", () => {
  for (const [name, { a, b, aRows = "" }] of Object.entries(DIFF_CASES)) {
    it(name, () => checkLaw(sqlite, () => sqlite.openScratch(), { name, from: a, to: b, rows: aRows }));
  }
});
