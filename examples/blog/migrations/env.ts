import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  const url = context.env("DATABASE_URL") ?? "file:blog.db";
  context.configure({
    url,
    // Loaded only by the commands that compare (revision --autogenerate).
    target: () => url.startsWith("postgres") ? import("../src/schema_postgres.ts") : import("../src/schema.ts"),
  });
  await context.runMigrations();
}
