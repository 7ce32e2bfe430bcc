import type { EnvironmentContext } from "limbeck";

/** Called by every command that needs the database. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  // The example works as it stands; a real project says context.requireEnv("DATABASE_URL").
  const url = context.url ?? context.env("DATABASE_URL") ?? "file:blog.db";
  context.configure({
    url,
    // Called only by the commands that compare (revision --autogenerate, check): the others load no entities.
    target: async () => {
      const { schemaSql } = await import("../src/schema_sql.ts");
      return { kind: "sqlText", text: await schemaSql(url) };
    },
  });
  await context.runMigrations();
}
