#!/usr/bin/env -S deno run -A
/**
 * The program `limbeck`.
 *
 * @module
 */
import process from "node:process";
import { main } from "./src/cli/main.ts";
import { provideModule } from "./src/platform/load_module.ts";

// What the user's files get for `import … from "limbeck"`: this very copy.
provideModule("limbeck", () => import("./mod.ts"));

// A client that env.ts left open must not keep the process alive.
process.exit(await main(process.argv.slice(2)));
