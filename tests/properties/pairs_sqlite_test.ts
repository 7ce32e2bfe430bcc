import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { scenario } from "./operations_law.ts";
import { checkPair, storedScriptOf } from "./pair_law.ts";
import { checkSeeds } from "./seeds.ts";

checkSeeds("pairs of SQLite schemas", {
  size: 10,
  seeds: 400,
  make: (seed, size) => scenario(seed, sqlite, size),
  check: (some) => checkPair(sqlite, () => sqlite.openScratch(), storedScriptOf, some),
});
