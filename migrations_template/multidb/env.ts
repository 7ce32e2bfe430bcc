import type { EnvironmentContext } from "limbeck";

/** What each database should look like, by its name in `environments` of limbeck.json. */
const targets: { readonly [name: string]: () => unknown } = {
  // tsc takes ".ts" with allowImportingTsExtensions in tsconfig.json; ".js" is found too.
  users: () => import("../src/users.ts"),
  orders: () => import("../src/orders.ts"),
};

/** Called by every command that needs the databases: one after the other, in the order of limbeck.json. */
export default async function env(context: EnvironmentContext): Promise<void> {
  // Variables that are already set win over the file.
  await context.loadEnvFile(".env");

  const { config } = context;
  // -n NAME is for one of them alone.
  const names = config.name === undefined ? config.environments : [config.name];
  for (const name of names) {
    context.configure({ name, url: config.environment(name).url() ?? "", target: targets[name] });
    await context.runMigrations();
  }
}
