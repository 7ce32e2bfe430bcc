/** Random pairs of schemas, held to the law of a diff: one made of nothing, and what random operations make of it. */
import { compileOperations } from "../../src/commands/compile_operations.ts";
import type { Dialect, Scratch } from "../../src/dialects/dialect.ts";
import { applyOperation, type Operation } from "../../src/operations/registry.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model.ts";
import { checkLaw } from "../commands/diff_law.ts";
import { migrate } from "../sqlite/database.ts";
import { insertsInto, type Scenario } from "./operations_law.ts";

/** What the rows that are there forbid: a key on a new column, NOT NULL without a default, a new foreign key. */
const BECAUSE_OF_ROWS =
  /(?:UNIQUE|NOT NULL|CHECK) constraint failed|is not there|could not create unique index|contains null values|violates/;

/** Rows refer to each other, whatever comes first. */
const UNCHECKED = {
  postgres: ["SET session_replication_role = replica", "RESET session_replication_role"],
  sqlite: ["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"],
} as const;

const schemaOf = (operations: readonly Operation[]): Schema =>
  operations.reduce((schema: Schema, operation) => applyOperation(schema, operation), EMPTY_SCHEMA);

/** The SQL that makes on PostgreSQL what operations make of nothing. */
export function scriptOf(operations: readonly Operation[], dialect: Dialect): Promise<string> {
  const statements = compileOperations(operations, EMPTY_SCHEMA, dialect);
  return Promise.resolve(statements.map(({ sql }) => `${sql};`).join("\n"));
}

/** The SQL that SQLite keeps of what operations have made: a script with rebuilds in it is for empty tables only. */
export async function storedScriptOf(operations: readonly Operation[], dialect: Dialect): Promise<string> {
  const scratch = await dialect.openScratch();
  try {
    for (const operation of operations) await migrate(scratch, [operation]);
    const { rows } = await scratch.query<{ sql: string }>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' " +
        "ORDER BY instr('table index view trigger', type), rowid",
    );
    return rows.map(({ sql }) => `${sql};`).join("\n");
  } finally {
    await scratch.close();
  }
}

/** Checks the law of a diff on the two schemas of a scenario; nothing where they are the same. */
export async function checkPair(
  dialect: Dialect,
  open: () => Promise<Scratch>,
  script: typeof scriptOf,
  { making, changing }: Scenario,
): Promise<void> {
  const from = await script(making, dialect);
  const to = await script([...making, ...changing], dialect);
  const inserts = schemaOf(making).tables.flatMap((table) => insertsInto(dialect, table)).map((sql) => `${sql};`).join(
    "\n",
  );
  const [before, after] = UNCHECKED[dialect.name === "postgres" ? "postgres" : "sqlite"];
  const rows = `${before};\n${inserts}\n${after};`;
  const law = { name: "a random pair", from, to };
  try {
    await checkLaw(dialect, open, { ...law, rows }).catch(async (error: unknown) => {
      if (!(error instanceof Error) || !BECAUSE_OF_ROWS.test(error.message)) throw error;
      await checkLaw(dialect, open, law);
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What one operation undoes of another leaves nothing to compare.
    if (message.startsWith("nothing differs")) return;
    throw new Error(`${message}\nfrom:\n${from}\nto:\n${to}`, { cause: error });
  }
}
