/** The corpus of SQLite schemas, held to the law of a diff. */
import { describe, it } from "node:test";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { checkLaw, type LawCase } from "../commands/diff_law.ts";
import { SQLITE_CODE } from "./sqlite_code.ts";
import { SQLITE_COLUMNS } from "./sqlite_columns.ts";
import { SQLITE_KEYS } from "./sqlite_keys.ts";

const CORPUS: { readonly [kind: string]: readonly LawCase[] } = {
  columns: SQLITE_COLUMNS,
  keys: SQLITE_KEYS,
  code: SQLITE_CODE,
};

for (const [kind, cases] of Object.entries(CORPUS)) {
  describe(`a diff of SQLite's ${kind}`, () => {
    for (const law of cases) it(law.name, () => checkLaw(sqlite, () => sqlite.openScratch(), law));
  });
}
