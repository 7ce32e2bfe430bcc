/**
 * `init` and `list-templates`.
 *
 * @module
 */
import { relativePath } from "../../platform/files.ts";
import type { CommandSpec } from "../program.ts";
import { answer, given, type Options, type Terminal } from "../terminal.ts";

/** `limbeck init` */
export function initSpec({ output }: Terminal): CommandSpec {
  return {
    name: "init",
    summary: "Make limbeck.json and a directory for revisions",
    arguments: [["[directory]", "the directory to make (default: migrations)"]],
    options: [
      ["-t, --template <name>", "a name of list-templates, or the path of a folder (default: generic)"],
      ["--package", "write the configuration into deno.json or package.json, under the key limbeck"],
    ],
    examples: ["init migrations", "init -t async db/migrations", "init -t ./our-template"],
    action: async ([directory], options) => {
      const { init } = await import("../../commands/init.ts");
      const result = await init({
        ...(typeof directory === "string" ? { directory } : {}),
        ...given(options as Options, "template", "template"),
        package: options["package"] === true,
      });
      answer(result, options as Options, output, () => [
        ...result.created.map((path) => `Created ${relativePath(path)}`),
        ...result.changed.map((path) => `Changed ${relativePath(path)}`),
        ...result.kept.map((path) =>
          `Kept    ${relativePath(path)} (scriptLocation in it says which directory is used)`
        ),
        "",
        "Next:",
        ...nextSteps(relativePath(result.directory), result.template),
      ]);
    },
  };
}

function nextSteps(directory: string, template: string): readonly string[] {
  if (template === "multidb" || template.includes("/")) return [`  Read ${directory}/README.md`];
  const url =
    "  1. Put DATABASE_URL into .env, as DATABASE_URL=file:app.db or postgres://user:password@localhost:5432/app";
  const schema = template === "sql"
    ? `  2. Write your schema into ${directory}/schema.sql`
    : template === "drizzle"
    ? `  2. Write your schema into ${directory}/schema.ts, or name another file in ${directory}/env.ts`
    : `  2. Name your schema in ${directory}/env.ts, where it says target`;
  return [url, schema, '  3. limbeck revision --autogenerate -m "first"', "  4. limbeck upgrade head"];
}

/** `limbeck list-templates` */
export function listTemplatesSpec({ output }: Terminal): CommandSpec {
  return {
    name: "list-templates",
    summary: "List the templates of init",
    action: async (_args, options) => {
      const { listTemplates } = await import("../../commands/list_templates.ts");
      const { templates } = await listTemplates();
      answer({ templates }, options as Options, output, () => [
        "Available templates:",
        "",
        ...templates.map(({ name, summary }) => `${output.style("bold", name)} - ${summary}`),
        "",
        "Use one with: limbeck init -t NAME",
      ]);
    },
  };
}
