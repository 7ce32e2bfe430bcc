import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { withDatabase } from "../sqlite/database.ts";
import { checkOperations, type Scenario, scenario } from "./operations_law.ts";
import { checkSeeds } from "./seeds.ts";

const check = (some: Scenario): Promise<void> =>
  withDatabase("", async (connection) => {
    await checkOperations(sqlite, connection, some, () => Promise.resolve([]));
  });

checkSeeds("SQLite", { size: 12, seeds: 60, make: (seed, size) => scenario(seed, sqlite, size), check });
