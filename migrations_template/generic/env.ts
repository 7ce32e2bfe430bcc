import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  context.configure({
    url: context.requireEnv("DATABASE_URL"),
    // Your Drizzle schema. Loaded only by the commands that compare (revision --autogenerate, check).
    // tsc takes ".ts" with allowImportingTsExtensions in tsconfig.json; ".js" is found too.
    target: () => import("../src/schema.ts"),
  });
  await context.runMigrations();
}
