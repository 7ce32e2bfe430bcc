import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database; hands over a client of the application's own. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  // Your Drizzle schema. Loaded only by the commands that compare (revision --autogenerate, check).
  // tsc takes ".ts" with allowImportingTsExtensions in tsconfig.json; ".js" is found too.
  const target = (): unknown => import("../src/schema.ts");
  if (context.offline || context.url !== undefined) {
    // A script (--sql) needs no client, and where --url is given, limbeck opens its own.
    context.configure({ url: context.requireEnv("DATABASE_URL"), target });
    return await context.runMigrations();
  }
  const { connection, close } = await connect(context.requireEnv("DATABASE_URL"));
  try {
    context.configure({ connection, target });
    await context.runMigrations();
  } finally {
    await close();
  }
}

/** Opens the client as the application does: put your own here (a pg Client or Pool, a libSQL client, a PGlite). */
async function connect(url: string): Promise<{ connection: unknown; close: () => Promise<void> }> {
  if (url.startsWith("postgres")) {
    // Its types are a package of their own: npm install --save-dev @types/pg
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return { connection: client, close: () => client.end() };
  }
  const { createClient } = await import("@libsql/client");
  const client = createClient({ url });
  return { connection: client, close: () => Promise.resolve(client.close()) };
}
