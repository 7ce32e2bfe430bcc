import { describe, it } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { BIG_SCHEMAS } from "../support/big_schemas.ts";
import { postgresUrl } from "../support/postgres_server.ts";
import { checkLaw } from "./diff_law.ts";

describe("big schemas of PostgreSQL", () => {
  for (const { name, sql } of BIG_SCHEMAS) {
    it(`${name}, made of nothing and taken back`, async () => {
      const url = await postgresUrl();
      await checkLaw(postgres, () => postgres.openScratch({ url }), { name, from: "SELECT 1", to: sql });
    });
    it(`${name}, dropped and brought back`, async () => {
      const url = await postgresUrl();
      await checkLaw(postgres, () => postgres.openScratch({ url }), { name, from: sql, to: "SELECT 1" });
    });
  }
});
