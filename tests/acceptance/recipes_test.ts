/**
 * The examples for other ORMs, with their packages from npm: the revision that they have is what their entities say, and
 * a change of an entity becomes a revision after which nothing is left to do.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { ROOT } from "../cli/run_script.ts";
import { createDatabase } from "../support/postgres_server.ts";
import { nodeProgram, npmInstall, packLimbeck, succeed } from "./programs.ts";

const OLDEST = 20;
const skip = process.env["LIMBECK_TEST_RECIPES"] === "1"
  ? false
  : "installs four ORMs from npm: set LIMBECK_TEST_RECIPES=1";

interface Recipe {
  readonly name: string;
  readonly postgres: boolean;
  /** Where the column is renamed, from what and to what. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const RECIPES: readonly Recipe[] = [
  { name: "mikro_orm", postgres: true, file: "src/entities.ts", from: "title:", to: "headline:" },
  { name: "typeorm", postgres: true, file: "src/entities.ts", from: "title!:", to: "headline!:" },
  { name: "sequelize", postgres: true, file: "src/models.ts", from: "title:", to: "headline:" },
  // Its engine comes from a server of Prisma's, so that what it would write is written here; it is SQL of SQLite.
  { name: "prisma", postgres: false, file: "schema.sql", from: '"title"', to: '"headline"' },
];

let work = "";
let tarball = "";

/** A copy of the example, with its packages and this limbeck. */
function install({ name }: Recipe): string {
  const folder = join(work, name);
  cpSync(join(ROOT, "examples", name), folder, { recursive: true });
  npmInstall([tarball], folder);
  return folder;
}

/** The same project once more, with no revisions. */
function withoutRevisions(project: string): string {
  const folder = `${project}_postgres`;
  const copied = (path: string): boolean => path !== join(project, "node_modules") && !path.endsWith(".db");
  cpSync(project, folder, { recursive: true, filter: copied });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"), "junction");
  for (const name of readdirSync(join(folder, "migrations/versions"))) {
    rmSync(join(folder, "migrations/versions", name));
  }
  return folder;
}

function limbeck(folder: string, url: string, ...args: readonly string[]): string {
  const program = join(folder, "node_modules/limbeck/cli.js");
  return succeed(nodeProgram(OLDEST), ["--", program, ...args, "--url", url], folder);
}

/** From the revision that there is to one more, and back, and there again. */
function loop({ file, from, to }: Recipe, folder: string, url: string): void {
  limbeck(folder, url, "upgrade", "head");
  limbeck(folder, url, "check");
  const before = readFileSync(join(folder, file), "utf8");
  assert.ok(before.includes(from), `${file} has no ${from}`);
  writeFileSync(join(folder, file), before.replace(from, to));
  const rename = ["--rename", "posts.title=posts.headline"];
  const written = limbeck(folder, url, "revision", "--autogenerate", "-m", "second", ...rename, "--json");
  const { revisions: [second] } = JSON.parse(written) as { revisions: [{ path: string }] };
  assert.match(
    readFileSync(second.path, "utf8"),
    /op\.renameColumn\("posts", "title", "headline"\)/,
  );
  for (const target of [["upgrade", "head"], ["downgrade", "-1"], ["upgrade", "head"]]) limbeck(folder, url, ...target);
  limbeck(folder, url, "check");
}

describe("the examples for other ORMs", { skip }, () => {
  before(() => {
    work = mkdtempSync(join(tmpdir(), "limbeck-recipes-"));
    tarball = packLimbeck(work);
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  for (const recipe of RECIPES) {
    test(recipe.name, async () => {
      const folder = install(recipe);
      const other = withoutRevisions(folder);
      loop(recipe, folder, "file:blog.db");
      if (!recipe.postgres) return;
      const database = await createDatabase();
      try {
        limbeck(other, database.url, "revision", "--autogenerate", "-m", "first");
        loop(recipe, other, database.url);
      } finally {
        await database.drop();
      }
    });
  }
});
