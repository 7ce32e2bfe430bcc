/** The corpus of PostgreSQL schemas, held to the law of a diff. */
import { after, describe, it } from "node:test";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { checkLaw, type LawCase } from "../commands/diff_law.ts";
import { ReusedDatabases } from "../support/reused_database.ts";
import { POSTGRES_CODE } from "./postgres_code.ts";
import { POSTGRES_COLUMNS } from "./postgres_columns.ts";
import { POSTGRES_CONSTRAINTS } from "./postgres_constraints.ts";
import { POSTGRES_INDEXES } from "./postgres_indexes.ts";
import { POSTGRES_ORDER } from "./postgres_order.ts";
import { POSTGRES_RENAMES } from "./postgres_renames.ts";
import { POSTGRES_RIGHTS } from "./postgres_rights.ts";
import { POSTGRES_TABLES } from "./postgres_tables.ts";
import { POSTGRES_TYPES } from "./postgres_types.ts";

const CORPUS: { readonly [kind: string]: readonly LawCase[] } = {
  columns: POSTGRES_COLUMNS,
  constraints: POSTGRES_CONSTRAINTS,
  indexes: POSTGRES_INDEXES,
  types: POSTGRES_TYPES,
  code: POSTGRES_CODE,
  tables: POSTGRES_TABLES,
  renames: POSTGRES_RENAMES,
  rights: POSTGRES_RIGHTS,
  order: POSTGRES_ORDER,
};

const databases = new ReusedDatabases();
after(() => databases.close());

/** How many cases run at once: a test mostly waits for the server. */
const WIDTH = 3;

/** Gives the result of each case, and lets the next ones begin meanwhile. */
function ahead(cases: readonly LawCase[]): (index: number) => Promise<void> | undefined {
  const runs: Promise<void>[] = [];
  return (index) => {
    for (const law of cases.slice(runs.length, index + WIDTH)) {
      const run = checkLaw(postgres, databases.open, law);
      // It is told when it is its turn.
      run.catch(() => undefined);
      runs.push(run);
    }
    return runs[index];
  };
}

for (const [kind, cases] of Object.entries(CORPUS)) {
  describe(`a diff of PostgreSQL's ${kind}`, () => {
    const result = ahead(cases);
    for (const [index, { name }] of cases.entries()) it(name, () => result(index));
  });
}
