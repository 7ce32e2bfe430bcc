import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { fingerprint } from "../postgres/fingerprint.ts";
import { withConnection } from "../postgres/session.ts";
import { checkOperations, scenario } from "./operations_law.ts";
import { checkSeeds } from "./seeds.ts";

checkSeeds("PostgreSQL", {
  size: 12,
  seeds: 10,
  make: (seed, size) => scenario(seed, postgres, size),
  check: (some) =>
    withConnection(async (connection) => {
      await checkOperations(postgres, connection, some, () => fingerprint(connection));
    }),
});
