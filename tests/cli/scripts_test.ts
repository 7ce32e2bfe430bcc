import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkoutRunner, ROOT, runScript } from "./run_script.ts";

const folder = join(ROOT, "tests/cli/scripts");

for (const name of readdirSync(folder).filter((each) => each.endsWith(".txt")).sort()) {
  test(`script ${name}`, () => runScript(join(folder, name), checkoutRunner));
}
