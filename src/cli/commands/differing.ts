/**
 * `diff`: two schemas, and the SQL between them.
 *
 * @module
 */
import type { DiffResult } from "../../commands/diff.ts";
import { LimbeckError } from "../../errors.ts";
import { hazardousStatement } from "../format.ts";
import { COMPARE_OPTIONS, compareOptions, sayVerified, VERIFY_OPTIONS } from "../compare_options.ts";
import type { CommandSpec } from "../program.ts";
import { answer, commandOptions, given, type Options, type Terminal, warn, withFindings } from "../terminal.ts";

/** `limbeck diff` */
export function diffSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "diff",
    summary: "Print the SQL that turns one schema into another",
    options: [
      ["--from <side>", "what there is: a database url, a .sql file, empty, or target (what env.ts links)"],
      ["--to <side>", "what there shall be: likewise"],
      ["--dialect <name>", "postgres or sqlite, where no url says it"],
      ["--dev-url <url>", "a server on which scratch databases may be made, to load .sql files"],
      ...COMPARE_OPTIONS,
      ...VERIFY_OPTIONS,
      ["--exit-code", "exit 1 where there is a difference"],
    ],
    examples: [
      "diff --from postgres://localhost/app --to schema.sql",
      "diff --from old.sql --to new.sql --dialect sqlite",
      "diff --from file:app.db --to target --exit-code",
    ],
    action: async (_args, all) => {
      const options = all as Options;
      const { diff } = await import("../../commands/diff.ts");
      const result = await diff({
        ...commandOptions(options, terminal),
        ...compareOptions(options),
        from: required(options, "from"),
        to: required(options, "to"),
        ...given(options, "dialect", "dialect"),
        ...given(options, "devUrl", "devUrl"),
      });
      const { operations, statements, warnings } = result;
      warn(warnings, output);
      sayVerified(result.verified, options, output);
      if (operations.length === 0) output.message("No differences");
      answer(
        withFindings({ operations, statements: statements.map(hazardousStatement) }, result),
        options,
        output,
        () => scriptLines(result),
      );
      if (operations.length === 0 || options["exitCode"] !== true) return;
      return new LimbeckError("CHANGES_DETECTED", "The two schemas differ");
    },
  };
}

function required(options: Options, name: string): string {
  const value = options[name];
  if (typeof value === "string") return value;
  throw new LimbeckError("USAGE", `Cannot compare: --${name} is missing`, {
    hint: "For example: limbeck diff --from postgres://localhost/app --to schema.sql",
  });
}

/** The statements as a script, with what each may do before it. */
function scriptLines({ statements, dialect }: DiffResult): readonly string[] {
  return statements.flatMap((statement) => [
    ...(statement.transactional === false ? ["-- must run outside a transaction"] : []),
    ...(statement.hazards ?? []).map(({ kind, reason }) => `-- ${kind}: ${reason.replaceAll("\n", " ")}`),
    dialect.script.statement(statement),
  ]);
}
