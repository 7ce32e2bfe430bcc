/**
 * What the npm package says of itself, from deno.json and from what the code imports.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface DenoJson {
  readonly version: string;
  readonly license: string;
  readonly imports: { readonly [name: string]: string };
}

const OPTIONAL_PEERS: { readonly [name: string]: string } = { "@electric-sql/pglite": ">=0.2.0" };

function denoJson(): DenoJson {
  return JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
}

/** The packages that the code imports, with their versions; what only tests and scripts need is not among them. */
export function dependencies(): { readonly [name: string]: string } {
  const code = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(ROOT, "src", name), "utf8"))
    .join("\n");
  const used = ([name]: readonly [string, string]): boolean =>
    code.includes(`from "${name}"`) || code.includes(`import("${name}")`);
  const entries = Object.entries(denoJson().imports).filter(([, target]) => target.startsWith("npm:")).filter(used);
  return Object.fromEntries(entries.map(([name, target]) => [name, target.slice(`npm:${name}@`.length)]).sort());
}

/** The package.json of the npm package. */
export function packageJson(): { readonly [key: string]: unknown } {
  const { version, license } = denoJson();
  return {
    name: "limbeck",
    version,
    description: "Database migrations for TypeScript: revision graph, autogenerate, downgrade, offline SQL",
    keywords: ["migrations", "database", "postgres", "sqlite", "libsql", "drizzle", "alembic"],
    license,
    type: "module",
    bin: { limbeck: "./cli.js" },
    engines: { node: ">=20.12" },
    types: "./mod.d.ts",
    exports: {
      ".": { types: "./mod.d.ts", default: "./mod.js" },
      "./cli": { types: "./cli.d.ts", default: "./cli.js" },
      "./limbeck.schema.json": "./limbeck.schema.json",
      "./package.json": "./package.json",
    },
    sideEffects: ["./mod.js", "./cli.js"],
    // A fix of a driver must reach users without a release of limbeck.
    dependencies: Object.fromEntries(Object.entries(dependencies()).map(([name, version]) => [name, `^${version}`])),
    peerDependencies: OPTIONAL_PEERS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(OPTIONAL_PEERS).map((name) => [name, { optional: true }])),
  };
}
