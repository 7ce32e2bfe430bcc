import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  context.configure({
    // The example works as it stands; a real project says context.requireEnv("DATABASE_URL").
    url: context.env("DATABASE_URL") ?? "file:blog.db",
    // What `npm run schema` writes.
    target: context.sqlFile("schema.sql"),
  });
  await context.runMigrations();
}
