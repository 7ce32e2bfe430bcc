import { after } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { ReusedDatabases } from "../support/reused_database.ts";
import { scenario } from "./operations_law.ts";
import { checkPair, scriptOf } from "./pair_law.ts";
import { checkSeeds } from "./seeds.ts";

const databases = new ReusedDatabases();
after(() => databases.close());

checkSeeds("pairs of PostgreSQL schemas", {
  size: 10,
  seeds: 100,
  make: (seed, size) => scenario(seed, postgres, size),
  check: (some) => checkPair(postgres, databases.open, scriptOf, some),
});
