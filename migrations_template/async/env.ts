import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database; hands over a client of the application's own. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  const { connection, close } = await connect(context.requireEnv("DATABASE_URL"));
  try {
    context.configure({
      connection,
      // Your Drizzle schema. Loaded only by the commands that compare (revision --autogenerate).
      target: () => import("../src/schema.ts"),
    });
    await context.runMigrations();
  } finally {
    await close();
  }
}

/** Opens the client as the application does: put your own here (a pg Client or Pool, a libSQL client, a PGlite). */
async function connect(url: string): Promise<{ connection: unknown; close: () => Promise<void> }> {
  if (url.startsWith("postgres")) {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return { connection: client, close: () => client.end() };
  }
  const { createClient } = await import("@libsql/client");
  const client = createClient({ url });
  return { connection: client, close: () => Promise.resolve(client.close()) };
}
