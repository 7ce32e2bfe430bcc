import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  context.configure({
    url: context.requireEnv("DATABASE_URL"),
    // What the database should look like. Read only by the commands that compare (revision --autogenerate, check).
    target: context.sqlFile(`${context.config.scriptLocation}/schema.sql`),
  });
  await context.runMigrations();
}
