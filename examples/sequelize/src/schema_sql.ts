import { type QueryOptions, Sequelize } from "sequelize";
import { defineModels } from "./models.ts";

/** Runs nothing: it keeps the statements that `sync` makes, and answers as an empty database does. */
class Printer extends Sequelize {
  readonly statements: string[] = [];

  override query(sql: string | { query: string }, options?: QueryOptions & { plain?: boolean }): Promise<never> {
    const text = typeof sql === "string" ? sql : sql.query;
    if (/^\s*(?:create|alter|comment|do)\b/i.test(text)) this.statements.push(text.replace(/;?\s*$/, ";\n"));
    const rows = options?.type === undefined ? [[], { rows: [] }] : [];
    return Promise.resolve((options?.plain ? null : rows) as never);
  }
}

/** The SQL that makes the models' tables in an empty database. Sequelize connects to none for it. */
export async function schemaSql(url: string): Promise<string> {
  // No driver is needed where nothing is run; that of SQLite is asked for this when it is loaded.
  const driver = { verbose: () => driver };
  const printer = url.startsWith("postgres")
    ? new Printer({ dialect: "postgres" })
    : new Printer({ dialect: "sqlite", dialectModule: driver });
  defineModels(printer);
  await printer.sync();
  return printer.statements.join("");
}
